package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The variables by which programs of this user find what devca keeps for them: what a shell exports
 * to trust the root without starting anew, and to reach programs that look nowhere else.
 */
public final class ClientEnvironment {
  private ClientEnvironment() {}

  /**
   * The variables to export, by files as they are.
   *
   * @param host the machine
   * @return values by name; empty while no root is installed for programs that go by a variable
   */
  public static Map<String, String> of(Host host) {
    return of(host, Optional.empty());
  }

  private static Map<String, String> of(Host host, Optional<X509Certificate> root) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (VariableClient client : VariableClient.ALL) {
      named(host, client, root)
          .ifPresent(
              file ->
                  Stream.of(client.variables(), client.onRequest())
                      .flatMap(List::stream)
                      .forEach(name -> variables.put(name, file)));
      if (client.equals(VariableClient.OTHERS)) {
        // Python's too, where none was found when the root was installed.
        named(host, client, root)
            .ifPresent(
                file ->
                    VariableClient.PYTHON
                        .variables()
                        .forEach(name -> variables.putIfAbsent(name, file)));
      }
    }
    return variables;
  }

  private static Optional<String> named(
      Host host, VariableClient client, Optional<X509Certificate> root) {
    try {
      if (host.os() == OperatingSystem.WINDOWS) {
        return onWindows(host, client, root).map(Path::toString);
      }
      Optional<VariableSetup> setup = VariableSetup.of(host, client);
      return setup.isEmpty() || (root.isPresent() && !holds(setup.get(), root.get()))
          ? Optional.empty()
          : setup.get().named().map(Path::toString);
    } catch (IOException e) {
      // The store says why, in its own line.
      return Optional.empty();
    }
  }

  /** Of its own, or of the system's, which is a part of a file that takes its place. */
  private static boolean holds(VariableSetup setup, X509Certificate root) throws IOException {
    return setup.trusts(root) || setup.systemHolds(root);
  }

  private static Optional<Path> onWindows(
      Host host, VariableClient client, Optional<X509Certificate> root) throws IOException {
    Optional<Path> file = client.file(host).filter(Files::isRegularFile);
    if (file.isEmpty() || root.isEmpty()) {
      return file;
    }
    CaBundle bundle =
        CaBundle.parse(
            ProfileVariables.read(file.get()).orElse(new byte[0]), file.get().getFileSystem());
    return file.filter(f -> bundle.trusts(root.get()));
  }

  /**
   * The variables to export, after files were made anew that devca makes of others which have
   * changed since: of the system's bundle, and of files that the user's variables name.
   *
   * @param host the machine; this process works for its own user
   * @param root by whose certificates the programs are to go
   * @return as {@link #of}, without those whose file does not hold this root
   * @throws IOException if a file cannot be read or written; a CaException says what to do
   */
  public static Map<String, String> refreshed(Host host, X509Certificate root) throws IOException {
    // Only then under the lock: an install that takes long keeps nobody else waiting.
    if (isStale(host)) {
      try (StateLock lock = StateLock.hold(host, Operation.INSTALL)) {
        for (VariableSetup setup : setups(host)) {
          List<Journal.Change> updates = setup.updates();
          if (!updates.isEmpty()) {
            setup.newcomers().forEach(host::notice);
          }
          for (Journal.Change change : updates) {
            Journal.of(host).editAll(List.of(change));
          }
        }
      }
    }
    return of(host, Optional.of(root));
  }

  private static boolean isStale(Host host) throws IOException {
    for (VariableSetup setup : setups(host)) {
      if (!setup.updates().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static List<VariableSetup> setups(Host host) throws IOException {
    List<VariableSetup> setups = new ArrayList<>();
    if (host.os() == OperatingSystem.WINDOWS) {
      return setups;
    }
    for (VariableClient client : VariableClient.ALL) {
      VariableSetup.of(host, client).ifPresent(setups::add);
    }
    return setups;
  }
}
