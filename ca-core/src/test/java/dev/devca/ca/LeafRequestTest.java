package dev.devca.ca;

import static dev.devca.ca.CertificateAssertions.altNames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeafRequestTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.25Z");
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final String EMAIL = "1.3.6.1.5.5.7.3.4";

  private final CertificateAuthority ca =
      CertificateAuthority.inMemory(CaOptions.defaults(), InstantSource.fixed(NOW));

  private X509Certificate leaf(LeafRequest request) throws Exception {
    return ca.issue(request).chain().get(0);
  }

  private static String subject(X509Certificate leaf) {
    return leaf.getSubjectX500Principal().getName();
  }

  @Test
  void forClient_commonNameAlone_isTheWholeIdentity() throws Exception {
    X509Certificate leaf = leaf(LeafRequest.forClient("alice"));

    assertThat(subject(leaf)).isEqualTo("CN=alice");
    assertThat(leaf.getSubjectAlternativeNames()).isNull();
    assertThat(leaf.getExtendedKeyUsage()).containsExactly(CLIENT);
  }

  @Test
  void forServerAndClientAuth_noNames_isRefused() {
    LeafRequest request = LeafRequest.forClient("alice");

    assertThatIllegalArgumentException()
        .isThrownBy(request::forServerAndClientAuth)
        .withMessageContaining("clients look for its names");
  }

  @Test
  void withCommonName_namesToo_standsInTheSubject() throws Exception {
    X509Certificate leaf =
        leaf(LeafRequest.forNames("app.test").forClientAuth().withCommonName("Zoë Müller"));

    assertThat(subject(leaf)).isEqualTo("CN=Zoë Müller");
    assertThat(altNames(leaf)).containsExactly("dns:app.test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\nb", "a\u202eb", "\ud800"})
  void withCommonName_notPrintable_isRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> LeafRequest.forClient(name));
  }

  @Test
  void withCommonName_atTheLimit_countsCharactersAndNotBytes() throws Exception {
    assertThat(subject(leaf(LeafRequest.forClient("ü".repeat(64))))).hasSize(3 + 64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeafRequest.forClient("a".repeat(65)))
        .withMessage("a common name has 1 to 64 characters");
  }

  @Test
  void forNames_emailAlone_isForMailAndNotForServers() throws Exception {
    LeafRequest request = LeafRequest.forNames("alice@app.test");

    assertThat(request.isForServers()).isFalse();
    assertThat(leaf(request).getExtendedKeyUsage()).containsExactly(EMAIL);
    assertThat(leaf(request.forClientAuth()).getExtendedKeyUsage()).containsExactly(CLIENT, EMAIL);
    assertThat(subject(leaf(request))).isEqualTo("CN=alice@app.test");
  }

  @ParameterizedTest
  @CsvSource({
    // digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment, keyAgreement
    "P256, 10001",
    "P384, 10001",
    "RSA2048, 10100",
    "ED25519, 10000",
  })
  void forNames_email_canBeEncryptedTo(KeyType type, String usage) throws Exception {
    X509Certificate leaf = leaf(LeafRequest.forNames("alice@app.test").withKeyType(type));

    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < usage.length(); i++) {
      bits.append(leaf.getKeyUsage()[i] ? '1' : '0');
    }
    assertThat(bits).hasToString(usage);
  }

  @Test
  void forNamesAndUris_spiffe_hasNoSubjectAndCriticalNames() throws Exception {
    X509Certificate leaf = leaf(LeafRequest.forNamesAndUris("spiffe://app.test/web"));

    assertThat(subject(leaf)).isEmpty();
    assertThat(leaf.getCriticalExtensionOIDs()).contains("2.5.29.17");
    assertThat(altNames(leaf)).containsExactly("uri:spiffe://app.test/web");
    assertThat(leaf.getExtendedKeyUsage()).containsExactly(SERVER);
  }

  @Test
  void withValidity_bothLongAgo_isAsAskedAndSaysSo() throws Exception {
    Instant from = Instant.parse("2020-01-01T00:00:00Z");
    Instant until = Instant.parse("2020-01-31T23:59:59Z");

    IssuedCertificate issued = ca.issue(LeafRequest.forNames("app.test").withValidity(from, until));

    assertThat(issued.notBefore()).isEqualTo(from);
    assertThat(issued.notAfter()).isEqualTo(until);
    assertThat(issued.notes()).containsExactly("It has expired already");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          P256    | 19800     |
          P256    | 19801     | It is valid for more than 825 days: macOS and iOS refuse it
          ED25519 | 1         | Browsers accept no Ed25519 key in a certificate
          """)
  void notes_serverThatSomeRefuse_sayWho(KeyType type, long hours, String note) throws Exception {
    LeafRequest request =
        LeafRequest.forNames("app.test").withKeyType(type).withValidity(Duration.ofHours(hours));

    assertThat(ca.issue(request).notes()).isEqualTo(note == null ? List.of() : List.of(note));
    assertThat(ca.issue(request.forClientAuth()).notes()).isEmpty();
  }

  @Test
  void notes_endOfTheRootIsNear_sayThatItEndsWithIt() throws Exception {
    CertificateAuthority old =
        CertificateAuthority.inMemory(
            CaOptions.defaults().withValidity(Duration.ofDays(30)), InstantSource.fixed(NOW));

    IssuedCertificate issued = old.issue(LeafRequest.forNames("APP.test"));

    assertThat(issued.notAfter()).isEqualTo("2026-12-22T09:15:30Z");
    assertThat(issued.notes())
        .containsExactly(
            "\"APP.test\" is written app.test",
            "It ends with the CA's certificate, and not on 2029-02-19T09:15:30Z");
  }

  @Test
  void notes_notYetValid_sayWhen() throws Exception {
    Instant from = Instant.parse("2026-12-01T00:00:00Z");

    IssuedCertificate issued =
        ca.issue(LeafRequest.forNames("app.test").withValidity(from, from.plusSeconds(60)));

    assertThat(issued.notes()).containsExactly("It is not valid before 2026-12-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.9S", "PT-1H", "PT876001H"})
  void withValidity_noLengthOfACertificate_isRefused(Duration length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeafRequest.forNames("app.test").withValidity(length))
        .withMessageStartingWith("a validity is at least a second and at most 36500 days");
  }
}
