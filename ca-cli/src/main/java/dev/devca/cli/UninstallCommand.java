package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code devca uninstall}. */
final class UninstallCommand implements Command {
  private static final String ALL = "--all";
  private static final String DELETE_CA = "--delete-ca";
  private static final String ORPHANS = "--orphans";
  private static final String LIST = "--list";
  private static final String MKCERT = "--mkcert";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "uninstall",
            "Takes the CA out of every store again. The CA itself stays, unless told otherwise.",
            "  devca uninstall",
            "  devca uninstall --delete-ca",
            "  devca uninstall --orphans --list",
            "",
            ExitCode.TEXT);
    spec.addOption(CommonOptions.flag(ALL, "take out the roots of this user's other CAs too"));
    spec.addOption(CommonOptions.flag(DELETE_CA, "delete the CA's certificate and key too"));
    spec.addOption(
        CommonOptions.flag(
            ORPHANS,
            "take out roots of development CAs that no CA folder knows: yours, or those named"));
    spec.addOption(CommonOptions.flag(LIST, "with --orphans: only list them"));
    spec.addOption(CommonOptions.flag(MKCERT, "with --orphans: mkcert's too"));
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("FINGERPRINT")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .description("with --orphans: take out these; 16 hex digits or more of each")
            .build());
    return CommonOptions.addTo(StoreOptions.addTo(spec));
  }

  /** Refuses what would do more, or less, than was meant. */
  private static void check(Arguments parsed) {
    boolean orphans = parsed.has(ORPHANS);
    boolean more = parsed.has(ALL) || parsed.has(DELETE_CA);
    boolean detail = parsed.has(LIST) || parsed.has(MKCERT) || !parsed.words().isEmpty();
    if (orphans ? more : detail) {
      throw new UsageException(
          "cannot uninstall: "
              + (orphans
                  ? ORPHANS + " goes with neither " + ALL + " nor " + DELETE_CA
                  : LIST + ", " + MKCERT + " and fingerprints go with " + ORPHANS),
          "devca uninstall --orphans --list");
    }
  }

  @Override
  public Optional<Arguments> plainly(List<String> words) {
    return PlainArguments.none(words);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    check(parsed);
    TrustStores stores = StoreOptions.chosen(parsed, session);
    if (parsed.has(ORPHANS)) {
      List<String> named = parsed.words();
      return new OrphanRemoval(session, stores, parsed.has(LIST), named).run(parsed.has(MKCERT));
    }
    CaAccess access = session.ca();
    Optional<CaView> ca = findOrSay(access, session);
    List<Outcome> outcomes = new ArrayList<>();
    List<Map<String, Object>> reports = new ArrayList<>();
    if (ca.isEmpty() && session.caName().isPresent()) {
      // A misspelt name must not take out what is installed of the others.
      throw session.noCa();
    }
    boolean all = ca.isEmpty() || parsed.has(ALL);
    for (X509Certificate root : roots(access, ca, all)) {
      session.say("Taking out the root " + Fingerprint.of(root).shortHex() + ":");
      List<Outcome> done;
      try (WorkLine line = WorkLine.of(session)) {
        done = stores.withProgress(line).uninstall(root);
      }
      Report.say(session, session.verbose() ? done : there(done));
      outcomes.addAll(done);
      reports.add(
          Map.of(
              "fingerprint", Fingerprint.of(root).hex(),
              "stores", done.stream().map(Report::describe).toList()));
    }
    for (X509Certificate root : access.installedRoots()) {
      if (!all && !root.equals(ca.get().root()) && !ca.get().others().contains(root)) {
        session.say(
            "Another CA of yours stays installed: "
                + Fingerprint.of(root).shortHex()
                + " (devca uninstall --all)");
      }
    }
    int code = Report.exitCode(outcomes, TrustResult.Kind.NOT_TRUSTED);
    if (code == ExitCode.DONE && isTrustedElsewhere(parsed, session, ca)) {
      code = ExitCode.IN_PART;
    }
    if (code != ExitCode.DONE) {
      sayNotDeleted(parsed, session, "a store may still trust it");
    } else if (isUnlinked(session, access)) {
      code = finish(parsed, session, access, ca);
    } else {
      code = ExitCode.IN_PART;
      // Its folder knows which folders around the link are ours.
      sayNotDeleted(parsed, session, "that comes first");
    }
    if (session.json()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("roots", reports);
      session.console().write(Json.write(report));
    }
    return code;
  }

  /** Whether a store that was not chosen trusts the CA that is to be deleted. */
  private static boolean isTrustedElsewhere(
      Arguments parsed, Session session, Optional<CaView> ca) {
    return parsed.has(DELETE_CA)
        && ca.isPresent()
        && TrustStores.on(session.host()).status(ca.get().root()).stream()
            .anyMatch(outcome -> outcome.result().kind() == TrustResult.Kind.TRUSTED);
  }

  /** What is not there need not be made for the root to be taken out of it. */
  private static List<Outcome> there(List<Outcome> outcomes) {
    return outcomes.stream().filter(o -> o.result().kind() != TrustResult.Kind.ABSENT).toList();
  }

  /** A CA folder that cannot be read is no reason to stay trusted. */
  private static Optional<CaView> findOrSay(CaAccess access, Session session) throws IOException {
    try {
      return access.find();
    } catch (CaException e) {
      session.say(e.getMessage());
      session.say("Going on by the record of what was installed.");
      return Optional.empty();
    }
  }

  private static void sayNotDeleted(Arguments parsed, Session session, String why) {
    if (parsed.has(DELETE_CA)) {
      session.say("The CA was not deleted, since " + why + ".");
    }
  }

  private static boolean isUnlinked(Session session, CaAccess access) throws IOException {
    try {
      String unlinked = access.unlink();
      if (!unlinked.isEmpty()) {
        session.say(unlinked);
      }
      return true;
    } catch (CaException e) {
      session.console().say("devca: " + e.getMessage());
      session.console().say("Try: " + e.remedy());
      return false;
    }
  }

  /** What is done once no store trusts it; a CA that is to be deleted and cannot is not all. */
  private static int finish(Arguments parsed, Session session, CaAccess access, Optional<CaView> ca)
      throws IOException {
    TrustStores.sweep(session.host());
    if (ca.isEmpty()) {
      if (isDamaged(access)) {
        session.say("The CA is damaged; it was neither used nor deleted.");
        if (parsed.has(DELETE_CA)) {
          // Its two files and no folder: other CAs may lie in that, or what is nobody's of ours.
          session.say(
              "Try: rm -f " + file(session, "rootCA.pem") + " " + file(session, "rootCA-key.pem"));
          return ExitCode.IN_PART;
        }
        return ExitCode.DONE;
      }
      String timer = access.delete();
      session.say("There is no CA to keep or delete.");
      if (!timer.isEmpty()) {
        session.say(timer);
      }
    } else if (parsed.has(DELETE_CA)) {
      String timer = access.delete();
      session.say("Deleted the CA in " + ca.get().directory());
      if (!timer.isEmpty()) {
        session.say(timer);
      }
    } else {
      session.say("The CA stays in " + ca.get().directory());
    }
    return ExitCode.DONE;
  }

  private static String file(Session session, String name) throws IOException {
    return Shell.quote(session.caDirectory().resolve(name).toString());
  }

  private static boolean isDamaged(CaAccess access) throws IOException {
    try {
      return access.find().isPresent();
    } catch (CaException e) {
      return true;
    }
  }

  /**
   * The CA's root; and all others that this user installed, where they are asked for or the CA
   * folder is gone and they are all that is known.
   */
  private static List<X509Certificate> roots(CaAccess access, Optional<CaView> ca, boolean all)
      throws IOException {
    Map<Fingerprint, X509Certificate> roots = new LinkedHashMap<>();
    ca.ifPresent(view -> roots.put(Fingerprint.of(view.root()), view.root()));
    for (X509Certificate root : ca.map(CaView::others).orElse(List.of())) {
      roots.put(Fingerprint.of(root), root);
    }
    if (all) {
      for (X509Certificate root : access.installedRoots()) {
        roots.put(Fingerprint.of(root), root);
      }
    }
    return List.copyOf(roots.values());
  }
}
