package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartFilesTest {
  private static final List<String> VARIABLES = List.of("A_BUNDLE", "B_BUNDLE");
  private static final String DEVCA_FISH = ".config/fish/conf.d/devca.fish";
  private static final String DEVCA_CONF = ".config/environment.d/60-devca.conf";

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final Path home = machine.home();

  private StartFiles files() {
    return new StartFiles(machine.host(), home);
  }

  private List<String> wanted() throws IOException {
    return names(files().wanted(VARIABLES));
  }

  private List<String> names(List<Path> files) {
    return files.stream().map(file -> home.relativize(file).toString()).toList();
  }

  private void write(String name, String text) {
    machine.file(home.resolve(name).toString(), text);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                       .profile",
    "/bin/bash,                .profile .bashrc",
    "~/.bashrc,                .profile .bashrc",
    "/usr/bin/zsh,             .profile .zprofile .zshrc",
    "~/.zshrc,                 .profile .zprofile .zshrc",
    "~/.zshenv,                .profile .zprofile .zshrc",
    "~/.zlogin,                .profile .zprofile .zshrc",
    "/usr/bin/fish,            .profile " + DEVCA_FISH,
    "~/.config/fish/x,         .profile " + DEVCA_FISH,
    "/run/systemd/system/x,    .profile " + DEVCA_CONF,
    "/usr/lib/systemd/systemd, .profile " + DEVCA_CONF
  })
  void wanted_shellThatIsThere_hasItsFiles(String there, String expected) throws IOException {
    if (!there.isEmpty()) {
      machine.file(there.replace("~", home.toString()), "");
    }

    assertThat(wanted()).containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "export ZDOTDIR=~/.z",
    "ZDOTDIR=\"$HOME/.z\"",
    "ZDOTDIR=${XDG_CONFIG_HOME:-$HOME/.config}/../.z",
    "export ZDOTDIR=\"$XDG_CONFIG_HOME/../.z\""
  })
  void wanted_zshHasAFolder_isThere(String line) throws IOException {
    machine.directory(home + "/.config");
    write(".z/.zshrc", "");
    write(".zshenv", "# a\n" + line + "\n");

    assertThat(wanted()).containsExactly(".profile", ".z/.zprofile", ".z/.zshrc");
    machine.environment.put("ZDOTDIR", machine.directory(home + "/other").toString());
    assertThat(wanted()).containsExactly(".profile", "other/.zprofile", "other/.zshrc");
  }

  @Test
  void wanted_folderOfZshIsNotThere_isTheHome() throws IOException {
    write(".zshenv", "ZDOTDIR=~/gone");

    assertThat(wanted()).containsExactly(".profile", ".zprofile", ".zshrc");
  }

  @ParameterizedTest
  @CsvSource({
    ".zshenv, export B_BUNDLE=/x",
    ".zlogin, B_BUNDLE=/x",
    ".config/fish/config.fish, set -gx B_BUNDLE /x",
    ".config/fish/conf.d/e.fish, set -gx B_BUNDLE /x",
    ".config/environment.d/70.conf, B_BUNDLE=/x"
  })
  void wanted_fileThatOursDoNotOverride_onlyIfItAssigns(String name, String line)
      throws IOException {
    machine.directory("/run/systemd/system");
    write(name, "# " + line + "\n");
    assertThat(wanted()).doesNotContain(name);

    write(name, line + "\n");

    assertThat(wanted()).last().isEqualTo(name);
    assertThat(names(files().all())).contains(name);
  }

  @ParameterizedTest
  @CsvSource({
    ".config/fish/conf.d/corp.fish, set -gx A_BUNDLE /x",
    ".config/fish/fish_variables, SETUVAR --export A_BUNDLE:/x",
    ".config/environment.d/50-corp.conf, A_BUNDLE=/x"
  })
  void sources_fileThatOursOverride_isReadOnly(String name, String line) throws IOException {
    write(name, line + "\n");

    assertThat(wanted()).doesNotContain(name);
    assertThat(names(files().sources(VARIABLES))).first().isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".config", ".config/fish", ".config/fish/conf.d", ".config/environment.d"})
  void wanted_fileInPlaceOfAFolder_isNoFault(String name) throws IOException {
    write(name, "");

    assertThat(files().sources(VARIABLES)).contains(home.resolve(".profile"));
  }

  @Test
  void wanted_foldersOfTheNamesOfFiles_areNotRead() throws IOException {
    for (String name :
        List.of(".zshenv", ".config/fish/config.fish", ".config/fish/conf.d/x.fish")) {
      machine.directory(home.resolve(name).toString());
    }

    assertThat(wanted()).containsExactly(".profile", ".zprofile", ".zshrc", DEVCA_FISH);
  }

  @Test
  void wanted_settingsElsewhere_areThere() throws IOException {
    machine.environment.put("XDG_CONFIG_HOME", machine.directory(home + "/settings").toString());
    machine.directory(home + "/settings/fish");

    assertThat(wanted()).containsExactly(".profile", "settings/fish/conf.d/devca.fish");
  }

  @Test
  void wanted_filesThatAreOneByLinks_areNamedOnce() throws IOException {
    write("dotfiles/all", "");
    for (String name : List.of(".profile", ".bashrc", ".zprofile", ".zshrc")) {
      Files.createSymbolicLink(home.resolve(name), home.resolve("dotfiles/all"));
    }

    assertThat(wanted()).containsExactly(".profile");
  }

  @Test
  void wanted_onAMac_hasNoSessionsOfSystemd() throws IOException {
    FakeHost mac = new FakeHost(OperatingSystem.MAC);
    mac.directory("/usr/lib/systemd");
    mac.file("/bin/zsh", "");

    StartFiles files = new StartFiles(mac.host(), mac.home());

    assertThat(Stream.concat(files.wanted(VARIABLES).stream(), files.all().stream()))
        .extracting(Path::toString)
        .contains(mac.home() + "/.zshrc")
        .noneMatch(name -> name.contains("environment.d"));
  }
}
