package dev.devca.cli.system;

import java.time.Duration;

/** A real server in a sandbox, with a configuration of its own, run in the foreground. */
final class ConfiguredServer implements AutoCloseable {

  /** No test takes that long; what forgets to stop it ends with it. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final Running server;

  private ConfiguredServer(Running server) {
    this.server = server;
  }

  /** Starts it as root, and waits until it listens on a port of localhost. */
  static ConfiguredServer start(Sandbox sandbox, int port, String... command) {
    return start(sandbox.root(), port, command);
  }

  /** Starts it, and waits until it listens on a port of localhost. */
  static ConfiguredServer start(Caller caller, int port, String... command) {
    Sandbox sandbox = caller.sandbox();
    Running running = caller.limit(LIFE).start(command);
    ConfiguredServer server = new ConfiguredServer(running);
    String listening =
        "until (exec 3<> \"/dev/tcp/127.0.0.1/$1\") 2> /dev/null; do sleep 0.05; done";
    CommandResult wait =
        sandbox.run("timeout", "30", "bash", "-c", listening, "bash", Integer.toString(port));
    if (wait.exitCode() != 0 || !running.isAlive()) {
      server.close();
      throw new AssertionError("the server did not start: " + running.result());
    }
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
