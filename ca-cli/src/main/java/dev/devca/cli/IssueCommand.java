package dev.devca.cli;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.SubjectAltName;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code devca issue}. */
final class IssueCommand implements Command {
  private static final String CERT_FILE = "--cert-file";
  private static final String KEY_FILE = "--key-file";
  private static final String FORCE = "--force";
  private static final String CLIENT = "--client";
  private static final String SERVER = "--server";
  private static final String URI = "--uri";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "issue",
            "Issues a certificate and a new key for DNS names, addresses, emails and URLs.",
            "  devca issue 172.16.99.32 localhost",
            "  devca issue '*.app.test' app.test --cert-file app.pem --key-file app-key.pem",
            "  devca issue --client alice@app.test",
            "",
            ExitCode.TEXT);
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("NAME")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .description("the names that the certificate is for")
            .build());
    spec.addOption(file(CERT_FILE, "where the certificate goes"))
        .addOption(file(KEY_FILE, "where the key goes; the same file is allowed"))
        .addOption(CommonOptions.flag(FORCE, "replace files that devca did not write"))
        .addOption(CommonOptions.flag(CLIENT, "for TLS clients, not servers"))
        .addOption(CommonOptions.flag(SERVER, "with --client: for servers too"))
        .addOption(CommonOptions.flag(URI, "a URL among the names is a URI name too"))
        .addOption(Passphrases.option());
    return CommonOptions.addTo(spec);
  }

  private static OptionSpec file(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("FILE")
        .type(String.class)
        .description(description)
        .build();
  }

  @Override
  public int run(ParseResult parsed, Session session) throws IOException {
    LeafRequest request = request(parsed);
    for (String option : List.of(CERT_FILE, KEY_FILE)) {
      if (parsed.matchedOptionValue(option, ".").isEmpty()) {
        throw new UsageException(
            "cannot issue a certificate: " + option + " is empty", "devca issue --help");
      }
    }
    OutputFiles files =
        OutputFiles.choose(
            request.names(),
            parsed.hasMatchedOption(CLIENT),
            parsed.matchedOptionValue(CERT_FILE, ""),
            parsed.matchedOptionValue(KEY_FILE, ""));
    files.checkFolders();
    Optional<CertificateAuthority> existing = CertificateAuthority.find(session.caDirectory());
    files.checkMayReplace(existing, parsed.hasMatchedOption(FORCE));
    if (existing.isEmpty() && session.caName().isPresent()) {
      throw session.noCa();
    }
    CertificateAuthority ca =
        existing.isPresent()
            ? existing.get()
            : CertificateAuthority.openOrCreate(session.caDirectory());
    CaView.of(ca).announce(session);
    IssuedCertificate issued = Passphrases.unlocked(ca, parsed, session).issue(request);
    files.write(issued);
    request.notes().forEach(session::say);
    if (session.json()) {
      session.console().write(Json.write(describe(issued, files)));
    }
    report(session, ca, issued, files);
    return ExitCode.DONE;
  }

  private static LeafRequest request(ParseResult parsed) {
    List<String> names = parsed.matchedPositionalValue(0, List.of());
    if (names.isEmpty()) {
      throw new UsageException(
          "cannot issue a certificate: no names were given", "devca issue localhost 127.0.0.1");
    }
    String[] array = names.toArray(String[]::new);
    LeafRequest request;
    try {
      request =
          parsed.hasMatchedOption(URI)
              ? LeafRequest.forNamesAndUris(array)
              : LeafRequest.forNames(array);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), "devca issue --help");
    }
    boolean client = parsed.hasMatchedOption(CLIENT);
    boolean server = parsed.hasMatchedOption(SERVER);
    if (client) {
      return server ? request.forServerAndClientAuth() : request.forClientAuth();
    }
    return request;
  }

  private static void report(
      Session session, CertificateAuthority ca, IssuedCertificate issued, OutputFiles files) {
    session.say(
        "Issued a certificate for "
            + issued.names().stream().map(SubjectAltName::value).collect(Collectors.joining(", ")));
    session.say("  certificate  " + files.chain());
    session.say("  key          " + files.key());
    session.say("  valid until  " + issued.notAfter());
    if (!TrustStores.isRecorded(session.host(), ca.fingerprint())) {
      session.say("No store of this machine trusts it yet: devca install" + session.caOption());
    }
    session.say("For nginx:");
    session.say("  ssl_certificate     " + Nginx.quote(files.chain()) + ";");
    session.say("  ssl_certificate_key " + Nginx.quote(files.key()) + ";");
  }

  private static Map<String, Object> describe(IssuedCertificate issued, OutputFiles files) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("names", issued.names().stream().map(SubjectAltName::value).toList());
    report.put("certificate", files.chain().toString());
    report.put("key", files.key().toString());
    report.put("notBefore", issued.notBefore().toString());
    report.put("notAfter", issued.notAfter().toString());
    return report;
  }
}
