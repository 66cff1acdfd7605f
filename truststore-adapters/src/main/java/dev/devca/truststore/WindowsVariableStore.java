package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What programs on Windows trust by a variable that names a PEM file beside their own roots: such a
 * file of devca's, and the variable in the user's environment.
 */
final class WindowsVariableStore implements TrustStore {
  private static final String NEW_TERMINAL =
      "open a new terminal, or run: devca env --shell powershell | Invoke-Expression";
  private static final Pattern REFERENCE = Pattern.compile("%([^%]+)%");

  /** Where programs that read the variable are, if on no PATH or no {@code .exe}. */
  private static final List<String> PLACES =
      List.of(
          "$ProgramFiles/nodejs",
          "$NVM_HOME/*",
          "$APPDATA/nvm/*",
          "$APPDATA/fnm/node-versions",
          "$APPDATA/npm",
          "$LOCALAPPDATA/Volta",
          "$LOCALAPPDATA/mise/installs/node",
          "$ProgramFiles/Microsoft VS Code",
          "$LOCALAPPDATA/Programs/Microsoft VS Code",
          "$LOCALAPPDATA/Programs/cursor",
          "~/scoop/apps/nodejs",
          "~/scoop/apps/nodejs-lts");

  private final Host host;
  private final VariableClient client;
  private final String variable;

  /**
   * The store of a client that has one variable, which replaces no roots of its own.
   *
   * @param client such as {@link VariableClient#NODE}
   */
  WindowsVariableStore(Host host, VariableClient client) {
    this.host = host;
    this.client = client;
    this.variable = client.variables().get(0);
  }

  /** The PEM file of devca's, perhaps not there. */
  Optional<Path> file() {
    return HostFolders.data(host).map(data -> data.resolve(client.fileName()));
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
    return Rights.OWN;
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

  private record Setup(
      Path home, Path file, UserEnvironment environment, Optional<UserEnvironment.Value> value) {}

  @FunctionalInterface
  private interface Action {
    TrustResult on(Setup setup) throws IOException;
  }

  /** What cannot be read is unavailable; what has a remedy was found wrong, or tried. */
  private TrustResult guarded(Action action) {
    Optional<Path> home = host.home();
    Optional<Path> file = file();
    if (home.isEmpty() || file.isEmpty()) {
      return new TrustResult.Unavailable("no home is known: USERPROFILE is not set", "set it");
    }
    try {
      UserEnvironment environment = new UserEnvironment(host.windows());
      return action.on(new Setup(home.get(), file.get(), environment, environment.get(variable)));
    } catch (CaException e) {
      return new TrustResult.Failed(Reasons.of(e), e.remedy());
    } catch (IOException e) {
      return new TrustResult.Unavailable(
          Reasons.of(e), "mend that, and run the same command again");
    } catch (LinkageError | IllegalStateException e) {
      return Windows.unavailable(e);
    }
  }

  private Setup readAgain(Setup setup) throws IOException {
    return new Setup(
        setup.home(), setup.file(), setup.environment(), setup.environment().get(variable));
  }

  private boolean isOn(Setup setup) {
    return client.isOn(host, setup.home())
        || PLACES.stream().anyMatch(place -> !Places.folders(host, place).isEmpty());
  }

  private TrustResult status(Setup setup, X509Certificate root) throws IOException {
    CaBundle bundle = bundle(setup);
    if (!isOn(setup) && bundle.roots().isEmpty() && !isOurs(setup)) {
      return new TrustResult.Absent(client.absence());
    }
    if (!isOurs(setup) || !bundle.trusts(root)) {
      return new TrustResult.NotTrusted(false);
    }
    return new TrustResult.Trusted(
        false,
        bundle.changedSources(Optional.empty()).stream()
            .findFirst()
            .map(source -> source + " has changed: run devca install")
            .orElse(""));
  }

  @Override
  public List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    Optional<Path> file = file();
    return file.isEmpty() ? List.of() : bundle(file.get()).roots().stream().filter(wanted).toList();
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    List<Step> steps = new ArrayList<>();
    TrustResult result =
        guarded(
            setup -> {
              if (!isOn(setup)) {
                return new TrustResult.Absent(client.absence());
              }
              steps.addAll(draft.steps(changes(setup, root, users(setup))));
              if (!isOurs(setup)) {
                steps.add(
                    new Step.Words(
                        List.of(
                            "RegSetKeyValue of advapi32.dll sets HKCU\\Environment\\"
                                + variable
                                + " to "
                                + setup.file())));
              }
              return new TrustResult.Trusted(!steps.isEmpty());
            });
    return Plan.of(this, result, steps);
  }

  private Map<String, UserCaFile> users(Setup setup) throws IOException {
    return usersFile(setup).map(path -> Map.of(variable, UserCaFile.read(path))).orElse(Map.of());
  }

  private List<Journal.Change> changes(
      Setup setup, X509Certificate root, Map<String, UserCaFile> users) {
    return List.of(
        new Journal.Change(
            setup.file(),
            FileMode.OWNER_ONLY,
            Fingerprint.of(root),
            content -> Optional.of(with(content, root, users)),
            "make it writable, then run devca install again"));
  }

