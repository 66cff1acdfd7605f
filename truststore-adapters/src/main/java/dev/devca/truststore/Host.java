package dev.devca.truststore;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A machine as a store may touch it: operating system, files, home, environment, commands and
 * rights. A store that reaches anything another way is a defect: through its host it runs on any
 * machine in a test. Immutable; {@code with*} returns a copy.
 *
 * {@snippet class="dev.devca.truststore.Snippets" region="world"}
 */
public final class Host {
  private final HostParts parts;

  private Host(HostParts parts) {
    this.parts = parts;
  }

  /**
   * The machine that this process runs on, with the home that {@code HOME} (on Windows {@code
   * USERPROFILE}) names.
   *
   * @param elevation how rights are raised, if at all
   * @return the host
   */
  public static Host current(Elevation elevation) {
    return current(System.getenv(), elevation);
  }

  /**
   * The machine that this process runs on, seen with another environment.
   *
   * @param environment the variables to go by
   * @param elevation how rights are raised, if at all
   * @return the host
   */
  public static Host current(Map<String, String> environment, Elevation elevation) {
    OperatingSystem os = OperatingSystem.of(System.getProperty("os.name"));
    return of(os, FileSystems.getDefault(), environment, ProcessRunner.on(os, environment))
        .withElevation(elevation)
        .withUserId(ProcessUser.id(os))
        .withWindows(Windows::load);
  }

  /**
   * A machine made of the parts given: what tests use.
   *
   * @param os the family of operating system
   * @param files its file system
   * @param environment its variables
   * @param commands what runs its programs
   * @return a host without elevation, run by user 1000
   */
  public static Host of(
      OperatingSystem os,
      FileSystem files,
      Map<String, String> environment,
      CommandRunner commands) {
    Host host = new Host(new HostParts(os, files, environment, commands));
    return host.variable(os == OperatingSystem.WINDOWS ? "USERPROFILE" : "HOME")
        .flatMap(host::absolutePath)
        .map(host::withHome)
        .orElse(host);
  }

  /**
   * The same host with another home.
   *
   * @param path an absolute path
   * @return a copy
   */
  public Host withHome(Path path) {
    return with(copy -> copy.home = Optional.of(path));
  }

  /**
   * The same host with another elevation.
   *
   * @param other how rights are raised, if at all
   * @return a copy
   */
  public Host withElevation(Elevation other) {
    return with(copy -> copy.elevation = other);
  }

  /**
   * The same host with this process run by another user.
   *
   * @param id the numeric user id; 0 is root
   * @return a copy
   */
  public Host withUserId(long id) {
    return with(copy -> copy.userId = id);
  }

  /**
   * The same host, where this process is root on behalf of a user: all that lies in that user's
   * home, or belongs to that user, is left to {@link Rights#INVOKING_USER}.
   *
   * @param id the numeric user id of that user
   * @return a copy
   */
  public Host withInvokingUser(long id) {
    return with(copy -> copy.invokingUser = Optional.of(id));
  }

  /**
   * The same host with a password for Java trust stores. Default: {@code changeit}, the JDK's.
   *
   * @param password the password
   * @return a copy
   */
  public Host withJavaPassword(String password) {
    return with(copy -> copy.javaPassword = Optional.of(password));
  }

  /**
   * The same host, where a store that exists for one user and for all users of the machine is that
   * of all users: Windows' roots, macOS' keychain. Default: the one user's.
   *
   * @return a copy
   */
  public Host withMachineStores() {
    return with(copy -> copy.machineStores = true);
  }

  /**
   * The same host with somebody to tell what the system is about to ask its user, in a window or
   * prompt of its own that this process waits for. Default: nobody is told.
   *
   * @param listener gets a sentence before each such question, by any thread but one at a time
   * @return a copy
   */
  public Host withNotices(Consumer<String> listener) {
    return with(copy -> copy.notices = listener);
  }

  /** The same host with other libraries of Windows, loaded when they are asked for. */
  Host withWindows(Supplier<Windows> libraries) {
    return with(copy -> copy.windows = libraries);
  }

  /**
   * The same host with another folder for what devca keeps about its changes, such as what a store
   * was before. A root installed with one is known, and taken out whole, only with the same one.
   * Default: {@code $XDG_STATE_HOME/devca}, and {@code /var/lib/devca} for root.
   *
   * @param folder an absolute path
   * @return a copy
   */
  public Host withStateDirectory(Path folder) {
    return with(copy -> copy.stateDirectory = Optional.of(folder));
  }

