package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.KeyStoreFormat;
import dev.devca.ca.SignedCertificate;
import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.FileAccess;
import dev.devca.ca.files.FileGroup;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a certificate in the forms asked for: all contents are on the disk before the first file
 * is replaced, and either all of them are or none.
 *
 * @param options the forms
 * @param password that of the key stores
 * @param rights who may read a file, where that is not as ever
 * @param many whether this is one of many
 */
record OutputWriter(OutputOptions options, char[] password, Rights rights, boolean many) {

  OutputWriter(OutputOptions options, char[] password, Rights rights) {
    this(options, password, rights, false);
  }

  /** Gives a new content, not yet in place, its owner, group and mode. */
  interface Rights {
    void give(OutputFile file, AtomicFile next) throws IOException;

    /** Those that were chosen for files with a key. */
    static Rights chosen(Optional<FileAccess> access) {
      return (file, next) -> {
        if (file.isSecret() && access.isPresent()) {
          next.give(access.get());
        }
      };
    }

    /** Those of the files that are replaced; one that is missing has those that were chosen. */
    static Rights kept(Optional<FileAccess> access) {
      return (file, next) -> {
        if (file.exists()) {
          next.keepAccess();
        } else {
          chosen(access).give(file, next);
        }
      };
    }
  }

  /** Hears what is about to be put in place, while all is as it was. */
  @FunctionalInterface
  interface Announcement {
    void of(Map<OutputFile, byte[]> contents) throws IOException;
  }

  /**
   * Writes it.
   *
   * @return what is in the files now
   */
  Map<OutputFile, byte[]> write(SignedCertificate certificate, OutputFiles files, Console console)
      throws IOException {
    return write(certificate, files, console, contents -> {});
  }

  /** As the other, after an announcement. */
  Map<OutputFile, byte[]> write(
      SignedCertificate certificate, OutputFiles files, Console console, Announcement announcement)
      throws IOException {
    Map<OutputFile, byte[]> contents = contents(certificate, files);
    announcement.of(contents);
    List<AtomicFile> prepared = new ArrayList<>();
    try {
      for (Map.Entry<OutputFile, byte[]> content : contents.entrySet()) {
        OutputFile file = content.getKey();
        prepared.add(prepare(file, file.path().orElseThrow(), content.getValue()));
      }
      if (!many) {
        // A folder that was made in a file's place meanwhile is named before anything is done.
        files.checkFolders();
      }
      publish(prepared);
    } finally {
      prepared.forEach(OutputWriter::discard);
    }
    for (OutputFile file : files.all()) {
      if (file.path().isEmpty()) {
        console.write(content(certificate, file));
      }
    }
    return contents;
  }

  /** Of the files; what is secret comes last. */
  private Map<OutputFile, byte[]> contents(SignedCertificate certificate, OutputFiles files) {
    Map<OutputFile, byte[]> contents = new LinkedHashMap<>();
    for (boolean secret : new boolean[] {false, true}) {
      for (OutputFile file : files.all()) {
        if (file.path().isPresent() && file.isSecret() == secret) {
          contents.put(file, content(certificate, file));
        }
      }
    }
    return contents;
  }

  private AtomicFile prepare(OutputFile file, Path path, byte[] content) throws CaException {
    try {
      FileMode mode = file.isSecret() ? FileMode.OWNER_ONLY : FileMode.WORLD_READABLE;
      AtomicFile next =
          many
              ? AtomicFile.prepareOneOfMany(path, content, mode)
              : AtomicFile.prepare(path, content, mode);
      try {
        rights.give(file, next);
      } catch (IOException e) {
        next.close();
        throw e;
      }
      return next;
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  private static void publish(List<AtomicFile> files) throws CaException {
    try {
      FileGroup.publish(files);
    } catch (FileGroup.PublishException e) {
      throw cannotWrite(e.file(), e.reason());
    }
  }

  private static void discard(AtomicFile file) {
    try {
      file.close();
    } catch (IOException e) {
      // What stays is a temporary file for its owner alone; the failure that led here is reported.
    }
  }

  private static CaException cannotWrite(Path path, IOException e) {
    return new CaException(
        "cannot write " + path + ": " + Reasons.of(e),
        "mend that, or choose another file: devca issue --help",
        e);
  }

  private byte[] content(SignedCertificate certificate, OutputFile file) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (OutputKind kind : file.kinds()) {
      content.writeBytes(content(certificate, kind));
    }
    return content.toByteArray();
  }

  private byte[] content(SignedCertificate certificate, OutputKind kind) {
    return switch (kind) {
      case CERTIFICATE ->
          options.der() ? certificate.certificateDer() : ascii(certificate.chainPem());
      case KEY ->
          options.der()
              ? issued(certificate).privateKeyDer()
              : ascii(issued(certificate).privateKeyPem());
      case PKCS12 -> issued(certificate).keyStoreFile(options.pkcs12(), options.alias(), password);
      case JKS -> issued(certificate).keyStoreFile(KeyStoreFormat.JKS, options.alias(), password);
      case TRUST_STORE -> options.pkcs12().trustStoreFile(certificate.rootCertificate(), password);
    };
  }

  private static IssuedCertificate issued(SignedCertificate certificate) {
    return (IssuedCertificate) certificate;
  }

  private static byte[] ascii(String pem) {
    return pem.getBytes(StandardCharsets.US_ASCII);
  }
}
