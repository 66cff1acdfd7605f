package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CaRotation;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.Reasons;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.RootExchange;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of a rotation: the new root beside the old one in the stores, then in the CA folder and
 * the leaves, then the old one out; and from any of them back to the start.
 */
final class RotationRun {
  private final Session session;
  private final TrustStores stores;
  private final CaRotation rotation;
  private final char[] passphrase;
  private final String again;
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * Of a rotation that is begun, or will be.
   *
   * @param passphrase of the new key; empty if it has none
   * @param again the command line that chose the stores
   */
  RotationRun(
      Session session, TrustStores stores, CaRotation rotation, char[] passphrase, String again) {
    this.session = session;
    this.stores = stores;
    this.rotation = rotation;
    this.passphrase = passphrase;
    this.again = again;
  }

  /** From the start. */
  int begin() throws IOException {
    RootExchange exchange = exchange();
    try {
      refuse(exchange.check());
    } catch (CaException e) {
      rotation.end();
      throw cannot(Reasons.of(e), e.remedy(), e);
    }
    try {
      done(
          "Beside the root "
              + Fingerprint.of(rotation.old().rootCertificate()).shortHex()
              + " comes a new one, "
              + Fingerprint.of(rotation.next().rootCertificate()).shortHex(),
          exchange.bringIn());
      rotation.switchOver();
    } catch (IOException e) {
      throw back(exchange, leaves(), e);
    }
    return goOn();
  }

  /** From where the new CA has come into its folder. */
  int goOn() throws IOException {
    RootExchange exchange = exchange();
    RotatedLeaves leaves = leaves();
    try {
      leaves.restore();
      CertificateAuthority next =
          CertificateAuthority.open(session.caDirectory()).key().unlock(passphrase);
      leaves.issue(rotation.old(), next);
      done("The old root goes out", exchange.takeOut());
    } catch (IOException e) {
      throw back(exchange, leaves, e);
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("directory", session.caDirectory().toString());
    report.put("from", rotation.old().fingerprint().hex());
    report.put("fingerprint", rotation.next().fingerprint().hex());
    report.put("stores", outcomes.stream().map(Report::describe).toList());
    report.put("certificates", leaves.reports());
    session.say(
        "The CA in "
            + session.caDirectory()
            + " has a new root, fingerprint "
            + rotation.next().fingerprint());
    sayWhatIsLeft();
    session.say("Start servers again, so that they read their new certificates.");
    session.say(
        "Other machines and phones need the new root: devca ca export" + session.caOption());
    rotation.end();
    if (session.json()) {
      session.console().write(Json.write(report));
    }
    return leaves.isComplete() ? ExitCode.DONE : ExitCode.IN_PART;
  }

  /** The stores that were not chosen are as they were. */
  private void sayWhatIsLeft() throws IOException {
    TrustStores all = TrustStores.on(session.host());
    if (all.stores().size() == stores.stores().size()) {
      return;
    }
    for (Outcome outcome : all.status(rotation.old().rootCertificate())) {
      if (outcome.result().kind() == TrustResult.Kind.TRUSTED) {
        session.say(
            outcome.displayName()
                + " was left out and trusts the old root still: devca uninstall --orphans takes it"
                + " out");
      }
    }
  }

  /** Ends a rotation that has come no further than the stores. */
  void takeBack() throws IOException {
    RootExchange.Step back = exchange().goBack();
    Report.say(session, back.outcomes());
    refuse(back);
    rotation.end();
  }

  private RootExchange exchange() throws IOException {
    return new RootExchange(
        stores, rotation.old().rootCertificate(), rotation.next().rootCertificate());
  }

  private RotatedLeaves leaves() throws IOException {
    return new RotatedLeaves(session, rotation.folder().resolve("leaves"), session.caDirectory());
  }

  /** Says what was done, if anything was: the root may be in no store. */
  private void done(String what, RootExchange.Step step) throws CaException {
    List<Outcome> good =
        step.outcomes().stream().filter(o -> Report.reason(o.result()).isEmpty()).toList();
    if (!good.isEmpty()) {
      session.say(what + ":");
      Report.say(session, good);
    }
    outcomes.addAll(good);
    refuse(step);
  }

  /** What a store says of how to mend it is about an install; here that comes after. */
  private void refuse(RootExchange.Step step) throws CaException {
    if (!step.done()) {
      Outcome bad =
          step.outcomes().stream()
              .filter(o -> !Report.reason(o.result()).isEmpty())
              .findFirst()
              .orElseThrow();
      throw new CaException(
          bad.displayName() + ": " + Report.reason(bad.result()),
          "mend that, or leave it out: " + again + " --skip " + Shell.quote(bad.storeId()));
    }
  }

  private CaException back(RootExchange exchange, RotatedLeaves leaves, IOException why)
      throws IOException {
    String reason = reason(why);
    session.say("That failed: " + reason);
    session.say("Back to the old root:");
    try {
      leaves.restore();
      if (rotation.isSwitched()) {
        rotation.switchBack();
      }
      RootExchange.Step back = exchange.goBack();
      Report.say(session, back.outcomes());
      refuse(back);
      rotation.end();
    } catch (IOException e) {
      e.addSuppressed(why);
      return cannot(
          reason + "; nor can it go back: " + Reasons.of(e), "mend that and run: " + again, e);
    }
    return cannot(
        reason + "; all is as it was before",
        why instanceof CaException ca ? ca.remedy() : "mend that, and run the same command again",
        why);
  }

  /** Why, without what is said before it anyway. */
  private String reason(IOException why) throws IOException {
    String before = cannot("", "", why).getMessage();
    String text = Reasons.of(why);
    return text.startsWith(before) ? text.substring(before.length()) : text;
  }

  private CaException cannot(String why, String remedy, IOException cause) throws IOException {
    return new CaException(
        "cannot rotate the CA in " + session.caDirectory() + ": " + why, remedy, cause);
  }
}
