package dev.devca.ca;

import dev.devca.ca.files.DirectoryLock;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import dev.devca.ca.files.SystemRandom;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a new CA in the place of the one in a folder, in steps between which trust stores and leaves
 * follow: {@link #begin}, {@link #switchOver}, {@link #end}; or {@link #switchBack} and {@link
 * #end}. Both CAs are kept until the end, also when the process dies: the next one finds where it
 * was. One process at a time has the rotation of a folder; for one thread.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="rotation"}
 */
public final class CaRotation implements AutoCloseable {
  // A rotation takes as long as its stores: nobody waits for that, but for one that just ends.
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(2);
  private static final int FOLDER_ATTEMPTS = 10;

  private final Path directory;
  private final CaFiles files;
  private final RotationFiles rotation;
  private final DirectoryLock lock;

  private CaRotation(Path directory, RotationFiles rotation, DirectoryLock lock) {
    this.directory = directory;
    this.files = new CaFiles(directory);
    this.rotation = rotation;
    this.lock = lock;
  }

  /**
   * Takes the rotation of a CA folder, begun or not.
   *
   * @param directory a folder with a CA
   * @return the rotation, to be closed
   * @throws IOException if another process has it, or the folder cannot be written; {@link
   *     CaException} says what to do
   */
  public static CaRotation of(Path directory) throws IOException {
    Path folder = directory.toAbsolutePath();
    RotationFiles rotation = new RotationFiles(folder);
    CaRotation found = new CaRotation(folder, rotation, lock(rotation));
    try {
      found.files.locked(rotation::recover);
      return found;
    } catch (IOException e) {
      found.lock.close();
      throw e;
    }
  }

  /**
   * The roots that a rotation keeps, be it under way or interrupted: a store may trust either.
   *
   * @param directory a CA folder
   * @return the old root and the new one; empty where there is no rotation
   * @throws IOException if they cannot be read
   */
  public static List<X509Certificate> rootsIn(Path directory) throws IOException {
    RotationFiles rotation = new RotationFiles(directory.toAbsolutePath());
    List<X509Certificate> roots = new ArrayList<>();
    if (rotation.isBegun()) {
      for (String which : List.of(RotationFiles.OLD, RotationFiles.NEXT)) {
        roots.add(CertificateAuthority.open(rotation.of(which)).rootCertificate());
      }
    }
    return roots;
  }

  /**
   * Whether the folder of a CA has another root by now: what is issued with the CA as it was opened
   * comes too late for the rotation, and is to be issued again.
   *
   * @param ca a CA of a folder; for one in memory the answer is no
   * @return true if a rotation, or an import, came between
   * @throws IOException if the root cannot be read, or is gone
   */
  public static boolean hasReplaced(CertificateAuthority ca) throws IOException {
    if (ca.directory().isEmpty()) {
      return false;
    }
    Path directory = ca.directory().get();
    String pem =
        new CaFiles(directory)
            .readCertificate()
            .orElseThrow(
                () ->
                    new CaException(
                        "cannot issue from the CA in " + directory + ": it was deleted meanwhile",
                        "devca install makes another one"));
    return !Fingerprint.ofDer(Pem.oneCertificate(pem)).equals(ca.fingerprint());
  }

