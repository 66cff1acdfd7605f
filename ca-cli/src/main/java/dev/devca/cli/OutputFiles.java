package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.SubjectAltName;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a certificate and its key go, and whether they may: what devca did not write is never lost.
 *
 * @param chain the certificate's file
 * @param key the key's file; may be the same
 */
record OutputFiles(Path chain, Path key) {
  // A file name has at most 255 bytes; this leaves room for "+999-client-key.pem".
  private static final int STEM_LIMIT = 220;

  /**
   * The files asked for, else mkcert's names in the current folder: the first name, {@code +N} for
   * N more, {@code -client}; the common name where that is the only one.
   */
  static OutputFiles choose(LeafRequest request, boolean client, String chainFile, String keyFile) {
    List<SubjectAltName> names = request.names();
    String stem = stem(names.isEmpty() ? request.commonName().orElseThrow() : names.get(0).value());
    if (names.size() > 1) {
      stem += "+" + (names.size() - 1);
    }
    if (client) {
      stem += "-client";
    }
    return new OutputFiles(
        path(chainFile.isEmpty() ? stem + ".pem" : chainFile),
        path(keyFile.isEmpty() ? stem + "-key.pem" : keyFile));
  }

  /** A name as a file name: nothing of it can lead to another folder. */
  private static String stem(String name) {
    StringBuilder stem = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), STEM_LIMIT); i++) {
      char c = name.charAt(i);
      if (c == '*') {
        stem.append("_wildcard");
      } else {
        // A file that begins with one of these is hidden, or taken for an option.
        boolean first = i == 0 && (c == '.' || c == '-');
        boolean safe =
            !first && c < 128 && (Character.isLetterOrDigit(c) || ".-_@+".indexOf(c) >= 0);
        stem.append(safe ? c : '_');
      }
    }
    return stem.toString();
  }

  private static Path path(String file) {
    // U+FFFD stands for bytes that were no UTF-8: the file would get another name than was asked.
    if (file.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0xFFFD)) {
      throw new UsageException(
          "cannot use the file name '" + file + "': it is not printable UTF-8",
          "choose another file");
    }
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new UsageException(
          "cannot use the file name '" + file + "': " + e.getReason(), "devca issue --help");
    }
  }

  /** Refuses folders that are missing or read-only, before anything is made. */
  void checkFolders() throws CaException {
    for (Path file : List.of(chain, key)) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null || Files.isDirectory(file)) {
        throw cannotWrite(file, "it is a directory", "name a file");
      }
      if (!Files.isDirectory(folder)) {
        throw cannotWrite(
            file,
            "the folder " + folder + " does not exist",
            "mkdir -p " + Shell.quote("" + folder));
      }
      if (!Files.isWritable(folder)) {
        throw cannotWrite(
            file,
            "the folder " + folder + " is not writable",
            "run it in another folder, or use --cert-file and --key-file");
      }
    }
  }

  /** Refuses to replace what is not ours. */
  void checkMayReplace(Optional<CertificateAuthority> ca, boolean force) throws CaException {
    for (Path file : List.of(chain, key)) {
      boolean exists = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      if (exists && ca.isPresent() && isOfTheCa(ca.get(), file)) {
        throw cannotWrite(file, "it belongs to the CA itself", "choose another file");
      }
      if (exists && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw cannotWrite(file, "it is a link, or no regular file", "choose another file");
      }
      if (exists && !force && (ca.isEmpty() || !ca.get().isOwn(chain, key))) {
        throw cannotWrite(
            file,
            "it is there, and is not a certificate of this CA with its key",
            "choose another file with --cert-file and --key-file, or replace it with --force");
      }
    }
  }

  private static boolean isOfTheCa(CertificateAuthority ca, Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    String name = String.valueOf(file.getFileName());
    try {
      return folder != null
          && ca.directory().isPresent()
          && Files.isSameFile(folder, ca.directory().get())
          && name.startsWith("rootCA");
    } catch (IOException e) {
      return false;
    }
  }

  void write(IssuedCertificate issued) throws CaException {
    try {
      issued.writePem(chain, key);
    } catch (IOException e) {
      throw new CaException(
          "cannot write " + chain + " and " + key + ": " + Reasons.of(e),
          "make room there, or use --cert-file and --key-file",
          e);
    }
  }

  private static CaException cannotWrite(Path file, String why, String remedy) {
    return new CaException("cannot write " + file + ": " + why, remedy);
  }
}
