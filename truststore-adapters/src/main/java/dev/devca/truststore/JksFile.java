package dev.devca.truststore;

import dev.devca.ca.files.Sha1;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A keystore of type JKS, by the layout that the JDK's {@code sun.security.provider.JavaKeyStore}
 * gives it; there is no other description. The entries of others keep their bytes and their order.
 * Their certificates are not parsed, which would take the JDK longer than all else that an install
 * does to a keystore: the digest, keyed with the password, says whether the file is whole.
 */
final class JksFile implements KeyStoreFile {
  static final int MAGIC = 0xFEEDFEED;

  private static final int FIRST_VERSION = 1;
  private static final int LAST_VERSION = 2;
  private static final int PRIVATE_KEY = 1;
  private static final int TRUSTED_CERTIFICATE = 2;
  private static final String X509 = "X.509";
  private static final int DIGEST_BYTES = 20;
  // A JDK's has 150. A file as large as is read at all could say a million, of nothing each.
  private static final int MOST_ENTRIES = 50_000;
  private static final String SALT = "Mighty Aphrodite";

  private final int version;
  // By alias: of several with one alias the JDK takes the last.
  private final Map<String, Entry> entries;
  private final String password;

  private JksFile(int version, Map<String, Entry> entries, String password) {
    this.version = version;
    this.entries = entries;
    this.password = password;
  }

  /** An entry: its bytes, and the certificate in DER if it is one that is trusted. */
  private record Entry(byte[] encoded, byte @Nullable [] trusted) {
    boolean trusts(byte[] der) {
      return trusted != null && Arrays.equals(trusted, der);
    }
  }

  /** As {@link KeyStoreFile#parse}, of bytes that begin with the format's magic number. */
  static JksFile parse(byte[] bytes, List<String> passwords) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int version;
    Map<String, Entry> entries = new LinkedHashMap<>();
    try {
      in.skipBytes(Integer.BYTES);
      version = in.readInt();
      if (version < FIRST_VERSION || version > LAST_VERSION) {
        throw new IOException("unknown version " + version);
      }
      int count = in.readInt();
      if (count < 0 || count > MOST_ENTRIES) {
        throw new IOException("it says that it has " + count + " entries");
      }
      for (int i = 0; i < count; i++) {
        read(in, bytes, version, entries);
      }
      if (in.available() < DIGEST_BYTES) {
        throw new EOFException();
      }
    } catch (IOException e) {
      throw new IOException("it is damaged", e);
    }
    // What follows the digest is passed over, as by the JDK.
    int end = bytes.length - in.available();
    byte[] content = Arrays.copyOf(bytes, end);
    byte[] digest = Arrays.copyOfRange(bytes, end, end + DIGEST_BYTES);
    for (String password : passwords) {
      if (Arrays.equals(digest(password, content), digest)) {
        return new JksFile(version, entries, password);
      }
    }
    throw KeyStoreFile.noPasswordFits(new UnrecoverableKeyException("its digest is another"));
  }

  private static void read(
      DataInputStream in, byte[] bytes, int version, Map<String, Entry> entries)
      throws IOException {
    int start = bytes.length - in.available();
    int tag = in.readInt();
    String alias = in.readUTF();
    in.readLong();
    byte[] trusted = null;
    if (tag == TRUSTED_CERTIFICATE) {
      trusted = certificate(in, version);
    } else if (tag == PRIVATE_KEY) {
      part(in);
      int chain = in.readInt();
      for (int i = 0; i < chain; i++) {
        certificate(in, version);
      }
    } else {
      throw new IOException("unknown kind of entry " + tag);
    }
    int end = bytes.length - in.available();
    // Taken out first, or it would stand where the one before it stood.
    entries.remove(alias);
    entries.put(alias, new Entry(Arrays.copyOfRange(bytes, start, end), trusted));
  }

  private static byte[] certificate(DataInputStream in, int version) throws IOException {
    if (version != FIRST_VERSION) {
      in.readUTF();
    }
    return part(in);
  }

  private static byte[] part(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException();
    }
    return in.readNBytes(length);
  }

  private static byte[] digest(String password, byte[] content) {
    return Sha1.of(
        List.of(
            password.getBytes(StandardCharsets.UTF_16BE),
            SALT.getBytes(StandardCharsets.US_ASCII),
            content));
  }

  @Override
  public boolean trusts(X509Certificate root) throws IOException {
    byte[] der = der(root);
    for (Entry entry : entries.values()) {
      if (entry.trusts(der)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void add(X509Certificate root) throws IOException {
    String alias = aliasFor(root);
    byte[] der = der(root);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(TRUSTED_CERTIFICATE);
    out.writeUTF(alias);
    out.writeLong(System.currentTimeMillis());
    if (version != FIRST_VERSION) {
      out.writeUTF(X509);
    }
    out.writeInt(der.length);
    out.write(der);
    entries.put(alias, new Entry(bytes.toByteArray(), der));
  }

  @Override
  public void remove(X509Certificate root) throws IOException {
    byte[] der = der(root);
    entries.values().removeIf(entry -> entry.trusts(der));
  }

  @Override
  public boolean hasAlias(String alias) {
    return entries.containsKey(alias);
  }

  @Override
  public List<X509Certificate> certificates() throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance(X509, "SUN");
      for (Entry entry : entries.values()) {
        if (entry.trusted != null
            && factory.generateCertificate(new ByteArrayInputStream(entry.trusted))
                instanceof X509Certificate trusted) {
          certificates.add(trusted);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("it has a certificate that this Java cannot read", e);
    }
    return List.copyOf(certificates);
  }

  @Override
  public boolean holdsTheSameAs(KeyStoreFile other) {
    if (!(other instanceof JksFile jks)
        || !password.equals(jks.password)
        || entries.size() != jks.entries.size()) {
      return false;
    }
    for (Map.Entry<String, Entry> mine : entries.entrySet()) {
      Entry theirs = jks.entries.get(mine.getKey());
      if (theirs == null || theirs.trusted == null || !mine.getValue().trusts(theirs.trusted)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(version);
    out.writeInt(entries.size());
    for (Entry entry : entries.values()) {
      out.write(entry.encoded);
    }
    byte[] content = bytes.toByteArray();
    out.write(digest(password, content));
    return bytes.toByteArray();
  }

  private static byte[] der(X509Certificate root) throws IOException {
    try {
      return root.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IOException(e);
    }
  }
}
