package dev.devca.ca;

import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the files of a CA and checks that they belong together, and to this user alone. */
final class CaReader {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final CaFiles files;
  private final CaOwner owner;

  CaReader(CaFiles files, CaOwner owner) {
    this.files = files;
    this.owner = owner;
  }

  /** The CA, or empty where there is no root certificate. */
  Optional<CaDirectory.Opened> read() throws IOException {
    Optional<String> certificate = files.readCertificate();
    if (certificate.isEmpty()) {
      return Optional.empty();
    }
    owner.check(files.certificate());
    Issuer root =
        read(
            "the CA certificate " + files.certificate(),
            orFromCopy(),
            () -> Issuer.of(Pem.oneCertificate(certificate.get())));
    // Read after the root: where that is, the others are too, if there ever were any.
    Optional<String> intermediate = files.readIntermediate();
    Issuer signer = intermediate.isPresent() ? intermediate(root, intermediate.get()) : root;
    Optional<String> key = files.readKey();
    if (key.isEmpty()) {
      return Optional.of(opened(root, signer, Optional.empty()));
    }
    owner.check(files.key());
    Optional<LockedKey> locked =
        read("the CA key " + files.key(), orFromCopy(), () -> LockedKey.find(key.get()));
    if (locked.isPresent()) {
      return Optional.of(opened(root, signer, locked));
    }
    Issuer open = withKey(signer, key.get());
    return Optional.of(opened(intermediate.isPresent() ? root : open, open, Optional.empty()));
  }

  /** It will go into keystores, of which Java reads none of the others if it cannot read one. */
  private void checkByTheJdk(Issuer root) throws CaException {
    read(
        "the CA certificate " + files.certificate(),
        orFromCopy(),
        () -> Pem.certificate(root.der()));
  }

  private CaDirectory.Opened opened(Issuer root, Issuer signer, Optional<LockedKey> locked)
      throws IOException {
    if (!root.isPlainRoot()) {
      checkByTheJdk(root);
    }
    return new CaDirectory.Opened(root, signer, false, tighten(), locked);
  }

  private Issuer intermediate(Issuer root, String pem) throws IOException {
    checkByTheJdk(root);
    owner.check(files.intermediate());
    return read(
        "the intermediate " + files.intermediate(),
        orFromCopy(),
        () -> {
          Issuer intermediate = Issuer.of(Pem.oneCertificate(pem));
          intermediate.checkIssuedBy(root);
          return intermediate;
        });
  }

  private Issuer withKey(Issuer signer, String pem) throws IOException {
    SigningKey signingKey =
        read(
            "the CA key " + files.key(),
            isOtherFormat(pem)
                ? "in that folder, run: openssl pkey -in rootCA-key.pem -out new.pem"
                    + " && mv new.pem rootCA-key.pem"
                : orFromCopy(),
            () -> SigningKey.fromPkcs8(Pem.onePrivateKey(pem)));
    return read("the CA in " + files.directory(), orFromCopy(), () -> signer.withKey(signingKey));
  }

  /** Whether there is a key or an intermediate: of a CA whose root is missing, or just came. */
  boolean isPartThere() throws IOException {
    return files.readKey().isPresent() || files.readIntermediate().isPresent();
  }

  CaException certificateMissing() {
    return new CaException(
        "cannot open the CA in " + files.directory() + ": " + CaFiles.CERTIFICATE + " is missing",
        "put the certificate back, or move " + files.key() + " away to begin a new CA");
  }

  String orFromCopy() {
    return "put it back from a copy, or move "
        + files.directory()
        + " away and run: devca uninstall, then devca install";
  }

  /** PKCS #1 or SEC 1: OpenSSL makes ours of each. */
  private static boolean isOtherFormat(String pem) {
    return pem.contains("-----BEGIN RSA PRIVATE KEY-----")
        || pem.contains("-----BEGIN EC PRIVATE KEY-----");
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
  List<String> tighten() throws IOException {
    List<Path> wide = new ArrayList<>();
    for (Path path : List.of(files.directory(), files.key())) {
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
      return List.of(
          "The CA in " + files.directory() + " was open to others; now it is yours alone.");
    } catch (IOException e) {
      return List.of(
          "The CA in "
              + files.directory()
              + " is open to others, and stays so: "
              + Reasons.of(e)
              + ".");
    }
  }

  static boolean isOpenToOthers(Path path) throws IOException {
    @Nullable PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null && !Collections.disjoint(view.readAttributes().permissions(), OTHERS);
  }
}
