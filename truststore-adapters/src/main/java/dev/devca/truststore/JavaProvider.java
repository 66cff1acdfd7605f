package dev.devca.truststore;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the keystores by which Java programs trust: {@code lib/security/cacerts} of the JDK that
 * {@code JAVA_HOME} names, of the one on the PATH, and of those in the usual folders. JDKs that
 * share a file are one store. Stateless.
 */
public final class JavaProvider implements TrustStoreProvider {

  /** For {@link java.util.ServiceLoader}. */
  public JavaProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    Map<Path, List<String>> homes = new LinkedHashMap<>();
    List<TrustStore> absent = new ArrayList<>();
    for (JavaHome home : JavaHomes.on(host)) {
      home.keystore()
          .ifPresentOrElse(
              file -> homes.computeIfAbsent(file, f -> new ArrayList<>()).add(home.name()),
              () -> absent.add(new NoKeystore(home.name())));
    }
    List<TrustStore> stores = new ArrayList<>();
    homes.forEach((file, names) -> stores.add(new JavaCacertsStore(host, file, names)));
    stores.addAll(absent);
    return stores;
  }

  /** Stands in the list for a folder without a keystore. */
  private record NoKeystore(String home) implements TrustStore {
    @Override
    public String id() {
      return JavaCacertsStore.KIND + ":" + home;
    }

    @Override
    public String displayName() {
      return "Java (" + home + ")";
    }

    @Override
    public Rights rights() {
      return Rights.OWN;
    }

    @Override
    public TrustResult status(X509Certificate root) {
      return new TrustResult.Absent("there is no lib/security/cacerts in " + home);
    }

    @Override
    public TrustResult install(X509Certificate root) {
      return status(root);
    }

    @Override
    public TrustResult uninstall(X509Certificate root) {
      return status(root);
    }
  }
}
