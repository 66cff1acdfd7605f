package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The certificates of the file that the user had {@code NODE_EXTRA_CA_CERTS} name before. */
@ParameterizedClass
@EnumSource(names = {"LINUX", "MAC"})
class NodeUserFileTest {
  private final NodeMachine node;
  private final X509Certificate root = TestRoots.create();
  private final X509Certificate other = TestRoots.create();
  private final X509Certificate corporate = TestRoots.create();

  NodeUserFileTest(OperatingSystem os) {
    node = new NodeMachine(os);
  }

  @Test
  void install_variableNamesTheUsersFile_takesItsCertificatesIn() throws IOException {
    Path own = node.machine.file("/etc/corp\nca.pem", "# text\n" + Pem.encode(corporate));
    node.machine.environment.put("NODE_EXTRA_CA_CERTS", own.toString());
    node.store().install(root);
    assertThat(node.certificates()).containsExactly(corporate, root);

    // A new terminal names our file; the user's own is remembered.
    node.machine.environment.put("NODE_EXTRA_CA_CERTS", node.pem.toString());
    assertThat(node.store().install(root)).isEqualTo(new TrustResult.Trusted(false));
    node.store().install(other);
    assertThat(node.certificates()).containsExactly(corporate, root, other);
    node.store().uninstall(root);
    assertThat(node.certificates()).containsExactly(corporate, other);
  }

  @Test
  void install_usersFileChanged_isMergedAnew() throws IOException {
    Path own = node.machine.file("/etc/corp.pem", Pem.encode(corporate));
    node.machine.environment.put("NODE_EXTRA_CA_CERTS", own.toString());
    node.store().install(root);
    X509Certificate renewed = TestRoots.create();
    Files.writeString(own, Pem.encode(renewed) + Pem.encode(root));

    assertThat(node.store().status(root))
        .isEqualTo(new TrustResult.Trusted(false, "/etc/corp.pem has changed: run devca install"));
    assertThat(node.store().install(root))
        .isEqualTo(new TrustResult.Trusted(true, NodeMachine.NEW_TERMINAL));

    assertThat(node.certificates()).containsExactly(renewed, root);
    assertThat(node.store().status(root)).isEqualTo(new TrustResult.Trusted(false));
  }

  @Test
  void install_variableNamesAThirdFile_thatIsTheNewerWish() throws IOException {
    X509Certificate third = TestRoots.create();
    node.machine.environment.put(
        "NODE_EXTRA_CA_CERTS",
        node.machine.file("/etc/corp.pem", Pem.encode(corporate)).toString());
    node.store().install(root);
    node.machine.environment.put(
        "NODE_EXTRA_CA_CERTS", node.machine.file("/etc/third.pem", Pem.encode(third)).toString());

    assertThat(node.store().install(root))
        .isEqualTo(new TrustResult.Trusted(true, NodeMachine.NEW_TERMINAL));

    assertThat(node.certificates()).containsExactly(third, root);
  }

  @Test
  void install_profileNamesTheUsersFile_mergesItAndStandsBelow() throws IOException {
    node.machine.file("/etc/corp.pem", Pem.encode(corporate));
    String own = "export NODE_EXTRA_CA_CERTS=/etc/corp.pem\n";
    node.profile(".bashrc", "[ -z \"$PS1\" ] && return\n" + own);

    node.store().install(root);

    assertThat(node.certificates()).containsExactly(corporate, root);
    assertThat(node.text(".bashrc")).containsSubsequence(own, NodeMachine.BEGIN);
  }

  @ParameterizedTest
  @CsvSource({
    "missing,   cannot read /etc/corp.pem: no such file or directory",
    "directory, cannot read /etc/corp.pem: it is a directory",
    "empty,     /etc/corp.pem has no PEM certificate",
    "der,       /etc/corp.pem has no PEM certificate",
    "malformed, '/etc/corp.pem has malformed certificates, which were left out'",
    "torn,      '/etc/corp.pem has malformed certificates, which were left out'"
  })
  void install_usersFileIsNoUse_worksAndSaysSo(String state, String problem) throws Exception {
    node.machine.environment.put("NODE_EXTRA_CA_CERTS", "/etc/corp.pem");
    String good = Pem.encode(corporate);
    switch (state) {
      case "directory" -> node.machine.directory("/etc/corp.pem");
      case "empty" -> node.machine.file("/etc/corp.pem", "");
      case "der" -> node.machine.file("/etc/corp.pem", corporate.getEncoded());
      case "malformed" -> node.machine.file("/etc/corp.pem", good.replace("MII", "M!I") + good);
      case "torn" -> node.machine.file("/etc/corp.pem", good + good.substring(0, 200));
      default -> {}
    }

    assertThat(node.store().install(root))
        .isEqualTo(new TrustResult.Trusted(true, NodeMachine.NEW_TERMINAL + "; " + problem));
    assertThat(node.store().install(root)).isEqualTo(new TrustResult.Trusted(false, problem));

    boolean some = state.equals("malformed") || state.equals("torn");
    assertThat(node.certificates())
        .containsExactlyElementsOf(some ? List.of(corporate, root) : List.of(root));
  }

  @ParameterizedTest
  @CsvSource({
    "export NODE_EXTRA_CA_CERTS=$(find-ca), true",
    "export NODE_EXTRA_CA_CERTS=$CORP/ca.pem, true",
    "export A=b NODE_EXTRA_CA_CERTS=/etc/corp.pem, true",
    "unset NODE_EXTRA_CA_CERTS, false",
    "export NODE_EXTRA_CA_CERTS=, false",
    "export NODE_EXTRA_CA_CERTS=\"\", false"
  })
  void install_profileIsNotUnderstood_saysSoUnlessTheVariableIsKnown(String line, boolean unclear) {
    node.profile(".bashrc", line + "\n");

    assertThat(node.store().install(root))
        .isEqualTo(
            new TrustResult.Trusted(
                true,
                NodeMachine.NEW_TERMINAL
                    + (unclear
                        ? "; cannot tell what NODE_EXTRA_CA_CERTS is in "
                            + node.home.resolve(".bashrc")
                            + ": run devca install where it is set, to merge what it names"
                        : "")));
    node.machine.environment.put(
        "NODE_EXTRA_CA_CERTS",
        node.machine.file("/etc/corp.pem", Pem.encode(corporate)).toString());
    node.store().install(root);
    assertThat(node.store().install(root)).isEqualTo(new TrustResult.Trusted(false));
  }
}
