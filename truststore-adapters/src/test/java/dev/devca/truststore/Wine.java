package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Library;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * Windows' libraries as Wine has them, in a prefix of our own, called from this JVM through the
 * bridge in {@code src/test/c}. Used by one thread.
 */
final class Wine implements AutoCloseable {
  private static final Path SOURCES = Path.of("src/test/c").toAbsolutePath();
  private static final String MINGW = "x86_64-w64-mingw32-gcc";
  // Making a prefix takes ten seconds on a machine with nothing else to do.
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** What of the bridge is not Windows'. */
  interface Bridge extends Library {
    int bridge_start(String[] arguments, String[] environment, String folder);

    void bridge_stop();

    void bridge_fail(String function, int code);
  }

  private final Path folder;
  private final Path wine;
  private final Map<String, String> environment;
  private final CommandRunner commands;
  private final Bridge bridge;

  private Wine(Path folder, Path wine) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.wine = wine;
    this.environment =
        Map.of(
            "HOME", Files.createDirectories(folder.resolve("home")).toString(),
            "PATH", "/usr/bin:/bin",
            "LC_ALL", "C.UTF-8",
            "WINEPREFIX", folder.resolve("prefix").toString(),
            "WINEDEBUG", "-all",
            // Else they would ask for downloads, and put entries into a desktop's menu.
            "WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=");
    this.commands = new ProcessRunner(environment);
    build();
    Path made = folder.resolve("prefix").resolve("made");
    if (!Files.exists(made)) {
      makePrefix();
      Files.createFile(made);
    }
    this.bridge = Windows.load(library().toString(), Bridge.class);
    startHost();
  }

  /** Skips the test where Wine or a compiler is missing; on CI that is a failure. */
  static Wine start() throws IOException {
    Path wine = Path.of("/usr/lib/wine/wine64");
    for (Path program : List.of(wine, Path.of("/usr/bin/gcc"), Path.of("/usr/bin", MINGW))) {
      if (!Files.isExecutable(program)) {
        String message =
            program
                + " is missing: apt-get install gcc wine64 libwine-dev"
                + " gcc-mingw-w64-x86-64-win32";
        if ("true".equals(System.getenv("CI"))) {
          throw new AssertionError(message);
        }
        throw new TestAbortedException(message);
      }
    }
    return new Wine(
        Path.of(System.getProperty("devca.wine", "target/wine")).toAbsolutePath(), wine);
  }

  private void makePrefix() throws IOException {
    run(wine.toString(), "wineboot", "-i");
    // It leads to the root of this machine: whoever deletes the prefix shall find nothing there.
    Path drive = folder.resolve("prefix").resolve("dosdevices").resolve("z:");
    Files.deleteIfExists(drive);
    Files.createSymbolicLink(drive, folder);
    // Windows that nobody sees, or none can be made without a display.
    run(
        wine.toString(),
        "reg",
        "add",
        "HKCU\\Software\\Wine\\Drivers",
        "/v",
        "Graphics",
        "/d",
        "null",
        "/f");
  }

  private void build() throws IOException {
    // Short wide characters, and Wine's own declarations.
    run(
        "/usr/bin/gcc",
        "-shared",
        "-fPIC",
        "-Wall",
        "-Werror",
        "-fshort-wchar",
        "-I/usr/include/wine/wine/windows",
        "-o",
        library().toString(),
        SOURCES.resolve("bridge.c").toString());
    compile("bridge-host");
    compile("probe");
  }

  private void compile(String program) throws IOException {
    mingw(
        "-o",
        program(program),
        SOURCES.resolve(program + ".c").toString(),
        "-lcrypt32",
        "-lwinhttp");
  }

  /** Runs the compiler for Windows, which must find nothing to say. */
  void mingw(String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("/usr/bin/" + MINGW, "-Wall", "-Werror", "-D__USE_MINGW_ANSI_STDIO=1"));
    all.addAll(List.of(arguments));
    run(all.toArray(String[]::new));
  }

  private Path library() {
    return folder.resolve("libbridge.so");
  }

  private String program(String name) {
    return folder.resolve(name + ".exe").toString();
  }

  private void startHost() {
    String[] variables =
        environment.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new);
    assertThat(
            bridge.bridge_start(
                new String[] {wine.toString(), program("bridge-host")},
                variables,
                folder.toString()))
        .isZero();
  }

  /** Ends the process that calls Windows and starts another, which knows only what was kept. */
  void restart() {
    bridge.bridge_stop();
    startHost();
  }

  /** Windows' libraries, loaded as on Windows but from the bridge. */
  Windows windows() {
    String path = library().toString();
    return new Windows(
        Windows.load(path, Crypt32.class),
        Windows.load(path, Advapi32.class),
        Windows.load(path, User32.class));
  }

  /** From now on a function fails with a code; with an empty name none does. */
  void fail(String function, int code) {
    bridge.bridge_fail(function, code);
  }

  /** What Windows' own program for the registry says of a user's environment. */
  String registry() throws IOException {
    CommandRunner.Result result =
        commands.run(
            new CommandRunner.Command(
                List.of(wine.toString(), "reg", "query", "HKCU\\Environment"), new byte[0], LIMIT));
    assertThat(result.exitCode()).isZero();
    return result.text();
  }

  /** Starts the program of Windows that ends when it is told of a new environment. */
  Process listen() throws Exception {
    Path ready = folder.resolve("ready");
    Files.deleteIfExists(ready);
    ProcessBuilder builder =
        new ProcessBuilder(wine.toString(), program("probe"), "listen", "Z:\\ready")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(ready)) {
      assertThat(process.isAlive() && System.nanoTime() < end).isTrue();
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    return process;
  }

  /** Runs the program of Windows that has nothing of ours. */
  CommandRunner.Result probe(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(wine.toString(), program("probe")));
    all.addAll(List.of(arguments));
    return commands.run(new CommandRunner.Command(all, new byte[0], LIMIT));
  }

  private void run(String... command) throws IOException {
    CommandRunner.Result result =
        commands.run(new CommandRunner.Command(List.of(command), new byte[0], LIMIT));
    String said = new String(result.errors(), StandardCharsets.UTF_8);
    assertThat(result.exitCode()).as("%s: %s", String.join(" ", command), said).isZero();
  }

  @Override
  public void close() throws IOException {
    bridge.bridge_fail("", 0);
    bridge.bridge_stop();
    run("/usr/lib/wine/wineserver", "-k");
  }
}
