package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFoldersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LINUX   | XDG_STATE_HOME |         | ~/.local/state/devca            | ~/.local/share/devca
          LINUX   | XDG_STATE_HOME | /s      | /s/devca                        | ~/.local/share/devca
          LINUX   | XDG_DATA_HOME  | /d      | ~/.local/state/devca            | /d/devca
          LINUX   | XDG_DATA_HOME  | d       | ~/.local/state/devca            | ~/.local/share/devca
          MAC     | XDG_DATA_HOME  | /d      | ~/Library/Application Support/devca/state                 | ~/Library/Application Support/devca
          WINDOWS | LOCALAPPDATA   | D:\\l   | D:\\l\\devca\\state             | D:\\l\\devca
          WINDOWS | LOCALAPPDATA   | "D:\\l" | ~\\AppData\\Local\\devca\\state | ~\\AppData\\Local\\devca
          """,
      quoteCharacter = '`')
  void stateAndData_variableOrNone_areWhereTheSystemWantsThem(
      OperatingSystem os, String variable, String value, String state, String data) {
    FakeHost machine = new FakeHost(os);
    machine.environment.put(variable, value == null ? "" : value);
    String home = machine.home().toString();

    assertThat(HostFolders.state(machine.host()).map(Path::toString))
        .contains(state.replace("~", home));
    assertThat(HostFolders.data(machine.host()).map(Path::toString))
        .contains(data.replace("~", home));
  }

  @Test
  void state_root_isInNoHome() {
    Host root = new FakeHost(OperatingSystem.LINUX).host().withUserId(0);

    assertThat(HostFolders.state(root)).contains(root.path("/var/lib/devca"));
  }

  @Test
  void state_chosen_isThereForRootToo() {
    Host host = new FakeHost(OperatingSystem.LINUX).host();
    Path chosen = host.path("/build/state");

    assertThat(host.withStateDirectory(chosen).withUserId(0).stateDirectory()).contains(chosen);
  }

  @Test
  void stateAndData_noHome_areNowhere() {
    FakeHost machine = new FakeHost(OperatingSystem.MAC);
    machine.environment.remove("HOME");

    assertThat(HostFolders.state(machine.host())).isEmpty();
    assertThat(HostFolders.data(machine.host())).isEmpty();
  }
}
