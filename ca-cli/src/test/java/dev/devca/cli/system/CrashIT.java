package dev.devca.cli.system;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call by which a command changes files, with the process killed there: after it devca works,
 * no key is open to others, and an uninstall leaves every file as it was.
 */
@Timeout(7200)
final class CrashIT {

  @ParameterizedTest
  @MethodSource("dev.devca.cli.system.FaultPlan#commands")
  void killed_atAnyFileCall_losesNothing(FaultScene.Command command) {
    try (FaultScene scene = FaultScene.open(command)) {
      int wanted = command.isRoots() ? 6 : 8;
      List<FileCall> points =
          FaultPlan.choose(
              "crash points of " + command,
              FaultPlan.candidates(scene.calls()),
              FaultPlan.candidatesFor(wanted));
      List<String> missed = new ArrayList<>();
      int met = 0;
      for (FileCall call : points) {
        if (FaultPlan.isEnough(met, wanted)) {
          break;
        }
        scene.prepare();
        Strace strace = Strace.of(scene.caller());
        CommandResult result = strace.kill(call, command.arguments());
        if (strace.hasStruck()) {
          met++;
        } else {
          missed.add(call.toString());
        }
        try {
          scene.assertKeysOwnerOnly();
          scene.assertWorksAndRestores();
        } catch (AssertionError e) {
          throw new AssertionError("killed at " + call + "\n" + result + "\n" + e.getMessage(), e);
        }
      }
      System.out.printf("%s: killed %d times, missed %d%n", command, met, missed.size());
      FaultPlan.assertMet(met, wanted, missed);
    }
  }
}
