package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.files.Reasons;
import dev.devca.truststore.OperatingSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code devca exec}. Where the launcher for Unix started it, it says on descriptor 3 what the
 * launcher is to set before it becomes the command; else it runs the command itself.
 */
final class ExecCommand implements Command {
  /** How the launcher says that it waits on descriptor 3. */
  private static final String ASKED_BY_LAUNCHER = "DEVCA_EXEC";

  // What POSIX shells answer: 2.8.2 of the Shell Command Language.
  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  private static final Path TO_LAUNCHER = Path.of("/dev/fd/3");

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "exec",
            "Runs a command with the variables of devca env; its exit code is the command's.",
            "  devca exec -- pip install requests",
            "  devca exec npm ci",
            "",
            ExitCode.TEXT);
    spec.parser().stopAtPositional(true);
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("COMMAND")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .description("a program and its arguments")
            .build());
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    List<String> command = parsed.words();
    if (command.isEmpty()) {
      throw new UsageException("cannot run a command: none was given", "devca exec -- env");
    }
    if (session.json()) {
      throw new UsageException(
          "cannot run a command with --json: what is printed is its own", "devca env --json");
    }
    if (session.host().os() != OperatingSystem.WINDOWS && !isThere(command.get(0), session)) {
      return refuse(command.get(0), session.console());
    }
    Map<String, String> variables = Variables.of(session);
    if (session.host().variable(ASKED_BY_LAUNCHER).isPresent()) {
      // The word exec, and what stood before the command.
      int words = 1 + parsed.length() - command.size();
      answer(variables, words);
      return ExitCode.DONE;
    }
    return run(command, variables);
  }

  /** As the shell will look for it, whose own words would name its script. */
  private static boolean isThere(String name, Session session) {
    String path = session.host().variable("PATH").orElse("");
    return name.contains("/")
        ? isProgram(name)
        : Stream.of(path.split(":", -1))
            .anyMatch(folder -> isProgram((folder.isEmpty() ? "." : folder) + "/" + name));
  }

  private static int refuse(String name, Console console) {
    boolean file = name.contains("/") && Files.isRegularFile(Path.of(name));
    console.say(
        "devca: cannot run "
            + name
            + (file ? ": it is not executable" : ": there is no such program"));
    console.say(
        file
            ? "Try: chmod +x " + Shell.quote(name)
            : "Try: name a program of your PATH, or its path");
    return file ? NOT_EXECUTABLE : NOT_FOUND;
  }

  private static boolean isProgram(String file) {
    try {
      return Files.isRegularFile(Path.of(file)) && Files.isExecutable(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static void answer(Map<String, String> variables, int words) throws IOException {
    StringBuilder script = new StringBuilder();
    EnvFormat.BASH.lines(variables).forEach(line -> script.append(line).append('\n'));
    // What they open is no business of a program that is only to trust.
    script.append("unset ").append(String.join(" ", Passphrases.VARIABLES)).append('\n');
    script.append("shift ").append(words).append('\n');
    Files.write(
        TO_LAUNCHER, script.toString().getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
  }

  private static int run(List<String> command, Map<String, String> variables) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(variables);
    Passphrases.VARIABLES.forEach(builder.environment()::remove);
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new CaException(
          "cannot run " + command.get(0) + ": " + Reasons.of(e), "name a program by its path", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
