package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file here is a list of lines; a root's entry is the line of its name. */
class JournalTest {
  private static final Fingerprint A = new Fingerprint("a".repeat(64));
  private static final Fingerprint B = new Fingerprint("b".repeat(64));

  private FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private Path file = machine.file("/etc/store", "1\n2\n");

  private Journal journal() throws IOException {
    return Journal.of(machine.host());
  }

  @Test
  void restore_nobodyElseWrote_givesTheBytesBack() throws IOException {
    Map<String, String> before = machine.snapshot();

    // An edit that reorders: taking the line out again would not give the old bytes.
    boolean changed = journal().edit(file, A, c -> Optional.of(bytes("2\nA\n1\n")));
    assertThat(changed).isTrue();
    assertThat(journal().restore(file, A, minus("A"))).isTrue();

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void restore_othersWroteAfterwards_takesOutOnlyOurs() throws IOException {
    journal().edit(file, A, plus("A"));
    Files.writeString(file, "0\n1\n2\nA\n3\n");

    assertThat(journal().restore(file, A, minus("A"))).isTrue();

    assertThat(file).hasContent("0\n1\n2\n3\n");
    assertNothingKept();
  }

  @Test
  void restore_withoutAJournal_takesOutOnlyOurs() throws IOException {
    Files.writeString(file, "1\nA\n");

    assertThat(journal().restore(file, A, minus("A"))).isTrue();
    assertThat(journal().restore(file, A, minus("A"))).isFalse();

    assertThat(file).hasContent("1\n");
    assertNothingKept();
  }

  @Test
  void edit_sameContent_leavesNoTrace() throws IOException {
    Map<String, String> before = machine.snapshot();

    assertThat(journal().edit(file, A, plus("1"))).isFalse();

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AB", "BA"})
  void restore_twoRootsInEitherOrder_theLastGivesTheBytesBack(String order) throws IOException {
    Map<String, String> before = machine.snapshot();
    journal().edit(file, A, plus("A"));
    journal().edit(file, B, plus("B"));

    String first = order.substring(0, 1);
    String second = order.substring(1);
    journal().restore(file, root(first), minus(first));
    assertThat(file).hasContent("1\n2\n" + second + "\n");
    journal().restore(file, root(second), minus(second));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AB", "BA"})
  void restore_othersWroteBetweenTwoRoots_keepsWhatTheyWrote(String order) throws IOException {
    Path made = machine.files.getPath("/opt/x/y/store");
    journal().edit(made, A, plus("A"));
    Files.writeString(made, "A\nmine\n");
    journal().edit(made, B, plus("B"));

    for (String name : List.of(order.substring(0, 1), order.substring(1))) {
      journal().restore(made, root(name), minus(name));
    }

    assertThat(made).hasContent("mine\n");
    assertNothingKept();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AB", "BA"})
  void restore_othersWroteAndTookItBack_theFoldersGoToo(String order) throws IOException {
    Map<String, String> before = machine.snapshot();
    Path made = machine.files.getPath("/opt/x/y/store");
    journal().edit(made, A, plus("A"));
    Files.writeString(made, "A\nmine\n");
    journal().edit(made, B, plus("B"));
    Files.writeString(made, "A\nB\n");

    for (String name : List.of(order.substring(0, 1), order.substring(1))) {
      journal().restore(made, root(name), minus(name).andThenNoFileIfEmpty());
    }

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(OperatingSystem.class)
  void restore_fileThatWasNotThere_goesWithTheFoldersMadeForIt(OperatingSystem os)
      throws IOException {
    machine = new FakeHost(os);
    Map<String, String> before = machine.snapshot();
    Path made = machine.home().resolve("new folder").resolve("sub").resolve("store");

    journal().edit(made, A, plus("A"));
    assertThat(made).hasContent("A\n");
    journal().restore(made, A, minus("A"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void restore_folderInUseByOthers_staysAsItIs() throws IOException {
    Path made = machine.files.getPath("/opt/x/y/store");
    journal().edit(made, A, plus("A"));
    machine.file("/opt/x/mine", "mine");

    journal().restore(made, A, minus("A"));

    assertThat(machine.files.getPath("/opt/x/y")).doesNotExist();
    assertThat(machine.files.getPath("/opt/x/mine")).hasContent("mine");
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

  @ParameterizedTest
  @ValueSource(
      strings = {"", "devca-journal 1\n\n", "devca-journal 2\nfile: /etc/store\n\n", "\n\n"})
  void restore_entryThatIsTornOrForeign_goesByTheEdit(String entry) throws IOException {
    journal().edit(file, A, plus("A"));
    Files.writeString(entryFile(), entry);

    assertThat(journal().restore(file, A, minus("A"))).isTrue();

    assertThat(file).hasContent("1\n2\n");
    assertNothingKept();
  }

  @Test
  void parse_whatWasWritten_isTheSame() throws IOException {
    Path odd = machine.files.getPath("/odd\n%0A\r name\u00fc");
    byte[] original = {0, -1, '\n', '\n', '\r', -128};
    JournalEntry entry =
        JournalEntry.begin(odd, Optional.of(original))
            .withRoot(A)
            .withRoot(B)
            .withNext(Optional.empty())
            .withCreatedFolders(List.of(machine.files.getPath("/a\nb"), odd));

    JournalEntry read = JournalEntry.parse(odd, entry.toBytes()).orElseThrow();

    assertThat(read.original().orElseThrow()).isEqualTo(original);
    assertThat(read.roots()).containsExactly(A, B);
    assertThat(read.written()).isEqualTo(entry.written());
    assertThat(read.createdFolders()).isEqualTo(entry.createdFolders());
    assertThat(read.isAsWritten(Optional.empty())).isTrue();
    assertThat(read.isAsWritten(Optional.of(new byte[0]))).isFalse();
    assertThat(JournalEntry.parse(file, entry.toBytes())).isEmpty();
    byte[] torn = Arrays.copyOf(entry.toBytes(), entry.toBytes().length - 1);
    assertThat(JournalEntry.parse(odd, torn)).isEmpty();
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

  private static Fingerprint root(String name) {
    return name.equals("A") ? A : B;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Journal.Edit plus(String line) {
    return content -> {
      String text = new String(content.orElse(new byte[0]), StandardCharsets.US_ASCII);
      return Optional.of(
          text.lines().toList().contains(line) ? content.orElseThrow() : bytes(text + line + "\n"));
    };
  }

  private static Removal minus(String line) {
    return content ->
        content.map(
            c ->
                bytes(
                    new String(c, StandardCharsets.US_ASCII)
                        .lines()
                        .filter(l -> !l.equals(line))
                        .map(l -> l + "\n")
                        .collect(Collectors.joining())));
  }

  private interface Removal extends Journal.Edit {
    default Journal.Edit andThenNoFileIfEmpty() {
      return content -> apply(content).filter(c -> c.length > 0);
    }
  }
}
