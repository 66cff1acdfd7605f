package dev.devca.truststore;

import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Linux that runs inside Windows, and may start programs of Windows. Immutable.
 *
 * @param distribution its name in Windows; empty under sudo, which does not hand it on
 * @param powershell Windows PowerShell, if it may be started
 */
record Wsl(Optional<String> distribution, Optional<Path> powershell) {
  private static final String PROGRAM = "powershell.exe";
  private static final String FOLDER = "/mnt/*/Windows/System32/WindowsPowerShell/v1.0";
  // What starts programs of Windows registers there, by one of two names.
  private static final List<String> INTEROP =
      List.of("/proc/sys/fs/binfmt_misc/WSLInterop", "/proc/sys/fs/binfmt_misc/WSLInterop-late");

  /** Empty on a host that is none, such as a container, which has the same kernel. */
  static Optional<Wsl> of(Host host) {
    Optional<String> name = host.variable("WSL_DISTRO_NAME");
    boolean interop =
        INTEROP.stream().anyMatch(file -> text(host.path(file)).startsWith("enabled"));
    if (host.os() != OperatingSystem.LINUX
        || !text(host.path("/proc/version")).toLowerCase(Locale.ROOT).contains("microsoft")
        || !(interop || name.isPresent() || Files.isDirectory(host.path("/run/WSL")))) {
      return Optional.empty();
    }
    return Optional.of(new Wsl(name, interop ? powershell(host) : Optional.empty()));
  }

  private static Optional<Path> powershell(Host host) {
    return Stream.concat(
            host.program(PROGRAM).stream(),
            Places.folders(host, FOLDER).stream().map(folder -> folder.resolve(PROGRAM)))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static String text(Path file) {
    try {
      return new String(
          BoundedFiles.read(file, BoundedFiles.PEM_LIMIT), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
