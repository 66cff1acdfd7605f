package dev.devca.cli;

import dev.devca.truststore.OperatingSystem;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca env}. */
final class EnvCommand implements Command {
  private static final String SHELL = "--shell";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "env",
            "Prints lines that set the variables some clients need, for this shell alone.",
            "  eval \"$(devca env)\"",
            "  devca env --shell fish | source",
            "  devca env --shell powershell | Invoke-Expression",
            "  for /f \"delims=\" %%i in ('devca env --shell cmd') do @%%i",
            "  devca env --shell dotenv >> .env",
            "  docker run $(devca env --shell docker) node:24 node app.js",
            "",
            ExitCode.TEXT);
    spec.addOption(
        CommonOptions.value(
            SHELL, "SHELL", EnvFormat.known() + "; default: bash, on Windows powershell"));
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    EnvFormat usual =
        session.host().os() == OperatingSystem.WINDOWS ? EnvFormat.POWERSHELL : EnvFormat.BASH;
    String shell = parsed.value(SHELL, usual.toString());
    EnvFormat format =
        EnvFormat.of(shell)
            .orElseThrow(
                () ->
                    new UsageException(
                        "cannot print lines for the shell '"
                            + shell
                            + "': known are "
                            + EnvFormat.known(),
                        "devca env --shell " + usual));
    Map<String, String> variables = Variables.of(session);
    if (session.json()) {
      session.console().write(Json.write(variables));
    } else {
      format.lines(variables).forEach(session.console()::print);
    }
    return ExitCode.DONE;
  }
}
