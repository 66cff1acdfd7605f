package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that Node.js, and what is built on it, trusts beside its own: one PEM file, and
 * the variable that names it in the start files of the user's shells.
 */
final class NodeExtraCaStore implements TrustStore {
  static final String VARIABLE = "NODE_EXTRA_CA_CERTS";
  private static final String NEW_TERMINAL = "open a new terminal, or run: eval \"$(devca env)\"";
  // The block serves all roots together: in the journal it has an owner of its own.
  private static final Fingerprint ALL_ROOTS = new Fingerprint("0".repeat(64));

  private final Host host;

  NodeExtraCaStore(Host host) {
    this.host = host;
  }

  /** The PEM file, perhaps not there. */
  static Optional<Path> file(Host host) {
    return HostFolders.data(host).map(folder -> folder.resolve("node-extra-ca.pem"));
  }

  @Override
  public String id() {
    return "node";
  }

  @Override
  public String displayName() {
    return "Node.js (" + VARIABLE + ")";
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

  /** Where things are for the user of this machine. */
  private record Setup(Path home, Path file, ProfileBlock block) {}

  @FunctionalInterface
  private interface Action {
    TrustResult on(Setup setup) throws IOException;
  }

  /** What cannot be read is unavailable; what has a remedy was found wrong, or tried. */
  private TrustResult guarded(Action action) {
    Optional<Path> home = host.home();
    Optional<Path> file = file(host);
    if (home.isEmpty() || file.isEmpty()) {
      return new TrustResult.Unavailable("no home is known: HOME is not set", "set HOME");
    }
    if (!Files.isDirectory(home.get())) {
      return new TrustResult.Unavailable(
          "the home " + home.get() + " is not there", "set HOME to a folder that is");
    }
    try {
      return action.on(
          new Setup(home.get(), file.get(), new ProfileBlock(VARIABLE, file.get(), home.get())));
    } catch (CaException e) {
      return new TrustResult.Failed(Reasons.of(e), e.remedy());
    } catch (IOException e) {
      return new TrustResult.Unavailable(
          Reasons.of(e), "mend that, and run the same command again");
    }
  }

  private static TrustResult absent() {
    return new TrustResult.Absent(
        "no program was found that reads " + VARIABLE + ", such as node, bun, deno or claude");
  }

  private TrustResult status(Setup setup, X509Certificate root) throws IOException {
    if (!NodePrograms.anyOn(host, setup.home()) && !hasTrace(setup)) {
      return absent();
    }
    ExtraCaFile file = extraCaFile(setup);
    if (!profilesAreSet(setup) || !file.trusts(root)) {
      return new TrustResult.NotTrusted(false);
    }
    return new TrustResult.Trusted(
        false, file.changedSource().map(own -> own + " has changed: run devca install").orElse(""));
  }

  private TrustResult install(Setup setup, X509Certificate root) throws IOException {
    if (!NodePrograms.anyOn(host, setup.home())) {
      return absent();
    }
    // What is half there or cannot be read is found before anything is changed.
    profilesAreSet(setup);
    Optional<UserCaFile> own = usersFile(setup).map(UserCaFile::read);
    List<Journal.Change> changes = new ArrayList<>();
    for (Path profile : BashProfiles.wanted(host, setup.home())) {
      changes.add(
          new Journal.Change(
              profile,
              FileMode.WORLD_READABLE,
              ALL_ROOTS,
              content -> Optional.of(setup.block().insert(content.orElse(new byte[0]))),
              "add this line to "
                  + profile
                  + " yourself, then run devca install again: "
                  + setup.block().byHand()));
    }
    changes.add(
        new Journal.Change(
            setup.file(),
            FileMode.OWNER_ONLY,
            Fingerprint.of(root),
            content -> Optional.of(with(content, root, own)),
            "make it writable, then run devca install again"));
    boolean changed = Journal.of(host).editAll(changes);
    if (!profilesAreSet(setup) || !extraCaFile(setup).trusts(root)) {
      throw new CaException(
          "another program has undone the change of " + setup.file() + " or of a shell profile",
          "run devca install again");
    }
    List<String> hints = new ArrayList<>();
    if (changed) {
      hints.add(NEW_TERMINAL);
    }
    own.map(UserCaFile::problem).filter(problem -> !problem.isEmpty()).ifPresent(hints::add);
    return new TrustResult.Trusted(changed, String.join("; ", hints));
  }

  private byte[] with(Optional<byte[]> content, X509Certificate root, Optional<UserCaFile> own) {
    ExtraCaFile old = content.map(this::parse).orElse(ExtraCaFile.none());
    if (content.isPresent() && old.isWith(root, own)) {
      return content.get();
    }
    return old.with(root, own).toBytes();
  }

  private TrustResult uninstall(Setup setup, X509Certificate root) throws IOException {
    if (!NodePrograms.anyOn(host, setup.home()) && !hasTrace(setup)) {
      return absent();
    }
    Journal journal = Journal.of(host);
    boolean changed = false;
    List<CaException> failures = new ArrayList<>();
    // One file that cannot be changed does not keep the root trusted by the others.
    if (extraCaFile(setup).without(root).roots().isEmpty()) {
      for (Path profile : BashProfiles.all(setup.home())) {
        try {
          changed |= journal.restore(profile, ALL_ROOTS, NodeExtraCaStore::withoutBlock);
        } catch (IOException e) {
          failures.add(
              cannotChange(profile, e, "delete the lines of devca in " + profile + " yourself"));
        }
      }
    }
    try {
      changed |=
          journal.restore(
              setup.file(),
              Fingerprint.of(root),
              content -> content.flatMap(c -> without(c, root)));
    } catch (IOException e) {
      failures.add(cannotChange(setup.file(), e, "delete " + setup.file() + " yourself"));
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    if (extraCaFile(setup).trusts(root)) {
      throw new CaException(
          "the root is among the certificates of your own file",
          "take it out of the file that " + setup.file() + " names, then run devca install");
    }
    return new TrustResult.NotTrusted(changed);
  }

  private static Optional<byte[]> withoutBlock(Optional<byte[]> content) throws IOException {
    return content.isEmpty() ? content : Optional.of(ProfileBlock.remove(content.get()));
  }

  private Optional<byte[]> without(byte[] content, X509Certificate root) {
    ExtraCaFile file = parse(content);
    if (!file.roots().contains(root)) {
      return Optional.of(content);
    }
    ExtraCaFile left = file.without(root);
    return left.roots().isEmpty() ? Optional.empty() : Optional.of(left.toBytes());
  }

  /** The file of the user's own: what the environment names, a profile assigns, or we merged. */
  private Optional<Path> usersFile(Setup setup) throws IOException {
    Optional<Path> named =
        host.variable(VARIABLE)
            .map(name -> host.path(name).toAbsolutePath())
            .filter(path -> !isOurs(setup, path));
    if (named.isPresent()) {
      return named;
    }
    Optional<Path> wish = extraCaFile(setup).merged().map(UserCaFile::path);
    for (Path profile : BashProfiles.wanted(host, setup.home())) {
      Optional<byte[]> content = read(profile);
      if (content.isPresent()) {
        Optional<Path> assigned = setup.block().assignedByOthers(content.get());
        wish = assigned.isPresent() ? assigned : wish;
      }
    }
    return wish;
  }

  private static boolean isOurs(Setup setup, Path path) {
    try {
      return path.equals(setup.file()) || Files.isSameFile(path, setup.file());
    } catch (IOException e) {
      // One of them is not there.
      return false;
    }
  }

  private boolean profilesAreSet(Setup setup) throws IOException {
    boolean all = true;
    for (Path profile : BashProfiles.wanted(host, setup.home())) {
      try {
        all &= setup.block().isEffective(read(profile).orElse(new byte[0]));
      } catch (CaException e) {
        throw cannotChange(profile, e, e.remedy());
      }
    }
    return all;
  }

  private static boolean hasTrace(Setup setup) throws IOException {
    for (Path profile : BashProfiles.all(setup.home())) {
      if (read(profile).filter(ProfileBlock::hasTrace).isPresent()) {
        return true;
      }
    }
    return Files.exists(setup.file());
  }

  private ExtraCaFile extraCaFile(Setup setup) throws IOException {
    return read(setup.file()).map(this::parse).orElse(ExtraCaFile.none());
  }

  private ExtraCaFile parse(byte[] content) {
    return ExtraCaFile.parse(content, host.path("/").getFileSystem());
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    try {
      return BoundedFiles.readIfPresent(file, BoundedFiles.STORE_LIMIT);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + Reasons.of(e), e);
    }
  }

  private static CaException cannotChange(Path file, IOException why, String remedy) {
    return new CaException(
        "cannot change " + file + ": " + Reasons.of(why),
        why instanceof CaException e ? e.remedy() : remedy,
        why);
  }
}
