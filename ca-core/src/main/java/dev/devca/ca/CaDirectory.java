package dev.devca.ca;

import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens and creates the CA of a folder, and checks that what lies there can be relied on. */
final class CaDirectory {
  private static final String ROTATING =
      "A rotation of this CA is under way, or was interrupted: devca ca rotate goes on with it.";

  private final Path directory;
  private final CaFiles files;
  private final PendingCa pending;
  private final RotationFiles rotation;
  private final CaOwner owner;
  private final CaReader reader;

  CaDirectory(Path directory, CaOwner owner) {
    this.directory = directory.toAbsolutePath();
    this.files = new CaFiles(this.directory);
    this.pending = new PendingCa(files);
    this.rotation = new RotationFiles(this.directory);
    this.owner = owner;
    this.reader = new CaReader(files, owner);
  }

  /** The folder of this process's user, or in a file system without users, of anyone. */
  static CaDirectory at(Path path) {
    boolean real = path.getFileSystem() == FileSystems.getDefault();
    return new CaDirectory(path, real ? CaOwner.process() : CaOwner.any());
  }

  /**
   * What was found or made.
   *
   * @param signer what issues: the root itself, or an intermediate of it
   * @param lockedKey the signer's key, if it is under a passphrase
   */
  record Opened(
      Issuer root,
      Issuer signer,
      boolean isNew,
      List<String> notes,
      Optional<LockedKey> lockedKey) {

    static Opened made(NewCa ca, List<String> notes) {
      return new Opened(ca.root(), ca.signer(), true, notes, Optional.empty());
    }

    /** With one more sentence for a person. */
    Opened with(String note) {
      List<String> all = new ArrayList<>(notes);
      all.add(note);
      return new Opened(root, signer, isNew, all, lockedKey);
    }

    /** With the key that a passphrase opened. */
    Opened unlocked(Issuer open) {
      boolean direct = root.isCertificate(signer.der());
      return new Opened(direct ? open : root, open, isNew, notes, Optional.empty());
    }
  }

  Path path() {
    return directory;
  }

  Optional<Path> keyFile() {
    return Optional.of(files.key()).filter(Files::exists);
  }

  /** Opens the CA, or empty if there is none; changes nothing but a mode that is too wide. */
  Optional<Opened> open() throws IOException {
    if (!Files.exists(directory)) {
      return Optional.empty();
    }
    if (!Files.isDirectory(directory)) {
      throw new CaException(
          "cannot open the CA folder " + directory + ": it is a file",
          "set DEVCA_HOME to a folder");
    }
    owner.check(directory);
    if (rotation.isThere()) {
      return files.lockedRead(
          () -> {
            recover();
            return read().map(opened -> rotation.isBegun() ? opened.with(ROTATING) : opened);
          });
    }
    recoverIfPending();
    return read();
  }

  /** Opens the CA, or makes one; of processes that make one at once, all get the same. */
  Opened openOrCreate(Supplier<NewCa> newCa) throws IOException {
    Optional<Opened> there = open();
    if (there.isPresent()) {
      return there.get();
    }
    refuseFolderInUse();
    return files.lockedInNew(
        () -> {
          recover();
          Optional<Opened> others = read();
          return others.isPresent() ? others.get() : publish(newCa.get());
        });
  }

  /** A folder of other files that others read, such as a web site, would be closed to them. */
  private void refuseFolderInUse() throws IOException {
    if (!Files.isDirectory(directory) || !CaReader.isOpenToOthers(directory)) {
      return;
    }
    try (DirectoryStream<Path> content = Files.newDirectoryStream(directory)) {
      if (content.iterator().hasNext()) {
        throw new CaException(
            "cannot create the CA in " + directory + ": it has other files and is open to others",
            "set DEVCA_HOME to a new folder");
      }
    }
  }

  /** Makes a CA where there is none. */
  Opened create(NewCa made) throws IOException {
    Opened opened = openOrCreate(() -> made);
    if (!opened.isNew()) {
      throw taken(directory);
    }
    return opened;
  }

  private Opened publish(NewCa made) throws IOException {
    try {
      pending.publish(made);
    } catch (IOException e) {
      throw new CaException(
          "cannot create the CA in " + directory + ": " + Reasons.of(e),
          "make room there, or set DEVCA_HOME to a folder that you can write to",
          e);
    }
    return Opened.made(made, reader.tighten());
  }

  /** The issuer with the key that a passphrase opens. */
  Issuer unlock(Issuer issuer, LockedKey locked, char[] passphrase) throws CaException {
    try {
      return issuer.withKey(locked.open(passphrase));
    } catch (Pbes2.WrongPassphraseException e) {
      throw new CaException(
          "cannot open the CA key " + files.key() + ": the passphrase is wrong",
          "give the passphrase that was set with devca ca passphrase",
          e);
    } catch (IOException e) {
      throw new CaException(
          "cannot open the CA key " + files.key() + ": " + e.getMessage(), reader.orFromCopy(), e);
    }
  }

  /** Writes the key of this very CA in another form, encrypted or not. */
  void replaceKey(Issuer issuer, String keyPem) throws IOException {
    files.locked(
        () -> {
          recover();
          Optional<Opened> now = read();
          if (now.isEmpty() || !now.get().signer().isCertificate(issuer.der())) {
            throw new CaException(
                "cannot write the CA key in " + directory + ": the CA is another one now",
                "run the same command again");
          }
          files.replaceKey(keyPem);
        });
  }

  static CaException taken(Path directory) {
    return new CaException(
        "cannot make a CA in " + directory + ": there is one already",
        "give the new one a name of its own: --ca NAME");
  }

  void delete() throws IOException {
    files.delete();
  }

  private void recoverIfPending() throws IOException {
    if (pending.isThere()) {
      files.locked(this::recover);
    }
  }

  private void recover() throws IOException {
    try {
      pending.recover();
      rotation.recover();
    } catch (IOException e) {
      throw new CaException(
          "cannot go on creating the CA in " + directory + ": " + Reasons.of(e),
          "make room there, or set DEVCA_HOME to a folder that you can write to",
          e);
    }
  }

  private Optional<Opened> read() throws IOException {
    Optional<Opened> found = reader.read();
    if (found.isEmpty() && reader.isPartThere()) {
      // Another process may have been between two files; once its .new is gone, it is done.
      recoverIfPending();
      found = reader.read();
      if (found.isEmpty()) {
        throw reader.certificateMissing();
      }
    }
    return found;
  }
}
