package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.truststore.CommandRunner.Command;
import dev.devca.truststore.CommandRunner.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs started here are those of Unix")
class ProcessRunnerTest {
  private final ProcessRunner runner = new ProcessRunner(Map.of());

  @Test
  @Timeout(30)
  void run_daemonKeepsTheOutputOpen_answersWhatTheProgramSaid() throws Exception {
    Result result = run("echo said; echo wrong >&2; sleep 60 & echo $!; exit 3");

    String[] lines = new String(result.output(), StandardCharsets.UTF_8).split("\n", -1);
    ProcessHandle.of(Long.parseLong(lines[1])).ifPresent(ProcessHandle::destroyForcibly);
    assertThat(lines[0]).isEqualTo("said");
    assertThat(new String(result.errors(), StandardCharsets.UTF_8)).isEqualTo("wrong\n");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void run_muchOutput_keepsTheFirstOfIt() throws Exception {
    assertThat(run("yes | head -c 9000000").output()).hasSize(8 * 1024 * 1024);
  }

  @Test
  void run_inputThatIsNotRead_endsWithTheProgram() throws Exception {
    Command command =
        new Command(List.of("/bin/true"), new byte[1_000_000], Duration.ofSeconds(20));

    assertThat(runner.run(command).exitCode()).isZero();
  }

  private Result run(String script) throws Exception {
    return runner.run(
        new Command(List.of("/bin/sh", "-c", script), new byte[0], Duration.ofSeconds(20)));
  }
}
