package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.truststore.Outcome;
import dev.devca.truststore.TrustResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/json.md} shows what {@code status --json} prints, each field of it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the stores of the example are those of Linux")
class JsonPageTest {
  private static final Path PAGE = Path.of("").toAbsolutePath().getParent().resolve("docs/json.md");

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void machineWithAStoreOfEachKind() throws IOException {
    Path programs = Files.createDirectory(home.resolve("bin"));
    for (String name : List.of("firefox", "node")) {
      Files.setPosixFilePermissions(
          Files.createFile(programs.resolve(name)), PosixFilePermissions.fromString("rwx------"));
    }
    Path security = Files.createDirectories(home.resolve("jdk/lib/security"));
    Files.writeString(security.resolve("cacerts"), "\u0000damaged");
    environment.putAll(
        Map.of(
            "HOME", home.toString(),
            "PATH", programs.toString(),
            "JAVA_HOME", home.resolve("jdk").toString(),
            "DEVCA_HOME", home.resolve("ca").toString()));
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.with(environment, arguments);
  }

  private CommandLineRun status() {
    String keystore = "java:" + home.resolve("jdk/lib/security/cacerts");
    return run("status", "--json", "--quiet", "--only", "node,nss:firefox," + keystore);
  }

  private static Map<String, Object> example() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("```json\n") + 8;
    return Json.readObject(
        page.substring(begin, page.indexOf("```", begin)).getBytes(StandardCharsets.UTF_8));
  }

  /** The fields of the stores by state, in their order. */
  private static Map<String, List<String>> fieldsByState(Map<String, Object> report) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Object store : (List<?>) report.getOrDefault("stores", List.of())) {
      List<String> names = new ArrayList<>();
      ((Map<?, ?>) store).keySet().forEach(name -> names.add(String.valueOf(name)));
      fields.put(String.valueOf(((Map<?, ?>) store).get("state")), names);
    }
    return fields;
  }

  @Test
  void example_besideARealRun_hasTheSameFields() throws Exception {
    run("ca", "create");

    CommandLineRun status = status();

    assertThat(status.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(status.err()).isEmpty();
    Map<String, Object> real = Json.readObject(status.out().getBytes(StandardCharsets.UTF_8));
    assertThat(real.keySet()).containsExactlyElementsOf(example().keySet());
    assertThat(fieldsByState(real)).containsOnlyKeys("not-trusted", "absent", "unavailable");
    assertThat(fieldsByState(example())).containsAllEntriesOf(fieldsByState(real));
  }

  @Test
  void example_eachState_isThereWithTheFieldsOfAReport() throws Exception {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    Stream.of(
            new TrustResult.Trusted(false),
            new TrustResult.NotTrusted(false),
            new TrustResult.Absent("it is not there"),
            new TrustResult.Unavailable("it is locked", "close it"),
            new TrustResult.Failed("it broke", "mend it"))
        .map(result -> Report.describe(new Outcome("id", "name", result)))
        .forEach(map -> fields.put(String.valueOf(map.get("state")), List.copyOf(map.keySet())));

    assertThat(fieldsByState(example())).isEqualTo(fields);
    assertThat(fields).hasSameSizeAs(TrustResult.Kind.values());
  }

  @Test
  void tables_namesInThem_areTheFieldsAndTheStates() throws Exception {
    String page = Files.readString(PAGE);
    Set<String> listed = new TreeSet<>();
    Pattern.compile("(?m)^\\| `([^`]+)` \\|")
        .matcher(page)
        .results()
        .forEach(row -> listed.add(row.group(1)));
    Set<String> shown = new TreeSet<>(example().keySet());
    fieldsByState(example())
        .forEach(
            (state, names) -> {
              shown.add(state);
              shown.addAll(names);
            });

    assertThat(listed).isEqualTo(shown);
    for (int code : List.of(ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.IN_PART)) {
      assertThat(page).contains("\n| " + code + " | ");
    }
  }

  @Test
  void status_noCa_printsNothingOnStandardOutput() {
    CommandLineRun status = status();

    assertThat(status.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(status.out()).isEmpty();
    assertThat(status.err()).contains("there is no CA yet");
  }
}
