package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.files.Reasons;
import dev.devca.ca.files.SystemRandom;
import dev.devca.truststore.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs one command line: finds the command, parses for it alone, and reports what goes wrong. */
final class Devca {
  private final Map<String, String> environment;
  private final Console console;
  private final UnaryOperator<Host> machine;

  Devca(Map<String, String> environment, Console console) {
    // Not identity(): no archive holds a lambda of the JDK's own, and to make it takes 7 ms.
    this(environment, console, host -> host);
  }

  /** With another machine than the one that it runs on. */
  Devca(Map<String, String> environment, Console console, UnaryOperator<Host> machine) {
    this.environment = environment;
    this.console = console;
    this.machine = machine;
  }

  /** Returns the exit code; never throws. */
  int run(List<String> arguments) {
    boolean debug = arguments.contains(CommonOptions.DEBUG);
    try {
      return dispatch(arguments);
    } catch (UsageException e) {
      return fail(debug, e, ExitCode.USAGE, e.getMessage(), e.remedy());
    } catch (CaException e) {
      return fail(debug, e, ExitCode.FAILED, e.getMessage(), e.remedy());
    } catch (IOException | UncheckedIOException e) {
      return fail(debug, e, ExitCode.FAILED, what(e), "");
    } catch (RuntimeException e) {
      // A defect of ours; the trace belongs in a report, not on the screen.
      String what = "cannot go on: " + e.getClass().getSimpleName() + ": " + e.getMessage();
      return fail(
          debug, e, ExitCode.FAILED, what, "run it again with --debug and report what it prints");
    } catch (LinkageError e) {
      // The jar is gone, or its disk fails.
      String what = "cannot go on: a part of the program cannot be read: " + e.getMessage();
      return fail(debug, e, ExitCode.FAILED, what, "run it again, or unpack devca anew");
    }
  }

  /** Of a failure that nobody has put into words: at least which file it was. */
  private static String what(Exception thrown) {
    @Nullable Throwable cause = thrown.getCause();
    Throwable e = thrown instanceof UncheckedIOException && cause != null ? cause : thrown;
    String reason = Reasons.of(e);
    if (reason.startsWith("cannot ")) {
      return reason;
    }
    return e instanceof FileSystemException failure && failure.getFile() != null
        ? "cannot go on: " + failure.getFile() + ": " + reason
        : "cannot go on: " + reason;
  }

  private int dispatch(List<String> arguments) throws IOException {
    String first = arguments.isEmpty() ? "--help" : arguments.get(0);
    if (CaHelp.isMeant(arguments)) {
      console.out().print(CaHelp.text());
      return ExitCode.DONE;
    }
    switch (first) {
      case "--help", "-h", "help" -> {
        return help(arguments);
      }
      case "--version", "-V" -> {
        console.print("devca " + Version.TEXT);
        return ExitCode.DONE;
      }
      default -> {
        Commands found = Commands.named(arguments).orElseThrow(() -> unknown(arguments));
        return run(found, arguments.subList(found.words().size(), arguments.size()));
      }
    }
  }

  private int help(List<String> arguments) {
    if (arguments.size() > 1) {
      List<String> asked = arguments.subList(1, arguments.size());
      Commands command = Commands.named(asked).orElseThrow(() -> unknown(asked));
      CommandParser.help(command.make(), console.out());
    } else {
      console.out().print(TopHelp.text());
    }
    return ExitCode.DONE;
  }

  private int run(Commands which, List<String> arguments) throws IOException {
    Command command = which.make();
    Optional<Arguments> plain = command.plainly(arguments);
    Optional<Arguments> parsed =
        plain.isPresent() ? plain : CommandParser.read(which, command, arguments, console.out());
    return parsed.isPresent() ? run(which, command, parsed.get(), arguments) : ExitCode.DONE;
  }

  private int run(Commands which, Command command, Arguments parsed, List<String> arguments)
      throws IOException {
    Session session =
        Session.start(
            environment,
            console,
            CommonOptions.of(parsed),
            StoreOptions.machine(parsed),
            StoreOptions.javaPassword(parsed, environment),
            machine);
    if (session.invokingUser().isPresent()
        && (!which.needsRoot() || InstallCommand.onlyPrints(parsed))) {
      return AsUser.run(session.invokingUser().get(), environment, which, arguments);
    }
    // To read a key, Bouncy Castle else has the JDK look through all of its providers for one.
    SystemRandom.useInThisProcess(SystemRandom.open());
    return command.run(parsed, session);
  }

  private static UsageException unknown(List<String> arguments) {
    boolean ofGroup = arguments.get(0).equals(CaHelp.GROUP);
    String word = String.join(" ", arguments.subList(0, ofGroup ? 2 : 1));
    if (word.startsWith("-")) {
      return new UsageException(
          "cannot start: '" + word + "' stands where a command is to be", "devca --help");
    }
    // Those of the group by their own word too.
    Map<String, String> known = new LinkedHashMap<>();
    for (Commands command : Commands.visible()) {
      if (!ofGroup || command.words().get(0).equals(CaHelp.GROUP)) {
        known.put(command.id(), command.id());
        known.putIfAbsent(command.words().get(command.words().size() - 1), command.id());
      }
    }
    return new UsageException(
        "cannot run '" + word + "': there is no such command",
        "devca "
            + Nearest.to(word, known.keySet())
                .map(known::get)
                .orElse(ofGroup ? "ca --help" : "--help"));
  }

  private int fail(boolean debug, Throwable e, int code, String message, String remedy) {
    console.say("devca: " + message);
    if (!remedy.isEmpty()) {
      console.say("Try: " + remedy);
    }
    if (debug) {
      e.printStackTrace(console.err());
    }
    return code;
  }
}
