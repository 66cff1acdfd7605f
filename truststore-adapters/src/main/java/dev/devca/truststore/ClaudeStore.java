package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What Claude Code trusts by {@code NODE_EXTRA_CA_CERTS} in its user's settings: a file of devca's,
 * with what the variable named before. So it trusts however it was started, also by an editor.
 */
final class ClaudeStore implements TrustStore {
  static final String KIND = "claude";

  /** In the file, what the settings named before. */
  private static final String SETTINGS = "settings.json";

  // In the journal the settings have an owner of their own: they serve all roots together.
  private static final Fingerprint OWNER =
      new Fingerprint(Sha256.hex(KIND.getBytes(StandardCharsets.UTF_8)));

  private final Host host;

  ClaudeStore(Host host) {
    this.host = host;
  }

  @Override
  public String id() {
    return KIND;
  }

  @Override
  public String displayName() {
    return "Claude Code (settings.json)";
  }

  @Override
  public Rights rights() {
    return ClaudeCode.of(host)
        .map(claude -> host.rightsFor(claude.settings()))
        .filter(rights -> rights == Rights.INVOKING_USER)
        .orElse(Rights.OWN);
  }

  @Override
  public boolean isPerUser() {
    return true;
  }

  @Override
  public TrustResult status(X509Certificate root) {
    return guarded(this::status, root);
  }

  @Override
  public TrustResult install(X509Certificate root) {
    return guarded(this::install, root);
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    return guarded(this::uninstall, root);
  }

