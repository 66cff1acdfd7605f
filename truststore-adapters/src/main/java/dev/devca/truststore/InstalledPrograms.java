package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the programs and databases of a host are that trust by themselves: for who wants to ask
 * each of them. Reads folders, starts nothing. Stateless.
 */
public final class InstalledPrograms {

  private static final List<String> NODE =
      List.of(
          "$NVM_DIR/versions/node/*/bin",
          "~/.nvm/versions/node/*/bin",
          "$XDG_DATA_HOME/fnm/node-versions/*/installation/bin",
          "~/.local/share/fnm/node-versions/*/installation/bin",
          "~/.volta/tools/image/node/*/bin",
          "~/.asdf/installs/nodejs/*/bin",
          "~/.local/share/mise/installs/node/*/bin");

  /** Where version managers keep what may be on no PATH, see {@link Places}. */
  private static final Map<String, List<String>> MANAGED =
      Map.of(
          "node",
          NODE,
          "claude",
          Stream.concat(
                  Stream.of(
                      "~/.local/bin",
                      "~/.npm-global/bin",
                      // Where it puts itself when told to leave npm's folders.
                      "~/.claude/local/node_modules/.bin"),
                  NODE.stream())
              .toList(),
          "python3",
          List.of(
              "$PYENV_ROOT/versions/*/bin",
              "~/.pyenv/versions/*/bin",
              "~/.asdf/installs/python/*/bin",
              "~/.local/share/mise/installs/python/*/bin",
              "~/.local/share/uv/python/*/bin",
              "~/miniconda3/bin",
              "~/miniforge3/bin",
              "~/anaconda3/bin"));

  private InstalledPrograms() {}

  /**
   * Every program of a name: in the folders of {@code PATH}, in the system's, and where version
   * managers keep theirs.
   *
   * @param host the machine
   * @param name the program's name, without {@code .exe}
   * @return absolute paths, each folder once; the one that a shell starts first, if any
   */
  public static List<Path> named(Host host, String name) {
    Stream<Path> managed =
        MANAGED.getOrDefault(name, List.of()).stream()
            .flatMap(place -> Places.folders(host, place).stream())
            .map(folder -> folder.resolve(name))
            .filter(Files::isExecutable);
    Map<Path, Path> byFolder = new LinkedHashMap<>();
    // By the folder and not by the file: what a virtual environment links to trusts otherwise.
    Stream.concat(Programs.all(host, name), managed)
        .forEach(file -> byFolder.putIfAbsent(realFolder(file), file));
    return List.copyOf(byFolder.values());
  }

  private static Path realFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      return folder == null ? file : folder.toRealPath();
    } catch (IOException e) {
      return folder == null ? file : folder;
    }
  }

  /**
   * The {@code java} of each JDK and JRE.
   *
   * @param host the machine
   * @return absolute paths, that of {@code JAVA_HOME} first
   */
  public static List<Path> javas(Host host) {
    String name = host.os() == OperatingSystem.WINDOWS ? "java.exe" : "java";
    return JavaHomes.on(host).stream()
        .flatMap(home -> host.absolutePath(home.name()).stream())
        .map(home -> home.resolve("bin").resolve(name))
        .filter(Files::isExecutable)
        .toList();
  }

  /**
   * The databases of NSS that a browser or mail program of the user has made.
   *
   * @param host the machine
   * @return folders by what to call them before a person
   */
  public static Map<String, Path> nssDatabases(Host host) {
    Map<String, Path> folders = new LinkedHashMap<>();
    if (host.os() == OperatingSystem.LINUX) {
      NssDatabases.on(host).stream()
          .filter(database -> database.state() == NssDatabase.State.READY)
          .forEach(database -> folders.put(database.displayName(host), database.folder()));
    }
    return folders;
  }
}
