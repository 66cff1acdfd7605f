package dev.devca.truststore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One database of NSS.
 *
 * @param application whose it is, before a person
 * @param folder where it lies, as it was found
 * @param state what can be done with it
 */
record NssDatabase(String application, Path folder, State state) {
  enum State {
    /** There, in the format that NSS reads. */
    READY,
    /** There, in the format of before 2018, which current NSS does not read. */
    OLD,
    /** Not there, but an application that is installed will look for it in this folder. */
    TO_BE_MADE
  }

  /** The file with the certificates. */
  Path certificates() {
    return folder.resolve("cert9.db");
  }

  /** The file with the keys, and with what guards the trust of the certificates. */
  Path keys() {
    return folder.resolve("key4.db");
  }

  /** The file with the list of modules, such as those of smart cards. */
  Path modules() {
    return folder.resolve("pkcs11.txt");
  }

  boolean isGone() {
    return Files.notExists(certificates());
  }

  /** Whether a program is writing to it, or was killed as it did. */
  boolean isInterrupted() {
    // https://www.sqlite.org/lockingv3.html#hot_journals
    return List.of(certificates(), keys()).stream()
        .anyMatch(file -> Files.exists(file.resolveSibling(file.getFileName() + "-journal")));
  }

  String id() {
    return NssStore.KIND + ":" + folder;
  }

  String displayName(Host host) {
    String place =
        host.home()
            .filter(home -> folder.startsWith(home))
            .map(home -> host.path("~").resolve(home.relativize(folder)).toString())
            .orElseGet(folder::toString);
    return application + " (" + place + ")";
  }
}
