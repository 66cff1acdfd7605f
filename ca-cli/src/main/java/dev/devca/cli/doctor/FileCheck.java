package dev.devca.cli.doctor;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateFile;
import dev.devca.ca.CertificateFile.KeyMatch;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at a certificate's file, and at the key that lies beside it. */
public final class FileCheck {
  private FileCheck() {}

  /**
   * Examines a file. No program is started.
   *
   * @param keyFile the file with the key; if empty it is looked for in the same file, and under the
   *     names that devca, mkcert, certbot and others give it
   * @param root the root of the user's CA, if there is one
   * @throws CaException if there is no certificate in it
   */
  public static FileReport examine(
      Path file, Optional<Path> keyFile, Optional<X509Certificate> root) throws CaException {
    CertificateFile content = read(file);
    if (content.certificates().isEmpty()) {
      throw new CaException(
          "cannot examine " + file + ": there is no certificate in it",
          "name the file with the certificate");
    }
    X509Certificate leaf = content.certificates().get(0);
    List<Finding> findings =
        new ArrayList<>(
            ChainCheck.of(
                content.certificates(), Optional.empty(), root, Clock.systemUTC().instant()));
    Optional<Path> key = keyFile.or(() -> keyBeside(file, leaf));
    if (key.isPresent()) {
      key(key.get(), file, leaf).ifPresent(findings::add);
    }
    return new FileReport(file.toString(), key.map(Path::toString).orElse(""), leaf, findings);
  }

  private static String places(Path chain, Path key) {
    return " --cert-file="
        + word(chain)
        + " --key-file="
        + word(key)
        + (chain.toString().endsWith(".der") ? " --der" : "");
  }

  /** As it must be typed in a shell: a file's name may be anybody's. */
  private static String word(Path file) {
    return "'" + file.toString().replace("'", "'\\''") + "'";
  }

  private static CertificateFile read(Path file) throws CaException {
    try {
      return CertificateFile.read(file);
    } catch (IOException e) {
      throw new CaException(
          "cannot examine " + file + ": " + Reasons.of(e), "name a PEM or DER file", e);
    }
  }

  private static Optional<Path> keyBeside(Path file, X509Certificate leaf) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    return Stream.of(
            name,
            stem + "-key.pem",
            stem + "-key.der",
            stem + ".key",
            stem.replace("fullchain", "privkey") + ".pem")
        .distinct()
        .map(file::resolveSibling)
        .filter(Files::isRegularFile)
        .filter(other -> hasKey(other, leaf))
        .findFirst();
  }

  private static boolean hasKey(Path file, X509Certificate leaf) {
    try {
      return CertificateFile.read(file).keyMatch(leaf) != KeyMatch.ABSENT;
    } catch (IOException e) {
      // Whatever it is, nobody said that it is the key.
      return false;
    }
  }

  private static Optional<Finding> key(Path file, Path chain, X509Certificate leaf)
      throws CaException {
    try {
      return switch (CertificateFile.read(file).keyMatch(leaf)) {
        case FITS -> Optional.empty();
        case FOREIGN ->
            Optional.of(
                new Finding(
                    "key-mismatch",
                    "the key in " + file + " is not that of the certificate",
                    // Not --force: issue says itself what would be lost.
                    Reissue.command(Optional.empty(), leaf) + places(chain, file)));
        case ENCRYPTED ->
            Optional.of(
                new Finding(
                    "key-encrypted",
                    "the key in " + file + " has a passphrase, so that it cannot be compared",
                    "openssl pkey -in " + word(file) + " -out KEY, then name KEY"));
        case ABSENT ->
            throw new CaException(
                "cannot examine " + file + ": it has no key", "name the key's file");
      };
    } catch (CaException e) {
      throw e;
    } catch (IOException e) {
      throw new CaException(
          "cannot examine " + file + ": " + Reasons.of(e),
          "name a PEM or DER file with the key",
          e);
    }
  }
}
