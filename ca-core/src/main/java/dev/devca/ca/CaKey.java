package dev.devca.ca;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The key that issues, of a {@link CertificateAuthority}. Immutable and thread-safe. */
public final class CaKey {
  private static final String CANNOT = "cannot write the CA key";

  private final Optional<CaDirectory> directory;
  private final CaDirectory.Opened opened;
  private final InstantSource clock;
  private final SecureRandom random;

  CaKey(
      Optional<CaDirectory> directory,
      CaDirectory.Opened opened,
      InstantSource clock,
      SecureRandom random) {
    this.directory = directory;
    this.opened = opened;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Its file.
   *
   * @return an absolute path, or empty for a CA in memory or without its key
   */
  public Optional<Path> file() {
    return directory.flatMap(CaDirectory::keyFile);
  }

  /**
   * Whether it is there, but under a passphrase.
   *
   * @return true if {@link #unlock} is needed before anything is issued
   */
  public boolean isLocked() {
    return opened.lockedKey().isPresent();
  }

  /**
   * The CA with its key opened, in memory alone.
   *
   * @param passphrase the passphrase; not kept
   * @return a CA that can issue, if its key is there
   * @throws CaException if the passphrase is wrong, or opens another key
   */
  public CertificateAuthority unlock(char[] passphrase) throws CaException {
    CaDirectory.Opened open = opened;
    if (opened.lockedKey().isPresent() && directory.isPresent()) {
      open =
          opened.unlocked(
              directory.get().unlock(opened.signer(), opened.lockedKey().get(), passphrase));
    }
    return new CertificateAuthority(directory, open, clock, random);
  }

  /**
   * Writes the key under a passphrase: PKCS #8 with PBES2 (RFC 8018), scrypt and AES-256. From then
   * on {@link #unlock} is needed. A copy of the file that was made before stays readable.
   *
   * @param passphrase not empty, any characters
   * @throws IOException if this CA has no open key or folder, or the file cannot be written
   * @throws IllegalArgumentException if the passphrase is empty
   */
  public void setPassphrase(char[] passphrase) throws IOException {
    if (passphrase.length == 0) {
      throw new IllegalArgumentException("a passphrase has at least one character");
    }
    CaDirectory folder = folder();
    folder.replaceKey(opened.signer(), LockedKey.pem(Pbes2.encrypt(openKey(), passphrase, random)));
  }

  /**
   * Writes the key as it is, without a passphrase.
   *
   * @throws IOException if this CA has no open key or folder, or the file cannot be written
   */
  public void removePassphrase() throws IOException {
    folder().replaceKey(opened.signer(), Pem.encodePrivateKey(openKey()));
  }

  private CaDirectory folder() throws CaException {
    return directory.orElseThrow(
        () -> new CaException(CANNOT + ": the CA is in memory", "use a CA folder"));
  }

  private byte[] openKey() throws CaException {
    if (!opened.signer().hasKey()) {
      throw CanIssue.noKey(CANNOT, isLocked(), directory.map(CaDirectory::path));
    }
    return opened.signer().keyPkcs8();
  }
}
