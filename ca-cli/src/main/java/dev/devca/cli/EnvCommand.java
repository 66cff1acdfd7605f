package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.truststore.ClientEnvironment;
import dev.devca.truststore.OperatingSystem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code devca env}. */
final class EnvCommand implements Command {
  private static final String SHELL = "--shell";
  private static final String BASH = "bash";
  private static final String POWERSHELL = "powershell";
  private static final List<String> SHELLS = List.of(BASH, POWERSHELL, "cmd");

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "env",
            "Prints lines that set the variables some clients need, for this shell alone.",
            "  eval \"$(devca env)\"",
            "  devca env --shell powershell | Invoke-Expression",
            "  for /f \"delims=\" %%i in ('devca env --shell cmd') do @%%i",
            "",
            ExitCode.TEXT);
    spec.addOption(
        OptionSpec.builder(SHELL)
            .paramLabel("SHELL")
            .type(String.class)
            .description("bash, powershell or cmd; default: bash, on Windows powershell")
            .build());
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(ParseResult parsed, Session session) throws IOException {
    String usual = session.host().os() == OperatingSystem.WINDOWS ? POWERSHELL : BASH;
    String shell = parsed.matchedOptionValue(SHELL, usual);
    if (!SHELLS.contains(shell)) {
      throw new UsageException(
          "cannot print lines for the shell '"
              + shell
              + "': known are "
              + String.join(", ", SHELLS),
          "devca env --shell " + usual);
    }
    if (session.ca().find().isEmpty()) {
      throw session.noCa();
    }
    Map<String, String> variables = ClientEnvironment.of(session.host());
    if (variables.isEmpty()) {
      throw new CaException(
          "cannot print variables: the root is in no store that needs one", "devca install");
    }
    if (session.json()) {
      session.console().write(Json.write(variables));
      return ExitCode.DONE;
    }
    variables.forEach((name, value) -> session.console().print(line(shell, name, value)));
    return ExitCode.DONE;
  }

  static String line(String shell, String name, String value) {
    return switch (shell) {
      case POWERSHELL -> "$env:" + name + " = " + Shell.quoteForPowerShell(value);
      // Inside these quotes nothing is special, and a path has none of them.
      case "cmd" -> "set \"" + name + "=" + value + "\"";
      default -> "export " + name + "=" + Shell.quote(value);
    };
  }
}
