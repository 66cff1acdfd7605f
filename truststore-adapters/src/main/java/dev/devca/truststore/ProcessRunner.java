package dev.devca.truststore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs programs as processes of this machine. */
final class ProcessRunner implements CommandRunner {
  // What a program says is kept for messages; an endless one must not fill the memory.
  private static final int OUTPUT_LIMIT = 8 * 1024 * 1024;

  // What a program said just before its end has arrived long before.
  private static final Duration AFTER_END = Duration.ofSeconds(2);

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Map<String, String> environment;
  private final boolean asRoot;

  ProcessRunner(Map<String, String> environment) {
    this(environment, false);
  }

  /**
   * A runner of programs.
   *
   * @param environment all that they see
   * @param asRoot whether they run as root: then a {@code PATH} leads only where root alone writes
   */
  ProcessRunner(Map<String, String> environment, boolean asRoot) {
    this.environment = Map.copyOf(environment);
    this.asRoot = asRoot;
  }

  /** The runner of this process. */
  static ProcessRunner on(OperatingSystem os, Map<String, String> environment) {
    return new ProcessRunner(environment, os != OperatingSystem.WINDOWS && ProcessUser.id(os) == 0);
  }

  private static String ofRoot(String path) {
    return Stream.concat(Stream.of(path.split(":", -1)), Stream.of(DEFAULT_PATH.split(":", -1)))
        .filter(folder -> folder.startsWith("/") && RootOwned.isFolderOfPrograms(Path.of(folder)))
        .distinct()
        .collect(Collectors.joining(":"));
  }

  @Override
  public Result run(Command command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.arguments());
    builder.environment().clear();
    builder.environment().putAll(environment);
    if (asRoot) {
      builder.environment().computeIfPresent("PATH", (name, path) -> ofRoot(path));
    }
    // Messages in one language, so that what is reported does not depend on the user's.
    builder.environment().put("LC_ALL", "C");
    // Scripts such as update-ca-certificates call others by name.
    if (environment.keySet().stream().noneMatch("PATH"::equalsIgnoreCase)) {
      builder.environment().put("PATH", DEFAULT_PATH);
    }
    Process process = builder.start();
    Collected output = new Collected(process.getInputStream());
    Collected errors = new Collected(process.getErrorStream());
    CompletableFuture<Void> input = feed(process.getOutputStream(), command.input());
    try {
      if (!process.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "it did not end within " + command.limit().toSeconds() + " s and was stopped");
      }
      // What a program has not read when it ends, it does not want.
      input.cancel(false);
      return new Result(process.exitValue(), output.bytes(), errors.bytes());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      ProcessTree.kill(process);
    }
  }

  /** What a program says, read while it runs. */
  private static final class Collected {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<Void> end;

    Collected(InputStream stream) {
      end = CompletableFuture.runAsync(() -> read(stream), ProcessRunner::startThread);
    }

    private void read(InputStream stream) {
      byte[] buffer = new byte[8192];
      try (stream) {
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          synchronized (kept) {
            kept.write(buffer, 0, Math.min(n, OUTPUT_LIMIT - kept.size()));
          }
        }
      } catch (IOException e) {
        // What has come until then is all that there is.
        return;
      }
    }

    /** All of it, once the program has ended. */
    byte[] bytes() throws InterruptedException {
      try {
        end.get(AFTER_END.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // A daemon that the program started holds its output open, for as long as it lives.
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
      synchronized (kept) {
        return kept.toByteArray();
      }
    }
  }

  private static CompletableFuture<Void> feed(OutputStream stream, byte[] input) {
    return CompletableFuture.runAsync(
        () -> {
          try (stream) {
            stream.write(input);
          } catch (IOException e) {
            // The program ended without reading all of its input: its exit code tells.
            return;
          }
        },
        ProcessRunner::startThread);
  }

  // A thread of its own for each stream: a pool of the host's could be busy for ever.
  private static void startThread(Runnable task) {
    Thread thread = new Thread(task, "devca-process-stream");
    thread.setDaemon(true);
    thread.start();
  }
}