  private Host with(Consumer<HostParts> change) {
    HostParts copy = new HostParts(parts);
    change.accept(copy);
    return new Host(copy);
  }

  /**
   * The family of operating system.
   *
   * @return the family
   */
  public OperatingSystem os() {
    return parts.os;
  }

  /**
   * A path on this host's file system.
   *
   * @param first a path or its beginning
   * @param more further names
   * @return the path
   */
  public Path path(String first, String... more) {
    return parts.files.getPath(first, more);
  }

  /**
   * The path that a text from outside names.
   *
   * @return empty if it is relative or no path at all, such as one in quotes on Windows
   */
  Optional<Path> absolutePath(String text) {
    try {
      return Optional.of(path(text)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * The home of the user whose stores are meant.
   *
   * @return an absolute path, or empty if none is known
   */
  public Optional<Path> home() {
    return parts.home;
  }

  /**
   * A variable of the environment.
   *
   * @param name its name
   * @return its value, or empty if it is not set or is the empty string
   */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(parts.environment.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * What runs programs on this host.
   *
   * @return the runner
   */
  public CommandRunner commands() {
    return parts.commands;
  }

  /**
   * How rights are raised, if at all.
   *
   * @return the elevation
   */
  public Elevation elevation() {
    return parts.elevation;
  }

  /**
   * The user on whose behalf this process runs as root.
   *
   * @return a numeric user id, or empty if this process runs for its own user
   */
  public Optional<Long> invokingUser() {
    return parts.invokingUser;
  }

  /**
   * Whether this process is root.
   *
   * @return true for user id 0 on a Unix
   */
  public boolean isRoot() {
    return parts.os != OperatingSystem.WINDOWS && parts.userId == 0;
  }

  /**
   * The numeric id of the user whose stores are meant: the invoking user, else this process's.
   *
   * @return the user id; 0 on Windows
   */
  public long ownerId() {
    return parts.invokingUser.orElse(parts.userId);
  }

  /**
   * Whether the stores of all users of the machine are meant, where there are such and such.
   *
   * @return true for the machine's, false for the user's
   */
  public boolean machineStores() {
    return parts.machineStores;
  }

  /**
   * Tells whoever listens what the system is about to ask its user.
   *
   * @param sentence what will be asked, and what to answer
   */
  public void notice(String sentence) {
    parts.tell(sentence);
  }

  /** Who makes or removes a folder of notes that stores worked on side by side share holds this. */
  Object gate() {
    return parts.gate;
  }

  /** The libraries of Windows; a LinkageError if one cannot be loaded. */
  Windows windows() {
    return parts.windows.get();
  }

  Optional<String> javaPassword() {
    return parts.javaPassword;
  }

  /**
   * Where a program is, looked up in the folders of {@code PATH} and then in the usual ones: {@code
   * /usr/sbin} is not on a Debian user's PATH.
   *
   * @param name the program's name, without {@code .exe}
   * @return its absolute path, or empty if there is none
   */
  public Optional<Path> program(String name) {
    return Programs.find(this, name);
  }

  /**
   * Where a program is, looked up only where root may trust it.
   *
   * @param name the program's name
   * @return its path in a system folder, or empty if there is none
   */
  public Optional<Path> systemProgram(String name) {
    return Programs.findInSystem(this, name);
  }

  /**
   * Whose rights it takes to replace a file: of a link, the file it leads to. A file of a third
   * user needs rights that cannot be had and is {@link Rights#ROOT} for that user too.
   *
   * @param file the file, perhaps not there yet
   * @return the rights
   */
  public Rights rightsFor(Path file) {
    return FileRights.of(this, file);
  }

  /**
   * Whether a path lies in the home, by the name of the home or by what that leads to.
   *
   * @param path an absolute path
   * @return true in the home and for the home itself
   */
  boolean isInHome(Path path) {
    return parts
        .home
        .filter(home -> path.startsWith(home) || path.startsWith(FileRights.real(home)))
        .isPresent();
  }

  /**
   * The folder of what devca keeps about its changes: root's when this process is root.
   *
   * @return an absolute path, or empty if no home is known
   */
  public Optional<Path> stateDirectory() {
    return parts.stateDirectory.or(() -> HostFolders.state(this));
  }
}
