package dev.devca.cli;

import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The archive of classes with which a JVM starts this program in half the time, in the user's cache
 * folder: for those whose JVM is not the one that the program was packaged for. The launcher says
 * where it goes, and uses it. Without one all is as it was, only slower: no failure here is worth a
 * word.
 */
final class ClassArchive {
  /** What the name of the file ends with that says where the jar of an archive was. */
  static final String PLACE = ".place";

  private final Path folder;
  private final Optional<String> missing;

  private ClassArchive(Path folder, Optional<String> missing) {
    this.folder = folder;
    this.missing = missing;
  }

  /** The archive of this process, or empty if no launcher said where it would be. */
  static Optional<ClassArchive> ofProcess() {
    return Optional.ofNullable(System.getProperty("devca.cache"))
        .map(
            cache ->
                new ClassArchive(
                    Path.of(cache), Optional.ofNullable(System.getProperty("devca.archive"))));
  }

  /** Begins to make the archive beside whatever else is done, if this JVM has none. */
  static Optional<ArchiveMaking> begin() {
    return ofProcess().filter(archive -> archive.missing.isPresent()).flatMap(ClassArchive::start);
  }

  private Optional<ArchiveMaking> start() {
    try {
      CreatedFolders.makeOwn(folder);
      // The launcher uses nothing that others could have put there.
      FileMode.OWNER_ONLY.applyTo(folder);
      return Optional.of(ArchiveMaking.start(folder.resolve(missing.orElseThrow())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Takes the folder away, with the archives in it. */
  void remove() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      try (DirectoryStream<Path> archives =
          Files.newDirectoryStream(folder, "devca-*.{aot,jsa,place}")) {
        for (Path archive : archives) {
          Files.delete(archive);
        }
      }
      CreatedFolders.removeOwn(folder);
    } catch (IOException e) {
      // A cache that stays hurts nobody.
      return;
    }
  }
}
