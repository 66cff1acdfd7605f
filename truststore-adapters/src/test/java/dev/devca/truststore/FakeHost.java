package dev.devca.truststore;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A machine in memory: files of a Unix, a Mac or Windows, an environment, and commands of which
 * each must have been scripted.
 */
final class FakeHost {
  private final OperatingSystem os;
  final FileSystem files;
  final Map<String, String> environment = new HashMap<>();
  private final Map<String, Function<CommandRunner.Command, CommandRunner.Result>> scripts =
      new HashMap<>();

  /** The argument lists that were run, in order. */
  final List<List<String>> commands = new ArrayList<>();

  FakeHost(OperatingSystem os) {
    this.os = os;
    this.files =
        Jimfs.newFileSystem(
            switch (os) {
              case LINUX -> unix(Configuration.unix());
              case MAC -> unix(Configuration.osX());
              case WINDOWS ->
                  Configuration.windows().toBuilder()
                      .setAttributeViews("basic", "owner", "dos", "acl", "user")
                      .build();
            });
    if (os == OperatingSystem.WINDOWS) {
      environment.put("USERPROFILE", directory("C:\\Users\\Zoë Müller").toString());
      environment.put("PATH", "C:\\Windows\\System32");
    } else {
      String home = os == OperatingSystem.MAC ? "/Users/Zoë Müller" : "/home/Zoë Müller";
      environment.put("HOME", directory(home).toString());
      environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    }
  }

  private static Configuration unix(Configuration base) {
    return base.toBuilder()
        .setAttributeViews("basic", "owner", "posix", "unix")
        .setDefaultAttributeValue("posix:permissions", "rwxr-xr-x")
        .build();
  }

  Host host() {
    return Host.of(os, files, environment, this::run);
  }

  Path home() {
    return host().home().orElseThrow();
  }

  Path directory(String path) {
    try {
      return Files.createDirectories(files.getPath(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Path file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  Path file(String path, byte[] content) {
    try {
      Path file = files.getPath(path);
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts a program in place and scripts what it does. */
  void program(String path, Function<CommandRunner.Command, CommandRunner.Result> script) {
    file(path, "#!");
    scripts.put(path, script);
  }

  static CommandRunner.Result exits(int code, String errors) {
    return new CommandRunner.Result(code, new byte[0], errors.getBytes(StandardCharsets.UTF_8));
  }

  private CommandRunner.Result run(CommandRunner.Command command) throws IOException {
    commands.add(command.arguments());
    Function<CommandRunner.Command, CommandRunner.Result> script =
        scripts.get(command.arguments().get(0));
    if (script == null) {
      throw new AssertionError("no script for the command " + command);
    }
    try {
      return script.apply(command);
    } catch (UncheckedIOException e) {
      // How a program that did not end in time is told.
      throw e.getCause();
    }
  }

  /**
   * What there is at each path, to show what an operation left behind: text as it is, so that a
   * difference can be read.
   */
  Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>();
    for (Path root : files.getRootDirectories()) {
      try (var paths = Files.walk(root)) {
        for (Path path : (Iterable<Path>) paths::iterator) {
          all.put(path.toString(), describe(path));
        }
      } catch (IOException | NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
    return all;
  }

  private static String describe(Path path) throws IOException, NoSuchAlgorithmException {
    if (Files.isSymbolicLink(path)) {
      return "link to " + Files.readSymbolicLink(path);
    }
    if (Files.isDirectory(path)) {
      return "folder";
    }
    byte[] content = Files.readAllBytes(path);
    try {
      return "file: " + StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
    } catch (CharacterCodingException e) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return "file of " + content.length + " bytes, SHA-256 " + HexFormat.of().formatHex(hash);
    }
  }
}
