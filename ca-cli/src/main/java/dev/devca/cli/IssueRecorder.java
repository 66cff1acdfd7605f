package dev.devca.cli;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.SignedCertificate;
import dev.devca.ca.files.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what was just issued into its record. Of a password only where it comes from is kept: the
 * name of the variable, or the path of the file.
 */
final class IssueRecorder {
  /** What says how a certificate is made; all else is of one run, or stands in the files. */
  private static final Set<String> KEPT =
      Set.of(
          LeafOptions.CLIENT,
          LeafOptions.SERVER,
          LeafOptions.URI,
          LeafOptions.COMMON_NAME,
          LeafOptions.KEY,
          ValidityOptions.DAYS,
          ValidityOptions.VALID,
          OutputOptions.DER,
          OutputOptions.LEGACY,
          OutputOptions.ALIAS,
          StorePassword.VARIABLE,
          KeyAccess.MODE,
          KeyAccess.GROUP);

  /** Why a certificate is not renewed that was to begin and end on certain days. */
  static final String DATES_GIVEN = "its dates were given";

  private IssueRecorder() {}

  /** The record, or empty where nothing of it went into a file. */
  static Optional<IssuedRecord> record(
      Arguments parsed,
      LeafRequest request,
      Fingerprint root,
      Issuance.Written written,
      OutputFiles files) {
    Map<OutputFile, Path> paths = files.places();
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>();
    request.commonName().ifPresent(names::add);
    SignedCertificate issued = written.certificate();
    issued.names().forEach(name -> names.add(name.value()));
    boolean signed = parsed.has(RequestOptions.CSR);
    return Optional.of(
        new IssuedRecord(
            List.copyOf(names),
            root.hex(),
            issued.notBefore(),
            issued.notAfter(),
            hashes(paths, written.contents()),
            arguments(parsed, request, paths, signed),
            signed,
            obstacle(parsed, files)));
  }

  /** The files and the hash of what was written to each. */
  static Map<Path, String> hashes(OutputFiles files, Map<OutputFile, byte[]> contents) {
    return hashes(files.places(), contents);
  }

  private static Map<Path, String> hashes(
      Map<OutputFile, Path> paths, Map<OutputFile, byte[]> contents) {
    Map<Path, String> hashes = new LinkedHashMap<>();
    paths.forEach(
        (file, path) -> hashes.put(path, Sha256.hex(Objects.requireNonNull(contents.get(file)))));
    return hashes;
  }

  private static String obstacle(Arguments parsed, OutputFiles files) {
    if (files.useStandardOutput()) {
      return "a part of it went to standard output";
    }
    if (parsed.has(ValidityOptions.FROM)) {
      return DATES_GIVEN;
    }
    return files.haveKeyStore() && !StorePassword.isGiven(parsed)
        ? "its key store's password was typed"
        : "";
  }

  private static List<String> arguments(
      Arguments parsed, LeafRequest request, Map<OutputFile, Path> paths, boolean signed) {
    List<String> arguments = new ArrayList<>();
    for (String name : parsed.options()) {
      if (KEPT.contains(name) && !(signed && LeafOptions.NOT_OF_REQUESTS.contains(name))) {
        Object value = parsed.<Object>value(name, "");
        // A flag has no value but that it was given.
        arguments.add(value instanceof Boolean ? name : name + "=" + value);
      }
    }
    if (parsed.has(StorePassword.FILE)) {
      Path file = Path.of(parsed.value(StorePassword.FILE, ""));
      arguments.add(StorePassword.FILE + "=" + file.toAbsolutePath());
    }
    paths.forEach(
        (file, path) -> file.kinds().forEach(kind -> arguments.add(kind.option() + "=" + path)));
    arguments.addAll(signed ? LeafOptions.arguments(request) : parsed.words());
    return arguments;
  }
}
