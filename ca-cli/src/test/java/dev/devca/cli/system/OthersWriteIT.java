package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other programs write to the same stores all the while: nothing of theirs is lost. */
@Timeout(600)
final class OthersWriteIT {

  private static final String SETTINGS = UsedHome.HOME + "/.claude/settings.json";

  // Each notes what it has written, and ends when told to.
  private static final String APPENDER =
      """
      i=0
      while [ ! -e stop ]; do i=$((i + 1)); echo "# line $i" >> .bashrc; sleep 0.03; done
      echo $i > lines
      """;
  private static final String KEYTOOL =
      """
      i=0
      while [ ! -e stop ]; do
        i=$((i + 1))
        keytool -importcert -noprompt -keystore "$1" -storepass changeit -alias their$i \\
          -file other.pem && echo their$i >> aliases || echo "their$i failed" >> trouble
      done
      """;
  private static final String CERTUTIL =
      """
      for i in $(seq 60); do
        [ ! -e stop ] || break
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \\
          -subj /CN=their$i -keyout their.key -out their.pem 2> their.log
        certutil -A -d "sql:$1" -n their$i -t ,, -i their.pem && echo their$i >> nicknames
        sleep 0.1
      done
      """;
  private static final String EDITOR =
      """
      import json, os, sys, time
      i = 0
      while not os.path.exists("stop"):
          i += 1
          with open(sys.argv[1], "r+") as settings:
              content = json.load(settings)
              content["their%d" % i] = i
              settings.seek(0)
              settings.truncate()
              json.dump(content, settings)
          time.sleep(0.05)
      with open("keys", "w") as keys:
          print(i, file=keys)
      """;

  @Test
  void installAndUninstall_whileOthersWrite_loseNothingOfTheirs() {
    try (Sandbox sandbox = Sandbox.open()) {
      Caller dev = UsedHome.fill(sandbox).limit(Duration.ofMinutes(3));
      Prerequisite.program(sandbox, "keytool", "a JDK");
      sandbox.write("/usr/local/bin/claude", "#!/usr/bin/env node\n");
      sandbox.run("chmod", "755", "/usr/local/bin/claude").ok();
      dev.run("sh", "-c", "mkdir .claude && echo '{}' > .claude/settings.json").ok();
      dev.devca("issue", "a.test").ok();
      try (Running appender = dev.start("bash", "-c", APPENDER);
          Running keytool = dev.start("bash", "-c", KEYTOOL, "bash", UsedHome.CACERTS);
          Running certutil = dev.start("bash", "-c", CERTUTIL, "bash", UsedHome.FIREFOX);
          Running editor = dev.start("/usr/bin/python3", "-c", EDITOR, SETTINGS)) {
        for (int round = 0; round < FaultPlan.rounds(3, 30); round++) {
          // Done, or said for which store it was not.
          assertThat(dev.devca("install", "--user-only").exitCode()).isIn(0, 3);
          assertThat(dev.devca("uninstall", "--user-only").exitCode()).isIn(0, 3);
        }
        dev.run("touch", "stop").ok();
        for (Running writer : List.of(appender, keytool, certutil, editor)) {
          writer.await().ok();
        }
      }

      dev.devca("install", "--user-only").ok();
      assertNothingLost(sandbox, dev);
      assertThat(StoreStates.of(dev.devca("status", "--json")))
          .containsEntry("java:" + UsedHome.CACERTS, StoreStates.TRUSTED)
          .containsEntry("nss:" + UsedHome.FIREFOX, StoreStates.TRUSTED)
          .containsEntry("claude", StoreStates.TRUSTED)
          .containsEntry("node", StoreStates.TRUSTED);
      dev.devca("uninstall", "--user-only").ok();
      assertNothingLost(sandbox, dev);
      assertThat(dev.run("grep", "-c", "devca", ".bashrc", SETTINGS).stdout())
          .isEqualTo(".bashrc:0\n" + SETTINGS + ":0\n");
      assertThat(Keystore.read(sandbox, UsedHome.CACERTS).entries().keySet())
          .noneMatch(alias -> alias.startsWith("devca-"));
    }
  }

  private static void assertNothingLost(Sandbox sandbox, Caller dev) {
    String lines = dev.run("cat", "lines").ok().stdout().strip();
    assertThat(dev.run("sh", "-c", "grep '^# line ' .bashrc").ok().stdout())
        .isEqualTo(dev.run("seq", "-f", "# line %g", lines).ok().stdout());

    assertThat(dev.run("cat", "trouble").stdout()).isEmpty();
    assertThat(Keystore.read(sandbox, UsedHome.CACERTS).entries().keySet())
        .containsAll(words(dev, "aliases"));

    String nicknames = dev.run("certutil", "-L", "-d", "sql:" + UsedHome.FIREFOX).ok().stdout();
    assertThat(words(dev, "nicknames"))
        .allSatisfy(name -> assertThat(nicknames).contains(name + " "));

    int keys = Integer.parseInt(dev.run("cat", "keys").ok().stdout().strip());
    String settings = sandbox.read(SETTINGS);
    for (int i = 1; i <= keys; i++) {
      assertThat(settings).contains("\"their" + i + "\"");
    }
  }

  private static Set<String> words(Caller dev, String file) {
    return new TreeSet<>(dev.run("cat", file).ok().stdout().lines().toList());
  }
}
