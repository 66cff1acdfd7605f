package dev.devca.cli;

import dev.devca.ca.Fingerprint;
import dev.devca.truststore.FoundRoot;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.RootSearch;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustStore;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code devca uninstall --orphans}: lists them, and takes out the user's own or those named. */
final class OrphanRemoval {
  // That many are printed, and nobody has two that begin with the same.
  private static final int SHORT = 16;

  private final Session session;
  private final TrustStores stores;
  private final boolean onlyList;
  private final List<String> named;
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * A removal.
   *
   * @param stores where to look
   * @param onlyList whether to take none out
   * @param named the fingerprints of those to take out, or their beginnings; empty for the user's
   */
  OrphanRemoval(Session session, TrustStores stores, boolean onlyList, List<String> named) {
    this.session = session;
    this.stores = stores;
    this.onlyList = onlyList;
    this.named = named.stream().map(OrphanRemoval::plain).toList();
  }

  private static String plain(String fingerprint) {
    String hex = fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{" + SHORT + ",64}")) {
      throw new UsageException(
          "cannot take out '" + fingerprint + "': that is no fingerprint of 16 to 64 hex digits",
          "devca uninstall --orphans --list");
    }
    return hex;
  }

  int run(boolean mkcert) throws IOException {
    if (session.invokingUser().isPresent()) {
      // Root would not look into that user's home.
      throw new UsageException(
          "cannot look for orphans by sudo", "devca uninstall --orphans, which calls sudo itself");
    }
    Orphans orphans = new Orphans(session, mkcert);
    RootSearch search = stores.search(orphans::isDevelopmentCa);
    List<FoundRoot> found = new ArrayList<>();
    for (FoundRoot root : search.found()) {
      if (orphans.isOrphan(root)) {
        found.add(root);
      }
    }
    for (String name : named) {
      if (found.stream().noneMatch(root -> hex(root).startsWith(name))) {
        throw new UsageException(
            "cannot take out " + name + ": no orphan has that fingerprint",
            "devca uninstall --orphans --list" + (mkcert ? " --mkcert" : ""));
      }
    }
    List<Map<String, Object>> reports = new ArrayList<>();
    if (found.isEmpty()) {
      session.say("No store has a root of a development CA that no CA folder knows.");
    }
    found.forEach(this::list);
    for (FoundRoot root : found) {
      reports.add(takeOut(root));
    }
    Report.say(session, search.unread());
    if (session.json()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("orphans", reports);
      report.put("unread", search.unread().stream().map(Report::describe).toList());
      session.console().write(Json.write(report));
    }
    outcomes.addAll(search.unread());
    return Report.exitCode(outcomes, TrustResult.Kind.NOT_TRUSTED);
  }

  private static String hex(FoundRoot root) {
    return Fingerprint.of(root.certificate()).hex();
  }

  private void list(FoundRoot root) {
    session.say(
        hex(root).substring(0, SHORT) + "  " + root.certificate().getSubjectX500Principal());
    session.say("  " + whose(root) + ", in " + names(root));
  }

  private String whose(FoundRoot root) {
    return root.isOf(session.host())
        ? "yours"
        : root.owner().map(id -> "of user " + id).orElse("nobody knows whose");
  }

  private static String names(FoundRoot root) {
    return root.stores().stream().map(TrustStore::displayName).collect(Collectors.joining(", "));
  }

  private Map<String, Object> takeOut(FoundRoot root) {
    boolean yours = root.isOf(session.host());
    boolean ofAnother = !yours && root.owner().isPresent();
    boolean chosen = named.isEmpty() ? yours : named.stream().anyMatch(hex(root)::startsWith);
    List<Outcome> done = List.of();
    if (chosen && ofAnother) {
      session.say("Left " + hex(root).substring(0, SHORT) + ": it is another user's.");
    } else if (chosen && !onlyList) {
      session.say("Taking out the root " + hex(root).substring(0, SHORT) + ":");
      String[] ids = root.stores().stream().map(TrustStore::id).toArray(String[]::new);
      done = stores.only(ids).uninstall(root.certificate());
      Report.say(session, done);
      outcomes.addAll(done);
    } else if (!yours && !ofAnother && named.isEmpty()) {
      session.say("To take it out: devca uninstall --orphans " + hex(root).substring(0, SHORT));
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("fingerprint", hex(root));
    report.put("subject", root.certificate().getSubjectX500Principal().getName());
    report.put("yours", yours);
    report.put("owner", root.owner().map(String::valueOf).orElse(""));
    report.put("in", root.stores().stream().map(TrustStore::id).toList());
    report.put("stores", done.stream().map(Report::describe).toList());
    return report;
  }
}
