package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.truststore.ClientEnvironment;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code devca env}. */
final class EnvCommand implements Command {
  private static final String SHELL = "--shell";
  private static final String BASH = "bash";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "env",
            "Prints lines that set the variables some clients need, for this shell alone.",
            "  eval \"$(devca env)\"",
            "",
            ExitCode.TEXT);
    spec.addOption(
        OptionSpec.builder(SHELL)
            .paramLabel("SHELL")
            .type(String.class)
            .description("the shell to write for: bash (the default)")
            .build());
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(ParseResult parsed, Session session) throws IOException {
    String shell = parsed.matchedOptionValue(SHELL, BASH);
    if (!shell.equals(BASH)) {
      throw new UsageException(
          "cannot print lines for the shell '" + shell + "': known is " + BASH,
          "devca env --shell " + BASH);
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
    variables.forEach(
        (name, value) -> session.console().print("export " + name + "=" + Shell.quote(value)));
    return ExitCode.DONE;
  }
}
