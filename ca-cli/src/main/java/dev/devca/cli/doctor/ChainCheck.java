package dev.devca.cli.doctor;

import dev.devca.ca.SubjectAltName;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** What is wrong with a chain, whoever looks at it. */
final class ChainCheck {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_PURPOSE = "2.5.29.37.0";
  // RFC 5280 section 4.2.2.1: where to fetch the issuer, which public CAs always say.
  private static final String ISSUER_ACCESS = "1.3.6.1.5.5.7.1.1";

  private final List<X509Certificate> chain;
  private final Optional<SubjectAltName> host;
  private final Optional<X509Certificate> root;
  private final Instant now;
  private final List<Finding> findings = new ArrayList<>();

  private ChainCheck(
      List<X509Certificate> chain,
      Optional<SubjectAltName> host,
      Optional<X509Certificate> root,
      Instant now) {
    this.chain = chain;
    this.host = host;
    this.root = root;
    this.now = now;
  }

  /**
   * Looks at a chain.
   *
   * @param chain not empty, the leaf first
   * @param host the name by which it is asked, if that is known
   * @param root the root of the user's CA, if there is one
   */
  static List<Finding> of(
      List<X509Certificate> chain,
      Optional<SubjectAltName> host,
      Optional<X509Certificate> root,
      Instant now) {
    ChainCheck check = new ChainCheck(chain, host, root, now);
    check.purpose();
    check.validity();
    check.name();
    if (check.findings.stream().noneMatch(finding -> finding.id().endsWith("-as-leaf"))) {
      check.path();
    }
    return List.copyOf(check.findings);
  }

  private X509Certificate leaf() {
    return chain.get(0);
  }

  private void add(String id, String text, String remedy) {
    findings.add(new Finding(id, text, remedy));
  }

  private void purpose() {
    boolean isCa = leaf().getBasicConstraints() >= 0;
    if (isCa && isSelfIssued(leaf())) {
      add(
          "root-as-leaf",
          "it is a root certificate itself; a server needs a leaf that the root issued",
          reissue());
    } else if (isCa) {
      add(
          "intermediate-as-leaf",
          "the first certificate is an intermediate's, and the server's own, the leaf, has to come first",
          "put the leaf first in the server's certificate file, then the intermediate");
    }
    if (host.isPresent()) {
      serverPurpose();
    }
  }

  private void serverPurpose() {
    try {
      List<String> purposes = leaf().getExtendedKeyUsage();
      if (purposes != null && !purposes.contains(SERVER_AUTH) && !purposes.contains(ANY_PURPOSE)) {
        add("not-for-servers", "the certificate is not for servers, but for clients", reissue());
      }
    } catch (CertificateParsingException e) {
      add("malformed", "the certificate's extended key usage cannot be read", reissue());
    }
  }

  private void validity() {
    for (X509Certificate certificate : chain) {
      String whose =
          certificate.equals(leaf()) ? "the certificate" : "that of " + name(certificate);
      if (now.isAfter(certificate.getNotAfter().toInstant())) {
        add("expired", whose + " expired at " + certificate.getNotAfter().toInstant(), reissue());
      } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
        add(
            "not-yet-valid",
            whose + " is not valid before " + certificate.getNotBefore().toInstant(),
            "set the clock of this machine, or: " + reissue());
      }
    }
  }

  private void name() {
    if (host.isPresent() && !HostNames.match(leaf(), host.get())) {
      List<String> names = HostNames.of(leaf());
      add(
          "name-mismatch",
          host.get().value()
              + " is not among its names: "
              + (names.isEmpty() ? "it has none" : String.join(", ", names)),
          reissue());
    }
  }

  /** Follows the issuers up to a root that somebody knows. */
  private void path() {
    X509Certificate top = leaf();
    for (int i = 0; i < chain.size() && !isSelfIssued(top); i++) {
      X509Certificate below = top;
      Optional<X509Certificate> above =
          chain.stream().filter(other -> !other.equals(below) && issued(other, below)).findFirst();
      if (above.isEmpty()) {
        break;
      }
      top = above.get();
    }
    X509Certificate last = top;
    if (known(last)) {
      return;
    }
    if (last.equals(leaf()) && isSelfIssued(last)) {
      add("self-signed", "the certificate is signed by itself, not by a CA", reissue());
    } else if (isSelfIssued(last)) {
      add("unknown-root", "it comes from " + name(last) + ", which is not your CA", reissue());
    } else if (root.isPresent() && isNamedAsIssuer(root.get(), last)) {
      add("other-root", "it comes from an older CA with the name of yours", reissue());
    } else if (last.getExtensionValue(ISSUER_ACCESS) != null) {
      add(
          "missing-intermediate",
          "the certificate of its issuer, " + issuer(last) + ", is not sent with it",
          "let the server send the leaf and then each intermediate, all in one file");
    } else {
      add(
          "unknown-issuer",
          "its issuer "
              + issuer(last)
              + " is not your CA and is not sent with it: an intermediate is missing, or it is"
              + " another's CA",
          "if there is an intermediate, append it to the server's certificate file; else "
              + reissue());
    }
  }

  private boolean known(X509Certificate top) {
    return Stream.concat(root.stream(), publicRoots().stream())
        .anyMatch(anchor -> anchor.equals(top) || issued(anchor, top));
  }

  /** The roots of the JDK that runs this, its user's own among them. */
  private static List<X509Certificate> publicRoots() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      List<X509Certificate> roots = new ArrayList<>();
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          roots.addAll(Arrays.asList(x509.getAcceptedIssuers()));
        }
      }
      return roots;
    } catch (GeneralSecurityException e) {
      // A damaged keystore is the JDK's row in the list of clients.
      return List.of();
    }
  }

  private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    if (!isNamedAsIssuer(issuer, certificate)) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isNamedAsIssuer(X509Certificate issuer, X509Certificate certificate) {
    return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return issued(certificate, certificate);
  }

  private static String name(X509Certificate certificate) {
    return "'" + certificate.getSubjectX500Principal().getName() + "'";
  }

  private static String issuer(X509Certificate certificate) {
    return "'" + certificate.getIssuerX500Principal().getName() + "'";
  }

  private String reissue() {
    return Reissue.command(host, leaf());
  }
}
