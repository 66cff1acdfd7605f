package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.Pkcs12Work;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a keystore file, written again in the format it was read in: with the same
 * encryption and integrity check, or the same lack of them. Used by one thread.
 */
final class KeyStoreFile {
  // What keytool and the JDK use unless told otherwise; and none at all.
  private static final List<String> USUAL_PASSWORDS = List.of("changeit", "");

  // The JDK makes files of 20 000; people who make them stronger come to some hundred thousand. The
  // JDK's own limit would let a file take hours.
  private static final long MOST_ITERATIONS = 2_000_000;

  private static final int JKS_DIGEST = 20;

  private final KeyStore entries;
  private final char[] password;

  private KeyStoreFile(KeyStore entries, char[] password) {
    this.entries = entries;
    this.password = password;
  }

  /**
   * Reads a keystore.
   *
   * @param first the passwords to try before the usual ones
   * @throws IOException if it is damaged; with an {@link UnrecoverableKeyException} as its cause if
   *     no password fits
   */
  static KeyStoreFile parse(byte[] bytes, List<String> first) throws IOException {
    Format format = Format.of(bytes);
    if (format == Format.PKCS12) {
      checkWork(bytes);
    }
    List<String> passwords = new ArrayList<>(first);
    passwords.addAll(USUAL_PASSWORDS);
    IOException refused = new IOException("no password was tried");
    for (String password : passwords) {
      KeyStore entries = format.empty();
      try {
        // Never without a password: a PKCS #12 would then come without its encrypted entries.
        entries.load(new ByteArrayInputStream(bytes), password.toCharArray());
        return new KeyStoreFile(entries, password.toCharArray());
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        if (!(e.getCause() instanceof UnrecoverableKeyException wrong)) {
          throw new IOException("it is damaged", e);
        }
        // The formats cannot tell the two apart: a password is checked by a hash of the content.
        refused = new IOException("it has another password than expected, or is damaged", wrong);
      }
    }
    throw refused;
  }

  /**
   * Whether the bytes are a JKS as a program wrote it to the end, by its digest and not by its
   * entries: to read those takes as long as all else of an install.
   */
  static boolean isWholeJks(byte[] bytes) {
    int content = bytes.length - JKS_DIGEST;
    if (content <= 0 || ByteBuffer.wrap(bytes).getInt() != Format.JKS_MAGIC) {
      return false;
    }
    try {
      // As sun.security.provider.JavaKeyStore computes it; there is no other description.
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(USUAL_PASSWORDS.get(0).getBytes(StandardCharsets.UTF_16BE));
      digest.update("Mighty Aphrodite".getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes, 0, content);
      return Arrays.equals(digest.digest(), Arrays.copyOfRange(bytes, content, bytes.length));
    } catch (NoSuchAlgorithmException e) {
      return false;
    }
  }

  private static void checkWork(byte[] bytes) throws IOException {
    long iterations;
    try {
      iterations = Pkcs12Work.iterations(bytes);
    } catch (IOException e) {
      throw new IOException("it is damaged", e);
    }
    if (iterations > MOST_ITERATIONS) {
      throw new IOException("its encryption asks for too many iterations: " + iterations);
    }
  }

  boolean trusts(X509Certificate root) throws IOException {
    return !aliases(root).isEmpty();
  }

  void add(X509Certificate root) throws IOException {
    try {
      entries.setCertificateEntry(aliasFor(root), root);
    } catch (KeyStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The alias under which a root would be added. */
  String aliasFor(X509Certificate root) throws IOException {
    String alias = "devca-" + Fingerprint.of(root).shortHex();
    try {
      while (entries.containsAlias(alias)) {
        // Another's certificate under our name: setting the entry would replace it.
        alias += "-2";
      }
      return alias;
    } catch (KeyStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  void remove(X509Certificate root) throws IOException {
    try {
      for (String alias : aliases(root)) {
        entries.deleteEntry(alias);
      }
    } catch (KeyStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private List<String> aliases(X509Certificate root) throws IOException {
    List<String> aliases = new ArrayList<>();
    byAlias()
        .forEach(
            (alias, trusted) -> {
              // By their encodings, which takes less than to hash all of a JDK's.
              if (trusted.equals(root)) {
                aliases.add(alias);
              }
            });
    return aliases;
  }

  /** The certificates that are trusted. */
  List<X509Certificate> certificates() throws IOException {
    return List.copyOf(byAlias().values());
  }

  /**
   * Whether both trust the same certificates by the same names, have no other entries, and are of
   * one format and password.
   */
  boolean holdsTheSameAs(KeyStoreFile other) throws IOException {
    try {
      Map<String, X509Certificate> mine = byAlias();
      return entries.getType().equals(other.entries.getType())
          && Arrays.equals(password, other.password)
          && mine.equals(other.byAlias())
          && mine.size() == entries.size()
          && mine.size() == other.entries.size();
    } catch (KeyStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Map<String, X509Certificate> byAlias() throws IOException {
    Map<String, X509Certificate> certificates = new LinkedHashMap<>();
    try {
      for (String alias : Collections.list(entries.aliases())) {
        if (entries.isCertificateEntry(alias)
            && entries.getCertificate(alias) instanceof X509Certificate trusted) {
          certificates.put(alias, trusted);
        }
      }
    } catch (KeyStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
    return certificates;
  }

  /**
   * The file with its entries.
   *
   * @throws IOException if one of them is damaged: the JDK looks into keys only as it writes them
   */
  byte[] toBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      entries.store(out, password);
    } catch (IOException e) {
      throw new IOException("Java cannot write it again, perhaps for an entry that is damaged", e);
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
    return out.toByteArray();
  }

  /** The formats, each by the JDK's own provider: a host may have registered others before it. */
  private enum Format {
    // Exact, because "JKS" mixes up aliases that differ in case only.
    JKS("CaseExactJKS", "SUN"),
    JCEKS("JCEKS", "SunJCE"),
    PKCS12("PKCS12", "SunJSSE");

    private static final int JKS_MAGIC = 0xFEEDFEED;
    private static final int JCEKS_MAGIC = 0xCECECECE;
    // PKCS #12 is a SEQUENCE in BER: RFC 7292 section 4.
    private static final int SEQUENCE_TAG = 0x30;

    private final String type;
    private final String provider;

    Format(String type, String provider) {
      this.type = type;
      this.provider = provider;
    }

    static Format of(byte[] bytes) throws IOException {
      if (bytes.length == 0) {
        throw new IOException("it is empty");
      }
      int magic = bytes.length < Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getInt();
      if (magic == JKS_MAGIC) {
        return JKS;
      }
      if (magic == JCEKS_MAGIC) {
        return JCEKS;
      }
      if (bytes[0] == SEQUENCE_TAG) {
        return PKCS12;
      }
      throw new IOException("it is damaged: neither JKS nor JCEKS nor PKCS #12");
    }

    KeyStore empty() throws IOException {
      try {
        return KeyStore.getInstance(type, provider);
      } catch (GeneralSecurityException e) {
        throw new IOException("this Java cannot read its format, " + name(), e);
      }
    }
  }
}
