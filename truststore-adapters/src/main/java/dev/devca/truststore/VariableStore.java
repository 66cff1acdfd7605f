package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import dev.devca.truststore.ProfileVariables.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** The PEM file of devca's, perhaps not there. */
  Optional<Path> file() {
    return HostFolders.data(host).map(folder -> folder.resolve(client.fileName()));
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

  /** What the variables name at present; empty while nothing is installed. */
  Optional<Path> named() {
    try {
      Optional<Setup> setup = setup();
      if (setup.isEmpty() || !hasTrace(setup.get())) {
        return Optional.empty();
      }
      return target(setup.get(), hasFile(setup.get()))
          .map(Target::file)
          .filter(Files::isRegularFile);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Where things are for the user of this machine. */
  private record Setup(
      Path home, Path file, ProfileVariables variables, Optional<SystemBundle> system) {
    boolean systemHolds(X509Certificate root) {
      return system.filter(bundle -> bundle.holds(root)).isPresent();
    }
  }

  @FunctionalInterface
  private interface Action {
    TrustResult on(Setup setup) throws IOException;
  }

  private Optional<Setup> setup() throws IOException {
    Optional<Path> home = host.home();
    Optional<Path> file = file();
    if (home.isEmpty() || file.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Setup(
            home.get(),
            file.get(),
            new ProfileVariables(host, home.get(), client.id(), client.variables()),
            client.replacesOthers() ? SystemBundle.of(host) : Optional.empty()));
  }

  /** What cannot be read is unavailable; what has a remedy was found wrong, or tried. */
  private TrustResult guarded(Action action) {
    try {
      Optional<Setup> setup = setup();
      if (setup.isEmpty()) {
        return new TrustResult.Unavailable("no home is known: HOME is not set", "set HOME");
      }
      Path home = setup.get().home();
      if (!Files.isDirectory(home)) {
        return new TrustResult.Unavailable(
            "the home " + home + " is not there", "set HOME to a folder that is");
      }
      return action.on(setup.get());
    } catch (CaException e) {
      return new TrustResult.Failed(Reasons.of(e), e.remedy());
    } catch (IOException e) {
      return new TrustResult.Unavailable(
          Reasons.of(e), "mend that, and run the same command again");
    }
  }

  private TrustResult status(Setup setup, X509Certificate root) throws IOException {
    if (!client.isOn(host, setup.home()) && !hasTrace(setup)) {
      return new TrustResult.Absent(client.absence());
    }
    boolean own = hasFile(setup);
    Optional<Target> target = target(setup, own);
    CaBundle bundle = bundle(setup);
    boolean trusted = own ? bundle.trusts(root) : setup.systemHolds(root);
    if (target.isEmpty() || !setup.variables().areSet(target.get()) || !trusted) {
      return new TrustResult.NotTrusted(false);
    }
    return new TrustResult.Trusted(
        false,
        bundle.changedSources(setup.system()).stream()
            .findFirst()
            .map(source -> source + " has changed: run devca install")
            .orElse(""));
  }

  /** Whether the variables name, or would name, the file of devca's. */
  private boolean hasFile(Setup setup) {
    return !client.replacesOthers() || Files.exists(setup.file());
  }

  private Optional<Target> target(Setup setup, boolean own) {
    // Programs that fail without the file must not get its name where nobody asks if it is there.
    return own
        ? Optional.of(new Target(setup.file(), !client.replacesOthers()))
        : setup.system().map(bundle -> new Target(bundle.path(), true));
  }

  private TrustResult install(Setup setup, X509Certificate root) throws IOException {
    if (!client.isOn(host, setup.home())) {
      return new TrustResult.Absent(client.absence());
    }
    if (client.replacesOthers() && setup.system().isEmpty()) {
      return new TrustResult.Unavailable(
          "the system has no bundle of public roots, and the CA's alone would replace them",
          LinuxFamily.of(host).map(LinuxFamily::install).orElse("install ca-certificates"));
    }
    Target ours = target(setup, true).orElseThrow();
    // What is half there or cannot be read is found before anything is changed.
    setup.variables().areSet(ours);
    CaBundle before = bundle(setup);
    Map<String, UserCaFile> users =
        UserCaFiles.read(
            host,
            client,
            before,
            setup.variables().assignedByOthers(client.readVariables(), ours),
            path -> isOurs(setup, path));
    refuseFolders(users);
    boolean own =
        !client.replacesOthers()
            || users.values().stream().anyMatch(file -> !file.certificates().isEmpty())
            || !setup.systemHolds(root)
            || !before.roots().stream().allMatch(setup::systemHolds);
    Target target = target(setup, own).orElseThrow();
    List<Journal.Change> changes = new ArrayList<>(setup.variables().changes(target));
    changes.add(
        new Journal.Change(
            setup.file(),
            FileMode.OWNER_ONLY,
            Fingerprint.of(root),
            content -> own ? Optional.of(with(content, root, users, setup)) : Optional.empty(),
            "make it writable, then run devca install again"));
    boolean changed = Journal.of(host).editAll(changes);
    if (status(setup, root).kind() != TrustResult.Kind.TRUSTED) {
      throw new CaException(
          "another program has undone the change of " + setup.file() + " or of a shell profile",
          "run devca install again");
    }
    List<String> hints = new ArrayList<>();
    setup.variables().setNow(target);
    if (changed) {
      hints.add(NEW_TERMINAL);
    }
    hints.addAll(setup.variables().unclear(client.readVariables(), ours));
    users.values().stream()
        .map(UserCaFile::problem)
        .filter(problem -> !problem.isEmpty())
        .distinct()
        .forEach(hints::add);
    return new TrustResult.Trusted(changed, String.join("; ", hints));
  }

  /** Python takes a folder of hashed files too; what stands there would be lost. */
  private void refuseFolders(Map<String, UserCaFile> users) throws CaException {
    for (Map.Entry<String, UserCaFile> user : users.entrySet()) {
      Path path = user.getValue().path();
      if (client.replacesOthers() && Files.isDirectory(path)) {
        throw new CaException(
            user.getKey() + " names the folder " + path + ", which cannot be merged into a file",
            "let it name a PEM file with those certificates, then run devca install again");
      }
    }
  }

  private byte[] with(
      Optional<byte[]> content, X509Certificate root, Map<String, UserCaFile> users, Setup setup) {
    CaBundle old = content.map(this::parse).orElse(CaBundle.none());
    CaBundle wanted = old.with(root, users, setup.system());
    return content.isPresent() && old.isAs(wanted) ? content.get() : wanted.toBytes();
  }

  private TrustResult uninstall(Setup setup, X509Certificate root) throws IOException {
    if (!client.isOn(host, setup.home()) && !hasTrace(setup)) {
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
                  content -> content.flatMap(c -> without(c, root)));
    } catch (IOException e) {
      failures.add(
          ProfileVariables.cannotChange(setup.file(), e, "delete " + setup.file() + " yourself"));
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    if (bundle(setup).trusts(root)) {
      throw new CaException(
          "the root is among the certificates of your own file",
          "take it out of the file that " + setup.file() + " names, then run devca install");
    }
    if (!hasFile(setup) && setup.systemHolds(root) && setup.variables().haveTrace()) {
      throw new CaException(
          "the system still trusts the root, and other roots of yours need its bundle here",
          "devca uninstall, without a choice of stores");
    }
    return new TrustResult.NotTrusted(changed);
  }

  /** Whether other roots are trusted by the variables. */
  private boolean isNeededWithout(Setup setup, X509Certificate root) throws IOException {
    if (hasFile(setup)) {
      return !bundle(setup).without(root).roots().isEmpty();
    }
    // The system's bundle does not say which roots are there for whom, the record does.
    return TrustStores.installedRoots(host).stream()
        .anyMatch(other -> !other.equals(root) && setup.systemHolds(other));
  }

  private Optional<byte[]> without(byte[] content, X509Certificate root) {
    CaBundle file = parse(content);
    if (!file.roots().contains(root)) {
      return Optional.of(content);
    }
    CaBundle left = file.without(root);
    return left.roots().isEmpty() ? Optional.empty() : Optional.of(left.toBytes());
  }

  private static boolean isOurs(Setup setup, Path path) {
    return isSame(path, setup.file())
        || setup.system().stream()
            .map(SystemBundle::path)
            .anyMatch(bundle -> isSame(path, bundle) || path.equals(bundle.getParent()));
  }

  private static boolean isSame(Path path, Path other) {
    try {
      return path.equals(other) || Files.isSameFile(path, other);
    } catch (IOException e) {
      // One of them is not there.
      return false;
    }
  }

  private static boolean hasTrace(Setup setup) throws IOException {
    return setup.variables().haveTrace() || Files.exists(setup.file());
  }

  private CaBundle bundle(Setup setup) throws IOException {
    return ProfileVariables.read(setup.file()).map(this::parse).orElse(CaBundle.none());
  }

  private CaBundle parse(byte[] content) {
    return CaBundle.parse(content, host.path("/").getFileSystem());
  }
}
