package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificationRequest;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A certification request, whose key stays with whoever made it. */
final class RequestOptions {
  static final String CSR = "--csr";
  private static final String NAME = "--name";

  private RequestOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
            CommonOptions.value(
                CSR, "FILE", "sign a certification request, PEM or DER; - for standard input"))
        .addOption(
            OptionSpec.builder(NAME)
                .paramLabel("NAME")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("with --csr: a name instead of those in the request; may be repeated")
                .build());
  }

  static boolean isAsked(Arguments parsed) {
    if (!parsed.has(CSR) && parsed.has(NAME)) {
      throw OutputFiles.wrong(NAME + " is for certification requests; write the name alone");
    }
    return parsed.has(CSR);
  }

  /** Reads it, when the rest of the command line makes sense with it. */
  static CertificationRequest read(Arguments parsed, OutputOptions options, Session session)
      throws IOException {
    if (!parsed.words().isEmpty()) {
      throw OutputFiles.wrong("with --csr names are given with " + NAME);
    }
    options.checkWithoutKey();
    if (parsed.has(LeafOptions.KEY)) {
      throw OutputFiles.wrong("--key makes a new key, and a certification request has its own");
    }
    CertificationRequest request = CertificationRequest.read(bytes(parsed.value(CSR, ""), session));
    boolean client = parsed.has(LeafOptions.CLIENT);
    boolean server = parsed.has(LeafOptions.SERVER);
    if (client) {
      return server ? request.forServerAndClientAuth() : request.forClientAuth();
    }
    return server ? request.forServerAuth() : request;
  }

  private static byte[] bytes(String file, Session session) throws CaException {
    try {
      if (file.equals(OutputFile.STANDARD_OUTPUT)) {
        byte[] bytes = session.console().in().readNBytes(BoundedFiles.PEM_LIMIT + 1);
        if (bytes.length > BoundedFiles.PEM_LIMIT) {
          throw new IOException("it is larger than " + BoundedFiles.PEM_LIMIT + " bytes");
        }
        return bytes;
      }
      return BoundedFiles.read(Path.of(file), BoundedFiles.PEM_LIMIT);
    } catch (IOException | InvalidPathException e) {
      throw new CaException(
          "cannot read the certification request " + file + ": " + Reasons.of(e),
          "name a file with one request in PEM or DER",
          e);
    }
  }

  /** What the leaf says: by the request, or by the names given instead. */
  static LeafRequest leaf(Arguments parsed, CertificationRequest request) throws CaException {
    List<String> names = parsed.value(NAME, List.<String>of());
    return LeafOptions.rest(
        parsed,
        names.isEmpty()
            ? request.leafRequest()
            : LeafOptions.used(
                LeafOptions.named(parsed, names.toArray(String[]::new)),
                request.isForClients(),
                request.isForServers()));
  }
}
