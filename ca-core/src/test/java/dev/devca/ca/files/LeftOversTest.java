package dev.devca.ca.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeftOversTest {
  private final FileSystem files =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder().setAttributeViews("basic", "owner", "posix").build());
  private final Path folder = files.getPath("/work");

  @Test
  void prepare_oldTemporaryFileOfAKilledProcess_removesIt() throws IOException {
    Path killed = made(name(Duration.ofHours(1)));

    AtomicFile.prepare(folder.resolve("a.pem"), new byte[1], FileMode.OWNER_ONLY).close();

    assertThat(killed).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".devca-000000010badcafe",
        "devca-000000010badcafe.tmp",
        ".devca-000000010badcafe0.tmp",
        ".devca-notatime0badcafe.tmp",
        ".devca-.tmp"
      })
  void sweep_filesOfOtherNames_keepsThem(String name) throws IOException {
    Path other = made(name);

    LeftOvers.sweep(folder);

    assertThat(other).exists();
  }

  @Test
  void sweep_temporaryFileInUse_keepsIt() throws IOException {
    Path young = made(name(Duration.ofMinutes(1)));

    LeftOvers.sweep(folder);

    assertThat(young).exists();
  }

  @Test
  void sweep_oldContentSetAsideJustNow_keepsIt() throws IOException {
    Path aside = LeftOvers.newName(Files.createDirectories(folder));
    Files.createFile(aside);
    Files.setLastModifiedTime(aside, FileTime.from(Instant.EPOCH));

    LeftOvers.sweep(folder);

    assertThat(aside).exists();
  }

  @Test
  void sweep_folderOfThatName_keepsIt() throws IOException {
    Path other = folder.resolve(name(Duration.ofHours(1)));
    Files.createDirectories(other);

    LeftOvers.sweep(folder);

    assertThat(other).exists();
  }

  @Test
  void newName_neverFollowsAnother() {
    List<Path> names = Stream.generate(() -> LeftOvers.newName(folder)).limit(100).toList();

    assertThat(names).doesNotHaveDuplicates();
  }

  private static String name(Duration age) {
    return ".devca-%08x0badcafe.tmp".formatted(Instant.now().minus(age).getEpochSecond());
  }

  private Path made(String name) throws IOException {
    Files.createDirectories(folder);
    return Files.createFile(folder.resolve(name));
  }
}
