package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The user who called sudo.
 *
 * @param id the numeric user id
 * @param home from the user database, never from a variable
 */
record InvokingUser(long id, Path home) {

  /** The user for whom this process runs as root, or empty if it runs for its own. */
  static Optional<InvokingUser> find(Host host, Map<String, String> environment)
      throws IOException {
    String uid = environment.getOrDefault("SUDO_UID", "");
    if (!host.isRoot() || uid.isEmpty()) {
      return Optional.empty();
    }
    long id;
    try {
      id = Long.parseLong(uid);
    } catch (NumberFormatException e) {
      throw new CaException(
          "cannot tell for whom to work: SUDO_UID is '" + uid + "'", "unset SUDO_UID", e);
    }
    return id == 0 ? Optional.empty() : Optional.of(new InvokingUser(id, homeOf(host, id)));
  }

  private static Path homeOf(Host host, long id) throws IOException {
    Optional<Path> getent = host.systemProgram("getent");
    String line = "";
    if (getent.isPresent()) {
      line =
          host.commands()
              .run(CommandRunner.Command.of(getent.get().toString(), "passwd", Long.toString(id)))
              .text()
              .strip();
    } else {
      Optional<Path> idProgram = host.systemProgram("id");
      if (idProgram.isPresent()) {
        // macOS has no getent; id -P prints a line with the home as the field before the shell.
        line =
            host.commands()
                .run(CommandRunner.Command.of(idProgram.get().toString(), "-P", Long.toString(id)))
                .text()
                .strip();
      }
    }
    String[] fields = line.split(":", -1);
    String home = fields.length >= 7 ? fields[fields.length - 2] : "";
    if (!home.startsWith("/")) {
      throw new CaException(
          "cannot find the home of user " + id + ", who called sudo: no such user is known",
          "unset SUDO_UID");
    }
    return host.path(home);
  }
}
