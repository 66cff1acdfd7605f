package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** A program of this machine that judges what we make; a test without it is aborted by name. */
enum Tool {
  OPENSSL("openssl", "openssl"),
  CERTTOOL("certtool", "gnutls-bin"),
  CERTUTIL("certutil", "libnss3-tools"),
  VFYCHAIN("vfychain", "libnss3-tools"),
  NODE("node", "nodejs");

  private static final long LIMIT_SECONDS = 60;

  private final String program;
  private final String debianPackage;

  Tool(String program, String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /** Exit code and all that was printed. */
  record Result(int code, String output) {}

  /** What it printed, when it has ended well. */
  String run(String... arguments) throws IOException, InterruptedException {
    return run(path(), arguments);
  }

  Result attempt(String... arguments) throws IOException, InterruptedException {
    return attempt(path(), arguments);
  }

  /** What a program of a known place printed, when it has ended well. */
  static String run(Path program, String... arguments) throws IOException, InterruptedException {
    Result result = attempt(program, arguments);
    assertThat(result.code()).as("%s %s: %s", program, List.of(arguments), result).isZero();
    return result.output();
  }

  static Result attempt(Path program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("LC_ALL", "C");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      // It prints less than a pipe holds.
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      byte[] output = process.getInputStream().readAllBytes();
      return new Result(process.exitValue(), new String(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  private Path path() {
    for (String folder : System.getenv("PATH").split(System.getProperty("path.separator"), -1)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw missing(program + " is missing: apt-get install " + debianPackage);
  }

  /** Aborts a test that cannot run on this machine; on CI it fails, and hides nothing. */
  static TestAbortedException missing(String missing) {
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(missing);
    }
    return new TestAbortedException(missing);
  }
}
