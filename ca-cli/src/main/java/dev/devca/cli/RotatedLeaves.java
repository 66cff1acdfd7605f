package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.SignedCertificate;
import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.DirectoryLock;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an old CA issued, issued again by the new one. The files from before are kept in a folder
 * until the rotation ends, each set of them whole before the first is replaced.
 */
final class RotatedLeaves {
  private static final String RECORD = ".record";
  private static final String NEXT = ".next";

  private final Session session;
  private final Path kept;
  private final Path caDirectory;
  private final List<Object> reports = new ArrayList<>();
  private boolean complete = true;

  /**
   * Of a CA folder.
   *
   * @param kept where the files from before go; made if it is missing
   */
  RotatedLeaves(Session session, Path kept, Path caDirectory) {
    this.session = session;
    this.kept = kept;
    this.caDirectory = caDirectory;
  }

  /**
   * Issues again all that is devca's still.
   *
   * @param next the new CA, with its key open
   * @throws IOException if one fails that could be issued; {@link #restore} undoes the others
   */
  void issue(CertificateAuthority old, CertificateAuthority next) throws IOException {
    IssuedRecords records = new IssuedRecords(caDirectory);
    IssuedRecords.Content content = records.read();
    content.damaged().forEach(session::say);
    complete &= content.damaged().isEmpty();
    if (content.records().isEmpty()) {
      return;
    }
    if (!Files.isDirectory(kept)) {
      FileMode.OWNER_ONLY.createDirectory(kept);
    }
    Reissue reissue = new Reissue(session, old, next, false);
    Instant now = Instant.now();
    try (DirectoryLock lock = records.lock()) {
      for (IssuedRecord record : content.records()) {
        issue(reissue, record, Standing.of(record, old, now));
      }
    }
  }

  private void issue(Reissue reissue, IssuedRecord record, Standing standing) throws IOException {
    String obstacle =
        record.obstacle().isEmpty() && standing.state().isOurs()
            ? reissue.obstacle(record)
            : record.obstacle();
    if (!standing.state().isOurs()) {
      complete &= standing.state().isGivenUp();
      leaveOut(record, "it is " + standing.state());
    } else if (!obstacle.isEmpty()) {
      complete = false;
      leaveOut(record, obstacle + "; issue it again: devca issue");
    } else {
      int number = keep(record);
      SignedCertificate issued =
          issued(reissue, record, standing, contents -> announce(number, contents));
      session.say("Issued again: " + record.file() + " for " + String.join(", ", record.names()));
      report(record, "issued").put("notAfter", Utc.text(issued.notAfter()));
    }
  }

  private static SignedCertificate issued(
      Reissue reissue,
      IssuedRecord record,
      Standing standing,
      OutputWriter.Announcement announcement)
      throws IOException {
    try {
      return reissue.run(record, standing.asWritten(), announcement);
    } catch (UsageException e) {
      throw new CaException(record.file() + ": " + e.getMessage(), e.remedy(), e);
    } catch (CaException e) {
      throw new CaException(record.file() + ": " + e.getMessage(), e.remedy(), e);
    }
  }

  private void leaveOut(IssuedRecord record, String why) {
    session.say("Not issued again: " + record.file() + ": " + why);
    report(record, "left-alone").put("reason", why);
  }

  private Map<String, Object> report(IssuedRecord record, String result) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("file", record.file().toString());
    report.put("names", record.names());
    report.put("result", result);
    reports.add(report);
    return report;
  }

  private int keep(IssuedRecord record) throws IOException {
    int number = 0;
    while (Files.exists(kept.resolve(number + RECORD))) {
      number++;
    }
    int part = 0;
    for (Path file : record.files().keySet()) {
      Optional<byte[]> bytes = BoundedFiles.readIfPresent(file, BoundedFiles.PEM_LIMIT);
      if (bytes.isPresent()) {
        write(number + "-" + part, bytes.get());
      }
      part++;
    }
    // Last: where it is, the files are too.
    write(number + RECORD, record.text().getBytes(StandardCharsets.UTF_8));
    return number;
  }

  /** What is found in a file later, and is neither this nor what is kept, is somebody else's. */
  private void announce(int number, Map<OutputFile, byte[]> contents) throws IOException {
    String hashes =
        contents.values().stream().map(Sha256::hex).collect(Collectors.joining("\n", "", "\n"));
    write(number + NEXT, hashes.getBytes(StandardCharsets.US_ASCII));
  }

  private void write(String name, byte[] bytes) throws IOException {
    try (AtomicFile next = AtomicFile.prepare(kept.resolve(name), bytes, FileMode.OWNER_ONLY)) {
      next.publish();
    }
  }

  /** Puts back the files from before, of this run or of one that was interrupted. */
  void restore() throws IOException {
    if (!Files.isDirectory(kept)) {
      return;
    }
    IssuedRecords records = new IssuedRecords(caDirectory);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(kept, "*" + RECORD)) {
      for (Path file : all) {
        IssuedRecord record = IssuedRecord.read(text(file));
        String number = String.valueOf(file.getFileName()).replace(RECORD, "");
        Path next = kept.resolve(number + NEXT);
        String announced = Files.exists(next) ? text(next) : "";
        int part = 0;
        for (Path target : record.files().keySet()) {
          Path from = kept.resolve(number + "-" + part++);
          restore(BoundedFiles.readIfPresent(from, BoundedFiles.PEM_LIMIT), target, announced);
        }
        records.add(record);
        Files.delete(file);
        Files.deleteIfExists(next);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw new IOException("a record in " + kept + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(BoundedFiles.read(file, BoundedFiles.PEM_LIMIT), StandardCharsets.UTF_8);
  }

  private void restore(Optional<byte[]> bytes, Path target, String announced) throws IOException {
    Optional<byte[]> now = BoundedFiles.readIfPresent(target, BoundedFiles.PEM_LIMIT);
    boolean ours = now.isPresent() && announced.contains(Sha256.hex(now.get()));
    if (bytes.isPresent() && (ours || now.isEmpty())) {
      AtomicFile.replaceKeeping(target, bytes.get(), FileMode.OWNER_ONLY);
    } else if (ours) {
      // It was missing.
      Files.delete(target);
    } else if (bytes.isPresent() && !Arrays.equals(now.orElseThrow(), bytes.get())) {
      session.say("Left as it is, since it was changed meanwhile: " + target);
    }
  }

  /** Whether all that is wanted still is of the new CA now. */
  boolean isComplete() {
    return complete;
  }

  /** What became of each, for a program. */
  List<Object> reports() {
    return List.copyOf(reports);
  }
}
