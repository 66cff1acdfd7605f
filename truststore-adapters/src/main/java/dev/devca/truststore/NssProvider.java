package dev.devca.truststore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the databases of NSS on Linux: those of Firefox, Thunderbird and their relatives, one for
 * each profile, and those that Chromium, Chrome and their relatives share. On other systems these
 * programs read the system's store, if they were not told otherwise. Stateless.
 */
public final class NssProvider implements TrustStoreProvider {
  private static final String CERTUTIL = "certutil";

  /** What brings certutil; the first word is there where the rest holds. */
  private static final List<String> PACKAGES =
      List.of(
          "apt-get install libnss3-tools",
          "dnf install nss-tools",
          "zypper install mozilla-nss-tools",
          "pacman -S nss",
          "apk add nss-tools");

  /** For {@link java.util.ServiceLoader}. */
  public NssProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    if (host.os() != OperatingSystem.LINUX) {
      return host.os() == OperatingSystem.WINDOWS ? FirefoxOnWindows.stores(host) : List.of();
    }
    List<NssDatabase> databases = NssDatabases.on(host);
    List<TrustStore> stores = new ArrayList<>();
    databases.forEach(database -> stores.add(store(host, database)));
    NssPrograms.WITH_PROFILES.stream()
        .filter(name -> databases.stream().noneMatch(d -> d.application().equals(name)))
        .filter(name -> NssPrograms.has(host, name))
        .forEach(name -> stores.add(withoutProfile(name)));
    return stores;
  }

  /** The store of an id, for a process that does not find the database. */
  static TrustStore at(Host host, Path folder) {
    return store(host, new NssDatabase("NSS", folder, NssDatabase.State.READY));
  }

  private static TrustStore store(Host host, NssDatabase database) {
    if (database.state() == NssDatabase.State.OLD) {
      return new StandIn(
          database.id(),
          database.displayName(host),
          true,
          new TrustResult.Unavailable(
              "its database has the format of before 2018 (cert8.db), which nothing reads any more",
              startOnce(database.application())));
    }
    Optional<Path> certutil = host.program(CERTUTIL);
    return certutil.isPresent()
        ? new NssStore(host, database, certutil.get())
        : new StandIn(database.id(), database.displayName(host), true, withoutCertutil(host));
  }

  private static TrustStore withoutProfile(String application) {
    return new StandIn(
        NssStore.KIND + ":" + application.toLowerCase(Locale.ROOT),
        application,
        true,
        new TrustResult.Absent(application + " has no profile yet", startOnce(application)));
  }

  static String startOnce(String application) {
    return "start " + application + " once, then devca install";
  }

  private static TrustResult withoutCertutil(Host host) {
    return new TrustResult.Unavailable(
        CERTUTIL + " is missing",
        PACKAGES.stream()
            .filter(line -> host.systemProgram(line.substring(0, line.indexOf(' '))).isPresent())
            .map(line -> "sudo " + line)
            .findFirst()
            .orElse("install the tools of NSS, which bring " + CERTUTIL));
  }
}
