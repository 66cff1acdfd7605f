package dev.devca.cli.system;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files of a sandbox that are not the same, byte for byte, at two moments; by path. */
final class FileChanges extends AbstractList<FileChanges.Change> {

  /** One path with what it was and what it is. */
  record Change(Path path, FileState before, FileState after) {
    @Override
    public String toString() {
      return path + ": " + before + " -> " + after;
    }
  }

  private final List<Change> changes;

  private FileChanges(List<Change> changes) {
    this.changes = List.copyOf(changes);
  }

  static FileChanges between(Moment before, Moment after) {
    Set<Path> paths = new TreeSet<>(before.recorded());
    paths.addAll(after.recorded());
    List<Change> changes = new ArrayList<>();
    for (Path path : paths) {
      FileState was = before.state(path);
      FileState is = after.state(path);
      if (!was.equals(is)) {
        changes.add(new Change(Path.of("/").resolve(path), was, is));
      }
    }
    return new FileChanges(changes);
  }

  /**
   * Without those that match a glob; each that is left out is printed with the reason. What came or
   * went is never left out.
   */
  FileChanges except(String glob, String reason) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    List<Change> rest = new ArrayList<>();
    for (Change change : changes) {
      boolean stayed = change.before().exists() && change.after().exists();
      if (stayed && matcher.matches(change.path())) {
        System.out.println("not counted (" + reason + "): " + change);
      } else {
        rest.add(change);
      }
    }
    return new FileChanges(rest);
  }

  /** The changed paths. */
  List<String> paths() {
    return changes.stream().map(change -> change.path().toString()).toList();
  }

  @Override
  public Change get(int index) {
    return changes.get(index);
  }

  @Override
  public int size() {
    return changes.size();
  }
}
