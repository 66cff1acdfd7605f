package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight processes that make first contact at once end with one CA, and lose no line of another. */
@Timeout(3600)
final class RaceIT {

  private static final int PROCESSES = 8;

  @Test
  void issue_eightAtOnce_makeOneCaThatIssuedAll() {
    try (FaultScene scene = FaultScene.open(FaultScene.Command.FIRST_ISSUE)) {
      Caller caller = scene.caller();
      for (int round = 0; round < FaultPlan.rounds(3, 100); round++) {
        List<CommandResult> results =
            IntStream.range(0, PROCESSES)
                .mapToObj(i -> scene.start("issue", "host" + i + ".test"))
                .toList()
                .stream()
                .map(Running::await)
                .toList();

        assertThat(results).allSatisfy(CommandResult::ok);
        assertThat(results.stream().filter(result -> result.stderr().contains("Created a CA")))
            .hasSize(1);
        assertThat(issuers(caller, scene)).hasSize(1);
        caller.run("sh", "-c", "rm host*.pem").ok();
        scene.assertWorksAndRestores();
      }
    }
  }

  @Test
  void install_eightAtOnce_leaveEachStoreWholeAndWithOneRoot() {
    try (FaultScene scene = FaultScene.open(FaultScene.Command.INSTALL)) {
      Caller caller = scene.caller();
      String[] install = FaultScene.Command.INSTALL.arguments();
      for (int round = 0; round < FaultPlan.rounds(2, 100); round++) {
        List<CommandResult> results =
            IntStream.range(0, PROCESSES).mapToObj(i -> scene.start(install)).toList().stream()
                .map(Running::await)
                .toList();

        assertThat(results).allSatisfy(CommandResult::ok);
        assertThat(caller.run("grep", "-c", "NODE_EXTRA_CA_CERTS=", ".bashrc").ok().stdout())
            .isEqualTo("1\n");
        scene.assertWorksAndRestores();
      }
    }
  }

  /** The fingerprints of the roots by which the leaves verify. */
  private static Set<String> issuers(Caller caller, FaultScene scene) {
    return IntStream.range(0, PROCESSES)
        .mapToObj(i -> "host" + i + ".test")
        .map(
            name -> {
              scene.assertVerifies(name);
              return caller
                  .run(
                      "openssl",
                      "x509",
                      "-in",
                      name + ".pem",
                      "-noout",
                      "-issuer",
                      "-ext",
                      "authorityKeyIdentifier")
                  .ok()
                  .stdout();
            })
        .collect(Collectors.toSet());
  }
}
