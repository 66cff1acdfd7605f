package dev.devca.truststore;

import dev.devca.ca.files.Pkcs12Work;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A keystore that the JDK reads and writes: of the formats whose entries can be encrypted, PKCS #12
 * and JCEKS. Each by the JDK's own provider: a host may have registered others before it.
 */
final class ProviderKeyStore implements KeyStoreFile {
  static final int JCEKS_MAGIC = 0xCECECECE;

  // PKCS #12 is a SEQUENCE in BER: RFC 7292 section 4.
  static final int SEQUENCE_TAG = 0x30;

  // The JDK makes files of 20 000; people who make them stronger come to some hundred thousand. The
  // JDK's own limit would let a file take hours.
  private static final long MOST_ITERATIONS = 2_000_000;

  private final KeyStore entries;
  private final char[] password;

  private ProviderKeyStore(KeyStore entries, char[] password) {
    this.entries = entries;
    this.password = password;
  }

  static ProviderKeyStore jceks(byte[] bytes, List<String> passwords) throws IOException {
    return load("JCEKS", "SunJCE", bytes, passwords);
  }

  static ProviderKeyStore pkcs12(byte[] bytes, List<String> passwords) throws IOException {
    checkWork(bytes);
    return load("PKCS12", "SunJSSE", bytes, passwords);
  }

  private static ProviderKeyStore load(
      String type, String provider, byte[] bytes, List<String> passwords) throws IOException {
    UnrecoverableKeyException wrong = new UnrecoverableKeyException("no password was tried");
    for (String password : passwords) {
      KeyStore entries = empty(type, provider);
      try {
        // Never without a password: a PKCS #12 would then come without its encrypted entries.
        entries.load(new ByteArrayInputStream(bytes), password.toCharArray());
        return new ProviderKeyStore(entries, password.toCharArray());
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        if (!(e.getCause() instanceof UnrecoverableKeyException unrecoverable)) {
          throw new IOException("it is damaged", e);
        }
        wrong = unrecoverable;
      }
    }
    throw KeyStoreFile.noPasswordFits(wrong);
  }

  private static KeyStore empty(String type, String provider) throws IOException {
    try {
      return KeyStore.getInstance(type, provider);
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java cannot read its format, " + type, e);
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

  @Override
  public boolean trusts(X509Certificate root) throws IOException {
    return !aliases(root).isEmpty();
  }

  @Override
  public void add(X509Certificate root) throws IOException {
    try {
      entries.setCertificateEntry(aliasFor(root), root);
    } catch (KeyStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public boolean hasAlias(String alias) throws IOException {
    try {
      return entries.containsAlias(alias);
    } catch (KeyStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void remove(X509Certificate root) throws IOException {
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

  @Override
  public List<X509Certificate> certificates() throws IOException {
    return List.copyOf(byAlias().values());
  }

  @Override
  public boolean holdsTheSameAs(KeyStoreFile other) throws IOException {
    if (!(other instanceof ProviderKeyStore theirs)) {
      return false;
    }
    try {
      Map<String, X509Certificate> mine = byAlias();
      return entries.getType().equals(theirs.entries.getType())
          && Arrays.equals(password, theirs.password)
          && mine.equals(theirs.byAlias())
          && mine.size() == entries.size()
          && mine.size() == theirs.entries.size();
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

  @Override
  public byte[] toBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      entries.store(out, password);
    } catch (IOException e) {
      // The JDK looks into keys only as it writes them.
      throw new IOException("Java cannot write it again, perhaps for an entry that is damaged", e);
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
    return out.toByteArray();
  }
}
