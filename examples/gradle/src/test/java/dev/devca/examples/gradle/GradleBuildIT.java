package dev.devca.examples.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The build script, run by the Gradle of this machine without a network. */
@Timeout(300)
class GradleBuildIT {
  // The newest Java that Debian 12's Gradle 4.4.1 runs on.
  private static final int JAVA = 17;

  @TempDir Path work;

  @Test
  void issueCertificate_ofTheScript_writesALeafOfTheCa() throws Exception {
    Path project = Files.createDirectory(work.resolve("project"));
    Files.copy(Path.of("build.gradle"), project.resolve("build.gradle"));
    // What devca's dependencies have for parents is in the repository of the build's user.
    Path outer = Path.of(System.getProperty("outer.repository"));
    Path init =
        Files.writeString(
            work.resolve("init.gradle"),
            "allprojects { buildscript { repositories { maven { url '%s' } } } }"
                .formatted(outer.toUri()));
    Path log = work.resolve("log");
    Path ca = work.resolve("ca");
    ProcessBuilder gradle =
        new ProcessBuilder(
                "gradle",
                "--offline",
                "--no-daemon",
                "--init-script=" + init,
                "--gradle-user-home=" + work.resolve("gradle"),
                "-Dmaven.repo.local=" + Path.of("target/it-repository").toAbsolutePath(),
                "issueCertificate")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    gradle.environment().put("JAVA_HOME", jdk().toString());
    gradle.environment().put("HOME", work.toString());
    gradle.environment().put("DEVCA_HOME", ca.toString());

    Process process = gradle.start();
    boolean ended = process.waitFor(240, TimeUnit.SECONDS);
    process.destroyForcibly();

    String said = Files.readString(log);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    Path issued = project.resolve("build/devca");
    assertThat(
            CertificateAuthority.open(ca)
                .ownFiles()
                .isPair(issued.resolve("server.pem"), issued.resolve("server-key.pem")))
        .isTrue();
  }

  private static Path jdk() throws IOException {
    if (Runtime.version().feature() == JAVA) {
      return Path.of(System.getProperty("java.home"));
    }
    try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
      List<Path> fit =
          homes.filter(home -> home.toString().contains("java-" + JAVA + "-")).toList();
      assertThat(fit).as("JDKs of version %d", JAVA).isNotEmpty();
      return fit.get(0);
    }
  }
}
