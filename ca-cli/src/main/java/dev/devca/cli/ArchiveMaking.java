package dev.devca.cli;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.FileMode;
import dev.devca.truststore.ProcessTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * JVMs that run the {@link Rehearsal} and write down the classes that they needed, while this one
 * does its work. Close waits for them, and puts each archive in its place as a whole.
 */
final class ArchiveMaking implements AutoCloseable {
  // It takes 3 s; where it takes this long, an archive would not help.
  private static final long LIMIT_SECONDS = 60;

  // From Java 25 on.
  private static final String LINKED = ".aot";

  private final List<Part> parts;

  private ArchiveMaking(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** One archive, and the JVM that makes it in a folder beside the place where it is to be. */
  private record Part(Process process, Path work, Path archive) {
    static Part start(Path archive, String rehearsal) throws IOException {
      Path work = Files.createTempDirectory(archive.getParent(), ".new");
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
              "-Dpicocli.disable.closures=true",
              (isLinked(archive) ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=")
                  + work.resolve(archive.getFileName()),
              "-cp",
              jar().toString(),
              Rehearsal.class.getName(),
              work.toString(),
              rehearsal);
      builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      builder
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD);
      try {
        return new Part(builder.start(), work, archive);
      } catch (IOException e) {
        clear(work);
        throw e;
      }
    }

    void await() throws InterruptedException {
      if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
        try {
          publish();
        } catch (IOException e) {
          // Without an archive all is as it was.
          return;
        }
      }
    }

    private void publish() throws IOException {
      // Which the launcher compares with its own: see there. First, for without it there is none.
      Path place = archive.resolveSibling(archive.getFileName() + ClassArchive.PLACE);
      byte[] text = (jar() + "\n").getBytes(StandardCharsets.UTF_8);
      try (AtomicFile next = AtomicFile.prepare(place, text, FileMode.OWNER_ONLY)) {
        next.publish();
      }
      Path fresh = work.resolve(archive.getFileName());
      FileMode.OWNER_ONLY.applyTo(fresh);
      // The jar's own time: what is written to the archive later, the launcher sees by its time.
      long time = Files.getLastModifiedTime(jar()).to(TimeUnit.SECONDS);
      Files.setLastModifiedTime(fresh, FileTime.from(time, TimeUnit.SECONDS));
      Files.move(
          fresh, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void end() {
      ProcessTree.kill(process);
      clear(work);
    }
  }

  /** Makes the archive of this name, and that of {@code issue} where it has one of its own. */
  static ArchiveMaking start(Path archive) throws IOException {
    List<Part> parts = new ArrayList<>();
    try {
      parts.add(Part.start(archive, ""));
      if (isLinked(archive)) {
        // As the launcher names it.
        String name = String.valueOf(archive.getFileName());
        String issue = name.substring(0, name.length() - LINKED.length()) + ".issue" + LINKED;
        parts.add(Part.start(archive.resolveSibling(issue), Rehearsal.ISSUE));
      }
      return new ArchiveMaking(parts);
    } catch (IOException e) {
      parts.forEach(Part::end);
      throw e;
    }
  }

  /** The launcher tells by the version of the JVM what kind of archive it is. */
  private static boolean isLinked(Path archive) {
    return archive.toString().endsWith(LINKED);
  }

  /** The jar alone: others may be appended to it later. */
  private static Path jar() {
    String separator = System.getProperty("path.separator");
    return Path.of(System.getProperty("java.class.path").split(separator, 2)[0]);
  }

  @Override
  public void close() {
    try {
      for (Part part : parts) {
        part.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      parts.forEach(Part::end);
    }
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