  private static DirectoryLock lock(RotationFiles rotation) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        make(rotation.folder());
        return DirectoryLock.acquire(rotation.folder(), LOCK_LIMIT);
      } catch (NoSuchFileException e) {
        // Another process ended its own between our two steps.
        if (attempt == FOLDER_ATTEMPTS) {
          throw cannot(rotation, e);
        }
      } catch (IOException e) {
        throw cannot(rotation, e);
      }
    }
  }

  private static void make(Path folder) throws IOException {
    try {
      FileMode.OWNER_ONLY.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static CaException cannot(RotationFiles rotation, IOException e) {
    return new CaException(
        "cannot rotate the CA, by " + rotation.folder() + ": " + Reasons.of(e),
        "wait for another rotation to end, or make that folder writable",
        e);
  }

  /**
   * Whether both CAs are kept.
   *
   * @return true from {@link #begin} to {@link #end}, also of another process that died
   */
  public boolean isBegun() {
    return rotation.isBegun();
  }

  /**
   * Whether the new CA is the one of the folder.
   *
   * @return true after {@link #switchOver}, also where that failed half-way: then {@link
   *     #switchBack} or {@link #switchOver} again makes it one of the two
   * @throws IOException if the files cannot be read
   */
  public boolean isSwitched() throws IOException {
    return rotation.isBegun() && rotation.isSwitched();
  }

  /**
   * Makes the new CA, and keeps both.
   *
   * @param options what the new root says, such as {@link CaOptions#like}
   * @param passphrase for the new key; empty for none; not kept
   * @throws IOException if there is no CA, or no room; {@link CaException} says what to do
   */
  public void begin(CaOptions options, Optional<char[]> passphrase) throws IOException {
    if (isBegun()) {
      throw new IllegalStateException("it is begun");
    }
    SecureRandom random = SystemRandom.open();
    NewCa made = NewCa.make(options, Instant.now(), random);
    NewCa next =
        passphrase.isEmpty()
            ? made
            : new NewCa(
                made.root(),
                made.signer(),
                Optional.of(
                    LockedKey.pem(
                        Pbes2.encrypt(made.signer().keyPkcs8(), passphrase.get(), random))));
    step("begin to rotate", () -> rotation.keep(next));
  }

  /**
   * The CA from before.
   *
   * @return the old CA, as it is kept
   * @throws IOException if it cannot be read
   */
  public CertificateAuthority old() throws IOException {
    return CertificateAuthority.open(rotation.of(RotationFiles.OLD));
  }

  /**
   * The CA that is to be, or is already.
   *
   * @return the new CA, as it is kept
   * @throws IOException if it cannot be read
   */
  public CertificateAuthority next() throws IOException {
    return CertificateAuthority.open(rotation.of(RotationFiles.NEXT));
  }

  /**
   * A folder for what else is to be kept until the end, such as the files of leaves.
   *
   * @return the folder, for its owner alone; {@link #end} deletes it with all that is in it
   */
  public Path folder() {
    return rotation.folder();
  }

  /**
   * Makes the new CA the one of the folder: all that is issued from now on is its.
   *
   * @throws IOException if the files cannot be written; whoever opens the CA next finishes it
   */
  public void switchOver() throws IOException {
    step("rotate", () -> rotation.switchTo(RotationFiles.NEXT));
  }

  /**
   * Makes the old CA the one of the folder again, byte for byte.
   *
   * @throws IOException if the files cannot be written; whoever opens the CA next finishes it
   */
  public void switchBack() throws IOException {
    step("go back to the old root of", () -> rotation.switchTo(RotationFiles.OLD));
  }

  /**
   * Forgets the CA that is not the one of the folder, with its key.
   *
   * @throws IOException if a file cannot be deleted
   */
  public void end() throws IOException {
    step(
        "end the rotation of",
        () -> {
          // Of what is half the one and half the other, nothing may go.
          rotation.recover();
          rotation.discard();
        });
  }

  private void step(String what, CaFiles.Step step) throws IOException {
    try {
      files.locked(step);
    } catch (CaException e) {
      throw e;
    } catch (IOException e) {
      throw new CaException(
          "cannot " + what + " the CA in " + directory + ": " + Reasons.of(e),
          "make room there",
          e);
    }
  }

  /** Lets others rotate; what is begun stays. */
  @Override
  public void close() throws IOException {
    boolean over = !isBegun();
    try (lock) {
      if (over) {
        rotation.discard();
        lock.deleteFile();
      }
    }
    try {
      if (over) {
        Files.deleteIfExists(rotation.folder());
      }
    } catch (DirectoryNotEmptyException e) {
      // Another process has it now.
      return;
    }
  }
}
