package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class IssuedRecordsTest {
  private static final Instant FROM = Instant.parse("2026-11-22T09:00:00Z");

  @TempDir Path ca;

  private IssuedRecord record(String file, int days) {
    return new IssuedRecord(
        List.of(file),
        "",
        FROM,
        FROM.plusSeconds(86_400L * days),
        Map.of(ca.resolve(file), "0".repeat(64)),
        List.of(),
        false,
        "");
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(ca.resolve("issued"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void read_noFolder_isEmpty() throws Exception {
    assertThat(new IssuedRecords(ca).read())
        .isEqualTo(new IssuedRecords.Content(List.of(), List.of()));
    assertThat(ca).isEmptyDirectory();
  }

  @Test
  void add_sameFileTwice_keepsTheSecond() throws Exception {
    IssuedRecords records = new IssuedRecords(ca);
    records.add(record("a.pem", 90));
    records.add(record("b.pem", 30));
    records.add(record("a.pem", 10));

    assertThat(records.read().records()).containsExactly(record("a.pem", 10), record("b.pem", 30));

    records.forget(record("a.pem", 10));
    assertThat(records.read().records()).containsExactly(record("b.pem", 30));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "it compares modes")
  void add_first_isForItsOwnerAlone() throws Exception {
    new IssuedRecords(ca).add(record("a.pem", 90));

    Path folder = ca.resolve("issued");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(files().get(0)))))
        .isEqualTo("rw-------");
  }

  @Test
  void read_damagedRecord_isSaidAndTheOthersAreRead() throws Exception {
    IssuedRecords records = new IssuedRecords(ca);
    records.add(record("a.pem", 90));
    Path damaged = Files.writeString(ca.resolve("issued/x.txt"), "devca issued 1\nname=");
    Path folder = Files.createDirectory(ca.resolve("issued/y.txt"));

    IssuedRecords.Content content = records.read();

    assertThat(content.records()).containsExactly(record("a.pem", 90));
    assertThat(content.damaged())
        .containsExactly(
            "The record " + damaged + " cannot be read: its end is missing; delete it.",
            "The record " + folder + " cannot be read: it is a directory; delete it.");
  }

  @Test
  void add_manyAtOnce_losesNone() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> done = new ArrayList<>();
    List<IssuedRecord> expected = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      IssuedRecord record = record(i + ".pem", i);
      expected.add(record);
      done.add(
          threads.submit(
              () -> {
                new IssuedRecords(ca).add(record);
                return record;
              }));
    }
    for (Future<?> one : done) {
      one.get(30, TimeUnit.SECONDS);
    }
    threads.shutdown();

    assertThat(new IssuedRecords(ca).read().records()).containsExactlyElementsOf(expected);
    assertThat(files()).hasSize(40).allMatch(name -> name.endsWith(".txt"));
  }

  @Test
  void add_caFolderIsGone_fails() {
    IssuedRecords records = new IssuedRecords(ca.resolve("gone"));

    assertThatThrownBy(() -> records.add(record("a.pem", 1))).isInstanceOf(IOException.class);
  }

  @Test
  void clear_ownAndForeignFiles_leavesTheForeign() throws Exception {
    IssuedRecords records = new IssuedRecords(ca);
    records.clear();
    records.add(record("a.pem", 90));
    records.lock().close();
    Files.writeString(
        ca.resolve("issued/.devca-000000010000abcd.tmp"), "of a process that was killed");
    records.clear();
    assertThat(ca.resolve("issued")).doesNotExist();

    records.add(record("a.pem", 90));
    Files.writeString(ca.resolve("issued/mine.md"), "notes");
    records.clear();
    assertThat(files()).containsExactly("mine.md");
  }
}
