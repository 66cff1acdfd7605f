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
    Path killed = made(".devca-0badcafe.tmp", Duration.ofHours(1));

    AtomicFile.prepare(folder.resolve("a.pem"), new byte[1], FileMode.OWNER_ONLY).close();

    assertThat(killed).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".devca-0badcafe", "devca-0badcafe.tmp", ".devca-0badcafe0.tmp", ".devca-.tmp"})
  void sweep_filesOfOtherNames_keepsThem(String name) throws IOException {
    Path other = made(name, Duration.ofHours(1));

    LeftOvers.sweep(folder);

    assertThat(other).exists();
  }

  @Test
  void sweep_temporaryFileInUse_keepsIt() throws IOException {
    Path young = made(".devca-0badcafe.tmp", Duration.ofMinutes(1));

    LeftOvers.sweep(folder);

    assertThat(young).exists();
  }

  @Test
  void sweep_folderOfThatName_keepsIt() throws IOException {
    Path other = folder.resolve(".devca-0badcafe.tmp");
    Files.createDirectories(other);
    age(other, Duration.ofHours(1));

    LeftOvers.sweep(folder);

    assertThat(other).exists();
  }

  @Test
  void newName_neverFollowsAnother() {
    List<Path> names = Stream.generate(() -> LeftOvers.newName(folder)).limit(100).toList();

    assertThat(names).doesNotHaveDuplicates();
  }

  private Path made(String name, Duration age) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createFile(folder.resolve(name));
    age(file, age);
    return file;
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }
}
