package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaOptionsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

  @Test
  void with_anything_leavesTheOriginalAsItWas() {
    CaOptions options = CaOptions.defaults();

    CaOptions other =
        options.withCommonName("a").withKeyType(KeyType.RSA2048).withValidity(Duration.ofDays(1));

    assertThat(options.commonName()).isEmpty();
    assertThat(options.keyType()).isEqualTo(KeyType.P256);
    assertThat(options.validity()).isEqualTo(Duration.ofDays(3652));
    assertThat(other.commonName()).contains("a");
    assertThat(other.keyType()).isEqualTo(KeyType.RSA2048);
    assertThat(other.validity()).isEqualTo(Duration.ofDays(1));
  }

  static Stream<String> goodNames() {
    return Stream.of(
        "a",
        "Zoë Müller's laptop",
        "CN=x, O=\"y\"+z\\;#",
        "日本語",
        "x".repeat(64),
        // counted in characters, each of which takes two Java chars
        "\uD83D\uDD12".repeat(64));
  }

  @ParameterizedTest
  @MethodSource("goodNames")
  void withCommonName_anyText_standsInTheRootAsGiven(String name) throws Exception {
    CertificateAuthority ca =
        CertificateAuthority.inMemory(CaOptions.defaults().withCommonName(name));

    var subject = new JcaX509CertificateHolder(ca.rootCertificate()).getSubject();

    assertThat(subject.getRDNs(BCStyle.CN)).hasSize(1);
    assertThat(subject.getRDNs(BCStyle.CN)[0].getFirst().getValue()).hasToString(name);
    assertThat(ca.issue(LeafRequest.forNames("app.test")).chain().get(0).getIssuerX500Principal())
        .isEqualTo(ca.rootCertificate().getSubjectX500Principal());
  }

  static Stream<String> badNames() {
    return Stream.of("", "  ", "x".repeat(65), "a\nb", "a\u0000", "a\u202Eb", "a\u200Bb", "\u007F");
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void withCommonName_noName_isRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaOptions.defaults().withCommonName(name))
        .withMessageStartingWith("a CA's name has ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S"})
  void withValidity_lessThanASecond_isRefused(Duration length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaOptions.defaults().withValidity(length))
        .withMessage("a validity is at least a second, not " + length);
  }

  @Test
  void withValidity_anyLength_isTheRoots() {
    CertificateAuthority ca =
        CertificateAuthority.inMemory(
            CaOptions.defaults().withValidity(Duration.ofHours(2)), InstantSource.fixed(NOW));

    assertThat(ca.rootCertificate().getNotBefore().toInstant()).isEqualTo("2026-11-22T10:03:30Z");
    assertThat(ca.rootCertificate().getNotAfter().toInstant()).isEqualTo("2026-11-22T12:03:30Z");
  }
}
