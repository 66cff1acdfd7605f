package dev.devca.cli.doctor;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What came out of a look at a certificate's file.
 *
 * @param file the file
 * @param keyFile the file with the key that was compared; empty if none was found
 * @param leaf its first certificate
 * @param findings what is wrong with it
 */
public record FileReport(
    String file, String keyFile, X509Certificate leaf, List<Finding> findings) {
  /** Takes a copy. */
  public FileReport {
    findings = List.copyOf(findings);
  }

  /** The names of the certificate. */
  public List<String> names() {
    return HostNames.of(leaf);
  }
}
