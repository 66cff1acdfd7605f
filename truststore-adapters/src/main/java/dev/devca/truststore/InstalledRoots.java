package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.Pem;
import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The roots that were installed, a PEM file each with the user id of the owner, so that they can be
 * taken out when the CA folder is gone.
 */
final class InstalledRoots {
  private static final String OWNER = "owner: ";
  private static final String FOLDER = "folder: ";

  private final Path directory;

  private InstalledRoots(Path stateDirectory) {
    this.directory = stateDirectory.resolve("roots");
  }

  /** The roots recorded with the rights of this process. */
  static InstalledRoots in(Path stateDirectory) {
    return new InstalledRoots(stateDirectory);
  }

  boolean has(Fingerprint root) {
    return Files.exists(file(root));
  }

  void add(X509Certificate root, long owner) throws IOException {
    add(root, owner, Optional.empty());
  }

  /** Records a root, unless it is there already, with the folder of its CA. */
  void add(X509Certificate root, long owner, Optional<Path> caFolder) throws IOException {
    Path file = file(Fingerprint.of(root));
    if (Files.exists(file)) {
      return;
    }
    CreatedFolders.makeFor(file);
    String text =
        OWNER
            + owner
            + "\n"
            + caFolder.map(folder -> FOLDER + OneLine.escape("" + folder) + "\n").orElse("")
            + Pem.encode(root);
    AtomicFile.replaceKeeping(file, text.getBytes(StandardCharsets.UTF_8), FileMode.WORLD_READABLE);
  }

  /** The user for whom a root was installed, if that is recorded here. */
  Optional<Long> owner(Fingerprint root) {
    try {
      return value(root, OWNER).map(Long::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The folder of the CA of a root, if that is recorded here. */
  Optional<String> folder(Fingerprint root) {
    return value(root, FOLDER).map(OneLine::unescape);
  }

  private Optional<String> value(Fingerprint root, String key) {
    try {
      return BoundedFiles.readIfPresent(file(root), BoundedFiles.PEM_LIMIT).stream()
          .flatMap(bytes -> new String(bytes, StandardCharsets.UTF_8).lines())
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void remove(X509Certificate root) throws IOException {
    Files.deleteIfExists(file(Fingerprint.of(root)));
    CreatedFolders.removeEmpty(List.of(directory));
  }

  /** The roots recorded for a user. */
  List<X509Certificate> ownedBy(long owner) throws IOException {
    List<X509Certificate> roots = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.pem")) {
      for (Path file : files) {
        // Without one that is taken out as this reads.
        String text =
            new String(
                BoundedFiles.readIfPresent(file, BoundedFiles.PEM_LIMIT).orElse(new byte[0]),
                StandardCharsets.ISO_8859_1);
        if (text.lines().anyMatch((OWNER + owner)::equals)) {
          roots.addAll(Pem.certificates(text));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return roots;
  }

  private Path file(Fingerprint root) {
    return directory.resolve(root.shortHex() + ".pem");
  }
}
