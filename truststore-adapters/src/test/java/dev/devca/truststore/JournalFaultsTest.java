package dev.devca.truststore;

import static dev.devca.truststore.LineEdits.minus;
import static dev.devca.truststore.LineEdits.plus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An entry that is not as devca of this user left it: the root goes by the edit, and that is said.
 * A root's entry is the line of its name; what the faulty entry would put back is {@code evil}.
 */
@ParameterizedClass(name = "as root: {0}")
@ValueSource(booleans = {false, true})
class JournalFaultsTest {
  private static final Fingerprint A = new Fingerprint("a".repeat(64));
  private static final Fingerprint B = new Fingerprint("b".repeat(64));

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final Path file = machine.file("/etc/store", "1\n2\n");
  private final List<String> said = new ArrayList<>();
  private final boolean root;

  JournalFaultsTest(boolean root) {
    this.root = root;
  }

  private Journal journal() throws IOException {
    Host host = machine.host().withNotices(said::add);
    return Journal.of(root ? host.withUserId(0) : host);
  }

  /** What happens to an entry, which holds the text given. */
  @FunctionalInterface
  interface Fault {
    void strike(Path entry, String text) throws IOException;
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("it is empty", (entry, text) -> Files.writeString(entry, "")),
        fault("it is none of devca's", (entry, text) -> Files.writeString(entry, "\n\n")),
        fault(
            "it is none of devca's",
            (entry, text) -> Files.write(entry, Arrays.copyOf(Files.readAllBytes(entry), 5))),
        fault(
            "it is damaged, or of another file",
            (entry, text) -> Files.writeString(entry, "devca-journal 1\n\n")),
        fault(
            "it is damaged, or of another file",
            (entry, text) -> Files.writeString(entry, text.substring(0, text.length() - 1))),
        fault(
            "it is damaged, or of another file",
            (entry, text) -> Files.writeString(entry, text.replace("1\n2\n", "evil"))),
        fault(
            "it is damaged, or of another file",
            (entry, text) -> Files.writeString(entry, text.replace("/etc/store", "/etc/other"))),
        fault(
            "it is of a newer version of devca",
            (entry, text) -> Files.writeString(entry, text.replace("journal 1", "journal 2"))),
        fault(
            "it is of an older version of devca",
            (entry, text) -> Files.writeString(entry, text.replace("journal 1", "journal 0"))),
        fault(
            "it belongs to mallory",
            (entry, text) -> {
              Files.writeString(entry, evil(text));
              Files.setOwner(
                  entry,
                  entry
                      .getFileSystem()
                      .getUserPrincipalLookupService()
                      .lookupPrincipalByName("mallory"));
            }),
        fault(
            "others may write to it",
            (entry, text) -> {
              Files.writeString(entry, evil(text));
              Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rw-rw----"));
            }),
        fault(
            "it is a link",
            (entry, text) -> {
              Path planted = entry.getFileSystem().getPath("/home/planted");
              Files.writeString(planted, evil(text));
              Files.delete(entry);
              Files.createSymbolicLink(entry, planted);
            }));
  }

  private static Arguments fault(String why, Fault fault) {
    return Arguments.of(why, fault);
  }

  /** An entry that is whole and right, but for what it would put back. */
  private static String evil(String text) {
    return text.replace("1\n2\n", "evil")
        .replace(JournalEntry.hash("1\n2\n"), JournalEntry.hash("evil"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void restore_faultyEntry_takesOutTheRootAloneAndSaysSo(String why, Fault fault)
      throws IOException {
    Path entry = strike(fault);

    assertThat(journal().restore(file, A, minus("A"))).isTrue();

    assertThat(file).hasContent("1\n2\n");
    assertThat(said).containsExactly(sentence(entry, why));
    assertThat(entry).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void edit_faultyEntry_beginsAnewAndSaysSo(String why, Fault fault) throws IOException {
    Path entry = strike(fault);

    assertThat(journal().edit(file, B, plus("B"))).isTrue();

    assertThat(said).containsExactly(sentence(entry, why));
    assertThat(Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(journal().restore(file, B, minus("B"))).isTrue();
    assertThat(file).hasContent("1\n2\nA\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void files_faultyEntry_isSaid(String why, Fault fault) throws IOException {
    strike(fault);

    assertThat(journal().files(A)).isEmpty();

    assertThat(said).singleElement().asString().contains(why.replaceFirst(",.*", ""));
  }

  @Test
  void restore_anEntryThatIsRight_wouldHavePutBackWhatItSays() throws IOException {
    Path entry = strike((path, text) -> Files.writeString(path, evil(text)));

    assertThat(journal().restore(file, A, minus("A"))).isTrue();

    assertThat(file).hasContent("evil");
    assertThat(said).isEmpty();
    assertThat(entry).doesNotExist();
  }

  private Path strike(Fault fault) throws IOException {
    journal().edit(file, A, plus("A"));
    Path directory =
        machine.files.getPath(
            root ? "/var/lib/devca/journal" : machine.home() + "/.local/state/devca/journal");
    Path entry;
    try (var entries = Files.newDirectoryStream(directory, "*.journal")) {
      entry = entries.iterator().next();
    }
    fault.strike(entry, Files.readString(entry));
    return entry;
  }

  private static String sentence(Path entry, String why) {
    return "What devca kept of /etc/store is not used ("
        + entry
        + ": "
        + why
        + "): only what devca added is taken out of it.";
  }
}
