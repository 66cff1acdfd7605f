package dev.devca.ca;

import dev.devca.ca.files.Sha256;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a certificate: the SHA-256 of its DER encoding. Immutable.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="fingerprint"}
 *
 * @param hex 64 lower case hexadecimal digits
 */
public record Fingerprint(String hex) {
  // Long enough that two roots never meet by chance, short enough for a file name.
  private static final int SHORT_DIGITS = 16;

  /**
   * Takes a fingerprint from its text.
   *
   * @throws IllegalArgumentException if {@code hex} is not 64 lower case hexadecimal digits
   */
  public Fingerprint {
    if (hex.length() != 64 || !isLowerCaseHex(hex)) {
      throw new IllegalArgumentException("a fingerprint is 64 lower case hexadecimal digits");
    }
  }

  private static boolean isLowerCaseHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789abcdef".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The fingerprint of a certificate.
   *
   * @param certificate the certificate
   * @return the SHA-256 of its DER
   * @throws IllegalArgumentException if the certificate has no encoding
   */
  public static Fingerprint of(X509Certificate certificate) {
    if (certificate instanceof EncodedCertificate ours) {
      return ours.fingerprint();
    }
    try {
      return ofDer(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    }
  }

  static Fingerprint ofDer(byte[] der) {
    return new Fingerprint(Sha256.hex(der));
  }

  /**
   * The first 16 digits, for file names, aliases and nicknames.
   *
   * @return 16 lower case hexadecimal digits
   */
  public String shortHex() {
    return hex.substring(0, SHORT_DIGITS);
  }

  // Not the generated ones: on JDK 17 those keep the class loader of the last record that was
  // compared, and so a build tool's copy of this library, in memory (JDK-8078641).
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint that && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  /** The 64 digits. */
  @Override
  public String toString() {
    return hex;
  }
}
