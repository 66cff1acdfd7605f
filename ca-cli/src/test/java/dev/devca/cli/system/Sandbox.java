package dev.devca.cli.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A copy of this machine to break: its own view of all files (an overlay in memory), its own
 * loopback with {@link #ADDRESS} and no other network, its own processes, and a user {@code dev}
 * with a new home. Nothing done in it reaches this machine; all of it is gone on close, and when
 * the tests are killed. {@code /tmp} and {@code /run} begin empty.
 *
 * <p>Works as root, and as an ordinary user where the kernel allows user namespaces; without other
 * users then. Where neither is possible the test is skipped with the reason, and fails on CI.
 */
final class Sandbox implements AutoCloseable {

  /** The address that the sandbox's loopback has beside localhost. */
  static final String ADDRESS = "172.16.99.32";

  private static final Duration START = Duration.ofSeconds(60);

  private final Process holder;
  private final long pid;
  private final boolean realUsers;
  private final HostFiles hostFiles;

  private Sandbox(Process holder, long pid, boolean realUsers, HostFiles hostFiles) {
    this.holder = holder;
    this.pid = pid;
    this.realUsers = realUsers;
    this.hostFiles = hostFiles;
  }

  /** A new sandbox. */
  static Sandbox open() {
    HostFiles hostFiles = HostFiles.read();
    boolean realUsers = "root".equals(System.getProperty("user.name"));
    List<String> command = new ArrayList<>(List.of("unshare"));
    if (!realUsers) {
      command.add("--map-root-user");
    }
    command.addAll(List.of("--mount", "--net", "--ipc", "--pid", "--fork", "--kill-child"));
    command.addAll(List.of("bash", resource("sandbox.sh").toString()));
    command.addAll(List.of(System.getProperty("devca.root"), ADDRESS));
    command.add(realUsers ? "root" : "mapped");
    try {
      Process holder = new ProcessBuilder(command).start();
      Capture errors = new Capture(holder.getErrorStream());
      Thread guard = killAfter(START, holder);
      String line;
      try (var reader =
          new BufferedReader(
              new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
        line = reader.readLine();
      }
      guard.interrupt();
      if (!"ready".equals(line)) {
        holder.destroyForcibly();
        Prerequisite.missing(
            "no sandbox on this machine", errors.text(Duration.ofSeconds(5)).strip());
      }
      long pid = holder.children().findFirst().orElseThrow().pid();
      return new Sandbox(holder, pid, realUsers, hostFiles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread killAfter(Duration limit, Process process) {
    Thread guard =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(limit.toMillis());
                process.destroyForcibly();
              } catch (InterruptedException started) {
                // The wanted end.
              }
            },
            "sandbox start limit");
    guard.setDaemon(true);
    guard.start();
    return guard;
  }

  /** A file beside the tests' classes, where host and sandbox both find it. */
  static Path resource(String name) {
    try {
      return Path.of(Sandbox.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether users beside root exist; else their tests are skipped. */
  boolean hasRealUsers() {
    return realUsers;
  }

  /** Root, with the home that the passwd file says. */
  Caller root() {
    return Caller.of(this, "root", "/root");
  }

  /** Another user: {@code dev}, or one that the test made. */
  Caller as(String user) {
    Prerequisite.realUsers(this);
    return Caller.of(this, user, "/home/" + user);
  }

  /** Runs a command as root. */
  CommandResult run(String... command) {
    return root().run(command);
  }

  /** A new home as {@code adduser} makes it, owned by root: one that passwd does not know. */
  String newHome(String path) {
    run("sh", "-c", "mkdir -p \"$1\" && cp -rT /etc/skel \"$1\"", "sh", path).ok();
    return path;
  }

  /** Writes a file, as root, with its folders. */
  void write(String path, String text) {
    String script = "mkdir -p \"$(dirname \"$1\")\" && cat > \"$1\"";
    root().input(text).run("sh", "-c", script, "sh", path).ok();
  }

  /** The text of a file. */
  String read(String path) {
    return run("cat", path).ok().stdout();
  }

  /** Whether servers listen on these addresses, as {@code host/port}, within some seconds. */
  boolean awaitListening(String... addresses) {
    String script =
        """
        for address in "$@"; do
          until (exec 3<> "/dev/tcp/$address") 2> /dev/null; do sleep 0.05; done
        done
        """;
    List<String> command = new ArrayList<>(List.of("timeout", "20", "bash", "-c", script, "bash"));
    command.addAll(List.of(addresses));
    return run(command.toArray(String[]::new)).exitCode() == 0;
  }

  /** The state of all files, to compare with a later one. */
  Moment now() {
    return Moment.of(proc("cwd/upper"), proc("root"));
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }

  /** The command line that leads into the sandbox. */
  List<String> entry() {
    List<String> line = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid)));
    if (!realUsers) {
      line.addAll(List.of("--user", "--preserve-credentials"));
    }
    line.addAll(List.of("--mount", "--net", "--ipc", "--pid"));
    return line;
  }

  @Override
  public void close() {
    try {
      holder.getOutputStream().close();
      if (!holder.waitFor(START.toMillis(), TimeUnit.MILLISECONDS)) {
        holder.destroyForcibly();
        throw new AssertionError("the sandbox did not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      holder.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    hostFiles.assertUnchanged();
  }
}
