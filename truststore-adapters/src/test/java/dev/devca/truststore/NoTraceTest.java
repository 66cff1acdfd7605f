package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build tool that lives on after devca was in it finds itself as it was. */
@Timeout(180)
class NoTraceTest {
  @TempDir Path work;

  @ParameterizedTest
  @ValueSource(classes = {WholeLibrary.class, FirstLook.class})
  void libraries_usedInAClassLoaderOfTheirOwn_leaveNoTrace(Class<?> use) throws Exception {
    String[] path = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    String library =
        Arrays.stream(path)
            .filter(
                // In a build up to its tests ca-core is a folder, in a longer one a jar.
                entry -> entry.matches(".*(/target/|bouncycastle|commons-io).*"))
            .collect(Collectors.joining(File.pathSeparator));
    Path said = work.resolve("said");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.security=ALL-UNNAMED");
    command.add("-Dlibrary=" + library);
    command.add("-Dwork=" + Files.createDirectory(work.resolve("work")));
    command.add("-cp");
    command.add(
        Path.of(TraceProbe.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString());
    command.add(TraceProbe.class.getName());
    command.add(use.getName());

    Process probe =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean ended = probe.waitFor(150, TimeUnit.SECONDS);
    probe.destroyForcibly();

    assertThat(Files.readString(said)).isEqualTo("looked\n");
    assertThat(ended).isTrue();
  }
}
