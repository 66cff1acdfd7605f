package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CaLocation;
import dev.devca.truststore.Elevation;
import dev.devca.truststore.Host;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One run of a command: its environment, where it prints, and for whom it works. Run as root
 * through sudo, that is the user who called sudo: what lies in that user's home is done with that
 * user's rights.
 */
final class Session {
  /** Says a line to a person, unless silence was asked for. */
  record Words(Console console, boolean areHeard) {
    void say(String line) {
      if (areHeard) {
        console.say(line);
      }
    }
  }

  private final Map<String, String> environment;
  private final Console console;
  private final CommonOptions options;
  private final Host host;
  private final Worker worker;
  private final Optional<InvokingUser> invokingUser;

  private Session(
      Map<String, String> environment,
      Console console,
      CommonOptions options,
      Host host,
      Worker worker,
      Optional<InvokingUser> invokingUser) {
    this.environment = environment;
    this.console = console;
    this.options = options;
    this.host = host;
    this.worker = worker;
    this.invokingUser = invokingUser;
  }

  static Session start(
      Map<String, String> environment,
      Console console,
      CommonOptions options,
      boolean machineStores,
      Optional<String> javaPassword,
      UnaryOperator<Host> machine)
      throws IOException {
    Host plain = machine.apply(Host.current(environment, Elevation.none()));
    Optional<InvokingUser> user = InvokingUser.find(plain, environment);
    Worker worker = new Worker(plain, environment, user, options.ca());
    Words words = new Words(console, !options.quiet());
    Host host = machineStores ? plain.withMachineStores() : plain;
    host =
        host.withNotices(once(words))
            .withElevation(
                new WorkerElevation(
                    worker, words, host, javaPassword, chosenFolder(environment), options.ca()));
    if (javaPassword.isPresent()) {
      host = host.withJavaPassword(javaPassword.get());
    }
    if (user.isPresent()) {
      host = host.withInvokingUser(user.get().id()).withHome(user.get().home());
    }
    return new Session(environment, console, options, host, worker, user);
  }

  /** More than one store may come upon the same thing. */
  private static Consumer<String> once(Words words) {
    Set<String> said = ConcurrentHashMap.newKeySet();
    return notice -> {
      if (said.add(notice)) {
        words.say(notice);
      }
    };
  }

  /** The CA folder if the caller named one, absolute: another process has another folder. */
  private static Optional<String> chosenFolder(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("DEVCA_HOME"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).toAbsolutePath().toString());
  }

  Console console() {
    return console;
  }

  Host host() {
    return host;
  }

  Map<String, String> environment() {
    return environment;
  }

  boolean json() {
    return options.json();
  }

  boolean verbose() {
    return options.verbose();
  }

  boolean talks() {
    return !options.quiet();
  }

  /** A line for a person, unless silence was asked for. */
  void say(String line) {
    if (!options.quiet()) {
      console.say(line);
    }
  }

  Optional<InvokingUser> invokingUser() {
    return invokingUser;
  }

  /** The CA, through whoever may touch it. */
  CaAccess ca() {
    return invokingUser.isPresent() ? new WorkerCa(worker) : new LocalCa(this);
  }

  /** The folder of the CA that was chosen, of the user for whom this process itself works. */
  Path caDirectory() throws CaException {
    Path first = firstCaDirectory();
    return options.ca().isPresent() ? named(first, options.ca().get()) : first;
  }

  private static Path named(Path first, String name) {
    try {
      return CaLocation.named(first, name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("cannot choose a CA: " + e.getMessage(), "devca ca info");
    }
  }

  /** The folder of the CA that has no name; the folders of the others are in it. */
  Path firstCaDirectory() throws CaException {
    return CaLocation.of(System.getProperty("os.name"), environment, FileSystems.getDefault())
        .orElseThrow(
            () ->
                new CaException(
                    "cannot find the CA folder: HOME is not set to an absolute path",
                    "set HOME, or DEVCA_HOME to the folder"));
  }

  /** Where mkcert keeps its CA. */
  Path mkcertDirectory() throws CaException {
    return CaLocation.mkcert(System.getProperty("os.name"), environment, FileSystems.getDefault())
        .orElseThrow(
            () ->
                new CaException(
                    "cannot find the CA of mkcert: HOME is not set", "set HOME or CAROOT"));
  }

  /** The name of the CA that was chosen; the first one has none. */
  Optional<String> caName() {
    return options.ca();
  }

  /** What a person adds to a command for the CA that was chosen. */
  String caOption() {
    return options.ca().map(name -> " --ca " + name).orElse("");
  }

  CaException noCa() {
    return options.ca().isEmpty()
        ? new CaException("cannot find a CA: there is no CA yet", "devca install")
        : new CaException(
            "cannot find the CA '" + options.ca().get() + "': there is none of that name",
            "devca ca create" + caOption());
  }

  /** The launcher that started this process, if one did. */
  static Optional<Path> launcher() {
    return Optional.ofNullable(System.getProperty("devca.launcher")).map(Path::of);
  }

  /** How a person calls this program, also where it is on no PATH, as under sudo. */
  static String program() {
    return launcher().map(Path::toString).orElse("devca");
  }
}
