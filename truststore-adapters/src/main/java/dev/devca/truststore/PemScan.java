package dev.devca.truststore;

import dev.devca.ca.Pem;
import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificates of a PEM file as OpenSSL would find them, past blocks of other kinds.
 *
 * @param certificates those that can be read, in order
 * @param malformed how many blocks cannot; for one, Node ignores the whole file
 */
record PemScan(List<X509Certificate> certificates, int malformed) {
  // X509 CERTIFICATE is the label of old, which OpenSSL reads too (PEM_STRING_X509_OLD).
  private static final Pattern BEGIN = Pattern.compile("(?m)^-----BEGIN (X509 )?CERTIFICATE-----");
  private static final Pattern BODY = Pattern.compile("([^-]*+)-----END (X509 )?CERTIFICATE-----");

  PemScan {
    certificates = List.copyOf(certificates);
  }

  /** Some certificates of a file, which may be missing. */
  static List<X509Certificate> rootsIn(Path file, Predicate<X509Certificate> wanted)
      throws IOException {
    return BoundedFiles.readIfPresent(file, BoundedFiles.STORE_LIMIT).stream()
        .flatMap(bytes -> of(bytes).certificates().stream())
        .filter(wanted)
        .toList();
  }

  /** The certificate with this DER, or none if it cannot be read. */
  static PemScan ofBase64(String der) {
    String pem = "-----BEGIN CERTIFICATE-----\n" + der + "\n-----END CERTIFICATE-----\n";
    return of(pem.getBytes(StandardCharsets.US_ASCII));
  }

  static PemScan of(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<X509Certificate> certificates = new ArrayList<>();
    int malformed = 0;
    Matcher begin = BEGIN.matcher(text);
    Matcher body = BODY.matcher(text);
    while (begin.find()) {
      try {
        if (!body.region(begin.end(), text.length()).lookingAt()) {
          throw new IOException("a block has no end");
        }
        certificates.addAll(
            Pem.certificates(
                "-----BEGIN CERTIFICATE-----" + body.group(1) + "-----END CERTIFICATE-----"));
      } catch (IOException e) {
        malformed++;
      }
    }
    return new PemScan(certificates, malformed);
  }
}
