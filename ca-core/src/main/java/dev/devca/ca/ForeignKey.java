package dev.devca.ca;

import java.io.IOException;
import java.io.StringReader;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.openssl.EncryptionException;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * A private key as other programs write it: PKCS #1 (RFC 8017), SEC 1 (RFC 5915) or PKCS #8 (RFC
 * 5958), each perhaps encrypted.
 *
 * @param key the key
 * @param filePem the content for our own file: encrypted under the same passphrase if it was
 */
record ForeignKey(SigningKey key, String filePem) {

  /**
   * Reads the first key of a PEM text.
   *
   * @throws Pbes2.WrongPassphraseException if the passphrase is wrong
   * @throws IOException if there is no key in it that is known; the message says why
   */
  static ForeignKey read(String pem, CaImport.Passphrase passphrase, SecureRandom random)
      throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (@Nullable Object found = next(parser); found != null; found = next(parser)) {
        if (found instanceof PrivateKeyInfo info) {
          return plain(info);
        }
        if (found instanceof PEMKeyPair pair) {
          return plain(pair.getPrivateKeyInfo());
        }
        if (found instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
          return locked(
              secret -> new LockedKey(encrypted.getEncoded()).open(secret), passphrase, random);
        }
        if (found instanceof PEMEncryptedKeyPair encrypted) {
          return locked(secret -> traditional(encrypted, secret), passphrase, random);
        }
      }
    }
    throw new IOException("there is no private key in it, as PEM");
  }

  private static @Nullable Object next(PEMParser parser) throws IOException {
    try {
      return parser.readObject();
    } catch (PEMException | RuntimeException e) {
      // The parser says what bytes it met in many ways; none would help a person.
      throw new IOException("it is no key that is known", e);
    }
  }

  private static ForeignKey plain(PrivateKeyInfo info) throws IOException {
    SigningKey key = SigningKey.fromPkcs8(info.getEncoded());
    return new ForeignKey(key, Pem.encodePrivateKey(key.pkcs8()));
  }

  private interface Opening {
    SigningKey open(char[] passphrase) throws IOException;
  }

  private static ForeignKey locked(
      Opening opening, CaImport.Passphrase passphrase, SecureRandom random) throws IOException {
    char[] secret = passphrase.ask();
    try {
      SigningKey key = opening.open(secret);
      return new ForeignKey(key, LockedKey.pem(Pbes2.encrypt(key.pkcs8(), secret, random)));
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /** The encryption of a PEM file's own, which OpenSSL wrote before PKCS #8. */
  private static SigningKey traditional(PEMEncryptedKeyPair encrypted, char[] secret)
      throws IOException {
    try {
      return SigningKey.fromPkcs8(
          encrypted
              .decryptKeyPair(new BcPEMDecryptorProvider(utf8(secret)))
              .getPrivateKeyInfo()
              .getEncoded());
    } catch (EncryptionException e) {
      if (e.getCause() instanceof InvalidCipherTextException) {
        throw new Pbes2.WrongPassphraseException();
      }
      throw new IOException("its encryption is not known", e);
    } catch (IOException | RuntimeException e) {
      // One wrong passphrase in 256 leaves a padding that is right.
      throw new Pbes2.WrongPassphraseException();
    }
  }

  /** The bytes that OpenSSL takes, a character each: Bouncy Castle cuts characters to bytes. */
  private static char[] utf8(char[] secret) {
    byte[] bytes = PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(secret);
    char[] chars = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      chars[i] = (char) (bytes[i] & 0xff);
    }
    return chars;
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
