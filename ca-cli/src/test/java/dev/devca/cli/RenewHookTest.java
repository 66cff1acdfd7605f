package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into the CA folder where Linux has it")
class RenewHookTest {
  @TempDir Path home;
  private RenewScene scene;

  @BeforeEach
  void open() {
    scene = RenewScene.in(home);
  }

  @Test
  void renew_hook_getsItsArgumentsAndNoPassphrase() throws Exception {
    scene.issue("app.test");
    Path log = home.resolve("log");
    scene.environment().put("DEVCA_PASSPHRASE", "horse");
    String[] command = {
      "renew",
      "--all",
      "--hook",
      "/bin/sh",
      "--hook-arg",
      "-c",
      "--hook-arg",
      "printf '%s|' \"$@\" \"${DEVCA_PASSPHRASE-none}\" >> \"$0\"",
      "--hook-arg",
      log.toString(),
      "--hook-arg",
      "a b; *",
      "--hook-arg=--all",
    };

    CommandLineRun run = scene.run(command);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).endsWith("Ran /bin/sh\n");
    assertThat(log).hasContent("a b; *|--all|none|");
    assertThat(scene.records()).doesNotContain("a b; *");
    scene.issue("app.test");
    command[1] = "--within=1d";
    assertThat(scene.run(command).err()).isEqualTo("Nothing is to be renewed.\n");
    assertThat(log).hasContent("a b; *|--all|none|");
  }

  @ParameterizedTest
  @CsvSource({
    "/bin/false, exit code 1",
    "/no/such/program, No such file or directory",
  })
  void renew_hookFails_isSaidAndThreeIsTheCode(String hook, String why) throws Exception {
    scene.issue("app.test");
    X509Certificate before = scene.leaf("app.test");

    CommandLineRun run = scene.run("renew", "--all", "--quiet", "--json", "--hook", hook);

    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(run.err()).isEqualTo("The hook " + hook + " failed: " + why + "\n");
    assertThat(RenewScene.json(run).get("hookFailed")).isEqualTo(true);
    assertThat(scene.leaf("app.test")).isNotEqualTo(before);
  }
}
