package dev.devca.ca;

import java.io.ByteArrayOutputStream;
import org.bouncycastle.asn1.BERTags;

/** Writes DER, X.690 §10, around parts that are encoded already. */
final class Der {
  static final int SEQUENCE = BERTags.SEQUENCE | BERTags.CONSTRUCTED;
  static final int SET = BERTags.SET | BERTags.CONSTRUCTED;
  // X.690 §8.1.3: lengths from 128 on are preceded by their number of octets.
  static final int SHORT_LENGTHS = 0x80;

  private Der() {}

  /** The tag of what is [number] EXPLICIT in a structure. */
  static int explicit(int number) {
    return BERTags.CONTEXT_SPECIFIC | BERTags.CONSTRUCTED | number;
  }

  static byte[] sequence(byte[]... parts) {
    return element(SEQUENCE, parts);
  }

  /** An element of one octet of tag, with these parts as its content. */
  static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 2 + Integer.BYTES);
    out.write(tag);
    if (length < SHORT_LENGTHS) {
      out.write(length);
    } else {
      int octets = Integer.BYTES - Integer.numberOfLeadingZeros(length) / Byte.SIZE;
      out.write(SHORT_LENGTHS | octets);
      for (int i = octets - 1; i >= 0; i--) {
        out.write(length >>> (i * Byte.SIZE));
      }
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
