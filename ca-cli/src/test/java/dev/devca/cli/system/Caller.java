package dev.devca.cli.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who runs commands in a sandbox, from where and with which environment. Immutable: each method
 * returns a changed copy.
 *
 * <p>A command sees the variables given here and no others, has no terminal, and is ended with its
 * whole session after the time limit (a minute unless told otherwise).
 */
record Caller(
    Sandbox sandbox,
    String user,
    String directory,
    Map<String, String> environment,
    Duration limit,
    String input) {

  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** The packaged command. */
  static final String LAUNCHER = System.getProperty("devca.app") + "/bin/devca";

  static Caller of(Sandbox sandbox, String user, String home) {
    Map<String, String> environment = Map.of("PATH", PATH, "HOME", home);
    return new Caller(sandbox, user, home, environment, Duration.ofMinutes(1), "");
  }

  /** With this directory to start in. */
  Caller in(String newDirectory) {
    return new Caller(sandbox, user, newDirectory, environment, limit, input);
  }

  /** With this variable as well. */
  Caller env(String name, String value) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.put(name, value);
    return new Caller(sandbox, user, directory, changed, limit, input);
  }

  /** Without this variable; {@code PATH} and {@code HOME} are there unless taken out. */
  Caller without(String name) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.remove(name);
    return new Caller(sandbox, user, directory, changed, limit, input);
  }

  /** With another time limit. */
  Caller limit(Duration newLimit) {
    return new Caller(sandbox, user, directory, environment, newLimit, input);
  }

  /** With this text as standard input, which else is empty. */
  Caller input(String text) {
    return new Caller(sandbox, user, directory, environment, limit, text);
  }

  /** Runs the packaged {@code bin/devca}, on the JDK of the tests if no other is named. */
  CommandResult devca(String... arguments) {
    boolean chosen = environment.containsKey("DEVCA_JAVA") || environment.containsKey("JAVA_HOME");
    Caller caller =
        chosen ? this : env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java");
    return caller.run(
        Stream.concat(Stream.of(LAUNCHER), Stream.of(arguments)).toArray(String[]::new));
  }

  /** Runs a command to its end. */
  CommandResult run(String... command) {
    return start(command).await();
  }

  /** Starts a command. */
  Running start(String... command) {
    List<String> line = new ArrayList<>(sandbox.entry());
    line.addAll(List.of("setsid", "--wait"));
    if (!user.equals("root")) {
      line.addAll(List.of("setpriv", "--reuid", user, "--regid", user, "--init-groups"));
    }
    // Ends the whole session, from inside: signals do not pass through nsenter.
    line.addAll(List.of("timeout", "--kill-after=5", limit.toMillis() / 1000.0 + "s"));
    line.addAll(List.of("env", "--ignore-environment", "--chdir=" + directory));
    environment.forEach((name, value) -> line.add(name + "=" + value));
    line.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().clear();
    builder.environment().put("PATH", PATH);
    try {
      byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
      return new Running(List.of(command), builder.start(), limit, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
