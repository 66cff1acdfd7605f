package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameLimitsTest {
  @TempDir private Path folder;

  private static CertificateAuthority ca(String... permitted) {
    return CertificateAuthority.inMemory(CaOptions.defaults().withPermitted(permitted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Test                 | test
          test.                | test
          münchen.test         | xn--mnchen-3ya.test
          127.0.0.1            | 127.0.0.1
          127.0.0.0/8          | 127.0.0.0/8
          0.0.0.0/0            | 0.0.0.0/0
          192.168.4.0/22       | 192.168.4.0/22
          FD00::/8             | fd00::/8
          ::1                  | ::1
          ::/0                 | ::/0
          @App.test            | @app.test
          alice@app.test       | alice@app.test
          spiffe://app.test    | uri://app.test
          """)
  void permitted_asTyped_isInNormalForm(String typed, String normal) {
    assertThat(ca(typed).permitted()).containsExactly(normal);
  }

  @Test
  void permitted_theSameTwice_isThereOnce() {
    assertThat(ca("test", "TEST", "10.0.0.0/8", "10.0.0.0/8").permitted())
        .containsExactly("test", "10.0.0.0/8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *.test        | a name stands for all names below it: write test
          .test         | a name stands for all names below it: write test
          @*.test       | a mail domain stands for all names below it: write test
          10.0.0.0/33   | a network ends in / and a number of bits from 0 to 32
          10.0.0.0/     | a network ends in / and a number of bits from 0 to 32
          10.0.0.1/8    | the address of a network has no bits behind the first 8
          fd00::/129    | a network ends in / and a number of bits from 0 to 128
          fd00::1/8     | the address of a network has no bits behind the first 8
          fg::          | it is no IPv6 address
          ::ffff:1.2.3.4 | it is no IPv6 address
          https://10.0.0.1 | a URI's host is no IP address
          a b           | " " cannot stand in a DNS name
          app.test/x    | "/" cannot stand in a DNS name
          ''            | it has an empty label
          """)
  void withPermitted_badName_saysWhy(String typed, String why) {
    assertThatThrownBy(() -> CaOptions.defaults().withPermitted("test", typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot permit ")
        .hasMessageContaining(": " + why);
  }

  @Test
  void withPermitted_nothing_isRefused() {
    assertThatThrownBy(() -> CaOptions.defaults().withPermitted())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "test 10.0.0.0/8, evil.com",
    "test 10.0.0.0/8, test.evil.com",
    "test 10.0.0.0/8, eviltest",
    "a.app.test, *.app.test",
    "app.test, test",
    "test 10.0.0.0/8, 11.0.0.1",
    "test 10.0.0.0/8, fd00::1",
    "test 10.0.0.0/8, 2001:db8::1",
    "test fd00::/8, 10.0.0.1",
    "test fd00::/8, 192.0.2.1",
    "test, 127.0.0.1",
    "test, ::1",
    "test, a@test",
    "test @test, a@b.test",
    "test alice@test, bob@test",
    "10.0.0.0/8, localhost"
  })
  void issue_outside_isRefusedWithWhatIsPermitted(String permitted, String name) {
    CertificateAuthority ca = ca(permitted.split(" ", -1));

    assertThatThrownBy(() -> ca.issue(LeafRequest.forNames(name)))
        .isInstanceOf(CaException.class)
        .hasMessage(
            "cannot issue a certificate for "
                + name
                + ": this CA may sign only "
                + permitted.replace(" ", ", "));
  }

  @ParameterizedTest
  @CsvSource({
    "test, test",
    "test, a.b.test",
    "test, *.a.test",
    "test 10.0.0.0/8, 10.255.255.255",
    "test 10.0.0.0/8 ::1, ::1",
    "0.0.0.0/0, 8.8.8.8",
    "@test, a@test",
    "alice@test, alice@test"
  })
  void issue_inside_isSignedByTheIntermediate(String permitted, String name) throws Exception {
    CertificateAuthority ca = ca(permitted.split(" ", -1));

    IssuedCertificate leaf = ca.issue(LeafRequest.forNames(name));

    assertThat(leaf.chain()).hasSize(2);
    leaf.chain().get(0).verify(leaf.chain().get(1).getPublicKey());
    leaf.chain().get(1).verify(ca.rootCertificate().getPublicKey());
  }

  @Test
  void issue_uri_isHeldToItsHost() throws Exception {
    CertificateAuthority ca = ca("spiffe://app.test");

    assertThat(ca.issue(LeafRequest.forNamesAndUris("spiffe://app.test/x")).chain()).hasSize(2);
    for (String other : List.of("spiffe://evil.test/x", "urn:evil:x")) {
      assertThatThrownBy(() -> ca.issue(LeafRequest.forNamesAndUris(other)))
          .isInstanceOf(CaException.class);
    }
  }

  @Test
  void issue_commonNameAlone_isRefused() {
    CertificateAuthority ca = ca("test");

    assertThatThrownBy(() -> ca.issue(LeafRequest.forClient("alice")))
        .isInstanceOf(CaException.class)
        .hasMessage(
            "cannot issue a certificate with a common name alone: this CA may sign only test");
  }

  @Test
  void open_constrainedFolder_isAsItWasMade() throws Exception {
    Path there = folder.resolve("ca");
    CertificateAuthority made =
        CertificateAuthority.create(there, CaOptions.defaults().withPermitted("test"));
    made.key().setPassphrase("secret".toCharArray());

    CertificateAuthority locked = CertificateAuthority.open(there);

    assertThat(locked.permitted()).containsExactly("test");
    assertThat(locked.fingerprint()).isEqualTo(made.fingerprint());
    assertThatThrownBy(() -> locked.issue(LeafRequest.forNames("test")))
        .hasMessageContaining("the CA key intermediate-key.pem in " + there + " is locked");
    CertificateAuthority open = locked.key().unlock("secret".toCharArray());
    assertThat(open.issue(LeafRequest.forNames("test")).chain()).hasSize(2);
    open.delete();
    assertThat(there).doesNotExist();
  }

  @Test
  void open_intermediateOfAnother_isRefused() throws Exception {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    for (Path there : List.of(one, two)) {
      CertificateAuthority.create(there, CaOptions.defaults().withPermitted("test"));
    }
    Files.copy(
        one.resolve("intermediate.pem"),
        two.resolve("intermediate.pem"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> CertificateAuthority.open(two))
        .isInstanceOf(CaException.class)
        .hasMessageContaining("cannot read the intermediate ")
        .hasMessageContaining("it was not issued by \"O=devca development CA,CN=devca ");
  }
}
