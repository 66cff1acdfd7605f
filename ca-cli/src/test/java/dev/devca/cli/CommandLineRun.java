package dev.devca.cli;

import dev.devca.truststore.Host;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One command line, run within the test, in a home of its own. */
record CommandLineRun(int exitCode, String out, String err) {

  static CommandLineRun in(Path home, String... arguments) {
    return with(Map.of("HOME", home.toString()), arguments);
  }

  static CommandLineRun withInput(InputStream in, Path home, String... arguments) {
    return with(in, Map.of("HOME", home.toString()), arguments);
  }

  static CommandLineRun with(Map<String, String> environment, String... arguments) {
    return with(new ByteArrayInputStream(new byte[0]), environment, arguments);
  }

  private static CommandLineRun with(
      InputStream in, Map<String, String> environment, String... arguments) {
    Map<String, String> complete = new HashMap<>(environment);
    complete.putIfAbsent("PATH", "/usr/bin:/bin");
    if (environment.containsKey("HOME")) {
      // By that name Windows knows it.
      complete.putIfAbsent("USERPROFILE", environment.get("HOME"));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            in,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int code = new Devca(complete, console, CommandLineRun::inHome).run(List.of(arguments));
    return new CommandLineRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What root notes lies outside of every home: no test may touch that of this machine. */
  private static Host inHome(Host host) {
    return host.home()
        .map(home -> host.withStateDirectory(home.resolve(".local/state/devca")))
        .orElse(host);
  }
}
