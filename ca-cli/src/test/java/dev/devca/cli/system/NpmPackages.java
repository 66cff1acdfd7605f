package dev.devca.cli.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Packages of npm, of exactly these versions, installed by npm outside of the checkout: once, for
 * all later runs.
 */
final class NpmPackages {
  /** The official SDK of the Model Context Protocol, and what gives its fetch a certificate. */
  static final List<String> MCP_SDK = List.of("@modelcontextprotocol/sdk@1.32.2", "undici@6.29.1");

  /** The last Claude Code but few that is a script for Node. */
  static final List<String> CLAUDE_CODE = List.of("@anthropic-ai/claude-code@2.1.100");

  private static final long LIMIT_MINUTES = 5;

  private NpmPackages() {}

  /** The folder that has them, on this machine and in each sandbox. */
  static Path of(Sandbox sandbox, List<String> packages) {
    Prerequisite.program(sandbox, "npm", "npm");
    Path cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache"))
            .resolve("devca-tests");
    Path folder = cache.resolve(String.join("+", packages).replaceAll("[^A-Za-z0-9.+-]", "_"));
    try {
      if (Files.notExists(folder)) {
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, "new");
        install(fresh, packages);
        publish(fresh, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void install(Path folder, List<String> packages) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("npm", "install", "--prefix", folder.toString()));
    // No script of a package runs on this machine, and nothing that is there for some machines.
    command.addAll(List.of("--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"));
    command.addAll(packages);
    Path log = folder.resolve("npm.log");
    Process npm =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      npm.getOutputStream().close();
      if (!npm.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        Prerequisite.missing("npm could not install " + packages, Files.readString(log));
      }
    } catch (InterruptedException e) {
      npm.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Another run may have been faster. */
  private static void publish(Path fresh, Path folder) throws IOException {
    try {
      Files.move(fresh, folder);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      try (Stream<Path> files = Files.walk(fresh)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
