package dev.devca.truststore;

import static dev.devca.truststore.LineEdits.bytes;
import static dev.devca.truststore.LineEdits.minus;
import static dev.devca.truststore.LineEdits.plus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back when a root is taken out. A root's entry is the line of its name. */
class JournalRestoreTest {
  private static final Fingerprint A = new Fingerprint("a".repeat(64));
  private static final Fingerprint B = new Fingerprint("b".repeat(64));

  private FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final Path file = machine.file("/etc/store", "1\n2\n");

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

  @Test
  void restore_theRootThatCameLast_givesBackWhatWasBeforeIt() throws IOException {
    journal().edit(file, A, c -> Optional.of(bytes("2\nA\n1\n")));
    Map<String, String> before = machine.snapshot();
    // As a key store does, whose every encoding has a salt of its own.
    journal().edit(file, B, c -> Optional.of(bytes("B\n1\nA\n2\n")));

    journal().restore(file, B, reversing("B"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void restore_anExchangeThatIsTakenBack_givesBackWhatWasBeforeIt() throws IOException {
    journal().edit(file, A, plus("A"));
    Map<String, String> before = machine.snapshot();
    journal().edit(file, B, plus("B"));
    journal().restore(file, A, reversing("A"));
    journal().edit(file, A, plus("A"));

    journal().restore(file, B, minus("B"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  /** Takes a line out, if it is there, and turns the others round. */
  private static Journal.Edit reversing(String line) {
    return content ->
        content
            .filter(c -> new String(c, StandardCharsets.US_ASCII).contains(line))
            .map(c -> new String(c, StandardCharsets.US_ASCII).replace(line + "\n", ""))
            .map(
                text -> {
                  List<String> lines = new ArrayList<>(text.lines().toList());
                  Collections.reverse(lines);
                  return bytes(String.join("\n", lines) + "\n");
                })
            .or(() -> content);
  }

  @Test
  void restore_renewedSinceTheRootCame_goesByTheEdit() throws IOException {
    journal().edit(file, A, plus("A"));
    journal().edit(file, B, plus("B"));
    journal().edit(file, B, plus("renewed"));

    journal().restore(file, B, minus("B"));

    assertThat(file).hasContent("1\n2\nA\nrenewed\n");
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

  private void assertNothingKept() {
    assertThat(machine.home()).isEmptyDirectory();
  }

  private static Fingerprint root(String name) {
    return name.equals("A") ? A : B;
  }
}
