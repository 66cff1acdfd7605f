package dev.devca.truststore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the keystores by which Java programs trust: {@code lib/security/cacerts} of the JDK that
 * {@code JAVA_HOME} names, of the one on the PATH, and of those that package and version managers,
 * build tools and editors have put in their folders. JDKs that share a file are one store.
 * Stateless.
 */
public final class JavaProvider implements TrustStoreProvider {

  /** For {@link java.util.ServiceLoader}. */
  public JavaProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    Map<Path, List<String>> homes = new LinkedHashMap<>();
    List<TrustStore> others = new ArrayList<>();
    List<JavaHome> inUse = JavaHomes.inUse(host);
    for (JavaHome home : JavaHomes.on(host)) {
      Optional<Path> file = home.keystore();
      if (file.isEmpty()) {
        others.add(withoutKeystore(home.name()));
      } else if (JavaPlaces.isInSnap(host, file.get())) {
        others.add(inSnap(home.name(), file.get(), inUse.contains(home)));
      } else {
        homes.computeIfAbsent(file.get(), f -> new ArrayList<>()).add(home.name());
      }
    }
    List<TrustStore> stores = new ArrayList<>();
    homes.forEach((file, names) -> stores.add(keystore(host, file, names)));
    stores.addAll(others);
    return stores;
  }

  /** The store of a file: one that the system feeds is changed by way of the system. */
  static TrustStore keystore(Host host, Path file, List<String> names) {
    TrustStore keystore = new JavaCacertsStore(host, file, names);
    return LinuxFamily.of(host)
        .filter(family -> family.keystore().rewritten())
        .filter(family -> file.equals(host.path(family.keystore().file())))
        .<TrustStore>map(
            family ->
                new FedKeystore(keystore, new AnchorStore(host, family), family.anchors().update()))
        .orElse(keystore);
  }

  /** Nobody can change a snap: that is worth a word only to who works with its JDK. */
  private static TrustStore inSnap(String home, Path file, boolean inUse) {
    String reason = "it is part of a snap, which is read-only";
    return new StandIn(
        JavaCacertsStore.KIND + ":" + file,
        "Java (" + home + ")",
        false,
        inUse
            ? new TrustResult.Unavailable(
                reason, "let JAVA_HOME and PATH lead to a JDK that is no snap")
            : new TrustResult.Absent(reason));
  }

  private static TrustStore withoutKeystore(String home) {
    return new StandIn(
        JavaCacertsStore.KIND + ":" + home,
        "Java (" + home + ")",
        false,
        new TrustResult.Absent("there is no lib/security/cacerts in " + home));
  }
}
