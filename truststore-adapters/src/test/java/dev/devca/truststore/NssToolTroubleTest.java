package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A certutil, a database or a record that fails under the store's hands. */
class NssToolTroubleTest {
  private final X509Certificate root = TestRoots.create();
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final FakeCertutil certutil = FakeCertutil.on(machine);
  private Path folder;

  @BeforeEach
  void putProfileInPlace() {
    machine.directory(machine.host().stateDirectory().orElseThrow().toString());
    folder = certutil.database(machine.home() + "/.mozilla/firefox/ab12.mein Profil");
  }

  private TrustStore store() {
    return new NssProvider().discover(machine.host()).get(0);
  }

  @Test
  void everyOperation_certutilCannotBeRun_isUnavailable() {
    Host host =
        Host.of(
            OperatingSystem.LINUX,
            machine.files,
            machine.environment,
            command -> {
              throw new IOException("it did not end within 30 s and was stopped");
            });
    TrustStore store = new NssProvider().discover(host).get(0);

    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store, root))
          .isInstanceOfSatisfying(
              TrustResult.Unavailable.class,
              unavailable ->
                  assertThat(unavailable.reason())
                      .isEqualTo(
                          "cannot read "
                              + folder
                              + ": cannot run /usr/bin/certutil: it did not end within 30 s and was"
                              + " stopped"));
    }
  }

  @Test
  void install_certutilDoesNothing_isNotBelieved() {
    machine.program(
        "/usr/bin/certutil", command -> new CommandRunner.Result(0, new byte[0], new byte[0]));

    assertThat(store().install(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> assertThat(failed.reason()).endsWith("it is done, but it is not"));
  }

  @Test
  void everyOperation_databaseGoneSinceDiscovery_isAbsentAndRunsNothing() throws IOException {
    TrustStore store = store();
    Files.delete(folder.resolve("cert9.db"));

    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store, root))
          .isEqualTo(new TrustResult.Absent("there is no " + folder.resolve("cert9.db")));
    }
    assertThat(machine.commands).isEmpty();
  }

  @Test
  void install_notesCannotBeWritten_failsAndChangesNothing() {
    certutil.add(folder, "mine", ",,", root);
    machine.file(machine.host().stateDirectory().orElseThrow() + "/nss", "in the way");
    Map<String, String> before = machine.snapshot();

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.FAILED);

    assertThat(machine.snapshot()).isEqualTo(before);
  }
}
