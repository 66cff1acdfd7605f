package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This program started once more, with the rights of another: of root through sudo, or, where it is
 * root for a user, of that user. It gets one request on standard input and answers on standard
 * output, both JSON; a root certificate goes in, a key never. A password is asked by sudo itself,
 * on the terminal.
 */
final class Worker {
  /** The hidden command. */
  static final String NAME = "worker";

  private static final Path SUDO = Path.of("/usr/bin/sudo");
  // A person may have to find a password first.
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final List<String> PASSED_ON =
      List.of(
          "DEVCA_HOME",
          "CAROOT",
          "XDG_DATA_HOME",
          "XDG_STATE_HOME",
          "XDG_CONFIG_HOME",
          "XDG_CACHE_HOME",
          "PATH",
          "JAVA_HOME",
          "SHELL");

  private final Host host;
  private final Map<String, String> environment;
  private final Optional<InvokingUser> user;
  private final Optional<String> ca;

  Worker(
      Host host,
      Map<String, String> environment,
      Optional<InvokingUser> user,
      Optional<String> ca) {
    this.host = host;
    this.environment = environment;
    this.user = user;
    this.ca = ca;
  }

  static boolean sudoIsThere() {
    return Files.isExecutable(SUDO);
  }

  /** Whether a person is there to type a password. */
  static boolean terminalIsThere() {
    try {
      // Not System.console(): that wants standard output to be a terminal too.
      String input = Path.of("/dev/fd/0").toRealPath().toString();
      return input.startsWith("/dev/pts/") || input.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Asks.
   *
   * @return the answer
   * @throws CaException if the other process answers with an error, which is repeated
   * @throws IOException if it cannot be started or does not answer; the message says why
   */
  Map<String, Object> ask(Rights rights, Map<String, Object> request) throws IOException {
    CommandRunner.Result result =
        host.commands().run(new CommandRunner.Command(command(rights), Json.write(request), LIMIT));
    if (result.output().length == 0) {
      throw new IOException(result.lastLine());
    }
    Map<String, Object> answer = Json.readObject(result.output());
    if (answer.get("error") instanceof String error) {
      throw new CaException(error, String.valueOf(answer.getOrDefault("remedy", "")));
    }
    return answer;
  }

  private List<String> command(Rights rights) {
    List<String> command = new ArrayList<>();
    command.add(SUDO.toString());
    if (rights == Rights.INVOKING_USER || !terminalIsThere()) {
      command.add("-n");
    }
    if (rights == Rights.INVOKING_USER) {
      command.addAll(asUser(user.orElseThrow(), environment));
    } else {
      command.addAll(List.of("--", "/usr/bin/env"));
    }
    command.addAll(thisProgram());
    command.add(NAME);
    ca.ifPresent(name -> command.addAll(List.of(CommonOptions.CA, name)));
    return command;
  }

  /** The words after sudo that start a program as a user, in the home of that user. */
  static List<String> asUser(InvokingUser user, Map<String, String> environment) {
    List<String> words =
        new ArrayList<>(List.of("-u", "#" + user.id(), "--", "/usr/bin/env", "-i"));
    words.add("HOME=" + user.home());
    PASSED_ON.stream()
        .filter(environment::containsKey)
        .forEach(name -> words.add(name + "=" + environment.get(name)));
    return words;
  }

  /**
   * This program once more, under env and with this JVM: root's PATH may have no Java at all.
   * Through the launcher where there is one, which finds an archive that the other user may use.
   */
  static List<String> thisProgram() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Optional<Path> launcher = Session.launcher();
    if (launcher.isPresent()) {
      return List.of("DEVCA_JAVA=" + java, "/bin/sh", launcher.get().toString());
    }
    return List.of(
        // Java decodes arguments and file names by the locale.
        "LC_ALL=C.UTF-8",
        java.toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }
}
