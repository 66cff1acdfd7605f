package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A third party's provider: found on the class path, on the module path, and in {@code lib/ext}.
 */
@Timeout(180)
final class ExtensionIT {
  private static final String APP = System.getProperty("devca.app");

  @TempDir static Path work;
  private static Path good;
  private static Path broken;

  @BeforeAll
  static void build() throws IOException {
    good = jar("good", provider("Good", "return List.of(new Good());"));
    broken = jar("broken", provider("Broken", "throw new IllegalStateException(\"no idea\");"));
  }

  private static String provider(String name, String discover) {
    return """
    package %1$s;
    import dev.devca.truststore.*;
    import java.security.cert.X509Certificate;
    import java.util.List;
    public class %2$s implements TrustStoreProvider, TrustStore {
      @Override public List<TrustStore> discover(Host host) { %3$s }
      @Override public String id() { return "acme"; }
      @Override public String displayName() { return "Acme"; }
      @Override public Rights rights() { return Rights.OWN; }
      @Override public TrustResult status(X509Certificate r) { return new TrustResult.Trusted(false); }
      @Override public TrustResult install(X509Certificate r) { return status(r); }
      @Override public TrustResult uninstall(X509Certificate r) { return new TrustResult.NotTrusted(false); }
    }
    """
        .formatted(name.toLowerCase(Locale.ROOT), name, discover);
  }

  private static Path jar(String name, String source) throws IOException {
    String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    Path folder = Files.createDirectories(work.resolve(name).resolve(name));
    Path file = Files.writeString(folder.resolve(type + ".java"), source);
    Path module =
        Files.writeString(
            work.resolve(name).resolve("module-info.java"),
            """
            module %1$s {
              requires dev.devca.truststore;
              provides dev.devca.truststore.TrustStoreProvider with %1$s.%2$s;
            }
            """
                .formatted(name, type));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "--module-path",
                modulePath(),
                "-d",
                work.resolve(name).toString(),
                file.toString(),
                module.toString());
    assertThat(code).isZero();
    Path jar = work.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String entry : List.of("module-info.class", name + "/" + type + ".class")) {
        entries.putNextEntry(new JarEntry(entry));
        entries.write(Files.readAllBytes(work.resolve(name).resolve(entry)));
      }
      entries.putNextEntry(
          new JarEntry("META-INF/services/dev.devca.truststore.TrustStoreProvider"));
      entries.write((name + "." + type).getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  /** The libraries as published, and what they need: from this test's own class path. */
  private static String modulePath() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(
            entry ->
                Stream.of(
                        "ca-core/target",
                        "truststore-adapters/target",
                        "bcp",
                        "bcutil",
                        "commons-io",
                        "/jna/jna/",
                        "jspecify")
                    .anyMatch(entry::contains))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(":"));
  }

  @Test
  void status_goodProviderInLibExt_isListed() {
    assertThat(statusWith(good).stdout()).contains("\"id\" : \"acme\"");
  }

  @Test
  void status_brokenProviderInLibExt_isOneLineAndStopsNothing() {
    String report = statusWith(good, broken).stdout();

    assertThat(report).contains("\"id\" : \"acme\"", "\"id\" : \"provider:broken.Broken\"");
    assertThat(report).contains("the provider is broken: java.lang.IllegalStateException: no idea");
  }

  private static CommandResult statusWith(Path... jars) {
    try (Sandbox sandbox = Sandbox.open()) {
      Caller root = sandbox.root();
      root.run("cp", "-r", APP, "/opt/devca").ok();
      root.run("mkdir", "-p", "/opt/devca/lib/ext").ok();
      for (Path jar : jars) {
        copyIn(sandbox, jar);
      }
      Caller caller = root.env("JAVA_HOME", System.getProperty("java.home"));
      caller.run("/opt/devca/bin/devca", "issue", "a.test").ok();
      return caller.run("/opt/devca/bin/devca", "status", "--json").exits(3);
    }
  }

  /** By way of text: the sandbox has its own empty folder of temporary files. */
  private static void copyIn(Sandbox sandbox, Path jar) {
    try {
      String text = Base64.getEncoder().encodeToString(Files.readAllBytes(jar));
      String script = "base64 -d > /opt/devca/lib/ext/" + jar.getFileName();
      sandbox.root().input(text).run("sh", "-c", script).ok();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void on_modulePath_findsOwnAndForeignProviders() throws Exception {
    Path probe =
        Files.writeString(
            work.resolve("Probe.java"),
            """
            import dev.devca.truststore.*;
            class Probe {
              public static void main(String[] args) {
                TrustStores.on(Host.current(Elevation.none())).stores()
                    .forEach(store -> System.out.println(store.id()));
                System.out.println(TrustStores.class.getModule());
              }
            }
            """);
    Process java =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--module-path",
                modulePath() + ":" + good,
                "--add-modules",
                "good",
                probe.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(java.waitFor()).as(output).isZero();
    assertThat(output.lines()).contains("debian", "acme", "module dev.devca.truststore");
  }
}
