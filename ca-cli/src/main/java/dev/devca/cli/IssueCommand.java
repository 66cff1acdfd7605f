package dev.devca.cli;

import dev.devca.ca.CaRotation;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.SignedCertificate;
import dev.devca.ca.SubjectAltName;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca issue}. */
final class IssueCommand implements Command {
  static final String FOR = "--for";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "issue",
            "Issues a certificate and a new key for DNS names, addresses, emails and URLs.",
            "  devca issue 172.16.99.32 localhost",
            "  devca issue '*.app.test' app.test --cert-file app.pem --key-file app-key.pem",
            "  devca issue localhost --valid 14d --key rsa2048",
            "  devca issue localhost --p12-file app.p12 --password-env APP_PASSWORD",
            "  devca issue app.test --for haproxy",
            "  devca issue --client --cn alice",
            "  devca issue --csr app.csr --cert-file app.pem",
            "  devca issue --batch names.txt",
            "",
            ExitCode.TEXT);
    LeafOptions.addTo(spec);
    RequestOptions.addTo(spec);
    OutputOptions.addTo(spec);
    spec.addOption(
        CommonOptions.value(
            FOR,
            "SERVER",
            "print the lines for nginx, apache, caddy, haproxy, spring-boot, tomcat or node"));
    spec.addOption(BatchFile.option());
    spec.addOption(Passphrases.option());
    return CommonOptions.addTo(spec);
  }

  @Override
  public Optional<Arguments> plainly(List<String> words) {
    for (String word : words) {
      if (word.startsWith("-") || word.startsWith("@")) {
        return Optional.empty();
      }
    }
    // All that is left is a list of names.
    return words.isEmpty() ? Optional.empty() : Optional.of(new PlainArguments(words));
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    if (parsed.has(BatchFile.OPTION)) {
      return BatchRun.of(parsed, session).run();
    }
    Issuance asked = Issuance.of(parsed, session);
    OutputFiles files = asked.files();
    List<String> lines = parsed.has(FOR) ? lines(parsed, asked.request(), files) : List.of();
    if (session.json() && files.useStandardOutput()) {
      throw OutputFiles.wrong("--json and a file both go to standard output");
    }
    char[] password = asked.password(session);
    CertificateAuthority ca =
        ca(parsed, session, existing -> asked.checkMayReplace(existing, password));
    SignedCertificate issued = issue(asked, ca, password, session);
    if (CaRotation.hasReplaced(ca) && !files.useStandardOutput()) {
      // The rotation may have looked at the list before this was on it.
      ca = ca(parsed, session, existing -> {});
      issued = issue(asked, ca, password, session);
    }
    asked.csr().ifPresent(request -> request.notes().forEach(session::say));
    issued.notes().forEach(session::say);
    if (session.json()) {
      session.console().write(Json.write(describe(issued, files, lines)));
    }
    report(session, ca, asked.request(), issued, files);
    if (parsed.has(FOR)) {
      if (!session.json()) {
        lines.forEach(session.console()::print);
      }
    } else if (!asked.options().der()) {
      hint(session, asked.request(), files);
    }
    return ExitCode.DONE;
  }

  private static SignedCertificate issue(
      Issuance asked, CertificateAuthority ca, char[] password, Session session)
      throws IOException {
    Issuance.Written written = asked.issue(ca, password, session.console());
    asked.remember(ca, written, false).ifPresent(session::say);
    return written.certificate();
  }

  /** What must hold before a CA is made. */
  @FunctionalInterface
  interface Check {
    void with(Optional<CertificateAuthority> existing) throws IOException;
  }

  /** The CA that was chosen, with its key open; a first one is made where there is none. */
  static CertificateAuthority ca(Arguments parsed, Session session, Check check)
      throws IOException {
    Optional<CertificateAuthority> existing = CertificateAuthority.find(session.caDirectory());
    check.with(existing);
    if (existing.isEmpty() && session.caName().isPresent()) {
      throw session.noCa();
    }
    CertificateAuthority ca =
        existing.isPresent()
            ? existing.get()
            : CertificateAuthority.openOrCreate(session.caDirectory());
    announce(session, ca);
    return Passphrases.unlocked(ca, parsed, session);
  }

  /** As {@link CaView#announce}, but without having the JDK read the root. */
  private static void announce(Session session, CertificateAuthority ca) {
    ca.notes().forEach(session::say);
    if (ca.isNew()) {
      session.say(CaView.created(ca.directory().map(Path::toString).orElse(""), ca.fingerprint()));
    }
  }

  private static void report(
      Session session,
      CertificateAuthority ca,
      LeafRequest request,
      SignedCertificate issued,
      OutputFiles files) {
    Set<String> subjects = new LinkedHashSet<>();
    request.commonName().ifPresent(subjects::add);
    issued.names().forEach(name -> subjects.add(name.value()));
    session.say("Issued a certificate for " + String.join(", ", subjects));
    for (OutputKind kind : OutputKind.values()) {
      files.of(kind).ifPresent(file -> session.say(line(kind.words(), file.shown())));
    }
    session.say(line("valid until", Utc.text(issued.notAfter())));
    if (!TrustStores.isRecorded(session.host(), ca.fingerprint())) {
      session.say("No store of this machine trusts it yet: devca install" + session.caOption());
    }
  }

  /** What most people need next. */
  private static void hint(Session session, LeafRequest request, OutputFiles files) {
    Optional<Path> chain = files.of(OutputKind.CERTIFICATE).flatMap(OutputFile::path);
    Optional<Path> key = files.of(OutputKind.KEY).flatMap(OutputFile::path);
    if (request.isForServers() && chain.isPresent() && key.isPresent()) {
      session.say("For nginx:");
      session.say("  ssl_certificate     " + Nginx.quote(chain.get()) + ";");
      session.say("  ssl_certificate_key " + Nginx.quote(key.get()) + ";");
    }
  }

  static boolean combined(Arguments parsed) {
    return parsed.has(FOR) && Recipe.named(parsed.value(FOR, "")).isCombined();
  }

  private static List<String> lines(Arguments parsed, LeafRequest request, OutputFiles files) {
    Recipe recipe = Recipe.named(parsed.value(FOR, ""));
    if (!request.isForServers()) {
      throw OutputFiles.wrong(FOR + " is for servers, and this certificate is not");
    }
    if (files.useStandardOutput()) {
      throw OutputFiles.wrong(FOR + " prints on standard output, where a file goes too");
    }
    return recipe.lines(RecipeFiles.of(parsed, files));
  }

  private static String line(String what, String value) {
    return "  " + what + " ".repeat(13 - what.length()) + value;
  }

  /** For a program: what it is, and where. */
  static Map<String, Object> describe(
      SignedCertificate issued, OutputFiles files, List<String> lines) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("names", issued.names().stream().map(SubjectAltName::value).toList());
    for (OutputKind kind : OutputKind.values()) {
      files.of(kind).ifPresent(file -> report.put(kind.json(), file.shown()));
    }
    report.put("notBefore", Utc.text(issued.notBefore()));
    report.put("notAfter", Utc.text(issued.notAfter()));
    report.put("notes", issued.notes());
    if (!lines.isEmpty()) {
      report.put("lines", lines);
    }
    return report;
  }
}
