package dev.devca.ca;

import static dev.devca.ca.CertificateAssertions.assertIsRoot;
import static dev.devca.ca.CertificateAssertions.assertIsServerLeaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.25Z");

  private final CertificateAuthority ca =
      CertificateAuthority.inMemory(CaOptions.defaults(), InstantSource.fixed(NOW));

  @Test
  void inMemory_defaults_hasTheProfileOfARoot() throws Exception {
    X509Certificate root = ca.rootCertificate();

    assertIsRoot(root);
    assertThat(root.getNotBefore().toInstant()).isEqualTo("2026-11-22T09:15:30Z");
    assertThat(Duration.between(root.getNotBefore().toInstant(), root.getNotAfter().toInstant()))
        .isEqualTo(Duration.ofDays(3652));
    assertThat(ca.directory()).isEmpty();
    assertThat(ca.isNew()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void issue_eachKeyType_hasTheProfileOfALeaf(KeyType type) throws Exception {
    IssuedCertificate issued =
        ca.issue(LeafRequest.forNames("app.test", "172.16.99.32").withKeyType(type));

    X509Certificate leaf = issued.chain().get(0);
    assertIsServerLeaf(leaf, ca.rootCertificate(), "dns:app.test", "ip:172.16.99.32");
    assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=app.test");
    String algorithm =
        switch (type) {
          case P256, P384 -> "SHA256withECDSA";
          case ED25519 -> "Ed25519";
          case RSA2048, RSA3072, RSA4096 -> "SHA256withRSA";
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(issued.privateKey());
    signature.update(new byte[] {1, 2, 3});
    byte[] made = signature.sign();
    signature.initVerify(leaf.getPublicKey());
    signature.update(new byte[] {1, 2, 3});
    assertThat(signature.verify(made)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void inMemory_eachKeyTypeOfTheRoot_signsALeaf(KeyType type) throws Exception {
    CertificateAuthority other =
        CertificateAuthority.inMemory(CaOptions.defaults().withKeyType(type));

    X509Certificate leaf = other.issue(LeafRequest.forNames("app.test")).chain().get(0);

    assertIsRoot(other.rootCertificate());
    assertIsServerLeaf(leaf, other.rootCertificate(), "dns:app.test");
  }

  @Test
  void issue_defaults_isValidFor820DaysOfWhichOneHourIsPast() throws Exception {
    X509Certificate leaf = ca.issue(LeafRequest.forNames("app.test")).chain().get(0);

    assertThat(leaf.getNotBefore().toInstant()).isEqualTo("2026-11-22T09:15:30Z");
    assertThat(leaf.getNotAfter().toInstant())
        .isEqualTo(Instant.parse("2026-11-22T09:15:30Z").plus(Duration.ofDays(820)));
  }

  @Test
  void issue_shortValidity_isBackDatedByATenth() throws Exception {
    IssuedCertificate issued =
        ca.issue(LeafRequest.forNames("app.test").withValidity(Duration.ofMinutes(20)));

    assertThat(issued.notBefore()).isEqualTo("2026-11-22T10:13:30Z");
    assertThat(issued.notAfter()).isEqualTo("2026-11-22T10:33:30Z");
  }

  @Test
  void issue_longerThanTheRoot_endsWithTheRoot() throws Exception {
    X509Certificate leaf =
        ca.issue(LeafRequest.forNames("app.test").withValidity(Duration.ofDays(9999)))
            .chain()
            .get(0);

    assertThat(leaf.getNotAfter()).isEqualTo(ca.rootCertificate().getNotAfter());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T09:15:29Z, is valid from 2026-11-22T09:15:30Z on and the clock says",
    "2036-11-21T09:15:31Z, expired on 2036-11-21T09:15:30Z",
  })
  void issue_rootNotValidNow_isRefused(Instant now, String why) throws Exception {
    Instant[] clock = {NOW};
    CertificateAuthority old = CertificateAuthority.inMemory(CaOptions.defaults(), () -> clock[0]);
    clock[0] = now;

    assertThatThrownBy(() -> old.issue(LeafRequest.forNames("app.test")))
        .isInstanceOf(CaException.class)
        .hasMessageStartingWith("cannot issue a certificate: the root in memory ")
        .hasMessageContainingAll(why.split(" and ", -1));
  }

  @Test
  void issue_beginsAfterTheRootEnds_isRefused() {
    LeafRequest late =
        LeafRequest.forNames("app.test")
            .withValidity(NOW.plus(Duration.ofDays(4000)), NOW.plus(Duration.ofDays(4001)));

    assertThatThrownBy(() -> ca.issue(late))
        .isInstanceOf(CaException.class)
        .hasMessage(
            "cannot issue a certificate: it would begin after the end of the root,"
                + " 2036-11-21T09:15:30Z");
  }

  @Test
  void issue_validityPast2049_isGeneralizedTime() throws Exception {
    CertificateAuthority longLived =
        CertificateAuthority.inMemory(
            CaOptions.defaults().withValidity(Duration.ofDays(365 * 100)),
            InstantSource.fixed(NOW));
    Instant end = Instant.parse("2071-02-03T04:05:06Z");

    X509Certificate leaf =
        longLived.issue(LeafRequest.forNames("app.test").withValidity(NOW, end)).chain().get(0);

    assertThat(leaf.getNotAfter().toInstant()).isEqualTo(end);
  }

  @Test
  void issue_forClientAuth_isForClientsAlone() throws Exception {
    X509Certificate leaf =
        ca.issue(LeafRequest.forNames("app.test").forClientAuth()).chain().get(0);

    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
  }

  @Test
  void issue_forBoth_isForServersAndClients() throws Exception {
    X509Certificate leaf =
        ca.issue(LeafRequest.forNames("app.test").forServerAndClientAuth()).chain().get(0);

    assertThat(leaf.getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
  }

  @Test
  void issue_nameTooLongForACommonName_hasEmptySubjectAndCriticalNames() throws Exception {
    String longName = "a".repeat(60) + ".test";

    X509Certificate leaf = ca.issue(LeafRequest.forNames(longName)).chain().get(0);

    assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
    assertIsServerLeaf(leaf, ca.rootCertificate(), "dns:" + longName);
  }

  @Test
  void issue_manyTimes_neverRepeatsASerialNumber() throws Exception {
    Set<Object> serials = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      serials.add(ca.issue(LeafRequest.forNames("app.test")).chain().get(0).getSerialNumber());
    }

    assertThat(serials).hasSize(200);
  }

  @Test
  void issue_everything_registersNoProvider() throws Exception {
    var before = Arrays.asList(Security.getProviders());

    ca.issue(LeafRequest.forNames("app.test")).serverContext();

    assertThat(Security.getProviders()).containsExactlyElementsOf(before);
  }

  @Test
  void toString_anything_showsNoKey() throws Exception {
    IssuedCertificate issued = ca.issue(LeafRequest.forNames("app.test"));

    assertThat(issued.toString()).contains("app.test").doesNotContain("PRIVATE");
    assertThat(ca.toString()).isEqualTo("CertificateAuthority[" + ca.fingerprint() + "]");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it compares the rights of POSIX")
  void writePem_newFiles_keyIsForItsOwnerAlone(@TempDir Path dir) throws Exception {
    IssuedCertificate issued = ca.issue(LeafRequest.forNames("app.test"));
    Path key = Files.writeString(dir.resolve("key.pem"), "old");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-rw-rw-"));

    issued.writePem(dir.resolve("chain.pem"), key);

    assertThat(Files.readString(dir.resolve("chain.pem"))).isEqualTo(issued.chainPem());
    assertThat(Files.readString(key)).isEqualTo(issued.privateKeyPem());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("chain.pem"))))
        .isEqualTo("rw-r--r--");
    try (var files = Files.list(dir)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void writePem_folderOfTheChainMissing_writesNoKeyEither(@TempDir Path dir) throws Exception {
    IssuedCertificate issued = ca.issue(LeafRequest.forNames("app.test"));

    assertThatThrownBy(() -> issued.writePem(dir.resolve("no/chain.pem"), dir.resolve("key.pem")))
        .isInstanceOf(NoSuchFileException.class);

    assertThat(dir).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it compares the rights of POSIX")
  void writePem_onePath_holdsChainThenKeyForItsOwnerAlone(@TempDir Path dir) throws Exception {
    IssuedCertificate issued = ca.issue(LeafRequest.forNames("app.test"));
    Path both = dir.resolve("both.pem");

    issued.writePem(both, both);

    assertThat(Files.readString(both)).isEqualTo(issued.chainPem() + issued.privateKeyPem());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(both)))
        .isEqualTo("rw-------");
  }
}
