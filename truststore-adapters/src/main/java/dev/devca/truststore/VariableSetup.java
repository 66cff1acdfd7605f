package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.FileMode;
import dev.devca.truststore.ProfileVariables.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link VariableStore} works on: the file of devca's, what it is made of, and the start
 * files, for the user of a machine.
 *
 * @param host the machine
 * @param client the programs
 * @param home the user's home
 * @param file the PEM file of devca's, perhaps not there
 * @param variables the variables in start files
 * @param system the system's bundle, if it matters
 */
record VariableSetup(
    Host host,
    VariableClient client,
    Path home,
    Path file,
    ProfileVariables variables,
    Optional<SystemBundle> system) {

  /** Empty if no home is known. */
  static Optional<VariableSetup> of(Host host, VariableClient client) throws IOException {
    Optional<Path> home = host.home();
    Optional<Path> file = client.file(host);
    if (home.isEmpty() || file.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new VariableSetup(
            host,
            client,
            home.get(),
            file.get(),
            new ProfileVariables(host, home.get(), client.id(), client.variables()),
            client.replacesOthers() ? SystemBundle.of(host) : Optional.empty()));
  }

  /** What it will be when other stores have given a root to the files that they feed. */
  VariableSetup by(Draft draft, X509Certificate root) {
    return new VariableSetup(
        host,
        client,
        home,
        file,
        variables,
        system.map(now -> draft.feeds(now.path()) ? now.with(root) : now));
  }

  boolean systemHolds(X509Certificate root) {
    return system.filter(bundle -> bundle.holds(root)).isPresent();
  }

  /** Whether the programs have to do nothing but find the system's bundle, which they do. */
  boolean isLeftToTheSystem(X509Certificate root) {
    return !client.isInShells() && Files.notExists(file) && systemHolds(root);
  }

  /** Whether the variables name, or would name, the file of devca's. */
  boolean hasFile() {
    return !client.replacesOthers() || Files.exists(file);
  }

  Optional<Target> target(boolean own) {
    // Programs that fail without the file must not get its name where nobody asks if it is there.
    return own
        ? Optional.of(new Target(file, !client.replacesOthers()))
        : system.map(bundle -> new Target(bundle.path(), true));
  }

  boolean hasTrace() throws IOException {
    return variables.haveTrace() || Files.exists(file);
  }

  /** What the variables name at present; empty while nothing is installed. */
  Optional<Path> named() throws IOException {
    boolean used =
        hasTrace()
            || (!client.isInShells()
                && TrustStores.installedRoots(host).stream().anyMatch(this::systemHolds));
    return used
        ? target(hasFile()).map(Target::file).filter(Files::isRegularFile)
        : Optional.empty();
  }

  /** Whether what the variables name holds a root. */
  boolean trusts(X509Certificate root) throws IOException {
    return hasFile() ? bundle().trusts(root) : systemHolds(root);
  }

  CaBundle bundle() throws IOException {
    return ProfileVariables.read(file).map(this::parse).orElse(CaBundle.none());
  }

  private CaBundle parse(byte[] content) {
    return CaBundle.parse(content, host.path("/").getFileSystem());
  }

  /** The files of certificates that the user had named before. */
  Map<String, UserCaFile> users(CaBundle before) throws IOException {
    Target ours = target(true).orElseThrow();
    Map<String, UserCaFile> users =
        UserCaFiles.read(
            host,
            client,
            before,
            variables.assignedByOthers(client.readVariables(), ours),
            this::isOurs);
    refuseFolders(users);
    return users;
  }

  private boolean isOurs(Path path) {
    return isSame(path, file)
        || HostFolders.data(host).filter(path::startsWith).isPresent()
        || system.stream()
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

  /** Whether the system's bundle would not do. */
  boolean isOwnNeeded(CaBundle before, Map<String, UserCaFile> users, X509Certificate root) {
    return !client.replacesOthers()
        // Shells that are open name it.
        || (!client.isInShells() && Files.exists(file))
        || users.values().stream().anyMatch(user -> !user.certificates().isEmpty())
        || !systemHolds(root)
        || !before.roots().stream().allMatch(this::systemHolds);
  }

  /** The change by which the file has a root too, or is not there. */
  Journal.Change fileChange(X509Certificate root, Map<String, UserCaFile> users, boolean own) {
    return new Journal.Change(
        file,
        FileMode.OWNER_ONLY,
        Fingerprint.of(root),
        content -> own ? Optional.of(with(content, root, users)) : Optional.empty(),
        "make it writable, then run devca install again");
  }

  private byte[] with(
      Optional<byte[]> content, X509Certificate root, Map<String, UserCaFile> users) {
    CaBundle old = content.map(this::parse).orElse(CaBundle.none());
    CaBundle wanted = old.with(root, users, system);
    return content.isPresent() && old.isAs(wanted) ? content.get() : wanted.toBytes();
  }

  /** The file without a root; empty if no other is left. */
  Optional<byte[]> without(byte[] content, X509Certificate root) {
    CaBundle old = parse(content);
    if (!old.roots().contains(root)) {
      return Optional.of(content);
    }
    CaBundle left = old.without(root);
    return left.roots().isEmpty() ? Optional.empty() : Optional.of(left.toBytes());
  }

  /**
   * The changes by which the file is made of what is there now, each to be made on what the one
   * before has left; the start files stay as they are.
   */
  List<Journal.Change> updates() throws IOException {
    if (client.isInShells() ? Files.notExists(file) : system.isEmpty()) {
      return List.of();
    }
    CaBundle before = bundle();
    Set<X509Certificate> roots = new LinkedHashSet<>(before.roots());
    if (!client.isInShells()) {
      roots.addAll(TrustStores.installedRoots(host));
    }
    Map<String, UserCaFile> users = users(before);
    List<Journal.Change> changes = new ArrayList<>();
    for (X509Certificate root : roots) {
      if (isOwnNeeded(before, users, root) && !before.isAs(before.with(root, users, system))) {
        changes.add(fileChange(root, users, true));
      }
    }
    return changes;
  }

  /** A sentence for each file that {@link #updates} is the first to merge. */
  List<String> newcomers() throws IOException {
    CaBundle before = bundle();
    List<String> sentences = new ArrayList<>();
    users(before)
        .forEach(
            (variable, user) -> {
              if (before.merged().values().stream()
                  .noneMatch(old -> old.path().equals(user.path()))) {
                sentences.add(
                    "From now on "
                        + file
                        + " holds what "
                        + user.path()
                        + " does, which "
                        + variable
                        + " names.");
              }
            });
    return sentences;
  }
}
