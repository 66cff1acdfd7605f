package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CertificateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaPassphraseCommandTest {
  @TempDir Path work;
  private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void createCa() throws Exception {
    folder = work.resolve("ca");
    environment.put("DEVCA_HOME", folder.toString());
    CertificateAuthority.openOrCreate(folder);
  }

  private CommandLineRun devca(String... arguments) {
    return CommandLineRun.with(environment, arguments);
  }

  private CommandLineRun issue(String... options) {
    String[] fixed = {
      "issue",
      "app.test",
      "--cert-file",
      work.resolve("c.pem").toString(),
      "--key-file",
      work.resolve("k.pem").toString()
    };
    String[] all = java.util.Arrays.copyOf(fixed, fixed.length + options.length);
    System.arraycopy(options, 0, all, fixed.length, options.length);
    return devca(all);
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(work.resolve(name), text).toString();
  }

  @Test
  void passphrase_fromFilesAndVariables_isSetChangedAndRemoved() throws Exception {
    CommandLineRun set =
        devca("ca", "passphrase", "--new-passphrase-file", file("new", "öne\nnot this\n"));
    assertThat(set.exitCode()).isZero();
    assertThat(set.err()).startsWith("Set the passphrase.");
    assertThat(devca("ca", "info").out()).contains("keyFile      locked by a passphrase\n");
    assertThat(issue("--passphrase-file", file("old", "öne")).exitCode()).isZero();

    environment.put("DEVCA_PASSPHRASE", "öne");
    environment.put("DEVCA_NEW_PASSPHRASE", "two");
    CommandLineRun changed = devca("ca", "passphrase", "--json");
    assertThat(changed.err()).isEqualTo("Changed the passphrase of the CA's key.\n");
    assertThat(changed.out()).contains("\"passphrase\" : true");

    CommandLineRun wrong = issue();
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(wrong.err()).contains(": the passphrase is wrong\nTry: ");
    environment.put("DEVCA_PASSPHRASE", "two");
    assertThat(issue().exitCode()).isZero();

    CommandLineRun removed = devca("ca", "passphrase", "--remove");
    assertThat(removed.exitCode()).isZero();
    environment.clear();
    environment.put("DEVCA_HOME", folder.toString());
    assertThat(issue().exitCode()).isZero();
    assertThat(devca("ca", "passphrase", "--remove").err())
        .isEqualTo("The CA's key has no passphrase.\n");
  }

  @Test
  void run_noPassphraseAndNoTerminal_saysWhereToGiveIt() throws Exception {
    assertThat(devca("ca", "passphrase").err())
        .isEqualTo(
            """
            devca: cannot set the passphrase, and there is no terminal to ask at
            Try: use --new-passphrase-file FILE, or set DEVCA_NEW_PASSPHRASE
            """);
    environment.put("DEVCA_NEW_PASSPHRASE", "secret");
    assertThat(devca("ca", "passphrase").exitCode()).isZero();

    CommandLineRun run = issue();

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualTo(
            """
            devca: cannot open the CA key: it has a passphrase, and there is no terminal to ask at
            Try: use --passphrase-file FILE, or set DEVCA_PASSPHRASE
            """);
    assertThat(work.resolve("c.pem")).doesNotExist();
    // What needs no key needs no passphrase.
    assertThat(devca("root", "--pem").exitCode()).isZero();
  }

  @Test
  void passphrase_emptyFile_isRefused() throws Exception {
    CommandLineRun run = devca("ca", "passphrase", "--new-passphrase-file", file("new", "\n"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).startsWith("devca: cannot set the passphrase: it is empty\n");
    assertThat(CertificateAuthority.open(folder).key().isLocked()).isFalse();
  }
}
