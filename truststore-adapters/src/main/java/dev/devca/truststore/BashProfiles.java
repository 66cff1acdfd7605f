package dev.devca.truststore;

import dev.devca.ca.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The start files of bash, and of the {@code sh} that starts a desktop session. Where links make
 * one file of two, it is named once.
 */
final class BashProfiles {
  private static final String PROFILE = ".profile";
  private static final String BASHRC = ".bashrc";
  // bash reads the first of these in place of .profile, bash(1) INVOCATION. Never made by us: that
  // would switch .profile off.
  private static final List<String> INSTEAD = List.of(".bash_profile", ".bash_login");

  private BashProfiles() {}

  /** The files in which a variable must be set, perhaps not there yet. */
  static List<Path> wanted(Host host, Path home) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(
        INSTEAD.stream()
            .map(home::resolve)
            .filter(Files::exists)
            .findFirst()
            .orElse(home.resolve(PROFILE)));
    Path bashrc = home.resolve(BASHRC);
    if (Files.exists(bashrc) || host.program("bash").isPresent()) {
      files.add(bashrc);
    }
    return distinct(files);
  }

  /** The files in which we may have set one. */
  static List<Path> all(Path home) throws IOException {
    List<Path> files = new ArrayList<>(INSTEAD.stream().map(home::resolve).toList());
    files.add(home.resolve(PROFILE));
    files.add(home.resolve(BASHRC));
    return distinct(files);
  }

  private static List<Path> distinct(List<Path> files) throws IOException {
    Map<Path, Path> byRealPath = new LinkedHashMap<>();
    for (Path file : files) {
      byRealPath.putIfAbsent(AtomicFile.behindLinks(file), file);
    }
    return List.copyOf(byRealPath.values());
  }
}
