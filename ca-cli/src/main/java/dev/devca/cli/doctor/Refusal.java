package dev.devca.cli.doctor;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** For what a client refuses a certificate, by what it prints. */
enum Refusal {
  ISSUER(
      "unable to get (local )?issuer certificate",
      "[Ss]elf[- ]signed certificate",
      "have a known issuer",
      "certificate issuer is unknown",
      "SEC_ERROR_UN(KNOWN|TRUSTED)_ISSUER",
      "SEC_ERROR_CA_CERT_INVALID",
      "UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)",
      "unable to find valid certification path",
      "trustAnchors parameter must be non-empty",
      "UntrustedRoot",
      "SEC_E_UNTRUSTED_ROOT"),
  NAME(
      "[Hh]ostname mismatch|IP address mismatch",
      "does not match (target host|hostname|the expected)",
      "alternative certificate subject name",
      "ALTNAME_INVALID",
      "BAD_CERT_DOMAIN",
      "No (subject alternative|name matching)"),
  TIME(
      "has expired|uses expired certificate|[Nn]ot yet (valid|activated)",
      "EXPIRED_CERTIFICATE|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID",
      "CertificateExpiredException|CertificateNotYetValidException"),
  OTHER(
      "certificate verif(y|ication) failed",
      "unsuitable certificate purpose|INVALID_PURPOSE|INADEQUATE|[Kk]ey usage",
      "CertificateException|SunCertPathBuilderException|PKIX path",
      "SEC_ERROR_|CERTIFICATE_VERIFY_FAILED|certificate is NOT trusted",
      "error setting certificate (verify|file)|error adding trust anchors",
      "TLS CA certificate bundle|CA certificate file|Problem with the SSL CA cert");

  // A path and the sentence around it; what is longer is a page.
  private static final int WORDS_LIMIT = 300;

  private final Pattern pattern;

  Refusal(String... patterns) {
    pattern = Pattern.compile(String.join("|", patterns));
  }

  /**
   * A refusal in a client's words.
   *
   * @param why for what
   * @param words the line that says so
   */
  record Said(Refusal why, String words) {}

  /** The refusal in what a client printed, if there is one. */
  static Optional<Said> in(String output) {
    // In this order: who knows the issuer says nothing of it, whatever else is wrong.
    return Stream.of(values()).flatMap(refusal -> refusal.line(output).stream()).findFirst();
  }

  private Optional<Said> line(String output) {
    return output
        .lines()
        .filter(line -> pattern.matcher(line).find())
        .map(line -> new Said(this, shorten(line.strip())))
        .findFirst();
  }

  static String shorten(String line) {
    return line.length() > WORDS_LIMIT ? line.substring(0, WORDS_LIMIT) + "..." : line;
  }
}
