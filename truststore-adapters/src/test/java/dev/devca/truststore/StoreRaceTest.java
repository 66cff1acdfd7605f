package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs and two class loaders of a third work on the stores of one home at once. */
class StoreRaceTest {
  private static final int ROUNDS = "all".equals(System.getProperty("devca.faults")) ? 100 : 5;
  private static final int EACH = 2;
  private static final String PROFILE = "umask 022\nexport MINE=1";

  @TempDir private Path work;

  @Test
  @Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void installAndUninstall_twoRootsByFourAtOnce_loseNothingAndLeaveNothing() throws Exception {
    List<X509Certificate> roots = List.of(TestRoots.create(), TestRoots.create());
    for (int i = 0; i < roots.size(); i++) {
      Files.writeString(work.resolve("root" + i), Pem.encode(roots.get(i)));
    }
    Path profile = Files.createDirectories(work.resolve("home")).resolve(".bashrc");
    Files.writeString(profile, PROFILE);
    Path cacerts = work.resolve("jdk/lib/security/cacerts");
    Files.createDirectories(cacerts.getParent());
    Files.createFile(Files.createDirectories(work.resolve("jdk/bin")).resolve("java"));
    byte[] keystore = TestKeyStore.JKS.of(Map.of("other", TestRoots.create()));
    Files.write(cacerts, keystore);

    try (Racers racers = new Racers()) {
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(racers.race("install", work)).containsOnly("[TRUSTED, TRUSTED]");
        TrustStores stores =
            TrustStores.on(InstallAtOnce.host(work)).only("node", "java:" + cacerts);
        for (X509Certificate root : roots) {
          assertThat(stores.status(root))
              .allSatisfy(o -> assertThat(o.result().kind()).isEqualTo(TrustResult.Kind.TRUSTED));
        }
        assertThat(Files.readString(profile)).startsWith(PROFILE).containsOnlyOnce(">>> devca >>>");
        assertThat(TestKeyStore.JKS.entries(Files.readAllBytes(cacerts)))
            .hasSize(1 + roots.size())
            .containsKey("other");

        assertThat(racers.race("uninstall", work)).containsOnly("[NOT_TRUSTED, NOT_TRUSTED]");
        assertThat(profile).hasContent(PROFILE);
        assertThat(cacerts).hasBinaryContent(keystore);
        assertThat(state()).as("after round " + round).isEmpty();
      }
    }
  }

  private List<String> state() throws IOException {
    try (Stream<Path> all = Files.walk(work)) {
      return all.map(path -> work.relativize(path).toString())
          .filter(path -> path.startsWith("state") || path.startsWith("."))
          .toList();
    }
  }

  /** Those that race; each root is the affair of one JVM and of one class loader. */
  private static final class Racers implements AutoCloseable {
    private final List<URLClassLoader> loaders = new ArrayList<>();
    private final List<Function<String, String>> inside = new ArrayList<>();
    private final List<Process> children = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(EACH);

    Racers() throws Exception {
      String classPath = System.getProperty("java.class.path");
      List<URL> urls = new ArrayList<>();
      for (String path : classPath.split(Pattern.quote(System.getProperty("path.separator")), -1)) {
        urls.add(Path.of(path).toUri().toURL());
      }
      for (int i = 0; i < EACH; i++) {
        loaders.add(
            new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
        inside.add(tool(loaders.get(i)));
        children.add(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath,
                    InstallAtOnce.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
      }
    }

    @SuppressWarnings("unchecked")
    private static Function<String, String> tool(ClassLoader loader) throws Exception {
      Class<?> type = loader.loadClass(InstallAtOnce.class.getName());
      assertThat(type).isNotEqualTo(InstallAtOnce.class);
      return (Function<String, String>) type.getConstructor().newInstance();
    }

    List<String> race(String what, Path work) throws Exception {
      CountDownLatch begin = new CountDownLatch(1);
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        String order = what + " " + work + " " + work.resolve("root" + i);
        Function<String, String> tool = inside.get(i);
        results.add(
            threads.submit(
                () -> {
                  begin.await();
                  return tool.apply(order);
                }));
        OutputStream in = children.get(i).getOutputStream();
        in.write((order + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
      }
      begin.countDown();
      List<String> said = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        said.add(results.get(i).get(120, TimeUnit.SECONDS));
        BufferedReader out = children.get(i).inputReader(StandardCharsets.UTF_8);
        said.add(String.valueOf(out.readLine()));
      }
      return Collections.unmodifiableList(said);
    }

    @Override
    public void close() throws Exception {
      children.forEach(Process::destroyForcibly);
      threads.shutdownNow();
      for (URLClassLoader loader : loaders) {
        loader.close();
      }
    }
  }
}
