package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Some variables that name one file, in the start files of a user: set in each new shell and
 * session, or in none. Stores that want other variables have objects of their own; all of them
 * share the block that a start file has.
 */
final class ProfileVariables {
  private final Host host;
  private final Path home;
  private final List<String> names;
  private final StartFiles files;
  private final List<LaunchAgent> agents;
  // In the journal a store's variables have an owner of their own: they serve all roots together.
  private final Fingerprint owner;

  ProfileVariables(Host host, Path home, String storeId, List<String> names) {
    this.host = host;
    this.home = home;
    this.names = List.copyOf(names);
    this.files = new StartFiles(host, home);
    this.agents = LaunchAgent.of(host, home, this.names);
    this.owner = new Fingerprint(Sha256.hex(storeId.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What the variables are to name.
   *
   * @param file the file
   * @param alsoInSessions whether that goes for start files too that cannot ask if it is there
   */
  record Target(Path file, boolean alsoInSessions) {}

  private ProfileBlock block(Path startFile, Target target) {
    Dialect dialect = Dialect.of(startFile);
    boolean set = target.alsoInSessions() || dialect != Dialect.ENVIRONMENT;
    return new ProfileBlock(
        dialect, home, names, set ? Optional.of(target.file()) : Optional.empty());
  }

  private ProfileBlock noBlock(Path startFile) {
    return new ProfileBlock(Dialect.of(startFile), home, names, Optional.empty());
  }

  /** Whether each new shell and session has the variables; looks at all start files. */
  boolean areSet(Target target) throws IOException {
    boolean all = true;
    for (Path file : files.wanted(names)) {
      try {
        all &= block(file, target).isEffective(read(file).orElse(new byte[0]));
      } catch (CaException e) {
        throw cannotChange(file, e, e.remedy());
      }
    }
    for (LaunchAgent agent : agents) {
      all &= same(read(agent.file()), content(agent, target));
    }
    return all;
  }

  private static Optional<byte[]> content(LaunchAgent agent, Target target) {
    return target.alsoInSessions() ? Optional.of(agent.content(target.file())) : Optional.empty();
  }

  private static boolean same(Optional<byte[]> a, Optional<byte[]> b) {
    return Arrays.equals(a.orElse(null), b.orElse(null));
  }

  /** The changes that set the variables. */
  List<Journal.Change> changes(Target target) throws IOException {
    if (names.isEmpty()) {
      return List.of();
    }
    List<Journal.Change> changes = new ArrayList<>();
    for (Path file : files.wanted(names)) {
      ProfileBlock block = block(file, target);
      changes.add(
          new Journal.Change(
              file,
              // Folders of settings: the XDG base directories want 0700.
              FileMode.OWNER_ONLY,
              owner,
              content -> unlessEmpty(file, block.insert(content.orElse(new byte[0]))),
              "add this line to "
                  + file
                  + " yourself, then run devca install again: "
                  + block.byHand()));
    }
    for (LaunchAgent agent : agents) {
      changes.add(
          new Journal.Change(
              agent.file(),
              FileMode.WORLD_READABLE,
              owner,
              content -> content(agent, target),
              "make its folder writable, then run devca install again"));
    }
    return changes;
  }

  /** Sets the variables in the session that is running, where there is such a thing. */
  void setNow(Target target) {
    if (target.alsoInSessions()) {
      agents.forEach(agent -> agent.setNow(target.file()));
    }
  }

  /** What {@link #setNow} would do. */
  List<Step> stepsNow(Target target) {
    return target.alsoInSessions()
        ? agents.stream().flatMap(agent -> agent.stepNow(target.file()).stream()).toList()
        : List.of();
  }

  /** Takes the variables out of the session that is running, if they name the file. */
  void unsetNow(Path file) {
    agents.forEach(agent -> agent.unsetNow(file));
  }

  private static Optional<byte[]> unlessEmpty(Path file, byte[] content) {
    return content.length == 0 && StartFiles.isOwn(file) ? Optional.empty() : Optional.of(content);
  }

  /**
   * Takes the variables out of every start file. One that cannot be changed keeps no other.
   *
   * @param failures gets what could not be done
   * @return whether a file changed
   */
  boolean unset(List<CaException> failures) throws IOException {
    Journal journal = Journal.of(host);
    boolean changed = false;
    for (LaunchAgent agent : agents) {
      try {
        changed |= journal.restore(agent.file(), owner, content -> Optional.empty());
      } catch (IOException e) {
        failures.add(cannotChange(agent.file(), e, "delete " + agent.file() + " yourself"));
      }
    }
    for (Path file : touched(journal)) {
      try {
        changed |= journal.restore(file, owner, content -> without(file, content));
      } catch (IOException e) {
        failures.add(cannotChange(file, e, "delete the lines of devca in " + file + " yourself"));
      }
    }
    return changed;
  }

  private Optional<byte[]> without(Path file, Optional<byte[]> content) throws IOException {
    return content.isEmpty() ? content : unlessEmpty(file, noBlock(file).remove(content.get()));
  }

  /** The journal knows them even if a variable that led to one is not set any more. */
  private Set<Path> touched(Journal journal) throws IOException {
    if (names.isEmpty()) {
      return Set.of();
    }
    Set<Path> touched = new LinkedHashSet<>(files.all());
    touched.addAll(journal.files(owner));
    // A folder of that name has nothing of ours.
    touched.removeIf(Files::isDirectory);
    agents.forEach(agent -> touched.remove(agent.file()));
    return touched;
  }

  boolean haveTrace() throws IOException {
    if (agents.stream().anyMatch(agent -> Files.exists(agent.file()))) {
      return true;
    }
    for (Path file : touched(Journal.of(host))) {
      if (read(file).filter(noBlock(file)::hasTrace).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The paths that lines of others assign in start files, by variable; the last one counts. */
  Map<String, Path> assignedByOthers(List<String> variables, Target target) throws IOException {
    Map<String, Path> assigned = new LinkedHashMap<>();
    for (Path file : files.sources(variables)) {
      Optional<byte[]> content = read(file);
      for (String variable : variables) {
        if (content.isPresent()) {
          block(file, target)
              .assignedByOthers(content.get(), variable)
              .ifPresent(path -> assigned.put(variable, path));
        }
      }
    }
    return assigned;
  }

  /** What to say of variables that lines of others assign in a way that is not understood. */
  List<String> unclear(List<String> variables, Target target) throws IOException {
    List<String> unclear = new ArrayList<>();
    for (Path file : files.sources(variables)) {
      byte[] content = read(file).orElse(new byte[0]);
      for (String variable : variables) {
        if (host.variable(variable).isEmpty() && block(file, target).isUnclear(content, variable)) {
          unclear.add(
              "cannot tell what "
                  + variable
                  + " is in "
                  + file
                  + ": run devca install where it is set, to merge what it names");
        }
      }
    }
    return unclear;
  }

  static Optional<byte[]> read(Path file) throws IOException {
    try {
      return BoundedFiles.readIfPresent(file, BoundedFiles.STORE_LIMIT);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + Reasons.of(e), e);
    }
  }

  static CaException cannotChange(Path file, IOException why, String remedy) {
    return new CaException(
        "cannot change " + file + ": " + Reasons.of(why),
        why instanceof CaException e ? e.remedy() : remedy,
        why);
  }
}
