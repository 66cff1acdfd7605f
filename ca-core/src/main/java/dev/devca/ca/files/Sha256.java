package dev.devca.ca.files;

import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** SHA-256, FIPS 180-4, without the look-up of a provider, which costs more than the hash. */
public final class Sha256 {
  static {
    QuietRegistrar.load();
  }

  private Sha256() {}

  /**
   * The hash of some bytes.
   *
   * @param bytes any bytes
   * @return 32 bytes
   */
  public static byte[] of(byte[] bytes) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  /**
   * The hash as text.
   *
   * @param bytes any bytes
   * @return 64 lower case hexadecimal digits
   */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes));
  }
}
