package dev.devca.cli;

import dev.devca.ca.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca list}. */
final class ListCommand implements Command {
  // "running out"
  private static final int STATE_WIDTH = 11;
  private static final int DATE = 10;

  @Override
  public CommandSpec spec() {
    return CommonOptions.addTo(
        CommonOptions.command(
            "list",
            "Lists the certificates that were issued, the one that ends first at the top.",
            "  devca list",
            "  devca list --json",
            "",
            ExitCode.TEXT));
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    CertificateAuthority ca =
        CertificateAuthority.find(session.caDirectory()).orElseThrow(session::noCa);
    IssuedRecords.Content content = new IssuedRecords(ca.directory().orElseThrow()).read();
    Instant now = Instant.now();
    List<Object> reports = new ArrayList<>();
    for (IssuedRecord record : content.records()) {
      Standing standing = Standing.of(record, ca, now);
      if (session.json()) {
        reports.add(describe(record, standing));
      } else {
        session.console().show(line(record, standing));
      }
    }
    if (session.json()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("certificates", reports);
      report.put("damaged", content.damaged());
      session.console().write(Json.write(report));
    }
    content.damaged().forEach(session.console()::say);
    if (content.records().isEmpty()) {
      session.say("No certificate is recorded: devca issue writes the list.");
    }
    return ExitCode.DONE;
  }

  private static String line(IssuedRecord record, Standing standing) {
    String state = standing.state().toString();
    return Utc.text(standing.until()).substring(0, DATE)
        + "  "
        + state
        + " ".repeat(STATE_WIDTH - state.length())
        + "  "
        + record.file()
        + "  "
        + String.join(" ", record.names());
  }

  private static Map<String, Object> describe(IssuedRecord record, Standing standing) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("names", record.names());
    report.put("notAfter", Utc.text(standing.until()));
    report.put("state", standing.state().id());
    report.put("files", record.files().keySet().stream().map(Path::toString).toList());
    report.put("renewable", record.obstacle().isEmpty());
    if (!record.obstacle().isEmpty()) {
      report.put("reason", record.obstacle());
    }
    return report;
  }
}
