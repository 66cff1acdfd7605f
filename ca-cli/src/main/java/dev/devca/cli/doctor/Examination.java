package dev.devca.cli.doctor;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What came out.
 *
 * @param target the server
 * @param leaf the certificate that it presents
 * @param wantsClientCertificate whether it asked the client for one
 * @param findings what is wrong with what it presents
 * @param clients the clients, each with its answer
 */
public record Examination(
    Target target,
    X509Certificate leaf,
    boolean wantsClientCertificate,
    List<Finding> findings,
    List<ClientReport> clients) {
  /** Takes copies. */
  public Examination {
    findings = List.copyOf(findings);
    clients = List.copyOf(clients);
  }

  /** Whether nothing is to be mended. */
  public boolean isHealthy() {
    return findings.isEmpty() && clients.stream().allMatch(ClientReport::trusts);
  }

  /** The names of the certificate. */
  public List<String> names() {
    return HostNames.of(leaf);
  }
}
