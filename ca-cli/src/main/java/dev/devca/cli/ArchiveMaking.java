package dev.devca.cli;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs the {@link Rehearsal} and writes down the classes that it needed, while this one
 * does its work. Close waits for it, and puts the archive in its place as a whole.
 */
final class ArchiveMaking implements AutoCloseable {
  // It takes 3 s; where it takes this long, an archive would not help.
  private static final long LIMIT_SECONDS = 60;

  private final Process process;
  private final Path work;
  private final Path fresh;
  private final Path archive;
  private final Path jar;

  private ArchiveMaking(Process process, Path work, Path fresh, Path archive, Path jar) {
    this.process = process;
    this.work = work;
    this.fresh = fresh;
    this.archive = archive;
    this.jar = jar;
  }

  static ArchiveMaking start(Path archive) throws IOException {
    Path work = Files.createTempDirectory(archive.getParent(), ".new");
    Path fresh = work.resolve(archive.getFileName());
    // The jar alone: others may be appended later.
    String separator = System.getProperty("path.separator");
    String jar = System.getProperty("java.class.path").split(separator, 2)[0];
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // As in the launcher: the JVM uses an archive only where it could be its own.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Dpicocli.converters.excludes=.*",
            "-Djava.util.logging.config.file=",
            option(archive) + fresh,
            "-cp",
            jar,
            Rehearsal.class.getName(),
            work.toString());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new ArchiveMaking(process, work, fresh, archive, Path.of(jar));
  }

  /** The launcher tells by the version of the JVM what kind of archive it is. */
  private static String option(Path archive) {
    return archive.toString().toLowerCase(Locale.ROOT).endsWith(".aot")
        ? "-XX:AOTCacheOutput="
        : "-XX:ArchiveClassesAtExit=";
  }

  @Override
  public void close() {
    try {
      if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
        publish();
      }
    } catch (IOException e) {
      // Without an archive all is as it was.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      clear(work);
    }
  }

  private void publish() throws IOException {
    // Which the launcher compares with its own: see there. First, for without it there is none.
    Path place = archive.resolveSibling(archive.getFileName() + ClassArchive.PLACE);
    byte[] text = (jar + "\n").getBytes(StandardCharsets.UTF_8);
    try (AtomicFile next = AtomicFile.prepare(place, text, FileMode.OWNER_ONLY)) {
      next.publish();
    }
    FileMode.OWNER_ONLY.applyTo(fresh);
    // The jar's own time: what is written to the archive later, the launcher sees by its time.
    long time = Files.getLastModifiedTime(jar).to(TimeUnit.SECONDS);
    Files.setLastModifiedTime(fresh, FileTime.from(time, TimeUnit.SECONDS));
    Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void clear(Path folder) {
    try {
      try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
        for (Path path : content) {
          Files.delete(path);
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      // Rubbish in a cache.
      return;
    }
  }
}
