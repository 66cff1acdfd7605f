package dev.devca.ca.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileGroupTest {
  @TempDir Path folder;
  private Path certificate;
  private Path key;

  @BeforeEach
  void name() {
    certificate = folder.resolve("a.pem");
    key = folder.resolve("a-key.pem");
  }

  @Test
  void publish_oldFiles_areReplacedAndNothingElseStays() throws IOException {
    Files.writeString(certificate, "old");
    Files.writeString(key, "old");

    publish();

    assertThat(certificate).hasContent("new");
    assertThat(key).hasContent("new");
    assertThat(names()).containsExactly("a-key.pem", "a.pem");
  }

  @Test
  void publish_noOldFiles_makesThem() throws IOException {
    publish();

    assertThat(names()).containsExactly("a-key.pem", "a.pem");
  }

  @Test
  void publish_lastOneFails_leavesTheOldOnes() throws IOException {
    Files.writeString(certificate, "old");
    Files.writeString(key, "old");

    assertThatThrownBy(() -> publish(true))
        .isInstanceOf(FileGroup.PublishException.class)
        .hasMessage("cannot put " + key + " in place: no such file or directory");

    assertThat(certificate).hasContent("old");
    assertThat(key).hasContent("old");
    assertThat(names()).containsExactly("a-key.pem", "a.pem");
  }

  @Test
  void publish_lastOneFailsWithoutOldFiles_leavesNone() {
    assertThatThrownBy(() -> publish(true)).isInstanceOf(FileGroup.PublishException.class);

    assertThat(names()).isEmpty();
  }

  @Test
  void publish_folderInPlaceOfOne_leavesTheOther() throws IOException {
    Files.createDirectory(certificate);
    Files.writeString(key, "old");

    assertThatThrownBy(this::publish).isInstanceOf(FileGroup.PublishException.class);

    assertThat(key).hasContent("old");
    assertThat(names()).containsExactly("a-key.pem", "a.pem");
  }

  private void publish() throws IOException {
    publish(false);
  }

  private void publish(boolean failing) throws IOException {
    byte[] content = "new".getBytes(StandardCharsets.US_ASCII);
    try (AtomicFile first = AtomicFile.prepare(certificate, content, FileMode.WORLD_READABLE);
        AtomicFile last = AtomicFile.prepare(key, content, FileMode.OWNER_ONLY)) {
      if (failing) {
        last.close();
      }
      FileGroup.publish(List.of(first, last));
    }
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
