package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.Reasons;
import dev.devca.ca.files.SharedFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One keystore file by which the programs of one or more JDKs trust. */
final class JavaCacertsStore implements TrustStore {
  static final String KIND = "java";

  private static final int ATTEMPTS = 5;

  private final Host host;
  private final Path file;
  private final String displayName;

  /**
   * The keystore that some JDKs use.
   *
   * @param file its real path
   * @param users what to name before a person, not empty
   */
  JavaCacertsStore(Host host, Path file, List<String> users) {
    this.host = host;
    this.file = file;
    this.displayName =
        users.size() <= 2
            ? "Java (" + String.join(", ", users) + ")"
            : "Java (" + users.get(0) + " and " + (users.size() - 1) + " more)";
  }

  /** The store of an id, for a process that does not see the JDKs that use the file. */
  static JavaCacertsStore at(Host host, Path file) {
    return new JavaCacertsStore(host, file, List.of(file.toString()));
  }

  @Override
  public String id() {
    return KIND + ":" + file;
  }

  @Override
  public String displayName() {
    return displayName;
  }

  @Override
  public Rights rights() {
    return host.rightsFor(file);
  }

  @Override
  public boolean isPerUser() {
    return host.isInHome(file);
  }

  @Override
  public boolean standsAlone() {
    // Debian's hook for Java writes the one that it keeps, when the system's turn comes.
    return LinuxFamily.ALL.stream()
        .noneMatch(family -> file.equals(host.path(family.keystore().file())));
  }

  @Override
  public TrustResult status(X509Certificate root) {
    return read(reading(), root, false);
  }

