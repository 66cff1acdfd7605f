package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The databases of browsers in a home, changed for its user and by nobody else. */
final class NssIT {
  private static final String HOME = "/home/dev";
  private static final String FIREFOX = HOME + "/.mozilla/firefox";
  private static final String CHROMIUM = HOME + "/.local/share/pki/nssdb";

  private Sandbox sandbox;
  private Caller dev;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    dev = sandbox.as("dev");
    Prerequisite.program(sandbox, "sudo", "sudo");
    Prerequisite.program(sandbox, "certutil", "libnss3-tools");
    sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) NOPASSWD: ALL\n");
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private CommandResult sudoDevca(String command) {
    String java = "DEVCA_JAVA=" + System.getProperty("java.home") + "/bin/java";
    return dev.run("sudo", java, Caller.LAUNCHER, command, "--only", "nss");
  }

  private void profile(String name, String... password) {
    String folder = FIREFOX + "/" + name;
    dev.run("mkdir", "-p", folder).ok();
    if (password.length == 0) {
      dev.run("certutil", "-N", "--empty-password", "-d", "sql:" + folder).ok();
    } else {
      sandbox.write("/tmp/password", password[0] + "\n");
      dev.run("certutil", "-N", "-f", "/tmp/password", "-d", "sql:" + folder).ok();
    }
  }

  private String trusted(String folder) {
    String list = dev.run("certutil", "-L", "-d", "sql:" + folder).ok().stdout();
    return list.lines().filter(line -> line.contains("devca ")).toList().toString();
  }

  private String files() {
    String script = "find /home/dev -printf '%y %u %m %p\\n' | sort";
    return sandbox.run("sh", "-c", script).ok().stdout();
  }

  @Test
  void install_underSudoWithBadProfiles_doesTheOthersAsTheUser() {
    sandbox.write("/usr/bin/chromium", "#!/bin/sh\n");
    sandbox.run("chmod", "755", "/usr/bin/chromium").ok();
    profile("a.gut für alle");
    profile("b.password", "secret");
    profile("c.damaged");
    sandbox.write(FIREFOX + "/c.damaged/cert9.db", "garbage");
    profile("d.root's");
    sandbox.run("chown", "-R", "root", FIREFOX + "/d.root's").ok();
    sandbox.run("chmod", "700", FIREFOX + "/d.root's").ok();
    dev.devca("issue", "a.test").ok();
    String before = files();

    CommandResult install = sudoDevca("install").exits(3);

    assertThat(install.stderr())
        .contains(
            "Firefox (~/.mozilla/firefox/a.gut für alle)  trusted now",
            "it has a primary password",
            "Try: certutil -A -n 'devca ",
            "c.damaged: its cert9.db is damaged",
            "d.root's: you may not read it",
            "Try: sudo chown -R ",
            "Chromium (~/.local/share/pki/nssdb)          trusted now");
    assertThat(trusted(FIREFOX + "/a.gut für alle")).contains(" C,,");
    assertThat(trusted(FIREFOX + "/b.password")).isEqualTo("[]");
    assertThat(trusted(CHROMIUM)).contains(" C,,");
    assertThat(sandbox.read(FIREFOX + "/c.damaged/cert9.db")).isEqualTo("garbage");
    String foreign = "find /home/dev ! -user dev ! -path '*/d.root*'";
    assertThat(sandbox.run("sh", "-c", foreign).ok().stdout()).isEmpty();

    CommandResult uninstall = sudoDevca("uninstall").exits(3);

    assertThat(uninstall.stderr()).contains("removed");
    assertThat(trusted(FIREFOX + "/a.gut für alle")).isEqualTo("[]");
    sandbox.run("rm", "-rf", FIREFOX + "/c.damaged", FIREFOX + "/d.root's").ok();
    sudoDevca("uninstall").ok();
    assertThat(files().lines()).allMatch(line -> before.lines().anyMatch(line::equals));
  }

  @Test
  void status_firefoxNeverStarted_saysWhatToDo() {
    sandbox.write("/usr/local/bin/firefox", "#!/bin/sh\n");
    sandbox.run("chmod", "755", "/usr/local/bin/firefox").ok();

    CommandResult result = dev.devca("install", "--only", "nss:firefox").ok();

    assertThat(result.stderr())
        .contains(
            """
              Firefox  absent: Firefox has no profile yet
                       Try: start Firefox once, then devca install
            """);
  }

  @Test
  void install_noCertutil_saysThePackageForEachDatabase() {
    profile("a");
    sandbox.run("rm", "/usr/bin/certutil").ok();

    assertThat(dev.devca("install", "--only", "nss").exits(3).stderr())
        .contains("certutil is missing", "Try: sudo apt-get install libnss3-tools");
  }
}
