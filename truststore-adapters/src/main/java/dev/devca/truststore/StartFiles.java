package dev.devca.truststore;

import static java.util.regex.Matcher.quoteReplacement;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The start files of the shells of a user, of the {@code sh} that starts a desktop session, and of
 * the sessions of systemd. Where links make one file of two, it is named once.
 */
final class StartFiles {
  private static final String PROFILE = ".profile";
  private static final String BASHRC = ".bashrc";
  // bash reads the first of these in place of .profile, bash(1) INVOCATION. Never made by us: that
  // would switch .profile off.
  private static final List<String> INSTEAD = List.of(".bash_profile", ".bash_login");
  // Scripts read this one too, and would lose what their caller gave them.
  private static final String ZSHENV = ".zshenv";
  private static final List<String> ZSH = List.of(".zprofile", ".zshrc");
  private static final String ZLOGIN = ".zlogin";
  // Files of our own, beside those of others. The number puts ours after what most people have.
  private static final String FISH_FILE = "devca.fish";
  private static final String SESSION_FILE = "60-devca.conf";
  private static final Pattern XDG_CONFIG_HOME =
      Pattern.compile("\\$(XDG_CONFIG_HOME\\b|\\{XDG_CONFIG_HOME(:?-[^}]*)?\\})");

  private final Host host;
  private final Path home;

  StartFiles(Host host, Path home) {
    this.host = host;
    this.home = home;
  }

  /** Whether a file holds nothing but what devca wrote, so that without that it is not needed. */
  static boolean isOwn(Path file) {
    return file.endsWith(FISH_FILE) || file.endsWith(SESSION_FILE);
  }

