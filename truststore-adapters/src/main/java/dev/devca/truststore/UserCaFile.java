package dev.devca.truststore;

import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.Reasons;
import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The file of extra certificates that a user had before devca; Node reads one file only, so its
 * certificates go into ours.
 *
 * @param path where it is
 * @param state the SHA-256 of its bytes, or {@link #UNREADABLE}
 * @param certificates those of it that can be read
 * @param problem what is wrong with it, one line; empty if nothing
 */
record UserCaFile(Path path, String state, List<X509Certificate> certificates, String problem) {
  static final String UNREADABLE = "unreadable";

  UserCaFile {
    certificates = List.copyOf(certificates);
  }

  static UserCaFile read(Path path) {
    try {
      byte[] bytes = BoundedFiles.read(path, BoundedFiles.STORE_LIMIT);
      PemScan scan = PemScan.of(bytes);
      String problem = "";
      if (scan.malformed() > 0) {
        problem = path + " has malformed certificates, which were left out";
      } else if (scan.certificates().isEmpty()) {
        problem = path + " has no PEM certificate";
      }
      return new UserCaFile(path, Sha256.hex(bytes), scan.certificates(), problem);
    } catch (IOException e) {
      return new UserCaFile(
          path, UNREADABLE, List.of(), "cannot read " + path + ": " + Reasons.of(e));
    }
  }

  /** What its {@link #state} is now, without a look at its certificates. */
  static String stateOf(Path path) {
    try {
      return Sha256.hex(BoundedFiles.read(path, BoundedFiles.STORE_LIMIT));
    } catch (IOException e) {
      return UNREADABLE;
    }
  }
}
