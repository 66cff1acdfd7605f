package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The examples of the Javadoc, JEP 413: {@link SnippetsTest} runs each. */
final class Snippets {
  private Snippets() {}

  static List<String> install(Host host, X509Certificate root) {
    List<String> report = new ArrayList<>();
    // @start region="install"
    TrustStores stores = TrustStores.on(host).only("node");
    for (Outcome outcome : stores.install(root)) {
      report.add(outcome.displayName() + ": " + outcome.result().kind());
    }
    // @end
    return report;
  }

  static String describe(TrustResult result) {
    // @start region="describe"
    if (result instanceof TrustResult.Trusted trusted) {
      return trusted.changed() ? "trusted now" : "trusted";
    }
    if (result instanceof TrustResult.Unavailable unavailable) {
      return unavailable.reason() + "; to mend it: " + unavailable.remedy();
    }
    if (result instanceof TrustResult.Failed failed) {
      return failed.reason() + "; to mend it: " + failed.remedy();
    }
    return result.kind().toString();
    // @end
  }

  static Host world(Path folder) {
    // @start region="world"
    Host host =
        Host.current(Map.of("HOME", folder.toString()), Elevation.none())
            .withStateDirectory(folder.resolve("state"));
    // @end
    return host;
  }

  static Host scripted(Path folder) {
    // @start region="scripted"
    CommandRunner script =
        command -> {
          throw new IOException("no program is there: " + command);
        };
    Host host =
        Host.of(
            OperatingSystem.LINUX,
            FileSystems.getDefault(),
            Map.of("HOME", folder.toString()),
            script);
    // @end
    return host;
  }

  static boolean exchange(Host host, X509Certificate old, X509Certificate next) {
    // @start region="exchange"
    RootExchange exchange = new RootExchange(TrustStores.on(host), old, next);
    boolean exchanged =
        exchange.check().done() && exchange.bringIn().done() && exchange.takeOut().done();
    if (!exchanged) {
      exchange.goBack();
    }
    // @end
    return exchanged;
  }

  static Host elevated(Host host) {
    // @start region="elevated"
    Elevation elevation =
        (rights, operation, stores, root) -> {
          List<Outcome> outcomes = new ArrayList<>();
          for (TrustStore store : stores) {
            TrustResult result =
                new TrustResult.Unavailable("this tool runs as nobody else", "devca " + operation);
            outcomes.add(new Outcome(store.id(), store.displayName(), result));
          }
          return outcomes;
        };
    Host other = host.withElevation(elevation);
    // @end
    return other;
  }

  // @start region="provider"
  /** Finds the folder of a program of ours; its jar names this class to the ServiceLoader. */
  public static final class FolderProvider implements TrustStoreProvider {
    @Override
    public List<TrustStore> discover(Host host) {
      return host.home().<TrustStore>map(FolderStore::new).stream().toList();
    }
  }

  // @end

  // @start region="store"
  /** A store that is a folder of PEM files, one for each root. */
  record FolderStore(Path home) implements TrustStore {
    private Path file(X509Certificate root) {
      return home.resolve(Fingerprint.of(root).hex() + ".pem");
    }

    @Override
    public TrustResult status(X509Certificate root) {
      return state(root, false);
    }

    @Override
    public TrustResult install(X509Certificate root) {
      return change(root, () -> Files.writeString(file(root), Pem.encode(root)));
    }

    @Override
    public TrustResult uninstall(X509Certificate root) {
      return change(root, () -> Files.deleteIfExists(file(root)));
    }

    private TrustResult change(X509Certificate root, Change change) {
      boolean before = Files.exists(file(root));
      try {
        change.make();
      } catch (IOException e) {
        return new TrustResult.Failed(
            "cannot change " + file(root) + ": " + e, "mend it and run the same command again");
      }
      return state(root, before != Files.exists(file(root)));
    }

    private TrustResult state(X509Certificate root, boolean changed) {
      return Files.exists(file(root))
          ? new TrustResult.Trusted(changed)
          : new TrustResult.NotTrusted(changed);
    }

    @Override
    public String id() {
      return "folder";
    }

    @Override
    public String displayName() {
      return "The folder of our program";
    }

    @Override
    public Rights rights() {
      return Rights.OWN;
    }
  }

  // @end

  @FunctionalInterface
  private interface Change {
    Object make() throws IOException;
  }
}
