package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks the real Node for {@code url.domainToASCII}. */
final class NodeDomains {
  // UTF-16 code units in hexadecimal: a lone surrogate comes through too.
  private static final String PROGRAM =
      """
      const {domainToASCII} = require('url');
      const lines = require('fs').readFileSync(0, 'utf8').split('\\n');
      lines.pop();
      const name = line => String.fromCharCode(...line.match(/..../g).map(u => parseInt(u, 16)));
      process.stdout.write(lines.map(line => domainToASCII(name(line)) + '\\n').join(''));
      """;

  private NodeDomains() {}

  /** One answer for each name, empty where Node refuses it; without a trailing dot. */
  static List<String> toAscii(List<String> names, Path folder) throws Exception {
    Path in = folder.resolve("names");
    Path out = folder.resolve("answers");
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      name.chars().forEach(unit -> lines.append(Integer.toHexString(0x10000 + unit), 1, 5));
      lines.append('\n');
    }
    Files.writeString(in, lines, StandardCharsets.US_ASCII);
    Process node = start(in, out);
    try {
      assertThat(node.waitFor(2, TimeUnit.MINUTES)).as("node ends").isTrue();
    } finally {
      node.destroyForcibly();
    }
    assertThat(node.exitValue()).isZero();
    List<String> answers =
        Files.readAllLines(out).stream().map(DnsNames::withoutTrailingDot).toList();
    assertThat(answers).hasSameSizeAs(names);
    return answers;
  }

  private static Process start(Path in, Path out) {
    try {
      return new ProcessBuilder("node", "-e", PROGRAM)
          .redirectInput(in.toFile())
          .redirectOutput(out.toFile())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      String missing = "node is missing: apt-get install nodejs";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(missing, e);
      }
      return abort(missing);
    }
  }
}
