package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.SignedCertificate;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renews one after the other, says what became of each, and counts. */
final class RenewRun {
  private final Session session;
  private final IssuedRecords records;
  private final Instant now;
  private final List<Object> reports = new ArrayList<>();
  private int renewed;
  private int failed;

  RenewRun(Session session, IssuedRecords records, Instant now) {
    this.session = session;
    this.records = records;
    this.now = now;
  }

  /**
   * Renews it if it is still devca's.
   *
   * @param named whether the caller asked for this one: then it is a failure if it is not
   */
  void renew(Reissue reissue, IssuedRecord record, Standing standing, boolean named)
      throws IOException {
    RecordState state = standing.state();
    if (state.isGivenUp() && !named) {
      leaveAlone(record, standing);
    } else if (!state.isOurs()) {
      // An issue refuses to replace a key that is not the certificate's.
      fail(record, "it is " + state, again("--force", record.arguments()));
    } else if (!record.obstacle().isEmpty()) {
      fail(record, record.obstacle(), again("", record.names()));
    } else {
      attempt(reissue, record, standing);
    }
  }

  private void attempt(Reissue reissue, IssuedRecord record, Standing standing) {
    try {
      SignedCertificate issued = reissue.run(record, standing.asWritten(), contents -> {});
      renewed++;
      session.say(
          "Renewed "
              + record.file()
              + " for "
              + String.join(", ", record.names())
              + ", valid until "
              + issued.notAfter());
      report(record, "renewed").put("notAfter", Utc.text(issued.notAfter()));
    } catch (UsageException e) {
      fail(record, String.valueOf(e.getMessage()), e.remedy());
    } catch (CaException e) {
      fail(record, String.valueOf(e.getMessage()), e.remedy());
    } catch (IOException e) {
      fail(record, Reasons.of(e), "");
    }
  }

  /** Whoever took the files, or put others there, knows why. */
  private void leaveAlone(IssuedRecord record, Standing standing) throws IOException {
    String why = "it is " + standing.state();
    session.say("Left alone: " + record.file() + ": " + why);
    report(record, "left-alone").put("reason", why);
    if (standing.state() == RecordState.GONE && standing.until().isBefore(now)) {
      // It would stand in the list for ever.
      records.forget(record);
    }
  }

  private static String again(String option, List<String> words) {
    return Stream.concat(Stream.of("devca issue", option), words.stream().map(Shell::quote))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private void fail(IssuedRecord record, String reason, String remedy) {
    failed++;
    session.console().say("Not renewed: " + record.file() + ": " + reason);
    if (!remedy.isEmpty()) {
      session.console().say("  Try: " + remedy);
    }
    Map<String, Object> report = report(record, "failed");
    report.put("reason", reason);
    report.put("remedy", remedy);
  }

  private Map<String, Object> report(IssuedRecord record, String result) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("file", record.file().toString());
    report.put("names", record.names());
    report.put("result", result);
    reports.add(report);
    return report;
  }

  boolean isEmpty() {
    return reports.isEmpty();
  }

  boolean hasRenewed() {
    return renewed > 0;
  }

  boolean hasFailed() {
    return failed > 0;
  }

  /** What became of each, for a program. */
  List<Object> reports() {
    return List.copyOf(reports);
  }
}
