package dev.devca.truststore;

import dev.devca.ca.Pem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A tool that installs a root in a home, or takes it out: in a class loader or JVM of its own. */
public final class InstallAtOnce implements Function<String, String> {
  /** For each order, a line: what has become of the stores, a line. */
  public static void main(String... arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    InstallAtOnce tool = new InstallAtOnce();
    for (String order = in.readLine(); order != null; order = in.readLine()) {
      System.out.println(tool.apply(order));
    }
  }

  /** {@code install FOLDER ROOT} or {@code uninstall FOLDER ROOT}. */
  @Override
  public String apply(String order) {
    try {
      String[] words = order.split(" ", -1);
      Path work = Path.of(words[1]);
      X509Certificate root = Pem.certificates(Files.readString(Path.of(words[2]))).get(0);
      TrustStores stores =
          TrustStores.on(host(work))
              .only("node", "java:" + work.resolve("jdk/lib/security/cacerts"));
      List<Outcome> outcomes =
          words[0].equals("install") ? stores.install(root) : stores.uninstall(root);
      return outcomes.stream().map(o -> shown(o.result())).toList().toString();
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }

  private static String shown(TrustResult result) {
    return result instanceof TrustResult.Failed ? result.toString() : result.kind().name();
  }

  static Host host(Path work) {
    Map<String, String> environment =
        Map.of(
            "HOME", work.resolve("home").toString(), "JAVA_HOME", work.resolve("jdk").toString());
    return Host.current(environment, Elevation.none()).withStateDirectory(work.resolve("state"));
  }
}
