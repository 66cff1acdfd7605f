package dev.devca.truststore;

import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The roots that macOS trusts: Safari, Chrome, curl and all that use its TLS. A certificate in a
 * keychain and a trust setting for it make a root, and both are taken out again.
 */
final class MacKeychainStore implements TrustStore {
  static final String KIND = "macos";

  /** Whose roots they are. */
  enum Place {
    USER("login keychain"),
    MACHINE("System keychain");

    private final String words;

    Place(String words) {
      this.words = words;
    }
  }

  /** What there is of a root. */
  private enum State {
    ABSENT,
    CERTIFICATE_ALONE,
    SETTING_ALONE,
    TRUSTED,
    DENIED
  }

  private final Host host;
  private final Place place;
  private final Keychain keychain;
  private final Keychain machine;

  MacKeychainStore(Host host, Place place, Path home) {
    this.host = host;
    this.place = place;
    this.machine = Keychain.ofMachine(host);
    this.keychain = place == Place.USER ? Keychain.ofUser(host, home) : machine;
  }

  @Override
  public String id() {
    return KIND + ":" + place.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String displayName() {
    return "macOS (" + place.words + ")";
  }

  @Override
  public boolean isPerUser() {
    return place == Place.USER;
  }

  @Override
  public Rights rights() {
    return host.rightsFor(keychain.file());
  }

  @Override
  public TrustResult status(X509Certificate root) {
    return guarded(() -> result(state(keychain, root), root, false));
  }

  @Override
  public List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    return Files.exists(keychain.file()) ? keychain.certificates(wanted) : List.of();
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    List<Step> steps = new ArrayList<>();
    TrustResult result =
        guarded(
            () -> {
              State before = state(keychain, root);
              TrustResult now = result(before, root, false);
              if (isSettled(before, now)) {
                return now;
              }
              steps.addAll(keychain.stepsToAdd(root, draft));
              return new TrustResult.Trusted(true);
            });
    return Plan.of(this, result, steps);
  }

  @Override
  public TrustResult install(X509Certificate root) {
    return guarded(
        () -> {
          State before = state(keychain, root);
          TrustResult now = result(before, root, false);
          return isSettled(before, now) ? now : add(root, before);
        });
  }

  private static boolean isSettled(State before, TrustResult now) {
    // What the user forbade is not allowed by a program.
    return now.kind() == TrustResult.Kind.TRUSTED || before == State.DENIED;
  }

  private TrustResult add(X509Certificate root, State before) throws IOException {
    host.notice(
        "macOS may ask in a window of its own whether to trust the root: give the password.");
    String trouble = "security ended well, but the root is not trusted";
    try {
      keychain.add(root);
    } catch (IOException e) {
      trouble = Reasons.of(e);
    }
    // By what is there now, not by the exit code: a window may have been answered after all.
    State after = state(keychain, root);
    if (after == State.TRUSTED) {
      return new TrustResult.Trusted(true);
    }
    if (before == State.ABSENT && after == State.CERTIFICATE_ALONE) {
      // It is put in before the question is asked.
      try {
        keychain.delete(root);
      } catch (IOException e) {
        return certificateLeft(root, trouble + "; " + Reasons.of(e));
      }
    }
    return failed(Operation.INSTALL, trouble);
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    return guarded(
        () -> {
          State before = state(keychain, root);
          return before == State.ABSENT ? gone(root, false) : remove(root, before);
        });
  }

  private TrustResult remove(X509Certificate root, State before) throws IOException {
    String trouble = "";
    try {
      if (before != State.CERTIFICATE_ALONE) {
        host.notice(
            "macOS may ask in a window of its own whether to drop the root: give the password.");
        keychain.dropSettings(root);
      }
      if (before != State.SETTING_ALONE) {
        keychain.delete(root);
      }
    } catch (IOException e) {
      trouble = Reasons.of(e);
    }
    return switch (state(keychain, root)) {
      case ABSENT -> gone(root, true);
      case CERTIFICATE_ALONE -> certificateLeft(root, trouble);
      case SETTING_ALONE, TRUSTED, DENIED -> failed(Operation.UNINSTALL, trouble);
    };
  }

  private TrustResult certificateLeft(X509Certificate root, String trouble) {
    return new TrustResult.Failed(
        "it is not trusted, but its certificate is still in the keychain: " + trouble,
        keychain.deletionCommand(root));
  }

  /** The user's store is clean; but what all users trust, the user trusts too. */
  private TrustResult gone(X509Certificate root, boolean changed) throws IOException {
    return trustedByMachine(root)
        ? new TrustResult.Failed(
            "it is also among the roots of all users", command(Operation.UNINSTALL, Place.MACHINE))
        : new TrustResult.NotTrusted(changed);
  }

  private boolean trustedByMachine(X509Certificate root) throws IOException {
    return place == Place.USER && state(machine, root) == State.TRUSTED;
  }

  private static State state(Keychain keychain, X509Certificate root) throws IOException {
    boolean there = keychain.holds(root);
    return switch (keychain.verdict(root)) {
      // A setting that neither trusts nor forbids it for servers is as good as none.
      case NONE, NOT_TRUSTED -> there ? State.CERTIFICATE_ALONE : State.ABSENT;
      case TRUSTED -> there ? State.TRUSTED : State.SETTING_ALONE;
      case DENIED -> State.DENIED;
    };
  }

  private TrustResult result(State state, X509Certificate root, boolean changed)
      throws IOException {
    return switch (state) {
      case TRUSTED -> new TrustResult.Trusted(changed);
      case ABSENT, CERTIFICATE_ALONE ->
          trustedByMachine(root)
              ? new TrustResult.Trusted(changed)
              : new TrustResult.NotTrusted(changed);
      case SETTING_ALONE ->
          new TrustResult.Failed(
              "its trust setting is there without its certificate",
              command(Operation.INSTALL, place));
      case DENIED ->
          new TrustResult.Failed(
              "it is set to Never Trust",
              command(Operation.UNINSTALL, place) + ", then " + command(Operation.INSTALL, place));
    };
  }

  @FunctionalInterface
  private interface Action {
    TrustResult run() throws IOException;
  }

  private TrustResult guarded(Action action) {
    if (Files.notExists(keychain.file())) {
      return new TrustResult.Unavailable(
          "there is no " + keychain.file(),
          "log in on the Mac's desktop, or: " + command(Operation.INSTALL, Place.MACHINE));
    }
    try {
      return action.run();
    } catch (IOException e) {
      return new TrustResult.Unavailable(
          "cannot read the keychain or its trust settings: " + Reasons.of(e),
          "mend that and run the same command again");
    }
  }

  private TrustResult failed(Operation operation, String trouble) {
    String again = command(operation, place);
    String remedy =
        place == Place.USER
            ? again + ", on the Mac's desktop; without one: " + command(operation, Place.MACHINE)
            : again + ", on the Mac's desktop";
    return new TrustResult.Failed("macOS did not change its trust: " + trouble, remedy);
  }

  private static String command(Operation operation, Place place) {
    return "devca " + operation + (place == Place.MACHINE ? " --machine" : "") + " --only " + KIND;
  }
}
