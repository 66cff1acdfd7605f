package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.Reasons;
import dev.devca.truststore.ProfileVariables.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What programs trust by variables that name a PEM file: such a file of devca's, or the system's
 * where that has all that is wanted, and the variables in the start files of the user's shells.
 */
final class VariableStore implements TrustStore {
  private static final String NEW_TERMINAL = "open a new terminal, or run: eval \"$(devca env)\"";

  private final Host host;
  private final VariableClient client;

  VariableStore(Host host, VariableClient client) {
    this.host = host;
    this.client = client;
  }

  @Override
  public String id() {
    return client.id();
  }

  @Override
  public String displayName() {
    return client.displayName();
  }

  @Override
  public Rights rights() {
    // Root could write to a home that is closed to its user, but such files help that user little.
    return host.home()
        .map(home -> host.rightsFor(home.resolve(".profile")))
        .filter(rights -> rights == Rights.INVOKING_USER)
        .orElse(Rights.OWN);
  }

  @Override
  public boolean isPerUser() {
    return true;
  }

  @Override
  public TrustResult status(X509Certificate root) {
    return guarded(setup -> status(setup, root));
  }

  @Override
  public TrustResult install(X509Certificate root) {
    return guarded(setup -> install(setup, root));
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    return guarded(setup -> uninstall(setup, root));
  }

  @FunctionalInterface
  private interface Action {
    TrustResult on(VariableSetup setup) throws IOException;
  }

  /** What cannot be read is unavailable; what has a remedy was found wrong, or tried. */
  private TrustResult guarded(Action action) {
    try {
      Optional<VariableSetup> setup = VariableSetup.of(host, client);
      if (setup.isEmpty()) {
        return new TrustResult.Unavailable("no home is known: HOME is not set", "set HOME");
      }
      if (!Files.isDirectory(setup.get().home())) {
        return new TrustResult.Unavailable(
            "the home " + setup.get().home() + " is not there", "set HOME to a folder that is");
      }
      return action.on(setup.get());
    } catch (CaException e) {
      return new TrustResult.Failed(Reasons.of(e), e.remedy());
    } catch (IOException e) {
      return new TrustResult.Unavailable(
          Reasons.of(e), "mend that, and run the same command again");
    }
  }

  private TrustResult status(VariableSetup setup, X509Certificate root) throws IOException {
    boolean noProgram = !client.isOn(host, setup.home()) && !setup.hasTrace();
    if (noProgram || setup.isLeftToTheSystem(root)) {
      return new TrustResult.Absent(client.absence());
    }
    Optional<Target> target = setup.target(setup.hasFile());
    if (target.isEmpty() || !setup.variables().areSet(target.get()) || !setup.trusts(root)) {
      return new TrustResult.NotTrusted(false);
    }
    return new TrustResult.Trusted(
        false,
        setup.bundle().changedSources(setup.system()).stream()
            .findFirst()
            .map(source -> source + " has changed: run devca install")
            .orElse(""));
  }

