package dev.devca.truststore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The JDKs that macOS knows of, by its own tool; they may lie anywhere. Immutable.
 *
 * @param usual the one that {@code /usr/bin/java} starts
 * @param all each of them
 */
record MacJavaHomes(Optional<Path> usual, List<Path> all) {
  private static final String PROGRAM = "/usr/libexec/java_home";
  // 21.0.1 (arm64) "Eclipse Adoptium" - "OpenJDK 21.0.1" /Library/.../Contents/Home
  private static final Pattern LINE = Pattern.compile("(?m)^\\s+\\d.*\"\\s+(/.*)$");

  MacJavaHomes {
    all = List.copyOf(all);
  }

  static MacJavaHomes on(Host host) {
    MacJavaHomes none = new MacJavaHomes(Optional.empty(), List.of());
    if (host.os() != OperatingSystem.MAC || Files.notExists(host.path(PROGRAM))) {
      return none;
    }
    try {
      CommandRunner.Result result = host.commands().run(CommandRunner.Command.of(PROGRAM, "-V"));
      // It fails where there is none.
      return result.exitCode() == 0 ? parse(host, result) : none;
    } catch (IOException e) {
      // Those in the usual folders are found without it.
      return none;
    }
  }

  private static MacJavaHomes parse(Host host, CommandRunner.Result result) {
    String list = new String(result.errors(), StandardCharsets.UTF_8);
    return new MacJavaHomes(
        host.absolutePath(result.text().strip()),
        LINE.matcher(list)
            .results()
            .flatMap(line -> host.absolutePath(line.group(1).strip()).stream())
            .toList());
  }
}