  @Override
  public List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    Optional<Path> file = file();
    return file.isEmpty() ? List.of() : bundle(file.get()).roots().stream().filter(wanted).toList();
  }

  private Optional<Path> file() {
    return HostFolders.data(host).map(folder -> folder.resolve("claude-extra-ca.pem"));
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    List<Step> steps = new ArrayList<>();
    TrustResult result =
        guarded(
            (claude, file, r) -> {
              if (!claude.needsVariable(b -> draft.feeds(b.path()) || b.holds(r))) {
                return absent(claude);
              }
              steps.addAll(draft.steps(changes(claude, file, r)));
              return new TrustResult.Trusted(!steps.isEmpty());
            },
            root);
    return Plan.of(this, result, steps);
  }

  @FunctionalInterface
  private interface Action {
    TrustResult on(ClaudeCode claude, Path file, X509Certificate root) throws IOException;
  }

  private TrustResult guarded(Action action, X509Certificate root) {
    Optional<ClaudeCode> claude = ClaudeCode.of(host);
    Optional<Path> file = file();
    if (claude.isEmpty() || file.isEmpty() || host.home().filter(Files::isDirectory).isEmpty()) {
      return new TrustResult.Absent("no home is known");
    }
    try {
      return action.on(claude.get(), file.get(), root);
    } catch (CaException e) {
      return new TrustResult.Failed(Reasons.of(e), e.remedy());
    } catch (IOException e) {
      return new TrustResult.Unavailable(
          Reasons.of(e), "mend that, and run the same command again");
    }
  }

  private TrustResult status(ClaudeCode claude, Path file, X509Certificate root)
      throws IOException {
    boolean named = claude.variable().value().filter(file.toString()::equals).isPresent();
    if (!named && Files.notExists(file) && !claude.needsVariable(bundle -> bundle.holds(root))) {
      return absent(claude);
    }
    return named && bundle(file).trusts(root)
        ? new TrustResult.Trusted(false)
        : new TrustResult.NotTrusted(false);
  }

  private static TrustResult absent(ClaudeCode claude) {
    return new TrustResult.Absent(
        claude.isThere() ? "Claude Code goes by the system's store" : "no Claude Code was found");
  }

  private TrustResult install(ClaudeCode claude, Path file, X509Certificate root)
      throws IOException {
    if (!claude.needsVariable(bundle -> bundle.holds(root))) {
      return status(claude, file, root).kind() == TrustResult.Kind.TRUSTED
          ? new TrustResult.Trusted(false)
          : absent(claude);
    }
    boolean changed = Journal.of(host).editAll(changes(claude, file, root));
    if (status(claude, file, root).kind() != TrustResult.Kind.TRUSTED) {
      throw new CaException(
          "another program has undone the change of " + claude.settings(),
          "run devca install again");
    }
    return new TrustResult.Trusted(changed, changed ? "start Claude Code anew" : "");
  }

  private List<Journal.Change> changes(ClaudeCode claude, Path file, X509Certificate root)
      throws IOException {
    Map<String, UserCaFile> users = users(claude, file);
    List<Journal.Change> changes = new ArrayList<>();
    changes.add(
        new Journal.Change(
            file,
            FileMode.OWNER_ONLY,
            Fingerprint.of(root),
            content -> Optional.of(with(content, root, users)),
            "make it writable, then run devca install again"));
    changes.add(
        new Journal.Change(
            claude.settings(),
            FileMode.OWNER_ONLY,
            OWNER,
            content -> {
              JsonVariable variable = claude.variable(content);
              return variable.value().filter(file.toString()::equals).isPresent()
                  ? content
                  : Optional.of(variable.with(file.toString()));
            },
            "make it writable, then run devca install again"));
    return changes;
  }

  private byte[] with(
      Optional<byte[]> content, X509Certificate root, Map<String, UserCaFile> users) {
    CaBundle old = content.map(this::parse).orElse(CaBundle.none());
    CaBundle wanted = old.with(root, users, Optional.empty());
    return content.isPresent() && old.isAs(wanted) ? content.get() : wanted.toBytes();
  }

  /** What the programs would go by without devca: the settings' file, else that of the shells. */
  private Map<String, UserCaFile> users(ClaudeCode claude, Path file) throws IOException {
    Optional<String> value = claude.variable().value().filter(v -> !v.equals(file.toString()));
    if (value.isPresent()) {
      Path path =
          host.absolutePath(value.get())
              .orElseThrow(
                  () ->
                      new CaException(
                          ClaudeCode.VARIABLE + " in " + claude.settings() + " is no whole path",
                          "let it name a file from the root on, then run devca install again"));
      return Map.of(SETTINGS, UserCaFile.read(path));
    }
    Optional<UserCaFile> before = Optional.ofNullable(bundle(file).merged().get(SETTINGS));
    if (before.isPresent()) {
      return Map.of(SETTINGS, UserCaFile.read(before.get().path()));
    }
    Optional<VariableSetup> shells = VariableSetup.of(host, VariableClient.NODE);
    return shells.isEmpty() ? Map.of() : shells.get().users(shells.get().bundle());
  }

  private TrustResult uninstall(ClaudeCode claude, Path file, X509Certificate root)
      throws IOException {
    Journal journal = Journal.of(host);
    if (Files.notExists(file)
        && !journal.files(OWNER).contains(claude.settings())
        && !isNamedIn(claude.settings(), file)) {
      // Never changed by devca, so it need not be understood either.
      try {
        return status(claude, file, root);
      } catch (IOException e) {
        return new TrustResult.NotTrusted(false);
      }
    }
    CaBundle bundle = bundle(file);
    boolean changed = false;
    if (bundle.without(root).roots().isEmpty()) {
      Optional<Path> before =
          Optional.ofNullable(bundle.merged().get(SETTINGS)).map(UserCaFile::path);
      changed =
          journal.restore(
              claude.settings(), OWNER, content -> without(claude, content, file, before));
    }
    changed |=
        journal.restore(
            file, Fingerprint.of(root), content -> content.flatMap(c -> without(c, root)));
    return status(claude, file, root) instanceof TrustResult.Absent absent && !changed
        ? absent
        : new TrustResult.NotTrusted(changed);
  }

  private static boolean isNamedIn(Path settings, Path file) throws IOException {
    return ProfileVariables.read(settings)
        .filter(text -> new String(text, StandardCharsets.UTF_8).contains("" + file.getFileName()))
        .isPresent();
  }

  private static Optional<byte[]> without(
      ClaudeCode claude, Optional<byte[]> content, Path file, Optional<Path> before)
      throws IOException {
    if (content.isEmpty()) {
      return content;
    }
    JsonVariable variable = claude.variable(content);
    if (variable.value().filter(file.toString()::equals).isEmpty()) {
      return content;
    }
    return Optional.of(
        before.isPresent() ? variable.with(before.get().toString()) : variable.without());
  }

  private Optional<byte[]> without(byte[] content, X509Certificate root) {
    CaBundle old = parse(content);
    if (!old.roots().contains(root)) {
      return Optional.of(content);
    }
    CaBundle left = old.without(root);
    return left.roots().isEmpty() ? Optional.empty() : Optional.of(left.toBytes());
  }

  private CaBundle bundle(Path file) throws IOException {
    return ProfileVariables.read(file).map(this::parse).orElse(CaBundle.none());
  }

  private CaBundle parse(byte[] content) {
    return CaBundle.parse(content, host.path("/").getFileSystem());
  }
}
