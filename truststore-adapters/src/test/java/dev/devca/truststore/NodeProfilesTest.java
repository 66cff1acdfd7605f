package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The profiles of shells that the Node store writes to, and what it does when it cannot. */
@ParameterizedClass
@EnumSource(names = {"LINUX", "MAC"})
class NodeProfilesTest {
  private final NodeMachine node;
  private final X509Certificate root = TestRoots.create();
  private final X509Certificate other = TestRoots.create();

  NodeProfilesTest(OperatingSystem os) {
    node = new NodeMachine(os);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                             .bashrc .profile",
    ".profile,                       .bashrc .profile",
    ".bashrc .bash_logout,           .bashrc .profile",
    ".bash_profile,                  .bash_profile .bashrc",
    ".bash_login,                    .bash_login .bashrc",
    ".profile .bash_login,           .bash_login .bashrc",
    ".profile .bash_profile .bash_login, .bash_profile .bashrc"
  })
  void install_profilesThatAreThere_setsThoseThatShellsRead(String there, String expected) {
    words(there).forEach(name -> node.profile(name, "umask 022\n"));

    node.store().install(root);

    assertThat(node.blocks()).containsExactlyElementsOf(words(expected));
    assertThat(node.store().status(root)).isEqualTo(new TrustResult.Trusted(false));
  }

  @Test
  void install_withoutBash_makesNoBashrc() throws IOException {
    Files.delete(node.machine.files.getPath("/bin/bash"));

    node.store().install(root);

    assertThat(node.blocks()).containsExactly(".profile");
    assertThat(node.home.resolve(".bashrc")).doesNotExist();
    node.profile(".bashrc", "umask 022\n");
    assertThat(node.store().status(root).kind()).isEqualTo(TrustResult.Kind.NOT_TRUSTED);
  }

  @Test
  void install_profilesAreLinks_changesWhatTheyLeadTo() throws IOException {
    Path dotfile = node.machine.file(node.home + "/dotfiles/bashrc", "[ -z \"$PS1\" ] && return\n");
    for (String name : List.of(".bashrc", ".bash_profile")) {
      Files.createSymbolicLink(
          node.home.resolve(name), node.machine.files.getPath("dotfiles", "bashrc"));
    }
    Map<String, String> before = node.machine.snapshot();

    assertThat(node.store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);

    assertThat(node.home.resolve(".bashrc")).isSymbolicLink();
    assertThat(Files.readString(dotfile))
        .startsWith(NodeMachine.BEGIN)
        .containsOnlyOnce(NodeMachine.BEGIN);
    assertThat(node.store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(node.machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_blockTakenOutByHand_putsItBack() {
    node.store().install(root);
    node.profile(".bashrc", "");
    assertThat(node.store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(node.store().install(root))
        .isEqualTo(new TrustResult.Trusted(true, NodeMachine.NEW_TERMINAL));

    assertThat(node.blocks()).containsExactly(".bashrc", ".profile");
  }

  @Test
  void install_newProfileHidesTheOldOne_setsItToo() {
    node.store().install(root);
    node.profile(".bash_profile", "");
    assertThat(node.store().status(root).kind()).isEqualTo(TrustResult.Kind.NOT_TRUSTED);

    node.store().install(root);
    assertThat(node.store().status(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    node.store().uninstall(root);

    assertThat(node.blocks()).isEmpty();
    assertThat(node.home.resolve(".bash_profile")).isEmptyFile();
    assertThat(node.home.resolve(".profile")).doesNotExist();
  }

  @Test
  void install_lineAddedByHandWhereDevcaCannot_isEnough() {
    node.profile(".bashrc", lineByHand() + "\n");

    assertThat(node.store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);

    assertThat(node.blocks()).containsExactly(".profile");
  }

  @Test
  void uninstall_othersWroteMeanwhile_takesOutOnlyOurBlock() throws IOException {
    node.profile(".profile", "umask 022");
    node.profile(".bashrc", "[ -z \"$PS1\" ] && return\r\nalias a=b\r\n");
    node.store().install(root);
    Path bashrc = node.home.resolve(".bashrc");
    Files.writeString(bashrc, "first\n" + Files.readString(bashrc) + "last");
    Path profile = node.home.resolve(".profile");
    Files.writeString(profile, Files.readString(profile) + "last\n");

    assertThat(node.store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(node.text(".bashrc"))
        .isEqualTo("first\n[ -z \"$PS1\" ] && return\r\nalias a=b\r\nlast");
    assertThat(node.text(".profile")).isEqualTo("umask 022\nlast\n");
    assertThat(node.pem.getParent()).doesNotExist();
  }

  @Test
  void install_halfABlock_failsAndChangesNothing() {
    node.profile(".bashrc", "a\n" + NodeMachine.BEGIN + "b\n");
    Map<String, String> before = node.machine.snapshot();
    TrustResult half =
        new TrustResult.Failed(
            "cannot change "
                + node.home.resolve(".bashrc")
                + ": the block of devca at line 2 has no end",
            "delete the lines of that block, and run the same command again");

    assertThat(node.store().status(root)).isEqualTo(half);
    assertThat(node.store().install(root)).isEqualTo(half);

    assertThat(node.machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_halfABlock_leavesItAndTakesOutTheRest() {
    node.store().install(root);
    node.profile(".bashrc", "a\n" + NodeMachine.BEGIN + "b\n");

    assertThat(node.store().uninstall(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> assertThat(failed.reason()).endsWith("line 2 has no end"));

    assertThat(node.text(".bashrc")).isEqualTo("a\n" + NodeMachine.BEGIN + "b\n");
    assertThat(node.blocks()).containsExactly(".bashrc");
    assertThat(node.pem).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void install_secondProfileCannotBeChanged_takesEverythingBack(boolean hasOther)
      throws IOException {
    if (hasOther) {
      node.store().install(other);
      Files.delete(node.home.resolve(".bashrc"));
    }
    // A link behind which no file can be made.
    node.machine.file("/etc/file", "");
    Files.createSymbolicLink(
        node.home.resolve(".bashrc"), node.machine.files.getPath("/etc/file/impossible"));
    Map<String, String> before = node.machine.snapshot();

    assertThat(node.store().install(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> {
              assertThat(failed.reason())
                  .startsWith("cannot change " + node.home.resolve(".bashrc"));
              assertThat(failed.remedy()).endsWith(lineByHand());
            });

    assertThat(node.machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_journalCannotBeWritten_failsAndChangesNothing() {
    Path state = node.machine.host().stateDirectory().orElseThrow();
    node.machine.file(state.toString(), "in the way");
    Map<String, String> before = node.machine.snapshot();

    assertThat(node.store().install(root).kind()).isEqualTo(TrustResult.Kind.FAILED);

    assertThat(node.machine.snapshot()).isEqualTo(before);
  }

  @Test
  void everyOperation_profileCannotBeRead_isUnavailable() {
    node.machine.directory(node.home.resolve(".bashrc").toString());
    Map<String, String> before = node.machine.snapshot();

    for (Operation operation : List.of(Operation.STATUS, Operation.INSTALL)) {
      assertThat(operation.apply(node.store(), root))
          .isEqualTo(
              new TrustResult.Unavailable(
                  "cannot read " + node.home.resolve(".bashrc") + ": it is a directory",
                  "mend that, and run the same command again"));
    }
    assertThat(node.machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_profileIsAFolder_hasNothingToTakeOut() {
    node.machine.directory(node.home.resolve(".profile").toString());
    Map<String, String> before = node.machine.snapshot();

    assertThat(node.store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(node.machine.snapshot()).isEqualTo(before);
  }

  private String lineByHand() {
    return "[ ! -r '%1$s' ] || export NODE_EXTRA_CA_CERTS='%1$s'".formatted(node.pem);
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
