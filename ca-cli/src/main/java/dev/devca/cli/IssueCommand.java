package dev.devca.cli;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.SubjectAltName;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code devca issue}. */
final class IssueCommand implements Command {
  private static final String CERT_FILE = "--cert-file";
  private static final String KEY_FILE = "--key-file";
  private static final String FORCE = "--force";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "issue",
            "Issues a certificate and a new key for DNS names, addresses, emails and URLs.",
            "  devca issue 172.16.99.32 localhost",
            "  devca issue '*.app.test' app.test --cert-file app.pem --key-file app-key.pem",
            "  devca issue --client --cn alice",
            "  devca issue localhost --valid 14d --key rsa2048",
            "",
            ExitCode.TEXT);
    LeafOptions.addTo(spec);
    spec.addOption(CommonOptions.value(CERT_FILE, "FILE", "where the certificate goes"))
        .addOption(
            CommonOptions.value(KEY_FILE, "FILE", "where the key goes; the same file is allowed"))
        .addOption(CommonOptions.flag(FORCE, "replace files that devca did not write"))
        .addOption(Passphrases.option());
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(ParseResult parsed, Session session) throws IOException {
    LeafRequest request = LeafOptions.request(parsed);
    for (String option : List.of(CERT_FILE, KEY_FILE)) {
      if (parsed.matchedOptionValue(option, ".").isEmpty()) {
        throw new UsageException(
            "cannot issue a certificate: " + option + " is empty", "devca issue --help");
      }
    }
    OutputFiles files =
        OutputFiles.choose(
            request,
            parsed.hasMatchedOption(LeafOptions.CLIENT),
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
    issued.notes().forEach(session::say);
    if (session.json()) {
      session.console().write(Json.write(describe(issued, files)));
    }
    report(session, ca, request, issued, files);
    return ExitCode.DONE;
  }

  private static void report(
      Session session,
      CertificateAuthority ca,
      LeafRequest request,
      IssuedCertificate issued,
      OutputFiles files) {
    List<String> subjects = new ArrayList<>();
    request.commonName().ifPresent(subjects::add);
    issued.names().forEach(name -> subjects.add(name.value()));
    session.say("Issued a certificate for " + String.join(", ", subjects));
    session.say("  certificate  " + files.chain());
    session.say("  key          " + files.key());
    session.say("  valid until  " + issued.notAfter());
    if (!TrustStores.isRecorded(session.host(), ca.fingerprint())) {
      session.say("No store of this machine trusts it yet: devca install" + session.caOption());
    }
    if (request.isForServers()) {
      session.say("For nginx:");
      session.say("  ssl_certificate     " + Nginx.quote(files.chain()) + ";");
      session.say("  ssl_certificate_key " + Nginx.quote(files.key()) + ";");
    }
  }

  private static Map<String, Object> describe(IssuedCertificate issued, OutputFiles files) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("names", issued.names().stream().map(SubjectAltName::value).toList());
    report.put("certificate", files.chain().toString());
    report.put("key", files.key().toString());
    report.put("notBefore", issued.notBefore().toString());
    report.put("notAfter", issued.notAfter().toString());
    report.put("notes", issued.notes());
    return report;
  }
}
