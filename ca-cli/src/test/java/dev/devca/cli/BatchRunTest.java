package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchRunTest {
  @TempDir Path home;

  private CommandLineRun batch(String lines, String... more) throws IOException {
    Path file = Files.writeString(home.resolve("batch"), lines);
    return CommandLineRun.in(
        home,
        Stream.concat(Stream.of("issue", "--batch", file.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  /** A line for one name, with files in the home: a test has no current folder of its own. */
  private String line(String name, String... options) {
    return "%s --cert-file '%s/%s.pem' --key-file '%s/%s.key' %s\n"
        .formatted(name, home, name, home, name, String.join(" ", options));
  }

  @Test
  void batch_manyLines_areAllIssuedOwnerOnlyAndOnTheList() throws Exception {
    int many = 200;
    StringBuilder lines = new StringBuilder("\uFEFF# names\n\n");
    IntStream.range(0, many).forEach(i -> lines.append(line("host" + i + ".test")));

    CommandLineRun run = batch(lines.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).endsWith("Issued 200 of 200 certificates\n");
    assertThat(run.out()).isEmpty();
    for (int i = 0; i < many; i++) {
      Path key = home.resolve("host" + i + ".test.key");
      assertThat(Files.readString(home.resolve("host" + i + ".test.pem"))).contains("CERTIFICATE");
      assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
    }
    assertThat(CommandLineRun.in(home, "list").out().lines()).hasSize(many);
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".devca-"));
    }
  }

  @Test
  void batch_someLinesAreWrong_othersAreDoneAndTheCodeIsThree() throws Exception {
    String twice = line("good.test").replace("good.test --", "other.test --");
    CommandLineRun run =
        batch(
            line("good.test")
                + "bad name..test\n"
                + twice
                + "'open\n"
                + "a.test --batch x\n"
                + "a.test --p12-file a.p12\n"
                + "a.test --cert-file -\n"
                + "--csr - --cert-file a.pem\n"
                + "a.test --nonsense\n");

    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(run.err())
        .contains("line 2: cannot use the name \"name..test\": it has an empty label\n")
        .contains("line 3: line 1 writes " + home.toRealPath().resolve("good.test.pem") + " too\n")
        .contains("line 4: a quotation mark is not closed\n")
        .contains("line 5: --batch is of the whole batch\n")
        .contains("line 6: its key store's password must come from a file")
        .contains("line 7: standard output takes no line of a batch\n")
        .contains("line 8: its request cannot come from standard input\n")
        .contains("line 9: Unknown option: '--nonsense'")
        .endsWith("Issued 1 of 9 certificates\n");
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("batch", ".local", "good.test.pem", "good.test.key");
    }
  }

  @Test
  void batch_jsonLinesFromStandardInput_areReportedAsJson() throws Exception {
    String line =
        """
        {"names": ["a.test", "10.0.0.1"], "days": 3, "key": "ed25519", "client": false, "cert-file": "%1$s/a b.pem", "key-file": "%1$s/a.key"}
        {"names": "a.test"
        """
            .formatted(home);

    CommandLineRun run =
        CommandLineRun.withInput(
            new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)),
            home,
            "issue",
            "--batch",
            "-",
            "--json",
            "--quiet");

    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    List<?> report =
        (List<?>)
            Json.readObject(("{\"r\":" + run.out() + "}").getBytes(StandardCharsets.UTF_8))
                .get("r");
    assertThat(report).hasSize(2);
    assertThat(report.get(0))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("line", 1L)
        .containsEntry("names", List.of("a.test", "10.0.0.1"))
        .containsEntry("certificate", home + "/a b.pem")
        .containsEntry("key", home + "/a.key")
        .containsKeys("notBefore", "notAfter");
    assertThat(report.get(1)).asString().contains("line=2", "it is no JSON object");
    assertThat(Files.readString(home.resolve("a b.pem"))).contains("CERTIFICATE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.test", "--key ed25519", "--days 3", "--force", "--for nginx"})
  void batch_besideWhatBelongsIntoLines_isWrongUsage(String more) throws Exception {
    CommandLineRun run = batch("a.test\n", more.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("devca: cannot issue a batch: ").contains("its lines");
    assertThat(home.resolve(".local")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"nowhere, no such file", "latin, it is not UTF-8", "., "})
  void batch_fileThatCannotBeRead_saysWhyAndMakesNoCa(String name, String why) throws Exception {
    Files.write(home.resolve("latin"), new byte[] {'a', (byte) 0xe4, '\n'});

    CommandLineRun run = CommandLineRun.in(home, "issue", "--batch", home.resolve(name).toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .startsWith("devca: cannot read the batch " + home.resolve(name) + ": ")
        .contains(why == null ? "directory" : why);
    assertThat(home.resolve(".local")).doesNotExist();
  }

  @Test
  void batch_noLines_makesNoCa() throws Exception {
    CommandLineRun run = batch("# none\n");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("Issued 0 of 0 certificates\n");
    assertThat(home.resolve(".local")).doesNotExist();
  }
}
