package dev.devca.cli;

import dev.devca.ca.CaLocation;
import dev.devca.ca.CertificateAuthority;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca ca info}. */
final class CaInfoCommand implements Command {
  @Override
  public CommandSpec spec() {
    return CommonOptions.addTo(
        CommonOptions.command(
            "ca info",
            "Shows a CA, and which others there are. Changes nothing.",
            "  devca ca info",
            "  devca ca info --ca work --json",
            "",
            ExitCode.TEXT));
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    CertificateAuthority ca =
        CertificateAuthority.find(session.caDirectory()).orElseThrow(session::noCa);
    ca.notes().forEach(session::say);
    boolean installed = TrustStores.isRecorded(session.host(), ca.fingerprint());
    List<String> others = others(session);
    if (session.json()) {
      Map<String, Object> report = describe(ca);
      report.put("installed", installed);
      report.put("others", others);
      session.console().write(Json.write(report));
      return ExitCode.DONE;
    }
    Console console = session.console();
    describe(ca).forEach((name, value) -> console.show(line(name, words(value))));
    console.show(line("installed", installed ? "yes" : "no"));
    console.show(line("other CAs", others.isEmpty() ? "none" : String.join(", ", others)));
    return ExitCode.DONE;
  }

  private static String words(Object value) {
    return value instanceof List<?> permitted
        ? permitted.isEmpty()
            ? "anything"
            : permitted.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : String.valueOf(value);
  }

  private static String line(String name, String value) {
    return name + " ".repeat(Math.max(1, 13 - name.length())) + value;
  }

  /** What there is to know of a CA, but its key. */
  static Map<String, Object> describe(CertificateAuthority ca) {
    X509Certificate root = ca.rootCertificate();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("directory", ca.directory().map(Object::toString).orElse(""));
    report.put("name", root.getSubjectX500Principal().getName());
    report.put("fingerprint", ca.fingerprint().hex());
    report.put("notBefore", Utc.text(root.getNotBefore().toInstant()));
    report.put("notAfter", Utc.text(root.getNotAfter().toInstant()));
    report.put("key", PublicKeyWords.of(root.getPublicKey()));
    report.put("permitted", ca.permitted());
    report.put(
        "keyFile",
        ca.key().isLocked() ? "locked by a passphrase" : ca.canIssue() ? "there" : "missing");
    return report;
  }

  /** The names of the user's other CAs; the first one has none and is shown in brackets. */
  private static List<String> others(Session session) throws IOException {
    List<String> names = new ArrayList<>(CaLocation.names(session.firstCaDirectory()));
    if (session.caName().isPresent()) {
      names.remove(session.caName().get());
      if (CertificateAuthority.find(session.firstCaDirectory()).isPresent()) {
        names.add(0, "(first)");
      }
    }
    return names;
  }
}