  @Override
  public List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    return Files.exists(file)
        ? parse(BoundedFiles.read(file, BoundedFiles.STORE_LIMIT)).certificates().stream()
            .filter(wanted)
            .toList()
        : List.of();
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    TrustResult before = status(root);
    if (before.kind() != TrustResult.Kind.NOT_TRUSTED) {
      return Plan.nothing(this, before);
    }
    if (draft.feeds(file)) {
      return Plan.fed(this);
    }
    try {
      String alias = parse(BoundedFiles.read(file, BoundedFiles.STORE_LIMIT)).aliasFor(root);
      List<String> byHand =
          List.of(
              "keytool", "-importcert", "-noprompt", "-keystore", file.toString(), "-alias", alias);
      return Plan.of(
          this,
          new TrustResult.Trusted(true),
          List.of(new Step.Replace(file, "gets the certificate entry " + alias, byHand)));
    } catch (IOException e) {
      return Plan.nothing(this, unreadable(e));
    }
  }

  @Override
  public TrustResult install(X509Certificate root) {
    Fingerprint fingerprint = Fingerprint.of(root);
    return change(
        Operation.INSTALL,
        root,
        (journal, reading) ->
            journal.edit(file, fingerprint, current -> with(reading, root, current)));
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    Fingerprint fingerprint = Fingerprint.of(root);
    return change(
        Operation.UNINSTALL,
        root,
        (journal, reading) -> {
          Optional<byte[]> original = journal.entry(file).flatMap(JournalEntry::original);
          return journal.restore(
              file,
              fingerprint,
              current -> asItWas(reading, without(reading, root, current), original));
        });
  }

  /**
   * The bytes from before devca came if the same is in them: Debian's hook for Java writes the file
   * anew with nothing changed, and the note of what it wrote may be missing after a crash.
   */
  private static Optional<byte[]> asItWas(
      KeystoreReading reading, Optional<byte[]> now, Optional<byte[]> original) {
    try {
      return now.isPresent()
              && original.isPresent()
              && reading.holdTheSame(now.get(), original.get())
          ? original
          : now;
    } catch (IOException e) {
      // The original may have had another password.
      return now;
    }
  }

  @FunctionalInterface
  private interface Change {
    boolean in(Journal journal, KeystoreReading reading) throws IOException;
  }

  private TrustResult change(Operation operation, X509Certificate root, Change change) {
    KeystoreReading reading = reading();
    TrustResult before = read(reading, root, false);
    if (before instanceof TrustResult.Absent) {
      return before;
    }
    try {
      if (before instanceof TrustResult.Unavailable) {
        DamagedKeystore.mend(host, file);
        before = read(reading, root, false);
        if (before instanceof TrustResult.Unavailable) {
          return before;
        }
      }
      TrustResult.Kind goal =
          operation == Operation.INSTALL ? TrustResult.Kind.TRUSTED : TrustResult.Kind.NOT_TRUSTED;
      boolean changed = false;
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        changed |= change.in(Journal.of(host), reading);
        TrustResult after = read(reading, root, changed);
        // Another's keytool that had read the file before us writes it without our entry.
        if (after.kind() == goal) {
          return after;
        }
      }
      return failed(operation, new IOException("another program keeps changing it"));
    } catch (IOException e) {
      return failed(operation, e);
    }
  }

  private TrustResult read(KeystoreReading reading, X509Certificate root, boolean changed) {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new TrustResult.Absent("there is no " + file);
    }
    try {
      return trusts(reading, root)
          ? new TrustResult.Trusted(changed)
          : new TrustResult.NotTrusted(changed);
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  /** Whether the file has the root; keytool writes it in place, so it may be torn for a moment. */
  private boolean trusts(KeystoreReading reading, X509Certificate root) throws IOException {
    for (int attempt = 1; ; attempt++) {
      byte[] bytes = BoundedFiles.read(file, BoundedFiles.STORE_LIMIT);
      try {
        return reading.trusts(bytes, root);
      } catch (IOException e) {
        if (attempt == ATTEMPTS || !SharedFile.changesSoon(file, Optional.of(bytes))) {
          throw e;
        }
      }
    }
  }

  private static Optional<byte[]> with(
      KeystoreReading reading, X509Certificate root, Optional<byte[]> current) throws IOException {
    byte[] now = current.orElseThrow(() -> new IOException("it is gone"));
    return reading.trusts(now, root) ? current : Optional.of(reading.with(root, now));
  }

  private static Optional<byte[]> without(
      KeystoreReading reading, X509Certificate root, Optional<byte[]> current) throws IOException {
    try {
      if (current.isEmpty() || !reading.trusts(current.get(), root)) {
        return current;
      }
    } catch (IOException e) {
      // The journal asks for the original too, which may have had another password.
      return current;
    }
    return Optional.of(reading.without(root, current.get()));
  }

  private KeystoreReading reading() {
    return new KeystoreReading(host.javaPassword().stream().toList());
  }

  private KeyStoreFile parse(byte[] bytes) throws IOException {
    return KeyStoreFile.parse(bytes, host.javaPassword().stream().toList());
  }

  private TrustResult unreadable(IOException e) {
    String remedy;
    if (e.getCause() instanceof UnrecoverableKeyException) {
      remedy = "the same command with --java-password-file FILE (or DEVCA_JAVA_PASSWORD)";
    } else if (e instanceof AccessDeniedException) {
      remedy = withRights(Operation.INSTALL);
    } else {
      remedy = "put " + file + " back from a copy, or install its JDK again";
    }
    return new TrustResult.Unavailable("cannot read " + file + ": " + why(e), remedy);
  }

  private TrustResult failed(Operation operation, IOException e) {
    String remedy =
        e instanceof AccessDeniedException
            ? withRights(operation)
            : "mend that and run: " + command(operation);
    return new TrustResult.Failed("cannot change " + file + ": " + why(e), remedy);
  }

  private String withRights(Operation operation) {
    if (rights() == Rights.OWN && host.os() != OperatingSystem.WINDOWS) {
      Path folder = file.resolveSibling("");
      return FileRights.remedy(host, Files.isWritable(folder) ? file : folder, folder);
    }
    return (host.os() == OperatingSystem.WINDOWS ? "as an administrator: " : "sudo ")
        + command(operation);
  }

  private String command(Operation operation) {
    String id = id();
    return "devca " + operation + " --only " + (id.contains(" ") ? '"' + id + '"' : id);
  }

  private String why(IOException e) {
    return e instanceof NoSuchFileException && Files.isSymbolicLink(file)
        ? "it is a link that leads nowhere"
        : Reasons.of(e);
  }
}
