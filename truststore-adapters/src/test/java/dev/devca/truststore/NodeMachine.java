package dev.devca.truststore;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.TreeSet;

/** A machine with Node.js and Bash, and what the Node store leaves on it. */
final class NodeMachine {
  static final String BEGIN = "# >>> devca >>>\n";
  static final String END = "# <<< devca <<<\n";
  static final String NEW_TERMINAL = "open a new terminal, or run: eval \"$(devca env)\"";

  final FakeHost machine;
  final Path home;

  /** The file that Node is pointed to. */
  final Path pem;

  NodeMachine(OperatingSystem os) {
    machine = new FakeHost(os);
    machine.file("/bin/bash", "");
    machine.file("/usr/bin/node", "");
    home = machine.home();
    pem = VariableClient.NODE.file(machine.host()).orElseThrow();
  }

  /** The store, found anew in the machine's present state. */
  TrustStore store() {
    return new NodeProvider().discover(machine.host()).get(0);
  }

  List<X509Certificate> certificates() throws IOException {
    return Pem.certificates(Files.readString(pem));
  }

  void profile(String name, String content) {
    machine.file(home.resolve(name).toString(), content.getBytes(StandardCharsets.UTF_8));
  }

  String text(String name) {
    try {
      return Files.readString(home.resolve(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The profiles that have a block. */
  Iterable<String> blocks() {
    TreeSet<String> names = new TreeSet<>();
    for (String name : List.of(".profile", ".bash_profile", ".bash_login", ".bashrc")) {
      if (Files.exists(home.resolve(name)) && text(name).contains(BEGIN)) {
        names.add(name);
      }
    }
    return names;
  }
}
