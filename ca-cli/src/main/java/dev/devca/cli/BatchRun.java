package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CaRotation;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafBatch;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Issues the certificates of a {@link BatchFile}, on all processors. Each line is done whole or not
 * at all; one that cannot be done stops no other.
 */
final class BatchRun {
  /** What may stand beside {@code --batch}; all else stands in the lines. */
  private static final Set<String> BESIDE =
      Set.of(
          BatchFile.OPTION,
          Passphrases.FILE,
          CommonOptions.CA,
          CommonOptions.DEBUG,
          "--json",
          "--quiet",
          "--verbose");

  /** What is of the whole run, and so of no line. */
  private static final Set<String> NOT_IN_LINES =
      Set.of(
          BatchFile.OPTION,
          IssueCommand.FOR,
          Passphrases.FILE,
          CommonOptions.CA,
          CommonOptions.DEBUG,
          "--json",
          "--quiet",
          "--verbose",
          "--help");

  private final Arguments parsed;
  private final Session session;
  private final List<BatchFile.Line> lines;

  private BatchRun(Arguments parsed, Session session, List<BatchFile.Line> lines) {
    this.parsed = parsed;
    this.session = session;
    this.lines = lines;
  }

  static BatchRun of(Arguments parsed, Session session) throws CaException {
    for (String option : parsed.options()) {
      if (!BESIDE.contains(option)) {
        throw wrong(option + " belongs into its lines");
      }
    }
    if (!parsed.words().isEmpty()) {
      throw wrong("names belong into its lines");
    }
    String file = parsed.value(BatchFile.OPTION, "");
    return new BatchRun(parsed, session, BatchFile.read(file, session));
  }

  private static UsageException wrong(String why) {
    return new UsageException("cannot issue a batch: " + why, "devca issue --help");
  }

  /** One line: what it asks for, and then what became of it. */
  private static final class Work {
    final BatchFile.Line line;
    Optional<Issuance> asked = Optional.empty();
    Map<String, Object> report = Map.of();
    String problem = "";
    String note = "";
    boolean isDone;

    Work(BatchFile.Line line) {
      this.line = line;
    }
  }

  int run() throws IOException {
    List<Work> all = new ArrayList<>(lines.size());
    lines.forEach(line -> all.add(new Work(line)));
    all.parallelStream().forEach(this::understand);
    refuseFilesOfTwo(all);
    if (all.stream().allMatch(work -> work.asked.isEmpty())) {
      return report(all);
    }
    CertificateAuthority ca = IssueCommand.ca(parsed, session, existing -> {});
    LeafBatch leaves = ca.batch();
    try (Progress progress = Progress.of(session, all.size());
        WholeSteps lines = WholeSteps.begin(() -> sayStopped(all, progress))) {
      IntStream.range(0, all.size())
          .parallel()
          .forEach(
              i -> {
                lines.step(
                    () -> {
                      issue(all.get(i), ca, leaves);
                      progress.step();
                    });
              });
    }
    int code = report(all);
    if (CaRotation.hasReplaced(ca)) {
      session.console().say("The CA was rotated meanwhile. What has its old root: devca renew");
      return ExitCode.IN_PART;
    }
    return code;
  }

  private void understand(Work work) {
    work.problem = work.line.problem();
    if (!work.problem.isEmpty()) {
      return;
    }
    try {
      Issuance asked = Issuance.of(parse(work.line.words()), session);
      if (asked.files().useStandardOutput()) {
        throw new IllegalArgumentException("standard output takes no line of a batch");
      }
      if (asked.files().haveKeyStore() && !StorePassword.isGiven(asked.parsed())) {
        throw new IllegalArgumentException(
            "its key store's password must come from a file or a variable");
      }
      work.asked = Optional.of(asked);
    } catch (IOException | UncheckedIOException | UsageException | IllegalArgumentException e) {
      work.problem = why(e);
    }
  }

  private static String why(Exception e) {
    return e instanceof UsageException || e instanceof IllegalArgumentException
        ? String.valueOf(e.getMessage())
        : Reasons.of(e);
  }

  private static Arguments parse(List<String> words) {
    IssueCommand command = new IssueCommand();
    Arguments result = command.plainly(words).orElseGet(() -> CommandParser.read(command, words));
    for (String option : result.options()) {
      if (NOT_IN_LINES.contains(option)) {
        throw new IllegalArgumentException(option + " is of the whole batch");
      }
    }
    if (result.value(RequestOptions.CSR, "").equals(OutputFile.STANDARD_OUTPUT)) {
      throw new IllegalArgumentException("its request cannot come from standard input");
    }
    return result;
  }

  /** Which of two would win is chance. */
  private static void refuseFilesOfTwo(List<Work> all) {
    Map<Path, Integer> owners = new HashMap<>();
    Map<Path, Path> folders = new HashMap<>();
    for (Work work : all) {
      for (Path path :
          work.asked.map(asked -> asked.files().places(folders)).orElse(Map.of()).values()) {
        Integer first = owners.putIfAbsent(path, work.line.number());
        if (first != null && first != work.line.number() && work.problem.isEmpty()) {
          work.problem = "line " + first + " writes " + path + " too";
          work.asked = Optional.empty();
        }
      }
    }
  }

  private void issue(Work work, CertificateAuthority ca, LeafBatch leaves) {
    if (work.asked.isEmpty()) {
      return;
    }
    Issuance asked = work.asked.get();
    // What is done is not needed again, and there may be a hundred thousand.
    work.asked = Optional.empty();
    try {
      char[] password = asked.password(session);
      asked.checkMayReplace(Optional.of(ca), password);
      Issuance.Written written = asked.issue(leaves, password, session.console());
      if (session.json()) {
        work.report = IssueCommand.describe(written.certificate(), asked.files(), List.of());
      }
      work.note = asked.remember(ca, written, true).orElse("");
      work.isDone = true;
    } catch (IOException | RuntimeException e) {
      // Also a defect of ours: it stops no other line.
      work.problem = why(e);
    }
  }

  private void sayStopped(List<Work> all, Progress progress) {
    progress.close();
    sayProblems(all);
    long done = all.stream().filter(work -> work.isDone).count();
    session.say("Stopped: issued " + done + " of " + all.size() + " certificates");
  }

  private void sayProblems(List<Work> all) {
    for (Work work : all) {
      if (!work.problem.isEmpty()) {
        session.console().say("line " + work.line.number() + ": " + work.problem);
      }
      if (!work.note.isEmpty()) {
        session.say("line " + work.line.number() + ": " + work.note);
      }
    }
  }

  private int report(List<Work> all) {
    sayProblems(all);
    long failed = all.stream().filter(work -> !work.problem.isEmpty()).count();
    session.say("Issued " + (all.size() - failed) + " of " + all.size() + " certificates");
    if (session.json()) {
      session.console().write(Json.write(all.stream().map(BatchRun::describe).toList()));
    }
    return failed == 0 ? ExitCode.DONE : failed < all.size() ? ExitCode.IN_PART : ExitCode.FAILED;
  }

  private static Map<String, Object> describe(Work work) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("line", (long) work.line.number());
    if (work.problem.isEmpty()) {
      report.putAll(work.report);
    } else {
      report.put("problem", work.problem);
    }
    return report;
  }
}
