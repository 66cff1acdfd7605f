package dev.devca.ca.files;

import java.util.List;
import org.bouncycastle.crypto.digests.SHA1Digest;

/**
 * SHA-1, FIPS 180-4, for formats of old that know no other hash: whoever can choose the bytes can
 * make others with the same one. Without the look-up of a provider, as {@link Sha256}.
 */
public final class Sha1 {
  static {
    QuietRegistrar.load();
  }

  private Sha1() {}

  /**
   * The hash of some parts, one behind the other.
   *
   * @param parts any bytes
   * @return 20 bytes
   */
  public static byte[] of(List<byte[]> parts) {
    SHA1Digest digest = new SHA1Digest();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }
}
