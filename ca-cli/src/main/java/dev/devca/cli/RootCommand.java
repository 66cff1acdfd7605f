package dev.devca.cli;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca root}. */
final class RootCommand implements Command {
  private static final String PEM = "--pem";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "root",
            "Prints the path of the root certificate, or the certificate.",
            "  devca root",
            "  devca root --pem > root.pem",
            "",
            ExitCode.TEXT);
    spec.addOption(CommonOptions.flag(PEM, "print the certificate as PEM"));
    return CommonOptions.addTo(spec);
  }

  @Override
  public Optional<Arguments> plainly(List<String> words) {
    return PlainArguments.none(words);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    CaView ca = session.ca().find().orElseThrow(session::noCa);
    String file = Path.of(ca.directory(), "rootCA.pem").toString();
    String pem = Pem.encode(ca.root());
    if (session.json()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("file", file);
      report.put("pem", pem);
      session.console().write(Json.write(report));
    } else if (parsed.has(PEM)) {
      session.console().write(pem.getBytes(StandardCharsets.US_ASCII));
    } else {
      session.console().print(file);
    }
    return ExitCode.DONE;
  }
}
