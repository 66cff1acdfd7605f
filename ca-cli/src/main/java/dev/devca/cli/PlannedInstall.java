package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.Pem;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.Plan;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What {@code devca install} would do, found without doing it: no CA, no folder and no lock is
 * made. Where there is no CA yet, a root in memory stands for the one that would be made, and what
 * depends on it is shown as words in angle brackets.
 */
final class PlannedInstall {
  private static final String FINGERPRINT = "<fingerprint>";
  private static final String PEM = "<the root's certificate>";

  private final Session session;
  private final Path directory;
  private final Optional<CertificateAuthority> found;
  private final CertificateAuthority ca;

  private PlannedInstall(
      Session session, Path directory, Optional<CertificateAuthority> found, CaOptions options) {
    this.session = session;
    this.directory = directory;
    this.found = found;
    this.ca = found.orElseGet(() -> CertificateAuthority.inMemory(options));
  }

  /**
   * The plan for a session.
   *
   * @param permit what a new CA may sign, empty for anything
   * @throws CaException where an install would end before it changes a store
   */
  static PlannedInstall of(Session session, List<String> permit) throws IOException {
    Path directory = session.caDirectory();
    Optional<CertificateAuthority> found = CertificateAuthority.find(directory);
    if (found.isPresent()) {
      PermitOption.check(found.get(), permit, directory.toString());
    }
    return new PlannedInstall(
        session, directory, found, PermitOption.apply(CaOptions.defaults(), permit));
  }

  /** Prints it. */
  int print(TrustStores stores) {
    List<Plan> plans = stores.plan(ca.rootCertificate());
    Optional<LauncherLink> link = LauncherLink.of(session).filter(LauncherLink::isMissing);
    if (session.json()) {
      session.console().write(Json.write(describe(plans, link)));
    } else {
      say(plans, link);
    }
    List<Outcome> outcomes = plans.stream().map(Plan::outcome).toList();
    return Report.exitCode(outcomes, TrustResult.Kind.TRUSTED);
  }

  /** Puts words in the place of what is not known before there is a CA. */
  private UnaryOperator<String> placeholders() {
    if (found.isPresent()) {
      return text -> text;
    }
    String pem = Pem.encode(ca.rootCertificate()).strip();
    Fingerprint fingerprint = ca.fingerprint();
    return text -> text.replace(pem, PEM).replace(fingerprint.shortHex(), FINGERPRINT);
  }

  private void say(List<Plan> plans, Optional<LauncherLink> link) {
    PlanText text = new PlanText(session, directory.resolve("rootCA.pem"), placeholders());
    text.comment("devca install" + session.caOption() + " would do this; nothing has been done.");
    if (found.isEmpty()) {
      text.comment("There is no CA yet: one would be made in " + directory + ".");
      text.comment("Make it with devca ca create for lines without words in <angle brackets>.");
    }
    text.comment("Beside this, devca keeps notes of its own, to take it all back.");
    plans.forEach(text::store);
    link.ifPresent(text::link);
  }

  private Map<String, Object> describe(List<Plan> plans, Optional<LauncherLink> link) {
    PlanJson json = new PlanJson(ca.rootCertificate(), placeholders());
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("directory", directory.toString());
    report.put("new", found.isEmpty());
    report.put("fingerprint", found.map(there -> there.fingerprint().hex()).orElse(""));
    report.put("stores", plans.stream().map(json::describe).toList());
    link.ifPresent(
        missing ->
            report.put(
                "link",
                Map.of(
                    "file", missing.link().toString(), "target", missing.launcher().toString())));
    return report;
  }
}
