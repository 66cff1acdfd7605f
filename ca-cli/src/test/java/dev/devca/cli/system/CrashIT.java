package dev.devca.cli.system;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call by which a command changes files, with the process killed there: after it devca works,
 * no key is open to others, and an uninstall leaves every file as it was.
 */
@Timeout(7200)
final class CrashIT {

  @ParameterizedTest
  @EnumSource
  void killed_atAnyFileCall_losesNothing(FaultScene.Command command) {
    try (FaultScene scene = FaultScene.open(command)) {
      for (FileCall call :
          FaultPlan.choose("crash points of " + command, scene.calls(), command.asRoot ? 2 : 5)) {
        scene.prepare();
        CommandResult result = Strace.of(scene.caller()).kill(call, command.arguments());
        try {
          scene.assertKeysOwnerOnly();
          scene.assertWorksAndRestores();
        } catch (AssertionError e) {
          throw new AssertionError("killed at " + call + "\n" + result + "\n" + e.getMessage(), e);
        }
      }
    }
  }
}
