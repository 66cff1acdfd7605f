package dev.devca.cli.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state of a sandbox's files at one time. Only what differs from this machine is recorded,
 * which is what the overlay's upper folder names; the rest is looked up on the machine.
 *
 * <p>The upper folder serves as the list of names only. What they are is read where the sandbox
 * sees it, so that whiteouts and opaque folders need no meaning here.
 */
final class Moment {

  private static final Path MACHINE = Path.of("/");

  /** Not files of a disk, or, as {@code /run}, gone with the next start of the machine. */
  private static final Set<String> IGNORED = Set.of("dev", "proc", "run", "sys");

  /** Begins empty in a sandbox. */
  private static final Path FRESH = Path.of("tmp");

  private final Path upper;
  private final Path seen;
  private final Map<Path, FileState> recorded = new TreeMap<>();

  private Moment(Path upper, Path seen) {
    this.upper = upper;
    this.seen = seen;
  }

  static Moment of(Path upper, Path seen) {
    Moment moment = new Moment(upper, seen);
    for (String name : moment.names(seen)) {
      if (!IGNORED.contains(name)) {
        moment.record(Path.of(name));
      }
    }
    return moment;
  }

  private void record(Path path) {
    FileState state = FileState.of(seen.resolve(path));
    recorded.put(path, state);
    if (!state.isFolder() || isMountPoint(path)) {
      return;
    }
    boolean machineHasIt = machine(path).isFolder();
    for (String name : names(machineHasIt ? upper.resolve(path) : seen.resolve(path))) {
      record(path.resolve(name));
    }
    if (machineHasIt && exists(upper.resolve(path)) && Files.isReadable(MACHINE.resolve(path))) {
      // An opaque folder hides what the machine has, without a name in the upper folder. What the
      // user of the tests may not list was not there for the sandbox either.
      for (String name : names(MACHINE.resolve(path))) {
        if (!exists(seen.resolve(path).resolve(name))) {
          recorded.put(path.resolve(name), FileState.ABSENT);
        }
      }
    }
  }

  /** The paths that differ from this machine's. */
  Set<Path> recorded() {
    return recorded.keySet();
  }

  /** What a path is at this moment. */
  FileState state(Path path) {
    FileState state = recorded.get(path);
    if (state != null) {
      return state;
    }
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      FileState folder = recorded.get(above);
      if (folder != null && !folder.isFolder()) {
        return FileState.ABSENT;
      }
    }
    return machine(path);
  }

  private static FileState machine(Path path) {
    return path.startsWith(FRESH) ? FileState.ABSENT : FileState.of(MACHINE.resolve(path));
  }

  /** Mounts that a test made are its own business. The first level is the overlays themselves. */
  private boolean isMountPoint(Path path) {
    try {
      return path.getNameCount() > 1
          && !device(seen.resolve(path)).equals(device(seen.resolve(path.getParent())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object device(Path folder) throws IOException {
    return Files.getAttribute(folder, "unix:dev", LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private Set<String> names(Path folder) {
    if (!exists(folder)) {
      return Set.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .map(child -> child.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
