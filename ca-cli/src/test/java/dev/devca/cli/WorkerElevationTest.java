package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.truststore.Host;
import dev.devca.truststore.OperatingSystem;
import dev.devca.truststore.Operation;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.Rights;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileSystems;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerElevationTest {
  private static final PrintStream SILENCE = new PrintStream(OutputStream.nullOutputStream());

  private record Store(String id) implements TrustStore {
    @Override
    public String displayName() {
      return id;
    }

    @Override
    public Rights rights() {
      return Rights.ROOT;
    }

    @Override
    public TrustResult status(X509Certificate root) {
      return new TrustResult.NotTrusted(false);
    }

    @Override
    public TrustResult install(X509Certificate root) {
      throw new AssertionError("with rights that it has not");
    }

    @Override
    public TrustResult uninstall(X509Certificate root) {
      throw new AssertionError("with rights that it has not");
    }
  }

  @Test
  void run_windows_startsNothingAndSaysWhatAnAdministratorTypes() {
    Host host =
        Host.of(
                OperatingSystem.WINDOWS,
                FileSystems.getDefault(),
                Map.of(),
                command -> {
                  throw new AssertionError(command);
                })
            .withMachineStores();
    WorkerElevation elevation =
        new WorkerElevation(
            new Worker(host, Map.of(), Optional.empty(), Optional.empty()),
            new Session.Words(new Console(InputStream.nullInputStream(), SILENCE, SILENCE), false),
            host,
            Optional.empty(),
            Optional.of("D:\\my ca"),
            Optional.of("work"));
    List<TrustStore> stores =
        List.of(
            new Store("java:C:\\Program Files\\Java\\jdk-21\\lib\\security\\cacerts"),
            new Store("java:D:\\jdk\\lib\\security\\cacerts"));

    List<Outcome> outcomes =
        elevation.run(
            Rights.ROOT,
            Operation.INSTALL,
            stores,
            CertificateAuthority.inMemory(CaOptions.defaults()).rootCertificate());

    assertThat(outcomes)
        .extracting(Outcome::result)
        .containsOnly(
            new TrustResult.Unavailable(
                "it needs the rights of an administrator",
                "in a terminal of an administrator: set \"DEVCA_HOME=D:\\my ca\" && devca install"
                    + " --only \"java:C:\\Program Files\\Java\\jdk-21\\lib\\security\\cacerts\""
                    + " --only java:D:\\jdk\\lib\\security\\cacerts --machine --ca work"));
  }
}
