package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  // FIPS 180-4, the example of three bytes.
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void ofDer_knownBytes_isTheirSha256() {
    Fingerprint fingerprint = Fingerprint.ofDer("abc".getBytes(StandardCharsets.US_ASCII));

    assertThat(fingerprint.hex()).isEqualTo(OF_ABC);
    assertThat(fingerprint.shortHex()).isEqualTo("ba7816bf8f01cfea");
    assertThat(fingerprint).hasToString(OF_ABC).isEqualTo(new Fingerprint(OF_ABC));
  }

  @Test
  void of_certificate_isTheSha256OfItsDer() throws Exception {
    CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());

    byte[] hash = MessageDigest.getInstance("SHA-256").digest(ca.rootCertificate().getEncoded());

    assertThat(Fingerprint.of(ca.rootCertificate()).hex())
        .isEqualTo(HexFormat.of().formatHex(hash))
        .isEqualTo(ca.fingerprint().hex());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ba7816bf8f01cfea",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "ba:78:16:bf:8f:01:cf:ea:41:41:40:de:5d:ae:22:23:b0:03:61:a3:96:17",
        "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
        "../../../../../../../../../../../../../../../../../../etc/passwd",
        "٠a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      })
  void new_notAFingerprint_isRefused(String hex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fingerprint(hex))
        .withMessage("a fingerprint is 64 lower case hexadecimal digits");
  }
}
