package dev.devca.truststore;

import java.nio.file.Path;
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
              () -> absent.add(withoutKeystore(home.name())));
    }
    List<TrustStore> stores = new ArrayList<>();
    homes.forEach((file, names) -> stores.add(new JavaCacertsStore(host, file, names)));
    stores.addAll(absent);
    return stores;
  }

  private static TrustStore withoutKeystore(String home) {
    return new StandIn(
        JavaCacertsStore.KIND + ":" + home,
        "Java (" + home + ")",
        new TrustResult.Absent("there is no lib/security/cacerts in " + home));
  }
}
