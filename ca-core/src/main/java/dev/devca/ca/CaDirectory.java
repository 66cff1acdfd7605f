package dev.devca.ca;

import dev.devca.ca.files.DirectoryLock;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
  private final FolderOwner owner;

  CaDirectory(Path directory, FolderOwner owner) {
    this.directory = directory.toAbsolutePath();
    this.files = new CaFiles(this.directory);
    this.owner = owner;
  }

  /** What was found or made. */
  record Opened(Issuer issuer, boolean isNew, List<String> notes) {}

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
    if (files.isPending()) {
      try (DirectoryLock lock = files.lock()) {
        files.recover();
      }
    }
    Optional<String> certificate = files.readCertificate();
    // Read after the certificate: where that is, the key is too, if there ever was one.
    Optional<String> key = files.readKey();
    if (certificate.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    owner.check(directory);
    List<String> notes = tighten();
    return Optional.of(new Opened(issuer(certificate, key), false, notes));
  }

  /** Opens the CA, or makes one; of processes that make one at once, all get the same. */
  Opened openOrCreate(Supplier<NewRoot> newRoot) throws IOException {
    Optional<Opened> there = open();
    if (there.isPresent()) {
      return there.get();
    }
    files.makeDirectory();
    owner.check(directory);
    try (DirectoryLock lock = files.lock()) {
      files.recover();
      there = open();
      if (there.isPresent()) {
        return there.get();
      }
      List<String> notes = tighten();
      NewRoot made = newRoot.get();
      files.publish(Pem.encodeCertificate(made.der()), Pem.encodePrivateKey(made.key().pkcs8()));
      return new Opened(Issuer.of(made.der(), made.key()), true, notes);
    }
  }

  void delete() throws IOException {
    files.delete();
  }

  private Issuer issuer(Optional<String> certificate, Optional<String> key) throws IOException {
    if (certificate.isEmpty()) {
      throw new CaException(
          "cannot open the CA in " + directory + ": " + CaFiles.CERTIFICATE + " is missing",
          "put the certificate back, or move " + files.key() + " away to begin a new CA");
    }
    @Nullable SigningKey signingKey = null;
    if (key.isPresent()) {
      signingKey =
          read(
              "the CA key " + files.key(),
              () -> SigningKey.fromPkcs8(Pem.onePrivateKey(key.get())));
    }
    byte[] der =
        read(
            "the CA certificate " + files.certificate(),
            () -> Pem.oneCertificate(certificate.get()));
    @Nullable SigningKey checked = signingKey;
    return read("the CA in " + directory, () -> Issuer.of(der, checked));
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T read(String what, Reading<T> reading) throws CaException {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new CaException(
          "cannot read " + what + ": " + e.getMessage(),
          "put it back from a copy, or move "
              + directory
              + " away and run: devca uninstall, then devca install",
          e);
    }
  }

  /** A folder or key of ours that others may read is put right. */
  private List<String> tighten() throws IOException {
    for (Path path : List.of(directory, files.key())) {
      PosixFileAttributeView view =
          Files.exists(path)
              ? Files.getFileAttributeView(path, PosixFileAttributeView.class)
              : null;
      if (view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
        FileMode.OWNER_ONLY.applyTo(directory);
        if (Files.exists(files.key())) {
          FileMode.OWNER_ONLY.applyTo(files.key());
        }
        return List.of("The CA in " + directory + " was open to others; now it is yours alone.");
      }
    }
    return List.of();
  }
}
