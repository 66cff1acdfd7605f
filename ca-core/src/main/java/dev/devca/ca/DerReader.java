package dev.devca.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.BERTags;

/**
 * Reads DER, X.690 §10, one element after another, and refuses what is longer than it needs to be,
 * runs past its end, or is not what was asked for. Bouncy Castle's parser makes an object of each
 * element and reads the JDK's security properties first: on a cold JVM that takes ten times as
 * long. Tags are of one octet. For one thread.
 */
final class DerReader {
  // X.690 §11.1.
  private static final byte TRUE = -1;
  private static final byte FALSE = 0;
  // §8.1.2.4.1: the bits of a tag that is longer than an octet.
  private static final int LONG_TAG = 0x1f;
  // §8.19.2: an octet that adds nothing to a number but that there is more.
  private static final int MORE = 0x80;

  private final byte[] bytes;
  private final int end;
  private int at;

  /** That bytes are not what they are read as; the message says why. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1;

    private MalformedException(String why) {
      super(why);
    }
  }

  private DerReader(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Elements that stand one after another. */
  static DerReader of(byte[] elements) {
    return new DerReader(elements, 0, elements.length);
  }

  /** The inside of the one element that these bytes are. */
  static DerReader of(byte[] element, int tag) throws MalformedException {
    DerReader all = of(element);
    DerReader inside = all.inside(tag);
    all.end();
    return inside;
  }

  /** Whether an element with this tag is next. */
  boolean isAt(int tag) {
    return at < end && (bytes[at] & 0xff) == tag;
  }

  /** Whether there is another element. */
  boolean hasMore() {
    return at < end;
  }

  /** Refuses more elements. */
  void end() throws MalformedException {
    if (hasMore()) {
      throw new MalformedException("there is more in it than belongs there");
    }
  }

  /** Passes over the next element if it has this tag. */
  void skip(int tag) throws MalformedException {
    if (isAt(tag)) {
      at = open(tag);
    }
  }

  /** The next element as it stands. */
  byte[] element(int tag) throws MalformedException {
    int start = at;
    at = open(tag);
    return Arrays.copyOfRange(bytes, start, at);
  }

  /** The next element, whatever its tag; numbers above 30 stand in no certificate. */
  byte[] any() throws MalformedException {
    int tag = hasMore() ? bytes[at] & 0xff : 0;
    if ((tag & LONG_TAG) == LONG_TAG) {
      throw new MalformedException("something in it has no tag of X.509");
    }
    return element(tag);
  }

  /** An OBJECT IDENTIFIER as it stands: numbers of seven bits an octet, X.690 §8.19. */
  byte[] objectIdentifier() throws MalformedException {
    int start = at;
    int limit = open(BERTags.OBJECT_IDENTIFIER);
    boolean complete = false;
    boolean first = true;
    for (; at < limit; at++) {
      // §8.19.2: as short as it can be.
      if (first && (bytes[at] & 0xff) == MORE) {
        throw new MalformedException("an object identifier in it is none");
      }
      complete = bytes[at] >= 0;
      first = complete;
    }
    if (!complete) {
      throw new MalformedException("an object identifier in it is none");
    }
    return Arrays.copyOfRange(bytes, start, limit);
  }

  /** What the next element holds. */
  byte[] content(int tag) throws MalformedException {
    int limit = open(tag);
    byte[] content = Arrays.copyOfRange(bytes, at, limit);
    at = limit;
    return content;
  }

  /** The elements that the next one holds. */
  DerReader inside(int tag) throws MalformedException {
    int limit = open(tag);
    DerReader inside = new DerReader(bytes, at, limit);
    at = limit;
    return inside;
  }

  /** What is left, as it stands. */
  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return rest;
  }

  BigInteger integer() throws MalformedException {
    byte[] content = content(BERTags.INTEGER);
    // X.690 §8.3.2: the first nine bits are not all the same.
    if (content.length == 0
        || (content.length > 1 && content[0] == content[1] >> (Byte.SIZE - 1))) {
      throw new MalformedException("an integer in it is none");
    }
    return new BigInteger(content);
  }

  /**
   * A BOOLEAN that is false where it is left out, as DER wants it (X.690 §11.5). That it is said to
   * be false is let pass: there are CAs that write it, and clients that accept it.
   */
  boolean isTrue() throws MalformedException {
    if (!isAt(BERTags.BOOLEAN)) {
      return false;
    }
    byte[] content = content(BERTags.BOOLEAN);
    if (content.length != 1 || (content[0] != FALSE && content[0] != TRUE)) {
      throw new MalformedException("a boolean in it is neither true nor false");
    }
    return content[0] == TRUE;
  }

  /** The octets of a BIT STRING; the last one may have bits that count for nothing. */
  byte[] bits() throws MalformedException {
    byte[] content = content(BERTags.BIT_STRING);
    if (content.length == 0
        || content[0] < 0
        || content[0] >= Byte.SIZE
        || (content.length == 1 && content[0] != 0)) {
      throw new MalformedException("a bit string in it is none");
    }
    return Arrays.copyOfRange(content, 1, content.length);
  }

  /** Goes to the content of the next element, and returns where that ends. */
  private int open(int tag) throws MalformedException {
    if (!isAt(tag)) {
      throw new MalformedException("something in it is missing or is something else");
    }
    at++;
    long length = length();
    if (length > end - at) {
      throw new MalformedException("its end is missing");
    }
    return at + (int) length;
  }

  private long length() throws MalformedException {
    int first = octet();
    if (first < Der.SHORT_LENGTHS) {
      return first;
    }
    int octets = first - Der.SHORT_LENGTHS;
    long length = 0;
    for (int i = 0; i < octets && i < Long.BYTES; i++) {
      length = length << Byte.SIZE | octet();
    }
    if (octets > Integer.BYTES
        || length < Der.SHORT_LENGTHS
        || length >> ((octets - 1) * Byte.SIZE) == 0) {
      throw new MalformedException("a length in it is not as short as it can be");
    }
    return length;
  }

  private int octet() throws MalformedException {
    if (!hasMore()) {
      throw new MalformedException("its end is missing");
    }
    return bytes[at++] & 0xff;
  }
}
