package dev.devca.ca.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files in which {@link CreatedFolders} notes what it made, within a folder and above it. */
final class FolderLists {
  // Paths, each ended by the one character that none can have.
  private static final String LIST = ".made";
  private static final String END = "\0";
  // The list above the folders: named for the folder of our own, of which there may be several.
  private static final String ABOVE = ".devca-";
  private static final int ABOVE_DIGITS = 8;

  private FolderLists() {}

  /** The list within a folder of our own. */
  static Path within(Path own) {
    return own.resolve(LIST);
  }

  static void append(Path list, List<Path> folders) throws IOException {
    StringBuilder lines = new StringBuilder();
    folders.forEach(path -> lines.append(path).append(END));
    try (FileChannel channel =
        FileChannel.open(
            list,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS),
            // Whatever the umask: who changes the list would have folders of ours stay.
            FileMode.OWNER_ONLY.atCreation(list))) {
      channel.write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  static Path above(Path own, Path outermost) {
    String name = Sha256.hex(own.toString().getBytes(StandardCharsets.UTF_8));
    return outermost.resolveSibling(ABOVE + name.substring(0, ABOVE_DIGITS) + LIST);
  }

  /** The lists above a folder, of processes that have not come to an end. */
  static List<Path> listsAbove(Path own) {
    return parents(own)
        .map(folder -> above(own, folder))
        .filter(list -> Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /** The folder with all above it but the root. */
  private static Stream<Path> parents(Path own) {
    return Stream.iterate(own, path -> path.getParent() != null, Path::getParent);
  }

  static List<Path> listedAbove(Path own) throws IOException {
    Set<Path> known = new LinkedHashSet<>();
    for (Path list : listsAbove(own)) {
      known.addAll(read(own, list));
    }
    return List.copyOf(known);
  }

  static void deleteListsAbove(Path own) throws IOException {
    for (Path list : listsAbove(own)) {
      Files.deleteIfExists(list);
    }
  }

  /** The folders of a list, outermost first; none if there is no list. */
  static List<Path> read(Path own, Path list) throws IOException {
    byte[] bytes = BoundedFiles.readIfPresent(list, BoundedFiles.PEM_LIMIT).orElse(new byte[0]);
    Set<Path> made = new TreeSet<>(Comparator.comparingInt(Path::getNameCount));
    for (String line : new String(bytes, StandardCharsets.UTF_8).split(END, -1)) {
      // A folder that was moved since takes nothing away where it used to be.
      path(own, line).filter(p -> p.isAbsolute() && own.startsWith(p)).ifPresent(made::add);
    }
    return List.copyOf(made);
  }

  private static Optional<Path> path(Path own, String line) {
    try {
      return Optional.of(own.getFileSystem().getPath(line));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
