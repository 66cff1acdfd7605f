package dev.devca.examples.maven;

import dev.devca.ca.CaException;
import dev.devca.ca.CaLocation;
import java.io.File;
import java.nio.file.Path;

/** Where the CA of a build is. */
final class CaFolder {
  private CaFolder() {}

  /** The folder that was configured, else the one that the command line uses. */
  static Path of(File configured) throws CaException {
    if (configured != null) {
      return configured.toPath();
    }
    return CaLocation.current()
        .orElseThrow(
            () ->
                new CaException(
                    "cannot find the CA: neither DEVCA_HOME nor HOME is set",
                    "Give its folder with -Ddevca.ca=FOLDER"));
  }
}
