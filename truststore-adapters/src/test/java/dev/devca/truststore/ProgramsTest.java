package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bin",
        "\"C:\\Program Files\\nodejs\"",
        "\"C:\\a",
        "C:\\a|b",
        "C:\\a?",
        "C:\\a\tb",
        "\u0000"
      })
  void find_windowsPathWithAnEntryThatIsNoFolder_skipsIt(String entry) {
    FakeHost machine = new FakeHost(OperatingSystem.WINDOWS);
    Path node = machine.file("C:\\nodejs\\node.exe", "");
    machine.environment.put("PATH", entry + ";C:\\nodejs;" + entry);

    assertThat(Programs.find(machine.host(), "node")).contains(node);
    assertThat(Programs.find(machine.host(), "bun")).isEmpty();
  }

  @Test
  void find_windowsPathOfAnotherCase_isThePath() {
    FakeHost machine = new FakeHost(OperatingSystem.WINDOWS);
    Path node = machine.file("C:\\nodejs\\node.exe", "");
    machine.environment.remove("PATH");
    machine.environment.put("Path", "C:\\nodejs");

    assertThat(Programs.find(machine.host(), "node")).contains(node);
  }

  @Test
  void find_unixProgramOutsideOfPath_isFoundInTheSystem() {
    FakeHost machine = new FakeHost(OperatingSystem.LINUX);
    machine.environment.put("PATH", "/opt/bin::relative");
    Path system = machine.file("/usr/sbin/tool", "");
    assertThat(Programs.find(machine.host(), "tool")).contains(system);

    Path first = machine.file("/opt/bin/tool", "");
    assertThat(Programs.find(machine.host(), "tool")).contains(first);
    assertThat(Programs.findInSystem(machine.host(), "tool")).contains(system);
  }
}