  /**
   * The files in which a variable must be set, perhaps not there yet.
   *
   * @param variables it, and what goes with it: where a file that ours do not override assigns one,
   *     ours must stand there too
   */
  List<Path> wanted(List<String> variables) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(
        INSTEAD.stream()
            .map(home::resolve)
            .filter(Files::exists)
            .findFirst()
            .orElse(home.resolve(PROFILE)));
    Path bashrc = home.resolve(BASHRC);
    if (Files.exists(bashrc) || host.program("bash").isPresent()) {
      files.add(bashrc);
    }
    Path zsh = zsh();
    boolean zshIsUsed =
        Files.exists(home.resolve(ZSHENV))
            || Stream.concat(ZSH.stream(), Stream.of(ZSHENV, ZLOGIN))
                .anyMatch(name -> Files.exists(zsh.resolve(name)));
    if (zshIsUsed || host.program("zsh").isPresent()) {
      ZSH.forEach(name -> files.add(zsh.resolve(name)));
    }
    Optional<Path> fish = fish();
    if (fish.isPresent() && (Files.exists(fish.get()) || host.program("fish").isPresent())) {
      files.add(fishFile(fish.get()));
    }
    if (hasSystemd()) {
      sessionFolder().map(folder -> folder.resolve(SESSION_FILE)).ifPresent(files::add);
    }
    files.addAll(assigning(late(), variables));
    return distinct(files);
  }

  /** The files that say what a variable is now: of two, the later counts. */
  List<Path> sources(List<String> variables) throws IOException {
    List<Path> files = new ArrayList<>(assigning(early(), variables));
    files.addAll(wanted(variables));
    return distinct(files);
  }

  /** The files in which we may have set one, as far as can be told from the machine. */
  List<Path> all() throws IOException {
    List<Path> files = new ArrayList<>(INSTEAD.stream().map(home::resolve).toList());
    files.add(home.resolve(PROFILE));
    files.add(home.resolve(BASHRC));
    ZSH.forEach(name -> files.add(zsh().resolve(name)));
    fish().ifPresent(folder -> files.add(fishFile(folder)));
    sessionFolder().ifPresent(folder -> files.add(folder.resolve(SESSION_FILE)));
    files.addAll(late());
    return distinct(files);
  }

  /** Files of others that ours override. */
  private List<Path> early() throws IOException {
    List<Path> files = new ArrayList<>();
    if (sessionFolder().isPresent()) {
      files.addAll(beside(sessionFolder().get().resolve(SESSION_FILE), "*.conf", true));
    }
    if (fish().isPresent()) {
      files.add(fish().get().resolve("fish_variables"));
      files.addAll(beside(fishFile(fish().get()), "*.fish", true));
    }
    return files;
  }

  /** Files of others that override ours, or are read without them. */
  private List<Path> late() throws IOException {
    List<Path> files =
        new ArrayList<>(
            List.of(home.resolve(ZSHENV), zsh().resolve(ZSHENV), zsh().resolve(ZLOGIN)));
    if (fish().isPresent()) {
      files.addAll(beside(fishFile(fish().get()), "*.fish", false));
      files.add(fish().get().resolve("config.fish"));
    }
    if (sessionFolder().isPresent()) {
      files.addAll(beside(sessionFolder().get().resolve(SESSION_FILE), "*.conf", false));
    }
    return files;
  }

  /** The files of a folder that are read before one of ours, or those after it, in order. */
  private static List<Path> beside(Path ours, String names, boolean before) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(ours.getParent(), names)) {
      for (Path file : folder) {
        int order = file.compareTo(ours);
        if (before ? order < 0 : order > 0) {
          files.add(file);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files.stream().sorted().toList();
  }

  private static List<Path> assigning(List<Path> files, List<String> variables) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files) {
      Dialect dialect = Dialect.of(file);
      if (lines(file).anyMatch(l -> variables.stream().anyMatch(v -> dialect.assigns(l, v)))) {
        found.add(file);
      }
    }
    return found;
  }

  private static Stream<String> lines(Path file) throws IOException {
    // A folder of that name is nobody's start file.
    return Files.isDirectory(file)
        ? Stream.of()
        : BoundedFiles.readIfPresent(file, BoundedFiles.STORE_LIMIT).stream()
            .flatMap(content -> ShellLines.split(ShellLines.decode(content)).stream());
  }

  /** Where zsh reads its files: ZDOTDIR, which most people set in the one file of the home. */
  private Path zsh() {
    return host.variable("ZDOTDIR")
        .flatMap(host::absolutePath)
        .or(this::zshFolderOfTheHome)
        .filter(Files::isDirectory)
        .orElse(home);
  }

  private Optional<Path> zshFolderOfTheHome() {
    Path folder = HostFolders.config(host).orElse(home);
    // By a name that no blank in the home's can cut.
    String config =
        folder.startsWith(home) ? "$HOME/" + home.relativize(folder) : folder.toString();
    try {
      return lines(home.resolve(ZSHENV))
          .map(
              line ->
                  XDG_CONFIG_HOME
                      .matcher(line)
                      .replaceAll(quoteReplacement(ShellLines.ofText(config))))
          .flatMap(line -> ShellLines.assignedPath(line, "ZDOTDIR", home).stream())
          .reduce((first, second) -> second);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<Path> fish() {
    return HostFolders.config(host).map(folder -> folder.resolve("fish"));
  }

  private static Path fishFile(Path folder) {
    return folder.resolve("conf.d").resolve(FISH_FILE);
  }

  private boolean hasSystemd() {
    return Stream.of("/run/systemd/system", "/usr/lib/systemd")
        .map(host::path)
        .anyMatch(Files::exists);
  }

  private Optional<Path> sessionFolder() {
    return host.os() == OperatingSystem.LINUX
        ? HostFolders.config(host).map(folder -> folder.resolve("environment.d"))
        : Optional.empty();
  }

  private static List<Path> distinct(List<Path> files) throws IOException {
    Map<Path, Path> byRealPath = new LinkedHashMap<>();
    for (Path file : files) {
      byRealPath.putIfAbsent(AtomicFile.behindLinks(file), file);
    }
    return List.copyOf(byRealPath.values());
  }
}
