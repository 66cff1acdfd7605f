package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.OperatingSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A timer of the user's systemd that runs {@code devca renew} every day; where there is none, the
 * line for cron. It runs without a terminal, and with the rights of the user.
 */
final class RenewTimer {
  private final Session session;
  private final Host host;
  private final TimerUnit unit;

  private RenewTimer(Session session, TimerUnit unit) {
    this.session = session;
    this.host = session.host();
    this.unit = unit;
  }

  /**
   * The timer of the CA that was chosen.
   *
   * @param options of {@code devca renew}
   */
  static RenewTimer of(Session session, List<String> options) {
    return new RenewTimer(session, TimerUnit.of(session, options));
  }

  /** Sets it up, or puts this one in the place of an earlier one. */
  void setUp() throws IOException {
    if (host.os() == OperatingSystem.WINDOWS) {
      throw new CaException(
          "cannot set up a timer: Windows has neither systemd nor cron",
          "make a daily task in Windows' Task Scheduler that runs: " + unit.shown());
    }
    Optional<Path> systemctl = systemctl();
    if (systemctl.isEmpty()) {
      session.say("This user has no systemd; add this line with crontab -e:");
      answer("cron", unit.cronLine());
      return;
    }
    Path folder = folder();
    Path service = folder.resolve(unit.name() + ".service");
    Path timer = folder.resolve(unit.name() + ".timer");
    checkOwn(service);
    checkOwn(timer);
    List<Path> made = CreatedFolders.makeFor(timer);
    try {
      write(service, unit.service());
      write(timer, unit.timer());
      run(systemctl.get(), "daemon-reload");
      run(systemctl.get(), "enable", "--now", unit.name() + ".timer");
    } catch (IOException e) {
      delete(folder);
      CreatedFolders.removeEmpty(made);
      throw new CaException(
          "cannot set up the timer: " + Reasons.of(e),
          "add this line with crontab -e: " + unit.cronLine(),
          e);
    }
    session.say("Every day your systemd renews what is running out, by " + unit.name() + ".timer.");
    if (session.json()) {
      answer("timer", unit.name() + ".timer");
    }
  }

  /** Takes it down, if it is there. */
  void takeDown() throws IOException {
    String done = remove();
    session.say(done.isEmpty() ? "There is no timer; a line for cron goes with crontab -e." : done);
  }

  /** Takes it down, and answers with a sentence; with an empty string if it is not there. */
  String remove() throws IOException {
    if (place().isEmpty()) {
      return "";
    }
    Path folder = folder();
    Path timer = folder.resolve(unit.name() + ".timer");
    checkOwn(timer);
    checkOwn(folder.resolve(unit.name() + ".service"));
    if (!Files.exists(timer)) {
      return "";
    }
    Optional<Path> systemctl = systemctl();
    if (systemctl.isPresent()) {
      run(systemctl.get(), "disable", "--now", unit.name() + ".timer");
    }
    delete(folder);
    // Whoever made them: an empty folder of units says nothing.
    CreatedFolders.removeEmpty(
        List.of(folder.getParent(), folder, folder.resolve(TimerUnit.WANTS)));
    if (systemctl.isPresent()) {
      run(systemctl.get(), "daemon-reload");
    }
    return "Took down " + unit.name() + ".timer.";
  }

  private void answer(String what, String value) {
    if (session.json()) {
      session.console().write(Json.write(Map.of(what, value)));
    } else {
      session.console().print(value);
    }
  }

  /** The program, where it reaches the systemd of this very user. */
  private Optional<Path> systemctl() {
    Optional<Path> program =
        host.os() == OperatingSystem.LINUX ? host.program("systemctl") : Optional.empty();
    if (program.isPresent()) {
      try {
        run(program.get(), "show-environment");
      } catch (IOException e) {
        // In a container, or without a session: as if it were not there.
        return Optional.empty();
      }
    }
    return program;
  }

  private void run(Path systemctl, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(systemctl.toString(), "--user"));
    command.addAll(List.of(arguments));
    CommandRunner.Result result =
        host.commands().run(CommandRunner.Command.of(command.toArray(String[]::new)));
    if (result.exitCode() != 0) {
      throw new IOException("systemctl: " + result.lastLine());
    }
  }

  private Path folder() throws CaException {
    return place()
        .orElseThrow(() -> new CaException("cannot find the home: HOME is not set", "set HOME"));
  }

  private Optional<Path> place() {
    return host.variable("XDG_CONFIG_HOME")
        .map(host::path)
        .filter(Path::isAbsolute)
        .or(() -> host.home().map(home -> home.resolve(".config")))
        .map(config -> config.resolve("systemd").resolve("user"));
  }

  private static void checkOwn(Path file) throws IOException {
    Optional<byte[]> there = BoundedFiles.readIfPresent(file, BoundedFiles.PEM_LIMIT);
    if (there.isPresent() && !TimerUnit.isOwn(new String(there.get(), StandardCharsets.UTF_8))) {
      throw new CaException("cannot change " + file + ": devca did not write it", "move it away");
    }
  }

  private static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (AtomicFile next = AtomicFile.prepare(file, bytes, FileMode.WORLD_READABLE)) {
      next.publish();
    }
  }

  private void delete(Path folder) throws IOException {
    // What systemctl enable made; without a session systemd is not there to take it away.
    Files.deleteIfExists(folder.resolve(TimerUnit.WANTS).resolve(unit.name() + ".timer"));
    Files.deleteIfExists(folder.resolve(unit.name() + ".timer"));
    Files.deleteIfExists(folder.resolve(unit.name() + ".service"));
  }
}
