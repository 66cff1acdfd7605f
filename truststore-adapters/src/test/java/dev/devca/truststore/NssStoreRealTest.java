package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The certutil of this machine, on databases of its own. */
class NssStoreRealTest {
  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());
  private final X509Certificate root = ca.rootCertificate();
  private final X509Certificate other = TestRoots.create();
  private @TempDir Path scratch;
  private RealNss nss;
  private Path folder;

  @BeforeEach
  void makeHome() throws IOException {
    nss = RealNss.in(scratch);
    folder = nss.profile();
  }

  private TrustStore store() {
    return nss.store(folder);
  }

  @Test
  void install_newDatabase_serverIsTrustedUntilUninstall() throws IOException {
    nss.database(folder);

    assertRoundTrip();
  }

  @Test
  void install_databaseWithOthersAndKeys_keepsThem() throws IOException {
    nss.database(folder);
    nss.add(folder, "theirs", "CT,C,C", other);
    nss.add(folder, "an, odd,, name", ",,", TestRoots.create());
    nss.addWithKey(folder, "me");

    assertRoundTrip();

    assertThat(nss.list(folder)).contains("theirs CT,C,C", "an, odd,, name ,,", "me u,u,u");
  }

  private void assertRoundTrip() throws IOException {
    IssuedCertificate issued = ca.issue(LeafRequest.forNames("localhost"));
    Path leaf = scratch.resolve("leaf.pem");
    issued.writePem(leaf, scratch.resolve("leaf-key.pem"));
    String rows = nss.rows(folder);
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(nss.verifies(folder, leaf)).isFalse();

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(nss.verifies(folder, leaf)).isTrue();
    assertThat(nss.list(folder)).contains(nickname(root) + " C,,");
    String installed = nss.rows(folder);
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(nss.rows(folder)).isEqualTo(installed).isNotEqualTo(rows);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(nss.verifies(folder, leaf)).isFalse();
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(nss.rows(folder)).isEqualTo(rows);
    assertThat(nss.home.resolve(".local")).doesNotExist();
  }

  @Test
  void uninstall_ofOneOfTwoRootsOfOneName_keepsTheOther() throws IOException {
    nss.database(folder);
    String rows = nss.rows(folder);
    X509Certificate first = named("Same");
    X509Certificate second = named("Same");
    store().install(first);
    store().install(second);

    assertThat(store().uninstall(first)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(store().status(second)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(store().uninstall(second)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(nss.rows(folder)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mine       | ,,    | mine C,,
          with:colon | ,,    | NSS Certificate DB:with:colon C,,
          mine       | T,C,  | mine CT,C,
          mine       | p,,   | mine C,,
          mine       | c,c,c | mine C,c,c
          """)
  void install_rootUntrustedUnderForeignNickname_getsItsFlagsBack(
      String nickname, String flags, String now) throws IOException {
    nss.database(folder);
    nss.add(folder, nickname, flags, root);
    List<String> before = nss.list(folder);

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(nss.list(folder)).containsExactly(now);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(nss.list(folder)).isEqualTo(before);
    assertThat(nss.home.resolve(".local")).doesNotExist();
  }

  @Test
  void install_ourNicknameWithoutTrust_isMended() throws IOException {
    nss.database(folder);
    String rows = nss.rows(folder);
    nss.add(folder, nickname(root), ",,", root);

    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(nss.rows(folder)).isEqualTo(rows);
  }

  @Test
  void everyOperation_othersOfOneName_areNotMistakenForTheRoot() throws IOException {
    nss.database(folder);
    X509Certificate first = named("Same");
    nss.add(folder, "same", ",,", named("Same"));
    nss.add(folder, "same", "C,,", first);

    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), first).kind()).isEqualTo(TrustResult.Kind.UNAVAILABLE);
    }
  }

  @Test
  void install_chromiumNeverRun_makesItsDatabaseUntilUninstall() throws IOException {
    nss.program("chromium");
    folder = nss.home.resolve(".local/share/pki/nssdb");

    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().install(other).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(nss.list(folder)).hasSize(2);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(nss.list(folder)).hasSize(1);
    assertThat(store().uninstall(other)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(nss.home).isEmptyDirectory();
  }

  @Test
  void uninstall_databaseMadeForChromiumWithAKeyOfItsUser_stays() throws IOException {
    nss.program("chromium");
    folder = nss.home.resolve(".local/share/pki/nssdb");
    store().install(root);
    nss.addWithKey(folder, "me");

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(nss.list(folder)).containsExactly("me u,u,u");
  }

  private static String nickname(X509Certificate root) {
    return "devca " + Fingerprint.of(root).shortHex();
  }

  private static X509Certificate named(String name) {
    return CertificateAuthority.inMemory(CaOptions.defaults().withCommonName(name))
        .rootCertificate();
  }
}
