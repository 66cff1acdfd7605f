package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InstalledProgramsTest {
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);

  @Test
  void named_inPathAndVersionManagers_eachFolderOnceAndThatOfThePathFirst() throws Exception {
    Path usual = machine.file("/usr/bin/node", "");
    Files.createSymbolicLink(machine.host().path("/bin"), usual.getParent());
    Path own = machine.file("/opt/node/bin/node", "");
    Path managed = machine.file(machine.home() + "/.nvm/versions/node/v22.1.0/bin/node", "");
    machine.environment.put("PATH", "/opt/node/bin:/bin:/usr/bin:relative");

    assertThat(InstalledPrograms.named(machine.host(), "node"))
        .containsExactly(own, machine.host().path("/bin/node"), managed);
    assertThat(InstalledPrograms.named(machine.host(), "bun")).isEmpty();
  }

  @Test
  void named_virtualEnvironment_isNotThatWhichItsLinkLeadsTo() throws Exception {
    Path usual = machine.file("/usr/bin/python3", "");
    Path folder = machine.directory("/work/venv/bin");
    Path link = Files.createSymbolicLink(folder.resolve("python3"), usual);
    machine.environment.put("PATH", folder + ":/usr/bin");

    assertThat(InstalledPrograms.named(machine.host(), "python3")).containsExactly(link, usual);
  }

  @Test
  void javas_jdksWithAndWithoutProgram_thoseWithOne() {
    Path java = machine.file("/usr/lib/jvm/jdk-17/bin/java", "");
    machine.file("/usr/lib/jvm/jdk-17/lib/security/cacerts", "");
    machine.file("/usr/lib/jvm/only-keystore/lib/security/cacerts", "");

    assertThat(InstalledPrograms.javas(machine.host())).containsExactly(java);
  }

  @Test
  void nssDatabases_readyOnes_areNamedAsInTheReport() {
    Path database = machine.directory(machine.home() + "/.pki/nssdb");
    machine.file(database + "/cert9.db", "");
    machine.file(machine.home() + "/.mozilla/firefox/old/cert8.db", "");

    assertThat(InstalledPrograms.nssDatabases(machine.host()))
        .containsExactly(java.util.Map.entry("Chromium (~/.pki/nssdb)", database));
  }
}
