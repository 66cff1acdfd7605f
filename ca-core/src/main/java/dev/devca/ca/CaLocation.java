package dev.devca.ca;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the CA folder is, the same for the command line and for tools that build devca in: {@code
 * DEVCA_HOME}, else {@code devca} in the user's data folder.
 */
public final class CaLocation {
  private CaLocation() {}

  /**
   * The folder for this process.
   *
   * @return an absolute path, or empty if neither {@code DEVCA_HOME} nor a home is set
   * @throws InvalidPathException if one of them holds what cannot be a path
   */
  public static Optional<Path> current() {
    return of(System.getProperty("os.name"), System.getenv(), FileSystems.getDefault());
  }

  /**
   * The folder for an environment. The home is {@code HOME} ({@code LOCALAPPDATA} on Windows),
   * never Java's {@code user.home}, which under {@code sudo} is another's.
   *
   * @param osName a value of the system property {@code os.name}
   * @param environment the variables
   * @param files where the path will be
   * @return an absolute path, or empty if the variables name none
   * @throws InvalidPathException if a variable holds what cannot be a path
   */
  public static Optional<Path> of(
      String osName, Map<String, String> environment, FileSystem files) {
    Optional<Path> chosen = path(environment, "DEVCA_HOME", files);
    if (chosen.isPresent()) {
      return chosen.map(Path::toAbsolutePath);
    }
    String os = osName.toLowerCase(Locale.ROOT);
    Optional<Path> data =
        os.startsWith("windows")
            ? path(environment, "LOCALAPPDATA", files)
                .filter(Path::isAbsolute)
                .or(() -> home(environment, "USERPROFILE", files, "AppData", "Local"))
            : os.startsWith("mac")
                ? home(environment, "HOME", files, "Library", "Application Support")
                // The XDG base directory specification: a relative path is to be ignored.
                : path(environment, "XDG_DATA_HOME", files)
                    .filter(Path::isAbsolute)
                    .or(() -> home(environment, "HOME", files, ".local", "share"));
    return data.filter(Path::isAbsolute).map(folder -> folder.resolve("devca"));
  }

  private static Optional<Path> home(
      Map<String, String> environment, String variable, FileSystem files, String... below) {
    return path(environment, variable, files)
        .map(home -> home.resolve(files.getPath(below[0], below[1])));
  }

  private static Optional<Path> path(
      Map<String, String> environment, String variable, FileSystem files) {
    String value = environment.get(variable);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(files.getPath(value));
  }
}
