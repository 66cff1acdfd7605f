package dev.devca.truststore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs programs as processes of this machine. */
final class ProcessRunner implements CommandRunner {
  // What a program says is kept for messages; an endless one must not fill the memory.
  private static final int OUTPUT_LIMIT = 8 * 1024 * 1024;

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Map<String, String> environment;

  ProcessRunner(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Result run(Command command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.arguments());
    builder.environment().clear();
    builder.environment().putAll(environment);
    // Messages in one language, so that what is reported does not depend on the user's.
    builder.environment().put("LC_ALL", "C");
    // Scripts such as update-ca-certificates call others by name.
    if (environment.keySet().stream().noneMatch("PATH"::equalsIgnoreCase)) {
      builder.environment().put("PATH", DEFAULT_PATH);
    }
    Process process = builder.start();
    CompletableFuture<byte[]> output = collect(process.getInputStream());
    CompletableFuture<byte[]> errors = collect(process.getErrorStream());
    CompletableFuture<Void> input = feed(process.getOutputStream(), command.input());
    try {
      if (!process.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "it did not end within " + command.limit().toSeconds() + " s and was stopped");
      }
      input.join();
      return new Result(process.exitValue(), output.join(), errors.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static CompletableFuture<byte[]> collect(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            byte[] kept = stream.readNBytes(OUTPUT_LIMIT);
            stream.transferTo(OutputStream.nullOutputStream());
            return kept;
          } catch (IOException e) {
            return new byte[0];
          }
        },
        ProcessRunner::startThread);
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
