package dev.devca.ca;

import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes over a CA that another program made.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="import"}
 */
public final class CaImport {
  private static final byte DER_SEQUENCE = 0x30;

  /** Gives the passphrase of an encrypted key. */
  @FunctionalInterface
  public interface Passphrase {

    /**
     * Gives it; called at most once, and only for a key that is encrypted.
     *
     * @return the passphrase, overwritten after use
     * @throws IOException if there is none
     */
    char[] ask() throws IOException;
  }

  private CaImport() {}

  /**
   * Copies a root, and its key if there is one, into a folder that has no CA. A key that was
   * encrypted is kept encrypted under the same passphrase.
   *
   * @param directory the CA folder; made with mode 0700 if it is missing
   * @param certificate a self-signed CA certificate, in PEM or DER
   * @param key its key in PEM: PKCS #1, SEC 1 or PKCS #8, perhaps encrypted; if empty, the one that
   *     stands in the certificate's file, and without that a root that can be installed but issues
   *     nothing
   * @param passphrase asked for an encrypted key
   * @return the CA
   * @throws IOException if the files are not that, or the folder has a CA; {@link CaException} says
   *     what to do
   */
  public static CertificateAuthority into(
      Path directory, Path certificate, Optional<Path> key, Passphrase passphrase)
      throws IOException {
    return into(directory, certificate, key, passphrase, InstantSource.system());
  }

  static CertificateAuthority into(
      Path directory,
      Path certificate,
      Optional<Path> key,
      Passphrase passphrase,
      InstantSource clock)
      throws IOException {
    if (CertificateAuthority.find(directory).isPresent()) {
      // Before a passphrase is asked for.
      throw CaDirectory.taken(directory);
    }
    byte[] bytes = read("root", certificate);
    Issuer root = root(certificate, bytes, clock.instant());
    NewCa ca = new NewCa(root, root, Optional.empty());
    if (key.isPresent()) {
      ca = withKey(root, key.get(), read("key", key.get()), passphrase);
    } else if (!isDer(bytes) && Pem.hasPrivateKey(text(bytes))) {
      // As ca export can write it.
      ca = withKey(root, certificate, bytes, passphrase);
    }
    return CertificateAuthority.create(directory, ca, clock);
  }

  private static Issuer root(Path file, byte[] bytes, Instant now) throws IOException {
    try {
      Issuer root = Issuer.of(isDer(bytes) ? bytes : Pem.oneCertificateWithKeys(text(bytes)));
      root.checkSelfSigned();
      if (now.isAfter(root.validity().notAfter())) {
        throw new IOException("it expired on " + root.validity().notAfter());
      }
      return root;
    } catch (IOException e) {
      throw new CaException(
          "cannot import the root " + file + ": " + e.getMessage(),
          "name the certificate of a root, in PEM or DER",
          e);
    }
  }

  private static boolean isDer(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == DER_SEQUENCE;
  }

  private static String text(byte[] pem) {
    return new String(pem, StandardCharsets.ISO_8859_1);
  }

  private static NewCa withKey(Issuer root, Path file, byte[] bytes, Passphrase passphrase)
      throws IOException {
    ForeignKey found = key(file, bytes, passphrase);
    Issuer open = matched(root, found.key(), file);
    return new NewCa(open, open, Optional.of(found.filePem()));
  }

  private static ForeignKey key(Path file, byte[] bytes, Passphrase passphrase) throws IOException {
    try {
      return ForeignKey.read(text(bytes), passphrase, new SecureRandom());
    } catch (CaException e) {
      throw e;
    } catch (IOException e) {
      throw new CaException(
          "cannot import the key " + file + ": " + e.getMessage(),
          e instanceof Pbes2.WrongPassphraseException
              ? "give the passphrase of that file"
              : "openssl pkey -in KEY -out key.pem, and import that",
          e);
    }
  }

  private static Issuer matched(Issuer root, SigningKey key, Path file) throws CaException {
    try {
      return root.withKey(key);
    } catch (IOException e) {
      throw new CaException(
          "cannot import the key " + file + ": " + e.getMessage(), "name the root's own key", e);
    }
  }

  private static byte[] read(String what, Path file) throws CaException {
    try {
      return BoundedFiles.read(file, BoundedFiles.PEM_LIMIT);
    } catch (IOException e) {
      throw new CaException(
          "cannot read the " + what + " " + file + ": " + Reasons.of(e),
          "name a file that you can read",
          e);
    }
  }
}
