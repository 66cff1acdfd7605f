package dev.devca.cli.system;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a Java keystore file of a sandbox trusts.
 *
 * @param entries each alias with the date and the SHA-256 of its certificate
 */
record Keystore(Map<String, String> entries) {

  /** The cacerts that Debian makes of its certificates, and that its JDKs share. */
  static final String DEBIAN = "/etc/ssl/certs/java/cacerts";

  static Keystore read(Sandbox sandbox, String path) {
    byte[] bytes = Base64.getDecoder().decode(sandbox.run("base64", "-w0", path).ok().stdout());
    // The JDK's own JKS reader reads PKCS #12 too.
    try (var in = new ByteArrayInputStream(bytes)) {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(in, "changeit".toCharArray());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Map<String, String> entries = new TreeMap<>();
      for (String alias : Collections.list(store.aliases())) {
        byte[] sha256 = digest.digest(store.getCertificate(alias).getEncoded());
        String date = store.getCreationDate(alias).toInstant().toString();
        entries.put(alias, date + " " + HexFormat.of().formatHex(sha256));
      }
      return new Keystore(entries);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot read the keystore " + path, e);
    }
  }

  /** The SHA-256 of each certificate, whatever its alias and date. */
  Set<String> certificates() {
    return entries.values().stream()
        .map(entry -> entry.substring(entry.indexOf(' ') + 1))
        .collect(Collectors.toSet());
  }

  /** The entries that only one of two keystores has. */
  List<String> differencesTo(Keystore other) {
    List<String> differences = new ArrayList<>();
    entries.entrySet().stream()
        .filter(entry -> !other.entries.entrySet().contains(entry))
        .forEach(entry -> differences.add("was: " + entry));
    other.entries.entrySet().stream()
        .filter(entry -> !entries.entrySet().contains(entry))
        .forEach(entry -> differences.add("is: " + entry));
    return differences;
  }
}