  private TrustResult install(Setup setup, X509Certificate root) throws IOException {
    if (!isOn(setup)) {
      return new TrustResult.Absent(client.absence());
    }
    Map<String, UserCaFile> users = users(setup);
    boolean changed = Journal.of(host).editAll(changes(setup, root, users));
    if (!isOurs(setup)) {
      set(setup, root);
      changed = true;
    }
    if (status(readAgain(setup), root).kind() != TrustResult.Kind.TRUSTED) {
      throw new CaException(
          "another program has changed " + variable + " or " + setup.file() + " meanwhile",
          "run devca install again");
    }
    List<String> hints = new ArrayList<>();
    if (changed) {
      hints.add(NEW_TERMINAL);
    }
    users.values().stream()
        .map(UserCaFile::problem)
        .filter(problem -> !problem.isEmpty())
        .forEach(hints::add);
    return new TrustResult.Trusted(changed, String.join("; ", hints));
  }

  private void set(Setup setup, X509Certificate root) throws IOException {
    ReplacedVariable replaced = new ReplacedVariable(host, variable);
    try {
      if (setup.value().isPresent()) {
        replaced.keep(setup.value().get());
      } else {
        replaced.forget();
      }
      setup.environment().set(variable, UserEnvironment.Value.of(setup.file().toString()));
    } catch (IOException e) {
      replaced.forget();
      takeOut(setup, root);
      throw new CaException(
          "cannot set " + variable + ": " + Reasons.of(e),
          "set it yourself, to " + setup.file() + ", then run devca install again",
          e);
    }
  }

  private TrustResult uninstall(Setup setup, X509Certificate root) throws IOException {
    CaBundle bundle = bundle(setup);
    if (!isOn(setup) && bundle.roots().isEmpty() && !isOurs(setup)) {
      return new TrustResult.Absent(client.absence());
    }
    boolean changed = false;
    if (bundle.without(root).roots().isEmpty()) {
      changed = putBack(setup);
    }
    changed |= takeOut(setup, root);
    if (bundle(setup).trusts(root)) {
      throw new CaException(
          "the root is among the certificates of your own file",
          "take it out of the file that " + setup.file() + " names, then run devca install");
    }
    return new TrustResult.NotTrusted(changed);
  }

  /** Gives the variable back the value that it had, unless somebody has set another since. */
  private boolean putBack(Setup setup) throws IOException {
    ReplacedVariable replaced = new ReplacedVariable(host, variable);
    boolean ours = isOurs(setup);
    if (ours) {
      try {
        Optional<UserEnvironment.Value> before = replaced.read();
        if (before.isPresent()) {
          setup.environment().set(variable, before.get());
        } else {
          setup.environment().remove(variable);
        }
      } catch (WindowsException e) {
        throw new CaException(
            "cannot change " + variable + ": " + Reasons.of(e),
            "delete it yourself, among the environment variables of your account",
            e);
      }
    }
    replaced.forget();
    return ours;
  }

  private boolean takeOut(Setup setup, X509Certificate root) throws IOException {
    return Journal.of(host)
        .restore(
            setup.file(), Fingerprint.of(root), content -> content.flatMap(c -> without(c, root)));
  }

  private byte[] with(
      Optional<byte[]> content, X509Certificate root, Map<String, UserCaFile> users) {
    CaBundle old = content.map(this::parse).orElse(CaBundle.none());
    CaBundle wanted = old.with(root, users, Optional.empty());
    return content.isPresent() && old.isAs(wanted) ? content.get() : wanted.toBytes();
  }

  private Optional<byte[]> without(byte[] content, X509Certificate root) {
    CaBundle bundle = parse(content);
    if (!bundle.roots().contains(root)) {
      return Optional.of(content);
    }
    CaBundle left = bundle.without(root);
    return left.roots().isEmpty() ? Optional.empty() : Optional.of(left.toBytes());
  }

  /** The user's own file: what the variable names for the user, else here, else did before. */
  private Optional<Path> usersFile(Setup setup) throws IOException {
    Optional<Path> here = host.variable(variable).flatMap(host::absolutePath);
    Optional<Path> before =
        Optional.ofNullable(bundle(setup).merged().get(variable)).map(UserCaFile::path);
    return setup
        .value()
        .flatMap(this::path)
        .filter(path -> !path.equals(setup.file()))
        .or(() -> here.filter(path -> !path.equals(setup.file())))
        .or(() -> before);
  }

  private boolean isOurs(Setup setup) {
    return setup.value().flatMap(this::path).filter(setup.file()::equals).isPresent();
  }

  private Optional<Path> path(UserEnvironment.Value value) {
    String text = value.text();
    if (value.type() == Advapi32.REG_EXPAND_SZ) {
      text =
          REFERENCE
              .matcher(text)
              .replaceAll(
                  name ->
                      Matcher.quoteReplacement(host.variable(name.group(1)).orElse(name.group())));
    }
    return host.absolutePath(text);
  }

  private CaBundle bundle(Setup setup) throws IOException {
    return bundle(setup.file());
  }

  private CaBundle bundle(Path file) throws IOException {
    return BoundedFiles.readIfPresent(file, BoundedFiles.STORE_LIMIT)
        .map(this::parse)
        .orElse(CaBundle.none());
  }

  private CaBundle parse(byte[] content) {
    return CaBundle.parse(content, host.path("").getFileSystem());
  }
}
