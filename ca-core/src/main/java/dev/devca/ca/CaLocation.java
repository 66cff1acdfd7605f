package dev.devca.ca;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the CA folder is, the same for the command line and for tools that build devca in: {@code
 * DEVCA_HOME}, else {@code devca} in the user's data folder.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="location"}
 */
public final class CaLocation {
  private static final String NAMED = "ca";
  // Lower case only: on some file systems two names that differ in case are one folder.
  private static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LONGEST_NAME = 32;

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

  /**
   * The folder of mkcert's CA for an environment, by mkcert's own rules: {@code CAROOT}, else
   * {@code mkcert} in the user's data folder, where {@code XDG_DATA_HOME} counts on macOS too.
   *
   * @param osName a value of the system property {@code os.name}
   * @param environment the variables
   * @param files where the path will be
   * @return a path, or empty if the variables name none
   * @throws InvalidPathException if a variable holds what cannot be a path
   */
  public static Optional<Path> mkcert(
      String osName, Map<String, String> environment, FileSystem files) {
    String os = osName.toLowerCase(Locale.ROOT);
    Optional<Path> data =
        os.startsWith("windows")
            ? path(environment, "LOCALAPPDATA", files)
            : path(environment, "XDG_DATA_HOME", files)
                .or(
                    () ->
                        os.startsWith("mac")
                            ? home(environment, "HOME", files, "Library", "Application Support")
                            : home(environment, "HOME", files, ".local", "share"));
    return path(environment, "CAROOT", files).or(() -> data.map(d -> d.resolve("mkcert")));
  }

  /**
   * The folder of a CA beside the first: in the folder {@code ca} of the first one.
   *
   * @param first the folder of the CA that has no name
   * @param name 1 to 32 lower case letters, digits, {@code -} and {@code _}, the first of them no
   *     sign
   * @return the folder, perhaps not there
   * @throws IllegalArgumentException if that is no name; the message says why
   */
  public static Path named(Path first, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "the name of a CA has 1 to 32 lower case letters, digits, - and _, not "
              + Quoted.of(name));
    }
    return first.resolve(NAMED).resolve(name);
  }

  /** The folder of the first CA, given that of a CA beside it; empty for any other folder. */
  static Optional<Path> first(Path named) {
    Path folder = named.getParent();
    return folder != null && folder.endsWith(NAMED) && isName(String.valueOf(named.getFileName()))
        ? Optional.ofNullable(folder.getParent())
        : Optional.empty();
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && LETTERS_AND_DIGITS.indexOf(name.charAt(0)) >= 0
        && name.chars().allMatch(c -> LETTERS_AND_DIGITS.indexOf(c) >= 0 || c == '_' || c == '-');
  }

  /**
   * The names of the CAs beside the first.
   *
   * @param first the folder of the CA that has no name
   * @return the names in order; those of folders with a root certificate
   * @throws IOException if the folder is there and cannot be read
   */
  public static List<String> names(Path first) throws IOException {
    Path folder = first.resolve(NAMED);
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(ca -> Files.exists(ca.resolve(CaFiles.CERTIFICATE)))
          .map(ca -> String.valueOf(ca.getFileName()))
          .filter(CaLocation::isName)
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
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
