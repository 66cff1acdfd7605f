package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Folders that we make where none were, and take away again when they are empty.
 *
 * <p>A list of them lies in a folder of our own. As long as that is not yet there, or not any more,
 * the list lies above them: so a process that is killed at any point leaves nothing that the next
 * one does not know.
 */
public final class CreatedFolders {
  private static final int ATTEMPTS = 10;

  private CreatedFolders() {}

  /**
   * Makes the folders above a file that are missing, for everyone to read.
   *
   * @param file a file that is to be
   * @return those that were made, outermost first
   * @throws IOException if one cannot be made; then none is left behind
   */
  public static List<Path> makeFor(Path file) throws IOException {
    return makeFor(file, FileMode.WORLD_READABLE);
  }

  /**
   * Makes the folders above a file that are missing.
   *
   * @param file a file that is to be
   * @param mode who may read the new folders
   * @return those that were made, outermost first
   * @throws IOException if one cannot be made; then none is left behind
   */
  public static List<Path> makeFor(Path file, FileMode mode) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? List.of() : make(missing(folder), mode);
  }

  /**
   * Makes a folder of our own for this user alone, as {@link #makeOwn(Path, FileMode)} does.
   *
   * @param folder the folder to be; one that is there is left as it is
   * @throws IOException if one cannot be made; then none is left behind
   */
  public static void makeOwn(Path folder) throws IOException {
    makeOwn(folder, FileMode.OWNER_ONLY);
  }

  /**
   * Makes a folder of our own, and in the same mode those above it that are missing: the XDG base
   * directories want 0700 too. A list of them is kept in it.
   *
   * @param folder the folder to be; one that is there is left as it is
   * @param mode who may read the new folders
   * @throws IOException if one cannot be made; then none is left behind
   */
  public static void makeOwn(Path folder, FileMode mode) throws IOException {
    Path own = folder.toAbsolutePath();
    for (int attempt = 0; ; attempt++) {
      try {
        tryMakeOwn(own, mode);
        return;
      } catch (NoSuchFileException e) {
        // Another process takes away what is empty.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void tryMakeOwn(Path own, FileMode mode) throws IOException {
    List<Path> missing = missing(own);
    Path list = FolderLists.within(own);
    if (missing.isEmpty() && Files.exists(list)) {
      return;
    }
    List<Path> made = List.of();
    try {
      if (!missing.isEmpty()) {
        FolderLists.append(FolderLists.above(own, missing.get(0)), missing);
        made = make(missing, mode);
      }
      Set<Path> known = new LinkedHashSet<>(FolderLists.listedAbove(own));
      // Also where a process that took the folders away has taken the list above for its own.
      known.addAll(made);
      if (!known.isEmpty()) {
        // Two processes that begin at once may each have made a part: both parts are kept.
        FolderLists.append(list, List.copyOf(known));
        FolderLists.deleteListsAbove(own);
      }
    } catch (IOException e) {
      if (!made.isEmpty()) {
        Files.deleteIfExists(list);
        removeEmpty(made);
      }
      if (!Files.isDirectory(own)) {
        FolderLists.deleteListsAbove(own);
      }
      throw e;
    }
  }

  /**
   * Whether there is anything that {@link #removeOwn} may have to take away.
   *
   * @param folder the folder
   * @return true if it is there, or a process was killed as it made it or took it away
   */
  public static boolean isKnown(Path folder) {
    Path own = folder.toAbsolutePath();
    return Files.isDirectory(own) || !FolderLists.listsAbove(own).isEmpty();
  }

  /**
   * Takes away a folder that {@code makeOwn} made, with those above it that it made and that are
   * empty now; but only if nothing else is in it.
   *
   * @param folder the folder, perhaps not there
   * @throws IOException if it cannot be read
   */
  public static void removeOwn(Path folder) throws IOException {
    Path own = folder.toAbsolutePath();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        if (isSettled(own)) {
          return;
        }
      } catch (NoSuchFileException e) {
        // Another process takes it away too: what that one leaves is looked at again.
      }
    }
  }

  /**
   * One attempt. Of several processes the last one to put a list back finds the folder empty, and
   * tries again.
   */
  private static boolean isSettled(Path own) throws IOException {
    List<Path> above = FolderLists.listedAbove(own);
    if (!Files.isDirectory(own)) {
      if (areRemoved(above)) {
        FolderLists.deleteListsAbove(own);
      }
      return true;
    }
    Path list = FolderLists.within(own);
    if (!above.isEmpty()) {
      FolderLists.append(list, above);
      FolderLists.deleteListsAbove(own);
    }
    LeftOvers.sweep(own);
    List<Path> made = FolderLists.read(own, list);
    if (count(own) > 0 || made.isEmpty()) {
      return true;
    }
    removeListed(own, made);
    return !Files.isDirectory(own) || count(own) > 0 || !Files.exists(list);
  }

  private static void removeListed(Path own, List<Path> made) throws IOException {
    Path list = FolderLists.within(own);
    try {
      Files.move(list, FolderLists.above(own, made.get(0)), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      // Such as a folder in which this user may not write any more: that one stays.
      Files.deleteIfExists(list);
    }
    boolean removed = areRemoved(made);
    if (Files.isDirectory(own)) {
      // Another process has begun to use it.
      FolderLists.append(list, made);
      FolderLists.deleteListsAbove(own);
    } else if (removed) {
      FolderLists.deleteListsAbove(own);
    }
  }

  /** Takes them away; whether none is left but what others use. */
  private static boolean areRemoved(List<Path> made) throws IOException {
    removeEmpty(made);
    for (int i = made.size() - 1; i >= 0; i--) {
      if (Files.isDirectory(made.get(i), LinkOption.NOFOLLOW_LINKS)) {
        return !isEmpty(made.get(i));
      }
    }
    return true;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }

  /**
   * Takes away the temporary files that killed processes left in a folder of our own, however young
   * they are.
   *
   * @param folder a folder whose lock this process holds, or one within it
   */
  public static void sweepLocked(Path folder) {
    LeftOvers.sweepAll(folder);
  }

  /**
   * How much there is in a folder of our own, but for what {@code makeOwn} put there.
   *
   * @param folder the folder
   * @return the number of files and folders in it
   * @throws IOException if it cannot be read
   */
  public static long count(Path folder) throws IOException {
    Path list = FolderLists.within(folder);
    try (Stream<Path> content = Files.list(folder)) {
      return content.filter(path -> !path.equals(list)).count();
    }
  }

  /**
   * The folders above a file that are missing.
   *
   * @param file a file that is to be
   * @return what {@link #makeFor(Path)} would make, outermost first
   */
  public static List<Path> missingFor(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? List.of() : missing(folder);
  }

  private static List<Path> missing(Path folder) {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path p = folder; p != null && !Files.isDirectory(p); p = p.getParent()) {
      missing.push(p);
    }
    return List.copyOf(missing);
  }

  private static List<Path> make(List<Path> missing, FileMode mode) throws IOException {
    List<Path> made = new ArrayList<>();
    try {
      for (Path p : missing) {
        try {
          mode.createDirectory(p);
          made.add(p);
        } catch (FileAlreadyExistsException e) {
          if (!Files.isDirectory(p)) {
            throw e;
          }
        }
      }
      return made;
    } catch (IOException e) {
      removeEmpty(made);
      throw e;
    }
  }

  /**
   * Takes away folders that are empty; one that is not, or cannot be taken away, stays with those
   * above it.
   *
   * @param folders outermost first
   */
  public static void removeEmpty(List<Path> folders) {
    for (int i = folders.size() - 1; i >= 0; i--) {
      Path folder = folders.get(i);
      // Where a folder was, somebody may have put a file or a link of their own since.
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !removed(folder)) {
        return;
      }
    }
  }

  private static boolean removed(Path folder) {
    try {
      Files.delete(folder);
      return true;
    } catch (IOException e) {
      // It holds something, or the folder above is closed to us: an empty folder hurts nobody.
      return false;
    }
  }
}
