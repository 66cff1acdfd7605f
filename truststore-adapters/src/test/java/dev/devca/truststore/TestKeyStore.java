package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keystores for tests, made and read with nothing of ours. */
enum TestKeyStore {
  JKS("JKS"),
  JCEKS("JCEKS"),
  PKCS12("PKCS12"),
  PKCS12_WITHOUT_PASSWORD("PKCS12");

  static final String PASSWORD = "changeit";
  static final int DIGEST_BYTES = 20;
  private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06Z");
  private static final List<String> PROTECTION =
      List.of("keystore.pkcs12.certProtectionAlgorithm", "keystore.pkcs12.macAlgorithm");

  private final String type;

  TestKeyStore(String type) {
    this.type = type;
  }

  /** A keystore of trusted certificates that another program made. */
  byte[] of(Map<String, X509Certificate> entries, String password) {
    try {
      return switch (this) {
        case JKS -> dated(0xFEEDFEED, entries, password);
        case JCEKS -> dated(0xCECECECE, entries, password);
        case PKCS12 -> store(filled(entries), password);
        case PKCS12_WITHOUT_PASSWORD -> {
          PROTECTION.forEach(name -> System.setProperty(name, "NONE"));
          try {
            yield store(filled(entries), password);
          } finally {
            PROTECTION.forEach(System::clearProperty);
          }
        }
      };
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  byte[] of(Map<String, X509Certificate> entries) {
    return of(entries, PASSWORD);
  }

  /** The same keystore after another program has added a certificate. */
  byte[] with(byte[] file, String alias, X509Certificate certificate) {
    try {
      KeyStore keystore = load(file);
      keystore.setCertificateEntry(alias, certificate);
      return store(keystore, PASSWORD);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** What the keystore says: each alias with its certificate and, if the format has one, date. */
  Map<String, String> entries(byte[] file) {
    try {
      KeyStore keystore = load(file);
      Map<String, String> entries = new TreeMap<>();
      for (String alias : Collections.list(keystore.aliases())) {
        String date =
            type.equals("PKCS12") ? "" : " " + keystore.getCreationDate(alias).toInstant();
        X509Certificate certificate = (X509Certificate) keystore.getCertificate(alias);
        entries.put(alias, Fingerprint.of(certificate) + date);
      }
      return entries;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether the keystore can be read with its own password only. */
  boolean hasPassword(byte[] file) {
    try {
      KeyStore.getInstance(type).load(new ByteArrayInputStream(file), "not this".toCharArray());
      return false;
    } catch (IOException e) {
      return true;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private KeyStore load(byte[] file) throws IOException, GeneralSecurityException {
    KeyStore keystore = KeyStore.getInstance(type);
    keystore.load(new ByteArrayInputStream(file), PASSWORD.toCharArray());
    return keystore;
  }

  private KeyStore filled(Map<String, X509Certificate> entries)
      throws IOException, GeneralSecurityException {
    KeyStore keystore = KeyStore.getInstance(type);
    keystore.load(null, null);
    for (Map.Entry<String, X509Certificate> entry : entries.entrySet()) {
      keystore.setCertificateEntry(entry.getKey(), entry.getValue());
    }
    return keystore;
  }

  private static byte[] store(KeyStore keystore, String password)
      throws IOException, GeneralSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    keystore.store(out, password.toCharArray());
    return out.toByteArray();
  }

  /** JKS and JCEKS by hand: the JDK would date the entries today. */
  private static byte[] dated(int magic, Map<String, X509Certificate> entries, String password)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    out.writeInt(2);
    out.writeInt(entries.size());
    entries.forEach(
        (alias, certificate) -> {
          try {
            byte[] der = certificate.getEncoded();
            out.writeInt(2);
            out.writeUTF(alias);
            out.writeLong(LONG_AGO.toEpochMilli());
            out.writeUTF("X.509");
            out.writeInt(der.length);
            out.write(der);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
          }
        });
    return sealed(bytes.toByteArray(), password);
  }

  /** The content of a JKS or JCEKS with the digest that belongs to it. */
  static byte[] sealed(byte[] content, String password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(password.getBytes(StandardCharsets.UTF_16BE));
      digest.update("Mighty Aphrodite".getBytes(StandardCharsets.UTF_8));
      byte[] file = Arrays.copyOf(content, content.length + DIGEST_BYTES);
      System.arraycopy(digest.digest(content), 0, file, content.length, DIGEST_BYTES);
      return file;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