  @Override
  public List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    Optional<VariableSetup> setup = VariableSetup.of(host, client);
    return setup.isEmpty()
        ? List.of()
        : setup.get().bundle().roots().stream().filter(wanted).toList();
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    List<Step> steps = new ArrayList<>();
    TrustResult result =
        guarded(
            now -> {
              VariableSetup setup = now.by(draft, root);
              Optional<TrustResult> obstacle = obstacle(setup);
              if (obstacle.isPresent()) {
                return obstacle.get();
              }
              Wanted wanted = wanted(setup, root);
              if (wanted.target().isEmpty()) {
                return new TrustResult.Absent(client.absence());
              }
              steps.addAll(draft.steps(wanted.changes()));
              steps.addAll(setup.variables().stepsNow(wanted.target().get()));
              return new TrustResult.Trusted(!steps.isEmpty());
            });
    return Plan.of(this, result, steps);
  }

  private Optional<TrustResult> obstacle(VariableSetup setup) {
    if (!client.isOn(host, setup.home())) {
      return Optional.of(new TrustResult.Absent(client.absence()));
    }
    return client.replacesOthers() && setup.system().isEmpty()
        ? Optional.of(noSystemBundle())
        : Optional.empty();
  }

  /**
   * What an install does.
   *
   * @param target what the variables are to name; empty where nothing need be done
   * @param users the files of the user that are merged
   * @param changes of the start files and of devca's own
   */
  private record Wanted(
      Optional<Target> target, Map<String, UserCaFile> users, List<Journal.Change> changes) {}

  private Wanted wanted(VariableSetup setup, X509Certificate root) throws IOException {
    Target ours = setup.target(true).orElseThrow();
    // What is half there or cannot be read is found before anything is changed.
    setup.variables().areSet(ours);
    CaBundle before = setup.bundle();
    Map<String, UserCaFile> users = setup.users(before);
    boolean own = setup.isOwnNeeded(before, users, root);
    if (!own && !client.isInShells()) {
      return new Wanted(Optional.empty(), users, List.of());
    }
    Target target = setup.target(own).orElseThrow();
    List<Journal.Change> changes = new ArrayList<>(setup.variables().changes(target));
    changes.add(setup.fileChange(root, users, own));
    return new Wanted(Optional.of(target), users, changes);
  }

  private TrustResult install(VariableSetup setup, X509Certificate root) throws IOException {
    Optional<TrustResult> obstacle = obstacle(setup);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    Wanted wanted = wanted(setup, root);
    if (wanted.target().isEmpty()) {
      return new TrustResult.Absent(client.absence());
    }
    boolean changed = Journal.of(host).editAll(wanted.changes());
    if (status(setup, root).kind() != TrustResult.Kind.TRUSTED) {
      throw new CaException(
          "another program has undone the change of " + setup.file() + " or of a shell profile",
          "run devca install again");
    }
    List<String> hints = new ArrayList<>();
    setup.variables().setNow(wanted.target().get());
    if (changed && client.isInShells()) {
      hints.add(NEW_TERMINAL);
    }
    Target ours = setup.target(true).orElseThrow();
    hints.addAll(setup.variables().unclear(client.readVariables(), ours));
    wanted.users().values().stream()
        .map(UserCaFile::problem)
        .filter(problem -> !problem.isEmpty())
        .distinct()
        .forEach(hints::add);
    return new TrustResult.Trusted(changed, String.join("; ", hints));
  }

  private TrustResult noSystemBundle() {
    String reason =
        "the system has no bundle of public roots, and the CA's alone would replace them";
    return client.isInShells()
        ? new TrustResult.Unavailable(
            reason,
            LinuxFamily.of(host).map(LinuxFamily::install).orElse("install ca-certificates"))
        : new TrustResult.Absent(reason);
  }

  private TrustResult uninstall(VariableSetup setup, X509Certificate root) throws IOException {
    if (!client.isOn(host, setup.home()) && !setup.hasTrace()) {
      return new TrustResult.Absent(client.absence());
    }
    boolean changed = false;
    List<CaException> failures = new ArrayList<>();
    // One file that cannot be changed does not keep the root trusted by the others.
    if (!isNeededWithout(setup, root)) {
      changed = setup.variables().unset(failures);
      setup.variables().unsetNow(setup.file());
    }
    try {
      changed |=
          Journal.of(host)
              .restore(
                  setup.file(),
                  Fingerprint.of(root),
                  content -> content.flatMap(c -> setup.without(c, root)));
    } catch (IOException e) {
      failures.add(
          ProfileVariables.cannotChange(setup.file(), e, "delete " + setup.file() + " yourself"));
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    if (setup.bundle().trusts(root)) {
      throw new CaException(
          "the root is among the certificates of your own file",
          "take it out of the file that " + setup.file() + " names, then run devca install");
    }
    if (!setup.hasFile() && setup.systemHolds(root) && setup.variables().haveTrace()) {
      throw new CaException(
          "the system still trusts the root, and other roots of yours need its bundle here",
          "devca uninstall, without a choice of stores");
    }
    return !changed && setup.isLeftToTheSystem(root)
        ? new TrustResult.Absent(client.absence())
        : new TrustResult.NotTrusted(changed);
  }

  /** Whether other roots are trusted by the variables. */
  private boolean isNeededWithout(VariableSetup setup, X509Certificate root) throws IOException {
    if (setup.hasFile()) {
      return !setup.bundle().without(root).roots().isEmpty();
    }
    // The system's bundle does not say which roots are there for whom, the record does.
    return TrustStores.installedRoots(host).stream()
        .anyMatch(other -> !other.equals(root) && setup.systemHolds(other));
  }
}
