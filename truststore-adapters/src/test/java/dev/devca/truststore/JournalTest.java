package dev.devca.truststore;

import static dev.devca.truststore.LineEdits.minus;
import static dev.devca.truststore.LineEdits.plus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a change is made and noted. A root's entry is the line of its name. */
class JournalTest {
  private static final Fingerprint A = new Fingerprint("a".repeat(64));
  private static final Fingerprint B = new Fingerprint("b".repeat(64));

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final Path file = machine.file("/etc/store", "1\n2\n");

  private Journal journal() throws IOException {
    return Journal.of(machine.host());
  }

  @Test
  void edit_sameContent_leavesNoTrace() throws IOException {
    Map<String, String> before = machine.snapshot();

    assertThat(journal().edit(file, A, plus("1"))).isFalse();

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void files_ofARoot_areThoseChangedForIt() throws IOException {
    assertThat(journal().files(A)).isEmpty();
    Path odd = machine.file("/etc/od\nd", "");
    journal().edit(file, A, plus("A"));
    journal().edit(odd, A, plus("A"));
    journal().edit(odd, B, plus("B"));

    assertThat(journal().files(A)).containsExactlyInAnyOrder(file, odd);
    assertThat(journal().files(B)).containsExactly(odd);
    journal().restore(odd, A, minus("A"));
    assertThat(journal().files(A)).containsExactly(file);
  }

  /** As a disk leaves it that does not delete the second name of what it replaced. */
  @Test
  void restore_temporaryFileLeftInOurFolder_goesWithTheFolder() throws IOException {
    Map<String, String> before = machine.snapshot();
    Path ours = machine.home().resolve(".config/a/file");
    journal().edit(ours, A, plus("A"));
    Files.delete(ours);
    leaveTemporary(ours);

    journal().restore(ours, A, minus("A"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  /** It may be the second name of that very file, into which another program still writes. */
  @Test
  void restore_temporaryFileBesideOneThatStays_isLeft() throws IOException {
    Path ours = machine.home().resolve(".config/a/file");
    journal().edit(ours, A, plus("A"));
    Files.writeString(ours, "theirs\nA\n");
    Path temporary = leaveTemporary(ours);

    journal().restore(ours, A, minus("A"));

    assertThat(ours).hasContent("theirs");
    assertThat(temporary).exists();
  }

  private static Path leaveTemporary(Path beside) throws IOException {
    String now = HexFormat.of().toHexDigits(Instant.now().getEpochSecond(), 8);
    return Files.writeString(beside.resolveSibling(".devca-" + now + "6d1334aa.tmp"), "A\n");
  }

  /** Stores are worked on side by side; the last one that is done takes the folder with it. */
  @Test
  void files_whileAnotherStoreIsDone_areThoseThatAreLeft() throws Exception {
    Journal other = journal();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> looking =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                assertThatCode(() -> other.files(B)).doesNotThrowAnyException();
              }
            });

    for (int i = 0; i < 200 && !looking.isDone(); i++) {
      journal().edit(file, A, plus("A"));
      journal().restore(file, A, minus("A"));
    }
    done.set(true);

    looking.get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void restore_foldersOfTwoFiles_goWithTheLast(boolean firstFirst) throws IOException {
    Map<String, String> before = machine.snapshot();
    Path first = machine.home().resolve(".config/a/b/first");
    Path second = machine.home().resolve(".config/c/second");
    journal().edit(first, A, plus("A"));
    journal().edit(second, A, plus("A"));

    for (Path next : firstFirst ? List.of(first, second) : List.of(second, first)) {
      journal().restore(next, A, minus("A"));
    }

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void edit_linkToNoFile_isUndoneBehindTheLink() throws IOException {
    Path link = machine.home().resolve(".profile");
    Files.createSymbolicLink(link, machine.files.getPath("dotfiles", "profile"));
    Map<String, String> before = machine.snapshot();

    journal().edit(link, A, plus("A"));
    assertThat(machine.home().resolve("dotfiles").resolve("profile")).hasContent("A\n");
    journal().restore(link, A, minus("A"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void edit_interruptedBeforeTheWrite_losesNothing() throws IOException {
    Map<String, String> before = machine.snapshot();
    journal().edit(file, A, plus("A"));
    // As if the process had died between the entry and the file.
    Files.writeString(file, "1\n2\n");
    Path entry = entryFile();
    String text = Files.readString(entry);
    Files.writeString(entry, text.replaceFirst("written: .*", writtenOf("1\n2\n")));

    assertThat(journal().restore(file, A, minus("A"))).isFalse();

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void edit_anotherProgramWritesMeanwhile_keepsItsLineToo() throws IOException {
    Map<String, String> before = machine.snapshot();
    int[] calls = {0};

    boolean changed =
        journal()
            .edit(
                file,
                A,
                content -> {
                  if (calls[0]++ == 0) {
                    Files.writeString(file, "1\n2\n3\n");
                  }
                  return plus("A").apply(content);
                });

    assertThat(changed).isTrue();
    assertThat(file).hasContent("1\n2\n3\nA\n");
    journal().restore(file, A, minus("A"));
    assertThat(file).hasContent("1\n2\n3\n");
    Files.writeString(file, "1\n2\n");
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void edit_anotherProgramKeepsWriting_failsAndKeepsNothing() throws IOException {
    Journal journal = journal();

    assertThatThrownBy(
            () ->
                journal.edit(
                    machine.files.getPath("/opt/x/store"),
                    A,
                    content -> {
                      Path made = machine.file("/opt/x/store", "theirs");
                      Files.writeString(made, "theirs" + System.nanoTime());
                      return plus("A").apply(content);
                    }))
        .hasMessage("another program keeps changing it");

    assertNothingKept();
    assertThat(machine.files.getPath("/opt/x/store")).isNotEmptyFile();
  }

  @Test
  void editAll_oneCannotBeChanged_takesBackTheOthers() throws IOException {
    journal().edit(file, A, plus("A"));
    Path made = machine.files.getPath("/opt/x/store");
    machine.directory("/etc/folder");
    Map<String, String> before = machine.snapshot();
    Journal journal = journal();

    assertThatThrownBy(
            () ->
                journal.editAll(
                    List.of(
                        change(file, plus("B")),
                        change(made, plus("B")),
                        change(machine.files.getPath("/etc/folder"), plus("B")))))
        .isInstanceOf(CaException.class)
        .hasMessage("cannot change /etc/folder: it is a directory");

    assertThat(machine.snapshot()).isEqualTo(before);
    journal().restore(file, A, minus("A"));
    assertThat(file).hasContent("1\n2\n");
  }

  @Test
  void editAll_folderForTheOwner_isMadeSo() throws IOException {
    Path made = machine.home().resolve("private").resolve("file");

    journal()
        .editAll(List.of(new Journal.Change(made, FileMode.OWNER_ONLY, A, plus("A"), "remedy")));

    assertThat(mode(made.getParent())).isEqualTo("rwx------");
    assertThat(mode(made)).isEqualTo("rw-r--r--");
  }

  @Test
  void record_programChangesTheFile_isUndone() throws IOException {
    Map<String, String> before = machine.snapshot();

    journal().record(file, A, () -> Files.writeString(file, "A\n2\n1\n"));
    journal().restore(file, A, minus("A"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void record_programChangesNothing_leavesNoTrace() throws IOException {
    Map<String, String> before = machine.snapshot();

    journal().record(file, A, () -> {});

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void save_journal_isForItsOwnerAlone() throws IOException {
    journal().edit(file, A, plus("A"));

    assertThat(mode(entryFile())).isEqualTo("rw-------");
    assertThat(mode(entryFile().getParent())).isEqualTo("rwx------");
    assertThat(entryFile().toString()).startsWith(machine.home() + "/.local/state/devca/journal/");
  }

  @Test
  void of_root_keepsItOutsideOfAnyHome() throws IOException {
    Journal.of(machine.host().withUserId(0)).edit(file, A, plus("A"));

    assertThat(machine.files.getPath("/var/lib/devca/journal")).isNotEmptyDirectory();
    assertThat(machine.home()).isEmptyDirectory();
  }

  private static Journal.Change change(Path file, Journal.Edit edit) {
    return new Journal.Change(file, FileMode.WORLD_READABLE, B, edit, "remedy");
  }

  private void assertNothingKept() {
    assertThat(machine.home()).isEmptyDirectory();
  }

  private Path entryFile() throws IOException {
    try (var entries =
        Files.newDirectoryStream(
            machine.home().resolve(".local/state/devca/journal"), "*.journal")) {
      return entries.iterator().next();
    }
  }

  private static String writtenOf(String content) {
    return "written: " + JournalEntry.hash(content);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
