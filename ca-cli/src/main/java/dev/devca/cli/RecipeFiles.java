package dev.devca.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a server can be told to read.
 *
 * @param files all that is written
 * @param variable the variable with the key store's password, if it came from one
 */
record RecipeFiles(OutputFiles files, Optional<String> variable) {

  static RecipeFiles of(Arguments parsed, OutputFiles files) {
    return new RecipeFiles(
        files,
        parsed.has(StorePassword.VARIABLE)
            ? Optional.of(parsed.value(StorePassword.VARIABLE, ""))
            : Optional.empty());
  }

  boolean hasPair() {
    return path(OutputKind.CERTIFICATE).isPresent() && path(OutputKind.KEY).isPresent();
  }

  Path chain(String server) {
    return path(OutputKind.CERTIFICATE).orElseThrow(() -> noPem(server));
  }

  Path key(String server) {
    return path(OutputKind.KEY).orElseThrow(() -> noPem(server));
  }

  /** The one file with certificate and key. */
  Path combined(String server) {
    Path chain = chain(server);
    if (!chain.equals(key(server))) {
      throw OutputFiles.wrong(
          server + " reads certificate and key from one file; give --cert-file and --key-file it");
    }
    return chain;
  }

  Path pkcs12(String server) {
    return path(OutputKind.PKCS12).orElseThrow(() -> noPem(server));
  }

  Path keyStore(String server) {
    return path(OutputKind.PKCS12).or(() -> path(OutputKind.JKS)).orElseThrow(() -> noPem(server));
  }

  String keyStoreType() {
    return path(OutputKind.PKCS12).isPresent() ? "PKCS12" : "JKS";
  }

  /** A variable, because no password belongs into a configuration, and none is printed. */
  String passwordVariable(String server) {
    return variable.orElseThrow(
        () ->
            OutputFiles.wrong(
                server + " takes a key store's password from a variable; use --password-env"));
  }

  private Optional<Path> path(OutputKind kind) {
    return files.of(kind).flatMap(OutputFile::path).map(file -> file.toAbsolutePath().normalize());
  }

  private static UsageException noPem(String server) {
    return OutputFiles.wrong(
        server
            + " reads a certificate and a key from files of PEM; give --cert-file and --key-file");
  }
}
