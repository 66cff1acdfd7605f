package dev.devca.ca.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What another program does at each moment between our read and the last look. */
class SharedFileTest {
  private static final FileMode MODE = FileMode.WORLD_READABLE;

  private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
  private final Path folder = files.getPath("/work/etc");
  private final Path file = folder.resolve("store");

  @BeforeEach
  void writeFile() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file, "1\n");
  }

  @Test
  void replace_nobodyElseWrites_leavesTheNewContentAndNothingBeside() throws IOException {
    assertThat(replace("1\n", "1\n2\n", () -> assertThat(file).hasContent("1\n2\n"))).isTrue();

    assertThat(file).hasContent("1\n2\n");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void replace_writtenSinceItWasRead_leavesThat() throws IOException {
    Files.writeString(file, "theirs\n");

    assertThat(replace("1\n", "ours\n", () -> {})).isFalse();

    assertThat(file).hasContent("theirs\n");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void replace_lineAppendedToTheOldFile_carriesItOver() throws IOException {
    boolean replaced =
        replace(
            "1\n",
            "0\n1\n",
            () -> Files.writeString(oldFile(), "theirs\n", StandardOpenOption.APPEND));

    assertThat(replaced).isTrue();
    assertThat(file).hasContent("0\n1\ntheirs\n");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void replace_oldFileWrittenAnewMeanwhile_putsItBack() throws IOException {
    assertThat(replace("1\n", "ours\n", () -> Files.writeString(oldFile(), "theirs\n"))).isFalse();

    assertThat(file).hasContent("theirs\n");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void replace_oldFileAndNewFileWrittenMeanwhile_keepsBoth() {
    assertThatThrownBy(
            () ->
                replace(
                    "1\n",
                    "ours\n",
                    () -> {
                      Files.writeString(oldFile(), "one\n");
                      Files.writeString(file, "another\n");
                    }))
        .hasMessage(
            "two other programs changed it at once, one of them now in /work/etc/store.saved");

    assertThat(file).hasContent("another\n");
    assertThat(folder.resolve("store.saved")).hasContent("one\n");
  }

  @Test
  void replace_noteCannotBeTaken_stillKeepsWhatOthersWrote() {
    assertThatThrownBy(
            () ->
                replace(
                    "1\n",
                    "ours\n",
                    () -> {
                      Files.writeString(oldFile(), "theirs\n");
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");

    assertThat(file).hasContent("theirs\n");
  }

  @Test
  void replace_noFileBeforeAndOneCameMeanwhile_leavesThat() throws IOException {
    assertThat(replace(null, "ours\n", () -> {})).isFalse();
    try (AtomicFile next =
        AtomicFile.prepareKeeping(file, "ours\n".getBytes(StandardCharsets.US_ASCII), MODE)) {
      assertThatThrownBy(next::publishNew).isInstanceOf(FileAlreadyExistsException.class);
    }

    assertThat(file).hasContent("1\n");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void replace_noFileWanted_removesItAndThenNotes() throws IOException {
    boolean[] noted = {false};
    boolean replaced =
        replace(
            "1\n",
            null,
            () -> {
              assertThat(folder).isEmptyDirectory();
              noted[0] = true;
            });

    assertThat(replaced).isTrue();
    assertThat(noted).containsExactly(true);
  }

  @Test
  void replace_fileSystemWithoutHardLinks_replacesAllTheSame() throws IOException {
    FileSystem plain =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setSupportedFeatures(Feature.FILE_CHANNEL).build());
    Path other = plain.getPath("/work/store");

    assertThat(SharedFile.replace(other, bytes(null), bytes("a"), MODE, () -> {})).isTrue();
    assertThat(SharedFile.replace(other, bytes("a"), bytes("b"), MODE, () -> {})).isTrue();

    assertThat(other).hasContent("b");
    assertThat(other.getParent()).isDirectoryNotContaining(path -> !path.equals(other));
  }

  private boolean replace(@Nullable String before, @Nullable String after, SharedFile.Step noted)
      throws IOException {
    return SharedFile.replace(file, bytes(before), bytes(after), MODE, noted);
  }

  private static Optional<byte[]> bytes(@Nullable String text) {
    return Optional.ofNullable(text).map(t -> t.getBytes(StandardCharsets.US_ASCII));
  }

  /** The second name of the file that was replaced: what a program that had it open writes to. */
  private Path oldFile() throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder, ".devca-*.tmp")) {
      return names.iterator().next();
    }
  }
}
