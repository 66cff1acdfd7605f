package dev.devca.cli;

import dev.devca.ca.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca list}. */
final class ListCommand implements Command {
  // "running out"
  private static final int STATE_WIDTH = 11;
  private static final int DATE = 10;
  // A longer path stands out of its column, and does not push those of all others away.
  private static final int FILE_WIDTH = 60;

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
  public Optional<Arguments> plainly(List<String> words) {
    return PlainArguments.none(words);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    CertificateAuthority ca =
        CertificateAuthority.find(session.caDirectory()).orElseThrow(session::noCa);
    IssuedRecords.Content content = new IssuedRecords(ca.directory().orElseThrow()).read();
    Instant now = Instant.now();
    List<Object> reports = new ArrayList<>();
    int width = fileWidth(content.records());
    for (IssuedRecord record : content.records()) {
      Standing standing = Standing.of(record, ca, now);
      if (session.json()) {
        reports.add(describe(record, standing));
      } else {
        session.console().show(line(record, standing, width));
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

  private static int fileWidth(List<IssuedRecord> records) {
    return records.stream()
        .mapToInt(record -> record.file().toString().length())
        .filter(width -> width <= FILE_WIDTH)
        .max()
        .orElse(0);
  }

  private static String line(IssuedRecord record, Standing standing, int fileWidth) {
    return Utc.text(standing.until()).substring(0, DATE)
        + "  "
        + padded(standing.state().toString(), STATE_WIDTH)
        + "  "
        + padded(record.file().toString(), fileWidth)
        + "  "
        + String.join(" ", record.names());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static Map<String, Object> describe(IssuedRecord record, Standing standing) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("names", record.names());
    report.put("notAfter", Utc.text(standing.until()));
    report.put("state", standing.state().id());
    report.put("files", record.files().keySet().stream().map(Path::toString).toList());
    String obstacle = standing.state().isOurs() ? record.obstacle() : "it is " + standing.state();
    report.put("renewable", obstacle.isEmpty());
    if (!obstacle.isEmpty()) {
      report.put("reason", obstacle);
    }
    return report;
  }
}
