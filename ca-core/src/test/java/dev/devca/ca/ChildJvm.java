package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A class of these tests run in a JVM of its own. It waits for a line on its input, so that several
 * begin at once.
 */
public final class ChildJvm implements AutoCloseable {
  private static final long LIMIT_SECONDS = 90;

  private final Process process;
  private final Path problems;

  private ChildJvm(Process process, Path problems) {
    this.process = process;
    this.problems = problems;
  }

  public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Several start at once, each for a second.
    command.add("-XX:TieredStopAtLevel=1");
    // The JVM's own warnings, of a machine that is short of something, go to its standard output.
    command.add("-Xlog:disable");
    command.add("-Xlog:all=warning:stderr");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path problems = Files.createTempFile("child", ".txt");
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(problems.toFile()).start(), problems);
  }

  /** Lets it begin. */
  public void go() throws IOException {
    try (OutputStream in = process.getOutputStream()) {
      in.write('\n');
    }
  }

  /** What it printed, when it has ended well. */
  public String output() throws IOException, InterruptedException {
    // It prints less than a pipe holds, so that it ends without being read.
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.exitValue()).as(text + Files.readString(problems)).isZero();
    return text;
  }

  /** Gives it a line, and leaves its input open. */
  public void say(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** The next line that it prints. */
  public String line() throws IOException {
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null) {
      // It is at its end, and has said why.
      throw new AssertionError("a child printed no line: " + Files.readString(problems));
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(problems);
  }
}
