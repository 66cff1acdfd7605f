package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call by which a command changes files, failing as it does on a full disk, a broken one, one
 * without rights and a read-only one: said in words, and nothing is lost.
 */
@Timeout(7200)
final class IoErrorIT {

  private static final List<String> ERRORS = List.of("ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT");

  /** One call and what befalls it. */
  private record Failure(FileCall call, String error) {}

  @ParameterizedTest
  @MethodSource("dev.devca.cli.system.FaultPlan#commands")
  void failing_anyFileCall_isSaidAndLosesNothing(FaultScene.Command command) {
    try (FaultScene scene = FaultScene.open(command)) {
      List<Failure> all = new ArrayList<>();
      for (FileCall call : FaultPlan.candidates(scene.calls())) {
        if (call.alone()) {
          FaultPlan.kinds(ERRORS, all.size()).forEach(error -> all.add(new Failure(call, error)));
        }
      }
      List<String> missed = new ArrayList<>();
      int wanted = command.isRoots() ? 1 : 2;
      List<Failure> chosen =
          FaultPlan.choose("I/O errors of " + command, all, FaultPlan.candidatesFor(wanted));
      int met = 0;
      for (Failure failure : chosen) {
        if (FaultPlan.isEnough(met, wanted)) {
          break;
        }
        scene.prepare();
        Strace strace = Strace.of(scene.caller());
        CommandResult result = strace.fail(failure.call, failure.error, command.arguments());
        if (strace.hasStruck()) {
          met++;
        } else {
          missed.add(failure.toString());
        }
        try {
          assertThat(result.exitCode()).isIn(0, 1, 3);
          assertThat(result.stderr()).doesNotContain("Exception", "\tat ");
          if (result.exitCode() != 0) {
            assertThat(result.stderr()).containsAnyOf("cannot ", "failed", "unavailable");
          }
          scene.assertKeysOwnerOnly();
          scene.assertWorksAndRestores();
        } catch (AssertionError e) {
          throw new AssertionError(failure + "\n" + result + "\n" + e.getMessage(), e);
        }
      }
      System.out.printf("%s: failed %d times, missed %d%n", command, met, missed.size());
      FaultPlan.assertMet(met, wanted, missed);
    }
  }

  @Test
  @Timeout(120)
  void issue_realFullDisk_leavesNothingAndWorksOnceThereIsRoom() {
    try (Sandbox sandbox = Sandbox.open()) {
      sandbox.run("mkdir", "/home/dev/small").ok();
      sandbox
          .run("mount", "-t", "tmpfs", "-o", "size=64k,uid=dev,mode=700", "none", "/home/dev/small")
          .ok();
      Caller dev = sandbox.as("dev").in("/home/dev/small").env("DEVCA_HOME", "/home/dev/small/ca");
      dev.run("sh", "-c", "dd if=/dev/zero of=filler bs=4096 2> /dev/null; test -s filler").ok();

      CommandResult result = dev.devca("issue", "a.test").exits(1);

      assertThat(result.stderr()).startsWith("devca: cannot ").contains("No space left on device");
      assertThat(dev.run("find", ".", "-type", "f", "-size", "+0").ok().stdout())
          .isEqualTo("./filler\n");
      dev.run("rm", "filler").ok();
      dev.devca("issue", "a.test").ok();
    }
  }
}
