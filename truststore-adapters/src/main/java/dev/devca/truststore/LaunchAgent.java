package dev.devca.truststore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A variable in the desktop session of a Mac: a file by which launchd sets it at each login, for
 * all that is not started from a shell, and the present session.
 *
 * @param host the machine
 * @param file the file, perhaps not there yet
 * @param variable its name
 */
record LaunchAgent(Host host, Path file, String variable) {
  private static final String LAUNCHCTL = "/bin/launchctl";

  /** One for each variable; none on another system. */
  static List<LaunchAgent> of(Host host, Path home, List<String> variables) {
    if (host.os() != OperatingSystem.MAC) {
      return List.of();
    }
    Path folder = home.resolve("Library").resolve("LaunchAgents");
    return variables.stream()
        .map(name -> new LaunchAgent(host, folder.resolve(label(name) + ".plist"), name))
        .toList();
  }

  private static String label(String variable) {
    return "dev.devca." + variable;
  }

  /** The file that lets the variable name another, see launchd.plist(5). */
  byte[] content(Path value) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
        	<key>Label</key>
        	<string>LABEL</string>
        	<key>ProgramArguments</key>
        	<array>
        		<string>LAUNCHCTL</string>
        		<string>setenv</string>
        		<string>NAME</string>
        		<string>VALUE</string>
        	</array>
        	<key>RunAtLoad</key>
        	<true/>
        </dict>
        </plist>
        """
        .replace("LABEL", label(variable))
        .replace("LAUNCHCTL", LAUNCHCTL)
        .replace("NAME", variable)
        // Last: a path may have any of those words in it.
        .replace("VALUE", escape(value.toString()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Sets the variable in the present session, unless it names something of the user's own. */
  void setNow(Path value) {
    if (named().filter(name -> !name.equals(value.toString())).isEmpty()) {
      run(setting(value));
    }
  }

  /** What {@link #setNow} would do that changes anything. */
  Optional<Step> stepNow(Path value) {
    return Files.exists(host.path(LAUNCHCTL)) && named().isEmpty()
        ? Optional.of(new Step.Run(setting(value), "", Set.of()))
        : Optional.empty();
  }

  private List<String> setting(Path value) {
    return List.of(LAUNCHCTL, "setenv", variable, value.toString());
  }

  /** Takes the variable out of the present session, if it names this file. */
  void unsetNow(Path value) {
    if (named().filter(value.toString()::equals).isPresent()) {
      run(List.of(LAUNCHCTL, "unsetenv", variable));
    }
  }

  private Optional<String> named() {
    return run(List.of(LAUNCHCTL, "getenv", variable))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** What it said; a session that cannot be asked, as by SSH, is none that needs the variable. */
  private Optional<String> run(List<String> command) {
    if (Files.notExists(host.path(LAUNCHCTL))) {
      return Optional.empty();
    }
    try {
      CommandRunner.Result result =
          host.commands().run(CommandRunner.Command.of(command.toArray(String[]::new)));
      return result.exitCode() == 0 ? Optional.of(result.text()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
