package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One database of NSS: a profile of Firefox, or what Chromium reads. A root that we add has a
 * nickname of ours and is deleted again. One that was there under another nickname, and not
 * trusted, gets back the flags that it had; one that was trusted is deleted, since after an
 * uninstall nothing trusts it.
 */
final class NssStore implements TrustStore {
  static final String KIND = "nss";

  private static final String TRUSTED = "C,,";
  // No colon: what stands before one is read as the name of a token.
  private static final Pattern OURS = Pattern.compile("devca [0-9a-f]{16}");
  private static final String RESTART = "restart the browsers that are running";

  private final Host host;
  private final NssDatabase database;
  private final Certutil certutil;

  NssStore(Host host, NssDatabase database, Path certutil) {
    this.host = host;
    this.database = database;
    this.certutil = new Certutil(host.commands(), certutil, database.folder());
  }

  @Override
  public String id() {
    return database.id();
  }

  @Override
  public String displayName() {
    return database.displayName(host);
  }

  @Override
  public Rights rights() {
    // A list of profiles may name any folder: nothing is touched with more rights than its user
    // has, and no file of root's is left in a home.
    return host.invokingUser().isPresent() ? Rights.INVOKING_USER : Rights.OWN;
  }

  /** Whether a nickname is one that we give. */
  static boolean isOurs(String nickname) {
    return OURS.matcher(nickname).matches();
  }

  private static String nickname(X509Certificate root) {
    return "devca " + Fingerprint.of(root).shortHex();
  }

  @Override
  public boolean isPerUser() {
    return true;
  }

  @Override
  public boolean standsAlone() {
    return true;
  }

  @Override
  public TrustResult status(X509Certificate root) {
    if (database.isGone()) {
      return gone();
    }
    try {
      return read(root, false);
    } catch (IOException e) {
      return unavailable(Operation.INSTALL, e);
    }
  }

  private TrustResult gone() {
    return database.state() == NssDatabase.State.TO_BE_MADE
        ? new TrustResult.NotTrusted(false)
        : new TrustResult.Absent("there is no " + database.certificates());
  }

  private TrustResult read(X509Certificate root, boolean changed) throws IOException {
    Optional<Certutil.Entry> entry = find(root, Certutil.Entry::isTrusted);
    return entry.isPresent() && entry.get().isTrusted()
        ? new TrustResult.Trusted(changed, changed ? RESTART : "")
        : new TrustResult.NotTrusted(changed);
  }

