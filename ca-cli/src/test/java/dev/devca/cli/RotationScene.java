package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CaRotation;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Pem;
import dev.devca.ca.files.Sha256;
import dev.devca.truststore.Elevation;
import dev.devca.truststore.Host;
import dev.devca.truststore.RootExchange;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A home with a CA that is to be rotated; the machine's stores are left out. */
abstract class RotationScene {
  static final Path CSR = Path.of("src/test/resources/dev/devca/cli/app.csr");

  @TempDir Path home;
  final Map<String, String> environment = new HashMap<>(Map.of("PW", "geheim"));

  final Path folder() {
    return home.resolve(".local/share/devca");
  }

  final CommandLineRun devca(String... arguments) {
    environment.put("HOME", home.toString());
    return CommandLineRun.with(environment, arguments);
  }

  final CommandLineRun rotate(String... more) {
    List<String> arguments = new ArrayList<>(List.of("ca", "rotate", "--user-only"));
    arguments.addAll(List.of(more));
    return devca(arguments.toArray(String[]::new));
  }

  final void done(String... arguments) {
    CommandLineRun run = devca(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  final String file(String name) {
    return home.resolve(name).toString();
  }

  final X509Certificate root() throws IOException {
    return CertificateAuthority.open(folder()).rootCertificate();
  }

  final X509Certificate leaf(String name) throws IOException {
    return Pem.certificates(Files.readString(home.resolve(name))).get(0);
  }

  final List<X509Certificate> trusted() throws IOException {
    Path bundle = folder().resolveSibling("devca").resolve("node-extra-ca.pem");
    return Files.exists(bundle) ? Pem.certificates(Files.readString(bundle)) : List.of();
  }

  final void installAndIssue() {
    done("install", "--only", "node");
    done("issue", "app.test", "--cert-file", file("app.pem"), "--key-file", file("app.key"));
    done("issue", "--csr", CSR.toString(), "--cert-file", file("csr.pem"));
    done("issue", "p12.test", "--p12-file", file("p12.p12"), "--password-env", "PW");
  }

  /** All files of the home, without locks, whose lengths mean nothing. */
  final Map<String, String> snapshot() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (!path.endsWith(".lock")) {
          files.put(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " " + path,
              Files.isDirectory(path) ? "folder" : Sha256.hex(Files.readAllBytes(path)));
        }
      }
    }
    return files;
  }

  /** What a process leaves that dies before the new CA is in its folder, or after. */
  final void interrupt(boolean switched) throws IOException {
    Host host =
        Host.current(Map.of("HOME", home.toString()), Elevation.none())
            .withStateDirectory(home.resolve(".local/state/devca"));
    try (CaRotation rotation = CaRotation.of(folder())) {
      rotation.begin(CaOptions.defaults(), Optional.empty());
      new RootExchange(
              TrustStores.on(host).userOnly(),
              rotation.old().rootCertificate(),
              rotation.next().rootCertificate())
          .bringIn();
      if (switched) {
        rotation.switchOver();
      }
    }
    assertThat(trusted()).hasSize(2);
  }
}
