package dev.devca.truststore;

import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The file of certificates that pip's settings name, and that its variable would hide. */
final class PipConfig {
  static final String VARIABLE = "PIP_CERT";

  private static final Pattern CERT = Pattern.compile("(?m)^cert\\s*[=:]\\s*(\\S.*?)\\s*$");

  private PipConfig() {}

  /** What the last file says, in the order in which pip reads them. */
  static Optional<Path> certificates(Host host) {
    return files(host)
        .flatMap(file -> certificates(host, file).stream())
        .reduce((first, second) -> second);
  }

  /** See "configuration" in pip's manual. */
  private static Stream<Path> files(Host host) {
    List<Path> files = new ArrayList<>(List.of(host.path("/etc/pip.conf")));
    host.home().ifPresent(home -> files.add(home.resolve(".pip").resolve("pip.conf")));
    HostFolders.config(host)
        .ifPresent(folder -> files.add(folder.resolve("pip").resolve("pip.conf")));
    if (host.os() == OperatingSystem.MAC) {
      host.home()
          .ifPresent(home -> files.add(home.resolve("Library/Application Support/pip/pip.conf")));
    }
    host.variable("PIP_CONFIG_FILE").flatMap(host::absolutePath).ifPresent(files::add);
    return files.stream();
  }

  private static Optional<Path> certificates(Host host, Path file) {
    try {
      Matcher line =
          CERT.matcher(
              BoundedFiles.readIfPresent(file, BoundedFiles.PEM_LIMIT)
                  .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                  .orElse(""));
      Optional<Path> path = Optional.empty();
      while (line.find()) {
        String value = line.group(1);
        path =
            value.startsWith("~/")
                ? host.home().map(home -> home.resolve(value.substring(2)))
                : host.absolutePath(value);
      }
      return path;
    } catch (IOException e) {
      // pip itself stops at a file that it cannot read.
      return Optional.empty();
    }
  }
}
