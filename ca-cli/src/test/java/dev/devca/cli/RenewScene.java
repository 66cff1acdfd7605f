package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A home in which certificates are issued and renewed. */
record RenewScene(Path home, Map<String, String> environment) {

  static RenewScene in(Path home) {
    return new RenewScene(home, new HashMap<>(Map.of("HOME", home.toString(), "PW", "geheim")));
  }

  CommandLineRun run(String... arguments) {
    return CommandLineRun.with(environment, arguments);
  }

  /** Issues a certificate into {@code NAME.pem} and {@code NAME.key}. */
  void issue(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("issue", name));
    arguments.addAll(List.of("--cert-file", file(name + ".pem")));
    arguments.addAll(List.of("--key-file", file(name + ".key")));
    arguments.addAll(List.of(more));
    CommandLineRun run = run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  String file(String name) {
    return home.resolve(name).toString();
  }

  X509Certificate leaf(String name) throws IOException {
    return Pem.certificates(Files.readString(home.resolve(name + ".pem"))).get(0);
  }

  /** The text of all records. */
  String records() throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.newDirectoryStream(home.resolve(".local/share/devca/issued"), "*.txt")) {
      for (Path file : files) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  static Map<String, Object> json(CommandLineRun run) throws IOException {
    return Json.readObject(run.out().getBytes(StandardCharsets.UTF_8));
  }
}
