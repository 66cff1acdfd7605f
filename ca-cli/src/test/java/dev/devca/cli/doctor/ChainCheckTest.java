package dev.devca.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainCheckTest {
  private static final CertificateAuthority CA =
      CertificateAuthority.inMemory(CaOptions.defaults());
  private final Instant now = Instant.now();

  private List<Finding> check(List<X509Certificate> chain, String host) {
    return ChainCheck.of(
        chain, Optional.of(Target.parse(host).name()), Optional.of(CA.rootCertificate()), now);
  }

  private static List<X509Certificate> leaf(String... names) throws Exception {
    return CA.issue(LeafRequest.forNames(names)).chain();
  }

  @ParameterizedTest
  @CsvSource({
    "a.test,         a.test",
    "A.TEST,         a.test",
    "*.a.test,       x.a.test",
    "172.16.99.32,   172.16.99.32",
    "2001:db8::1,    2001:DB8:0:0::1"
  })
  void of_leafOfTheCaWithTheName_nothingIsWrong(String name, String host) throws Exception {
    assertThat(check(leaf(name), host)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "b.test,       a.test,   a.test is not among its names: b.test,     devca issue a.test b.test",
    "*.a.test,     a.test,   a.test is not among its names: *.a.test,   devca issue a.test '*.a.test'",
    "*.a.test,     x.y.a.test, x.y.a.test is not among its names: *.a.test, devca issue x.y.a.test '*.a.test'",
    "127.0.0.1,    ::1,      ::1 is not among its names: 127.0.0.1,     devca issue ::1 127.0.0.1"
  })
  void of_otherName_isAMismatchWithBothNames(String name, String host, String text, String remedy)
      throws Exception {
    assertThat(check(leaf(name), host)).containsExactly(new Finding("name-mismatch", text, remedy));
  }

  @Test
  void of_rootServed_saysThatAndNothingOfTheIssuer() {
    assertThat(check(List.of(CA.rootCertificate()), "a.test"))
        .extracting(Finding::id)
        .containsExactly("root-as-leaf", "name-mismatch");
  }

  @Test
  void of_pastAndFuture_areTold() throws Exception {
    List<X509Certificate> past =
        CA.issue(
                LeafRequest.forNames("a.test")
                    .withValidity(now.minusSeconds(3), now.minusSeconds(2)))
            .chain();
    List<X509Certificate> future =
        CA.issue(
                LeafRequest.forNames("a.test")
                    .withValidity(now.plusSeconds(60), now.plusSeconds(90)))
            .chain();

    assertThat(check(past, "a.test"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo("expired");
              assertThat(finding.remedy()).isEqualTo("devca issue a.test");
            });
    assertThat(check(future, "a.test")).extracting(Finding::id).containsExactly("not-yet-valid");
  }

  @Test
  void of_clientCertificate_isNotForServers() throws Exception {
    assertThat(check(CA.issue(LeafRequest.forNames("a.test").forClientAuth()).chain(), "a.test"))
        .extracting(Finding::id)
        .containsExactly("not-for-servers");
  }

  @Test
  void of_otherCa_tellsWhetherItsRootIsThere() throws Exception {
    CertificateAuthority other = CertificateAuthority.inMemory(CaOptions.defaults());
    X509Certificate leaf = other.issue(LeafRequest.forNames("a.test")).chain().get(0);

    assertThat(check(List.of(leaf), "a.test"))
        .extracting(Finding::id)
        .containsExactly("unknown-issuer");
    assertThat(check(List.of(leaf, other.rootCertificate()), "a.test"))
        .extracting(Finding::id)
        .containsExactly("unknown-root");
  }

  @Test
  void of_olderCaOfTheSameName_isTold() throws Exception {
    CaOptions named = CaOptions.defaults().withCommonName("same");
    CertificateAuthority newer = CertificateAuthority.inMemory(named);
    CertificateAuthority older = CertificateAuthority.inMemory(named);

    assertThat(
            ChainCheck.of(
                older.issue(LeafRequest.forNames("a.test")).chain(),
                Optional.empty(),
                Optional.of(newer.rootCertificate()),
                now))
        .extracting(Finding::id)
        .containsExactly("other-root");
  }
}
