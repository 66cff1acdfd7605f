package dev.devca.cli;

import dev.devca.truststore.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of a timer: two units for systemd, and a line for cron.
 *
 * @param name of the units, without its ending
 * @param command what is run every day
 * @param environment what the launcher and the CA folder depend on, and a timer would not have
 */
record TimerUnit(String name, List<String> command, Map<String, String> environment) {
  /** Where systemd keeps the links to the timers that it starts. */
  static final String WANTS = "timers.target.wants";

  private static final String MARK =
      "# Made by devca renew --schedule; devca renew --unschedule takes it away.\n";

  /** Takes copies. */
  TimerUnit {
    command = List.copyOf(command);
    for (String word : command) {
      checkLine(word);
    }
    environment.values().forEach(TimerUnit::checkLine);
  }

  /** What began a new line would be a setting of its own. */
  private static void checkLine(String word) {
    if (word.chars().anyMatch(Character::isISOControl)) {
      throw RenewCommand.wrong("a path for the timer has a control character in it");
    }
  }

  static TimerUnit of(Session session, List<String> options) {
    List<String> command = new ArrayList<>(List.of(Session.program(), "renew", "--quiet"));
    session.caName().ifPresent(name -> command.addAll(List.of(CommonOptions.CA, name)));
    command.addAll(options);
    return new TimerUnit(
        "devca-renew" + session.caName().map(name -> "-" + name).orElse(""),
        command,
        environment(session.host()));
  }

  private static Map<String, String> environment(Host host) {
    Map<String, String> environment = new LinkedHashMap<>();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    environment.put("DEVCA_JAVA", java.toString());
    for (String name : List.of("DEVCA_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")) {
      host.variable(name).ifPresent(value -> environment.put(name, value));
    }
    // A relative one is of this folder.
    environment.computeIfPresent("DEVCA_HOME", (n, path) -> "" + Path.of(path).toAbsolutePath());
    return environment;
  }

  /** Whether a text is of a unit that devca wrote. */
  static boolean isOwn(String text) {
    return text.startsWith(MARK);
  }

  /** The command for a person. */
  String shown() {
    return String.join(" ", command.stream().map(Shell::quote).toList());
  }

  /** The unit that runs the command, systemd.service(5). */
  String service() {
    StringBuilder text = new StringBuilder(MARK);
    text.append("[Unit]\nDescription=Renews certificates of devca\n\n[Service]\nType=oneshot\n");
    environment.forEach(
        (variable, value) ->
            text.append("Environment=").append(quoted(variable + "=" + value)).append('\n'));
    text.append("ExecStart=");
    // A dollar begins a variable in a command alone.
    List<String> words = command.stream().map(w -> quoted(w).replace("$", "$$")).toList();
    return text.append(String.join(" ", words)).append('\n').toString();
  }

  /** The unit that starts it, systemd.timer(5): also when the machine was off at midnight. */
  String timer() {
    return MARK
        + """
        [Unit]
        Description=Renews certificates of devca every day

        [Timer]
        OnCalendar=daily
        RandomizedDelaySec=1h
        Persistent=true

        [Install]
        WantedBy=timers.target
        """;
  }

  /** A word of a unit file, systemd.syntax(7): a percent sign begins a specifier. */
  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + '"';
  }

  /** Every day at nine, crontab(5): a percent sign would end the command. */
  String cronLine() {
    StringBuilder line = new StringBuilder("0 9 * * * ");
    environment.forEach(
        (variable, value) -> line.append(variable + "=" + Shell.quote(value)).append(' '));
    return line.append(shown()).toString().replace("%", "\\%");
  }
}
