package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Fingerprint;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalEntryTest {
  private static final Fingerprint A = new Fingerprint("a".repeat(64));
  private static final Fingerprint B = new Fingerprint("b".repeat(64));
  private static final Fingerprint C = new Fingerprint("c".repeat(64));

  @Test
  void parse_whatWasWritten_isTheSame() {
    FileSystem files = new FakeHost(OperatingSystem.LINUX).files;
    Path odd = files.getPath("/odd\n%0A\r name\u00fc");
    byte[] original = {0, -1, '\n', '\n', '\r', -128};
    JournalEntry entry =
        JournalEntry.begin(odd, Optional.of(original))
            .withRoot(A)
            .before(B, Optional.of(new byte[] {'\n', 7}))
            .withRoot(B)
            .before(C, Optional.of(new byte[] {8}))
            .withNext(Optional.empty())
            .withCreatedFolders(List.of(files.getPath("/a\nb"), odd));

    JournalEntry read = JournalEntry.parse(odd, entry.toBytes()).orElseThrow();

    assertThat(read.original().orElseThrow()).isEqualTo(original);
    assertThat(read.roots()).containsExactly(A, B);
    assertThat(read.toBytes()).isEqualTo(entry.toBytes());
    assertThat(read.contentOfRoots().orElseThrow()).containsExactly(8);
    assertThat(read.withoutRoot(B).contentOfRoots().orElseThrow()).containsExactly('\n', 7);
    assertThat(read.withoutRoot(A).contentOfRoots()).isEmpty();
    assertThat(read.written()).isEqualTo(entry.written());
    assertThat(read.createdFolders()).isEqualTo(entry.createdFolders());
    assertThat(read.isAsWritten(Optional.empty())).isTrue();
    assertThat(read.isAsWritten(Optional.of(new byte[0]))).isFalse();
    assertThat(JournalEntry.parse(files.getPath("/etc/store"), entry.toBytes())).isEmpty();
    byte[] torn = Arrays.copyOf(entry.toBytes(), entry.toBytes().length - 1);
    assertThat(JournalEntry.parse(odd, torn)).isEmpty();
  }
}
