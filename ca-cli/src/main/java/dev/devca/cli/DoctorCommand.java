package dev.devca.cli;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Fingerprint;
import dev.devca.cli.doctor.ClientReport;
import dev.devca.cli.doctor.Doctor;
import dev.devca.cli.doctor.Examination;
import dev.devca.cli.doctor.FileCheck;
import dev.devca.cli.doctor.FileReport;
import dev.devca.cli.doctor.Finding;
import dev.devca.cli.doctor.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code devca doctor}. */
final class DoctorCommand implements Command {
  private static final String KEY = "--key";
  private static final String ONLY = "--only";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "doctor",
            "Starts the clients of this machine against a server; says which trust it, else what mends it.",
            "  devca doctor",
            "  devca doctor https://172.16.99.32:1043/",
            "  devca doctor localhost.pem --key localhost-key.pem",
            "",
            ExitCode.TEXT);
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("SERVER|FILE")
            .type(String.class)
            .arity("0..1")
            .description(
                "a URL, HOST:PORT or HOST; or a certificate's file, to look at that alone;"
                    + " default: a server of its own on localhost")
            .build());
    spec.addOption(
        CommonOptions.value(
            KEY,
            "FILE",
            "the key of the certificate in FILE; default: the one that lies beside it"));
    spec.addOption(
        OptionSpec.builder(ONLY)
            .paramLabel("CLIENT")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .splitRegex(",")
            .description("start these clients only, such as curl, java, node")
            .build());
    spec.addOption(Passphrases.option());
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    String what = parsed.words().isEmpty() ? "" : parsed.words().get(0);
    if (what.isEmpty() && !parsed.words().isEmpty()) {
      // An unset variable of a script: not the examination of this machine that was meant.
      throw new UsageException("cannot examine '': it is empty", "devca doctor --help");
    }
    Optional<Path> key =
        Optional.of(parsed.value(KEY, "")).filter(name -> !name.isEmpty()).map(DoctorCommand::path);
    Optional<Path> file = file(what);
    if (key.isPresent() && file.isEmpty()) {
      throw new UsageException(
          "cannot examine '" + what + "': " + KEY + " is for a file, and it is none",
          "devca doctor --help");
    }
    Optional<CertificateAuthority> ca = CertificateAuthority.find(session.caDirectory());
    return file.isPresent()
        ? examineFile(file.get(), key, ca, session)
        : examineServer(what, parsed, ca, session);
  }

  /** A word that names a file; a server has the same name as one only by chance. */
  private static Optional<Path> file(String what) {
    boolean isPath = what.contains("/") || what.matches(".*\\.(pem|crt|cer|der|key)");
    if (what.isEmpty() || what.contains("://")) {
      return Optional.empty();
    }
    Path path = path(what);
    return isPath || Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(
          "cannot examine '" + text + "': " + e.getReason(), "devca doctor --help");
    }
  }

  private static int examineFile(
      Path file, Optional<Path> key, Optional<CertificateAuthority> ca, Session session)
      throws IOException {
    FileReport report = FileCheck.examine(file, key, ca.map(CertificateAuthority::rootCertificate));
    if (session.json()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("file", report.file());
      map.put("keyFile", report.keyFile());
      describe(map, report.leaf(), report.names(), report.findings());
      session.console().write(Json.write(map));
    }
    session.say("File " + report.file());
    say(session, report.leaf(), report.names());
    session.say(
        "  key          "
            + (report.keyFile().isEmpty()
                ? "none lies beside it; " + KEY + " FILE names it"
                : report.keyFile()));
    say(session, report.findings());
    if (report.findings().isEmpty()) {
      session.say("Nothing is wrong with it.");
    }
    return report.findings().isEmpty() ? ExitCode.DONE : ExitCode.IN_PART;
  }

  private static int examineServer(
      String what, Arguments parsed, Optional<CertificateAuthority> ca, Session session)
      throws IOException {
    Optional<Target> target = what.isEmpty() ? Optional.empty() : Optional.of(target(what));
    if (target.isEmpty() && ca.isEmpty()) {
      throw session.noCa();
    }
    if (target.isEmpty()) {
      ca = Optional.of(Passphrases.unlocked(ca.get(), parsed, session));
    }
    Doctor doctor = doctor(session, ca, parsed.value(ONLY, List.of()));
    Examination examination =
        target.isPresent() ? doctor.examine(target.get()) : doctor.examineOwn();
    if (session.json()) {
      session.console().write(Json.write(describe(examination)));
    }
    say(session, examination);
    return examination.isHealthy() ? ExitCode.DONE : ExitCode.IN_PART;
  }

  private static Doctor doctor(
      Session session, Optional<CertificateAuthority> ca, List<String> kinds) {
    try {
      return new Doctor(session.host(), session.environment(), ca, kinds);
    } catch (IllegalArgumentException e) {
      throw new UsageException("cannot choose clients: " + e.getMessage(), "devca doctor");
    }
  }

  private static Target target(String what) {
    try {
      return Target.parse(what);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "cannot examine '" + what + "': " + e.getMessage(), "devca doctor --help");
    }
  }

  private static void say(Session session, Examination examination) {
    session.say("Server " + examination.target());
    say(session, examination.leaf(), examination.names());
    if (examination.wantsClientCertificate()) {
      session.say("  It asks for a client certificate.");
    }
    say(session, examination.findings());
    session.say("Clients:");
    List<ClientReport> clients = examination.clients();
    int width = clients.stream().mapToInt(client -> client.name().length()).max().orElse(0);
    for (ClientReport client : clients) {
      String reason = client.reason().isEmpty() ? "" : ": " + client.reason();
      String name = client.name() + " ".repeat(width - client.name().length());
      session.say("  " + name + "  " + client.state() + reason);
      if (!client.remedy().isEmpty()) {
        session.say("  " + " ".repeat(width) + "  Try: " + remedy(session, client.remedy()));
      }
    }
    long trusting = clients.stream().filter(ClientReport::trusts).count();
    session.say(trusting + " of " + clients.size() + " trust it.");
  }

  private static Map<String, Object> describe(Examination examination) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("server", examination.target().toString());
    describe(report, examination.leaf(), examination.names(), examination.findings());
    report.put("wantsClientCertificate", examination.wantsClientCertificate());
    report.put("clients", examination.clients().stream().map(DoctorCommand::describe).toList());
    return report;
  }

  private static void say(Session session, X509Certificate leaf, List<String> names) {
    session.say("  names        " + (names.isEmpty() ? "none" : String.join(", ", names)));
    session.say("  valid until  " + leaf.getNotAfter().toInstant());
    session.say("  issued by    " + leaf.getIssuerX500Principal().getName());
  }

  private static void say(Session session, List<Finding> findings) {
    for (Finding finding : findings) {
      session.say("  problem      " + finding.text());
      session.say("               Try: " + remedy(session, finding.remedy()));
    }
  }

  /** For the CA that was chosen. */
  private static String remedy(Session session, String remedy) {
    return remedy.matches("devca (issue|install)\\b.*") ? remedy + session.caOption() : remedy;
  }

  private static void describe(
      Map<String, Object> report,
      X509Certificate leaf,
      List<String> names,
      List<Finding> findings) {
    report.put("names", names);
    report.put("notAfter", Utc.text(leaf.getNotAfter().toInstant()));
    report.put("issuer", leaf.getIssuerX500Principal().getName());
    report.put("fingerprint", Fingerprint.of(leaf).hex());
    report.put("findings", findings.stream().map(DoctorCommand::describe).toList());
  }

  private static Map<String, Object> describe(Finding finding) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", finding.id());
    map.put("text", finding.text());
    map.put("remedy", finding.remedy());
    return map;
  }

  private static Map<String, Object> describe(ClientReport client) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", client.kind());
    map.put("name", client.name());
    map.put("state", client.state());
    map.put("reason", client.reason());
    map.put("remedy", client.remedy());
    return map;
  }
}