  /**
   * The entry of the root, known by its bytes.
   *
   * @param others which entries without our nickname are looked at: a profile may hold hundreds
   */
  private Optional<Certutil.Entry> find(X509Certificate root, Predicate<Certutil.Entry> others)
      throws IOException {
    List<Certutil.Entry> entries = certutil.entries();
    String own = nickname(root);
    for (Certutil.Entry entry : entries) {
      if (entry.nickname().equals(own) && certutil.certificates(own).contains(base64(root))) {
        return Optional.of(entry);
      }
    }
    for (Certutil.Entry entry : entries) {
      if (isOurs(entry.nickname()) || !others.test(entry)) {
        continue;
      }
      List<String> certificates = certutil.certificates(entry.nickname());
      if (certificates.contains(base64(root))) {
        if (certificates.size() > 1) {
          throw new CaException(
              "it holds the root beside others of the same name, which certutil cannot tell apart",
              "delete '" + entry.nickname() + "' in the settings of " + database.application());
        }
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private static String base64(X509Certificate root) {
    try {
      return Base64.getEncoder().encodeToString(root.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    }
  }

  @Override
  public List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    List<X509Certificate> roots = new ArrayList<>();
    if (database.isGone()) {
      return roots;
    }
    for (Certutil.Entry entry : certutil.entries()) {
      if (entry.isTrusted() || isOurs(entry.nickname())) {
        for (String base64 : certutil.certificates(entry.nickname())) {
          PemScan.ofBase64(base64).certificates().stream()
              .filter(root -> wanted.test(root) && !roots.contains(root))
              .forEach(roots::add);
        }
      }
    }
    return roots;
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    if (database.isGone() && gone() instanceof TrustResult.Absent absent) {
      return Plan.nothing(this, absent);
    }
    try {
      Optional<Certutil.Entry> before = before(root);
      if (before.isPresent() && before.get().isTrusted()) {
        return Plan.nothing(this, new TrustResult.Trusted(false));
      }
      List<Step> steps = new ArrayList<>();
      CommandRunner.Command change =
          before.isEmpty()
              ? certutil.adding(nickname(root), TRUSTED, root)
              : certutil.settingFlags(before.get().nickname(), before.get().trustedFlags());
      if (database.isGone()) {
        steps.addAll(draft.folderOf(database.certificates()));
        steps.add(step(certutil.creating()));
      } else {
        certutil.refuseIfLocked(change);
      }
      steps.add(step(change));
      return Plan.of(this, new TrustResult.Trusted(true, RESTART), steps);
    } catch (IOException e) {
      return Plan.nothing(this, unavailable(Operation.INSTALL, e));
    }
  }

  private static Step step(CommandRunner.Command command) {
    String input = new String(command.input(), StandardCharsets.US_ASCII);
    return new Step.Run(command.arguments(), input, Set.of());
  }

  /** The entry of the root before an install. */
  private Optional<Certutil.Entry> before(X509Certificate root) throws IOException {
    // certutil makes a database where there is none: it is asked to add to one that it can read.
    return database.isGone() ? Optional.empty() : find(root, entry -> true);
  }

  /** What a program had half written when it was killed; which NSS leaves so as it reads. */
  private void takeBackInterrupted() {
    if (database.isInterrupted()) {
      try {
        certutil.takeBackInterrupted();
      } catch (IOException e) {
        // Another program is at work on it, or it is closed to us: whoever reads it says so.
        return;
      }
    }
  }

  @Override
  public TrustResult install(X509Certificate root) {
    if (database.isGone() && gone() instanceof TrustResult.Absent absent) {
      return absent;
    }
    takeBackInterrupted();
    Optional<Certutil.Entry> before;
    try {
      before = before(root);
    } catch (IOException e) {
      return unavailable(Operation.INSTALL, e);
    }
    if (before.isPresent() && before.get().isTrusted()) {
      return new TrustResult.Trusted(false);
    }
    try {
      NssUndo undo = new NssUndo(host, database, certutil);
      if (database.isGone()) {
        undo.make();
      }
      if (before.isEmpty()) {
        certutil.add(nickname(root), TRUSTED, root);
      } else {
        if (!isOurs(before.get().nickname())) {
          undo.remember(Fingerprint.of(root), before.get().flags());
        }
        certutil.setFlags(before.get().nickname(), before.get().trustedFlags());
      }
      return expect(TrustResult.Kind.TRUSTED, read(root, true));
    } catch (IOException e) {
      return failed(Operation.INSTALL, e, takeBack(root, before));
    }
  }

  /**
   * Undoes an install that failed: with a primary password, the root is in and not trusted.
   *
   * @return what to add to the message
   */
  private String takeBack(X509Certificate root, Optional<Certutil.Entry> before) {
    takeBackInterrupted();
    try {
      if (before.isEmpty() && !database.isGone() && find(root, entry -> false).isPresent()) {
        certutil.delete(nickname(root));
      }
      new NssUndo(host, database, certutil).forget(Fingerprint.of(root));
      return "";
    } catch (IOException e) {
      return "; the root may have been left in it, not trusted";
    }
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    takeBackInterrupted();
    Optional<Certutil.Entry> before;
    try {
      before = database.isGone() ? Optional.empty() : find(root, Certutil.Entry::isTrusted);
    } catch (IOException e) {
      return unavailable(Operation.UNINSTALL, e);
    }
    try {
      NssUndo undo = new NssUndo(host, database, certutil);
      if (before.isPresent()) {
        takeOut(before.get(), undo.flagsOf(Fingerprint.of(root)));
      }
      boolean changed = undo.forget(Fingerprint.of(root)) || before.isPresent();
      if (database.isGone()) {
        return changed ? new TrustResult.NotTrusted(true) : gone();
      }
      return expect(TrustResult.Kind.NOT_TRUSTED, read(root, changed));
    } catch (IOException e) {
      return failed(Operation.UNINSTALL, e, "");
    }
  }

  private void takeOut(Certutil.Entry entry, Optional<String> flags) throws IOException {
    if (isOurs(entry.nickname()) || flags.isEmpty()) {
      certutil.delete(entry.nickname());
    } else {
      certutil.setFlags(entry.nickname(), flags.get());
    }
  }

  private static TrustResult expect(TrustResult.Kind goal, TrustResult result) throws IOException {
    if (result.kind() != goal) {
      throw new IOException("certutil says that it is done, but it is not");
    }
    return result;
  }

  private TrustResult unavailable(Operation operation, IOException e) {
    NssTrouble trouble = NssTrouble.of(host, database, e, command(operation));
    return new TrustResult.Unavailable(
        "cannot read " + database.folder() + ": " + trouble.reason(), trouble.remedy());
  }

  private TrustResult failed(Operation operation, IOException e, String left) {
    NssTrouble trouble = NssTrouble.of(host, database, e, command(operation));
    return new TrustResult.Failed(
        "cannot change " + database.folder() + ": " + trouble.reason() + left, trouble.remedy());
  }

  private String command(Operation operation) {
    return "devca " + operation + " --only " + ShellLines.word(id());
  }
}
