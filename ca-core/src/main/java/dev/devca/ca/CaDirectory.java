package dev.devca.ca;

import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens and creates the CA of a folder, and checks that what lies there can be relied on. */
final class CaDirectory {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final Path directory;
  private final CaFiles files;
  private final PendingCa pending;
  private final CaOwner owner;

  CaDirectory(Path directory, CaOwner owner) {
    this.directory = directory.toAbsolutePath();
    this.files = new CaFiles(this.directory);
    this.pending = new PendingCa(files);
    this.owner = owner;
  }

  /** What was found or made. */
  record Opened(Issuer issuer, boolean isNew, List<String> notes, Optional<LockedKey> lockedKey) {}

  Path path() {
    return directory;
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
    recoverIfPending();
    return read();
  }

  /** Opens the CA, or makes one; of processes that make one at once, all get the same. */
  Opened openOrCreate(Supplier<NewRoot> newRoot) throws IOException {
    Optional<Opened> there = open();
    if (there.isPresent()) {
      return there.get();
    }
    refuseFolderInUse();
    return files.lockedInNew(
        () -> {
          recover();
          Optional<Opened> others = read();
          return others.isPresent() ? others.get() : create(newRoot.get());
        });
  }

  /** A folder of other files that others read, such as a web site, would be closed to them. */
  private void refuseFolderInUse() throws IOException {
    if (!Files.isDirectory(directory) || !isOpenToOthers(directory)) {
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

  private Opened create(NewRoot made) throws IOException {
    try {
      pending.publish(Pem.encodeCertificate(made.der()), Pem.encodePrivateKey(made.key().pkcs8()));
    } catch (IOException e) {
      throw new CaException(
          "cannot create the CA in " + directory + ": " + Reasons.of(e),
          "make room there, or set DEVCA_HOME to a folder that you can write to",
          e);
    }
    return new Opened(Issuer.of(made.der()).withKey(made.key()), true, tighten(), Optional.empty());
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
          "cannot open the CA key " + files.key() + ": " + e.getMessage(), orFromCopy(), e);
    }
  }

  /** Writes the key of this very CA in another form, encrypted or not. */
  void replaceKey(Issuer issuer, String keyPem) throws IOException {
    files.locked(
        () -> {
          recover();
          Optional<Opened> now = read();
          if (now.isEmpty() || !now.get().issuer().isCertificate(issuer.der())) {
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
    } catch (IOException e) {
      throw new CaException(
          "cannot go on creating the CA in " + directory + ": " + Reasons.of(e),
          "make room there, or set DEVCA_HOME to a folder that you can write to",
          e);
    }
  }

  private Optional<Opened> read() throws IOException {
    Optional<String> certificate = files.readCertificate();
    // Read after the certificate: where that is, the key is too, if there ever was one.
    Optional<String> key = files.readKey();
    if (certificate.isEmpty() && key.isPresent()) {
      // Another process may have been between the two; once its .new is gone, it is done.
      recoverIfPending();
      certificate = files.readCertificate();
    }
    if (certificate.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    if (certificate.isEmpty()) {
      throw new CaException(
          "cannot open the CA in " + directory + ": " + CaFiles.CERTIFICATE + " is missing",
          "put the certificate back, or move " + files.key() + " away to begin a new CA");
    }
    return Optional.of(opened(certificate.get(), key));
  }

  private Opened opened(String certificate, Optional<String> key) throws IOException {
    owner.check(files.certificate());
    Issuer issuer =
        read(
            "the CA certificate " + files.certificate(),
            orFromCopy(),
            () -> Issuer.of(Pem.oneCertificate(certificate)));
    if (key.isEmpty()) {
      return new Opened(issuer, false, tighten(), Optional.empty());
    }
    owner.check(files.key());
    Optional<LockedKey> locked =
        read("the CA key " + files.key(), orFromCopy(), () -> LockedKey.find(key.get()));
    if (locked.isPresent()) {
      return new Opened(issuer, false, tighten(), locked);
    }
    SigningKey signingKey =
        read(
            "the CA key " + files.key(),
            isOtherFormat(key.get())
                ? "in that folder, run: openssl pkey -in rootCA-key.pem -out new.pem"
                    + " && mv new.pem rootCA-key.pem"
                : orFromCopy(),
            () -> SigningKey.fromPkcs8(Pem.onePrivateKey(key.get())));
    Issuer whole = read("the CA in " + directory, orFromCopy(), () -> issuer.withKey(signingKey));
    return new Opened(whole, false, tighten(), Optional.empty());
  }

  private String orFromCopy() {
    return "put it back from a copy, or move "
        + directory
        + " away and run: devca uninstall, then devca install";
  }

  /** PKCS #1 or SEC 1: OpenSSL makes ours of each. */
  private static boolean isOtherFormat(String pem) {
    return Stream.of("RSA", "EC")
        .anyMatch(kind -> pem.contains("-----BEGIN " + kind + " PRIVATE KEY-----"));
  }

  private static <T> T read(String what, String remedy, CaFiles.Work<T> reading)
      throws CaException {
    try {
      return reading.run();
    } catch (IOException e) {
      throw new CaException("cannot read " + what + ": " + e.getMessage(), remedy, e);
    }
  }

  /** A folder or key of ours that others may read is put right. */
  private List<String> tighten() throws IOException {
    List<Path> wide = new ArrayList<>();
    for (Path path : List.of(directory, files.key())) {
      if (Files.exists(path) && isOpenToOthers(path)) {
        wide.add(path);
      }
    }
    if (wide.isEmpty()) {
      return List.of();
    }
    try {
      for (Path path : wide) {
        // Behind a link, since the link itself has no mode.
        FileMode.OWNER_ONLY.applyTo(path.toRealPath());
      }
      return List.of("The CA in " + directory + " was open to others; now it is yours alone.");
    } catch (IOException e) {
      return List.of(
          "The CA in " + directory + " is open to others, and stays so: " + Reasons.of(e) + ".");
    }
  }

  private static boolean isOpenToOthers(Path path) throws IOException {
    @Nullable PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains);
  }
}
