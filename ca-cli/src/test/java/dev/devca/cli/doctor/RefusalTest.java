package dev.devca.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as the clients of Debian 12 print them. */
class RefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          ISSUER | curl: (60) SSL certificate problem: unable to get local issuer certificate
          ISSUER | curl: (60) SSL certificate problem: self-signed certificate
          ISSUER | ERROR: The certificate of ‘localhost’ doesn't have a known issuer.
          ISSUER | - Status: The certificate is NOT trusted. The certificate issuer is unknown.
          ISSUER | verify error:num=20:unable to get local issuer certificate
          ISSUER | UNABLE_TO_VERIFY_LEAF_SIGNATURE unable to verify the first certificate
          ISSUER | tstclnt: authentication of server cert failed: SEC_ERROR_UNKNOWN_ISSUER: x
          ISSUER | PKIX path building failed: unable to find valid certification path to requested
          NAME   | verify error:num=62:hostname mismatch
          NAME   | certificate verify failed: Hostname mismatch, certificate is not valid for 'x'
          NAME   | fatal: SSL: certificate subject name (name) does not match target host name 'x'
          NAME   | The certificate's owner does not match hostname ‘localhost’
          NAME   | ERR_TLS_CERT_ALTNAME_INVALID Hostname/IP does not match certificate's altnames
          NAME   | failed: SSL_ERROR_BAD_CERT_DOMAIN: Unable to communicate securely with peer
          NAME   | No subject alternative DNS name matching localhost found.
          TIME   | verify error:num=10:certificate has expired
          TIME   | CERT_HAS_EXPIRED certificate has expired
          TIME   | failed: SEC_ERROR_EXPIRED_CERTIFICATE: Peer's Certificate has expired.
          TIME   | java.security.cert.CertificateExpiredException: NotAfter: Sat
          OTHER  | server certificate verification failed. CAfile: none CRLfile: none
          OTHER  | INVALID_PURPOSE unsuitable certificate purpose
          OTHER  | gnutls_handshake() failed: Key usage violation in certificate has been detected.
          """)
  void in_lineOfAClient_tellsForWhatItRefuses(Refusal why, String line) {
    assertThat(Refusal.in("first\n" + line + "\nlast"))
        .contains(new Refusal.Said(why, line.strip()));
  }

  @ParameterizedTest
  @CsvSource({
    "curl: (7) Failed to connect to localhost port 1 after 0 ms: Couldn't connect to server",
    "node: --use-system-ca is not allowed in NODE_OPTIONS",
    "Resolving localhost... failed: Name or service not known."
  })
  void in_otherTrouble_isNoRefusal(String line) {
    assertThat(Refusal.in(line)).isEmpty();
  }
}
