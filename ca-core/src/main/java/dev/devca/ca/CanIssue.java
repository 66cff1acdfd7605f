package dev.devca.ca;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/** Whether a CA can issue, and why not. */
final class CanIssue {
  private CanIssue() {}

  static void check(CaDirectory.Opened ca, Optional<Path> folder, Instant now) throws CaException {
    if (!ca.signer().hasKey()) {
      throw noKey("cannot issue a certificate", ca.lockedKey().isPresent(), folder);
    }
    Issuer root = ca.root();
    String where = where(folder);
    if (now.isBefore(root.validity().notBefore())) {
      throw new CaException(
          "cannot issue a certificate: the root in "
              + where
              + " is valid from "
              + root.validity().notBefore()
              + " on, and the clock says "
              + now.truncatedTo(ChronoUnit.SECONDS),
          "set the clock of this machine");
    }
    if (now.isAfter(root.validity().notAfter())) {
      throw new CaException(
          "cannot issue a certificate: the root in "
              + where
              + " expired on "
              + root.validity().notAfter(),
          "devca ca rotate");
    }
  }

  static CaException noKey(String what, boolean locked, Optional<Path> folder) {
    return locked
        ? new CaException(
            what
                + ": the CA key "
                + name(folder)
                + " in "
                + where(folder)
                + " is locked by a passphrase",
            "give its passphrase")
        : new CaException(
            what + ": the CA key " + name(folder) + " is missing in " + where(folder),
            "put the key back, or set DEVCA_HOME to a folder of a CA with its key");
  }

  private static Path name(Optional<Path> folder) {
    Path key = folder.map(path -> new CaFiles(path).key()).orElse(Path.of(CaFiles.KEY));
    return Objects.requireNonNull(key.getFileName());
  }

  private static String where(Optional<Path> folder) {
    return folder.map(Path::toString).orElse("memory");
  }
}
