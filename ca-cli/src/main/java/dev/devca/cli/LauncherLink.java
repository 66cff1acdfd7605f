package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.Reasons;
import dev.devca.truststore.Host;
import dev.devca.truststore.OperatingSystem;
import dev.devca.truststore.StateNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The link that lets a person type {@code devca}: in {@code ~/.local/bin}, for root in {@code
 * /usr/local/bin}. A file of that name that is not our link is left alone.
 */
final class LauncherLink {
  private static final String NOTE = "link-folders";

  private final Host host;
  private final Path launcher;
  private final Path link;

  private LauncherLink(Host host, Path launcher, Path link) {
    this.host = host;
    this.launcher = launcher;
    this.link = link;
  }

  /** The link for this run, or empty where there is nothing to link or no place for it. */
  static Optional<LauncherLink> of(Session session) {
    Host host = session.host();
    if (host.os() == OperatingSystem.WINDOWS) {
      return Optional.empty();
    }
    Optional<Path> folder =
        host.isRoot()
            ? Optional.of(host.path("/usr/local/bin"))
            : host.home().map(home -> home.resolve(".local").resolve("bin"));
    return Session.launcher()
        .flatMap(
            launcher -> folder.map(dir -> new LauncherLink(host, launcher, dir.resolve("devca"))));
  }

  /** Whether {@link #create} would make it. */
  boolean isMissing() {
    return !Files.exists(link);
  }

  Path link() {
    return link;
  }

  Path launcher() {
    return launcher;
  }

  Path folder() {
    return link.resolveSibling("");
  }

  boolean folderIsMissing() {
    return !Files.isDirectory(folder());
  }

  /** Makes the link; answers with what a person should know of it. */
  String create() {
    try {
      if (isOurs()) {
        return "";
      }
      if (Files.isSymbolicLink(link) && !Files.exists(link)) {
        // A link of an application folder that was moved or deleted.
        Files.delete(link);
      }
      if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        return link + " is there already and was left alone; this devca is " + launcher;
      }
      rememberFolder();
      Files.createSymbolicLink(link, launcher);
      return "Linked " + link + " to " + launcher + (isOnPath() ? "" : "; open a new terminal");
    } catch (IOException e) {
      return "Could not link " + link + ": " + Reasons.of(e) + "; this devca is " + launcher;
    }
  }

  /**
   * Removes the link if it is ours, and its folder if we made it and it is empty; answers with a
   * sentence, or an empty string.
   */
  String remove() throws CaException {
    try {
      if (!isOurs()) {
        if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
          // A process may have been killed between the two.
          forgetFolder();
        }
        return "";
      }
      Files.delete(link);
      forgetFolder();
      return "Removed " + link;
    } catch (IOException e) {
      throw new CaException(
          "cannot remove " + link + " and its note: " + Reasons.of(e),
          "mend that, then the same again",
          e);
    }
  }

  private boolean isOurs() throws IOException {
    return Files.isSymbolicLink(link)
        && link.resolveSibling(Files.readSymbolicLink(link)).equals(launcher);
  }

  private boolean isOnPath() {
    return host.variable("PATH").stream()
        .flatMap(path -> List.of(path.split(":", -1)).stream())
        .anyMatch(folder -> folder.equals(String.valueOf(link.getParent())));
  }

  /** Notes the folders that are made for the link, innermost first. */
  private void rememberFolder() throws IOException {
    List<String> made = new ArrayList<>();
    Path folder = link.getParent();
    for (Path p = folder; p != null && !Files.exists(p); p = p.getParent()) {
      made.add(p.toString());
    }
    if (folder == null || made.isEmpty()) {
      return;
    }
    // Also those that a process made that was killed before it came to the link.
    StateNotes.read(host, NOTE).stream().filter(p -> !made.contains(p)).forEach(made::add);
    StateNotes.keep(host, NOTE, made);
    Files.createDirectories(folder);
  }

  private void forgetFolder() throws IOException {
    List<Path> made = StateNotes.read(host, NOTE).stream().map(host::path).sorted().toList();
    if (!made.isEmpty()) {
      CreatedFolders.removeEmpty(made);
      StateNotes.drop(host, NOTE);
      // They may lie around the folder in which the note lay.
      CreatedFolders.removeEmpty(made);
    }
  }
}
