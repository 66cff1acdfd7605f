package dev.devca.cli;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.OwnFiles;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a record compares with the files that it names.
 *
 * @param state what has become of the certificate
 * @param until when the one that is there ends
 * @param asWritten whether each file is what devca wrote, byte for byte
 */
record Standing(RecordState state, Instant until, boolean asWritten) {

  static Standing of(IssuedRecord record, CertificateAuthority ca, Instant now) {
    boolean asWritten = true;
    int missing = 0;
    for (Map.Entry<Path, String> file : record.files().entrySet()) {
      try {
        byte[] bytes = BoundedFiles.read(file.getKey(), BoundedFiles.PEM_LIMIT);
        asWritten &= Sha256.hex(bytes).equals(file.getValue());
      } catch (NoSuchFileException e) {
        missing++;
      } catch (IOException e) {
        return new Standing(RecordState.UNREADABLE, record.until(), false);
      }
    }
    if (missing > 0) {
      boolean some =
          record.file(OutputKind.CERTIFICATE).isPresent()
              ? hasOwn(record, ca)
              : asWritten && missing < record.files().size();
      RecordState state = some ? RecordState.INCOMPLETE : RecordState.GONE;
      return new Standing(state, record.until(), asWritten);
    }
    return asWritten ? ofOurs(record, ca, now) : ofOthers(record, ca, now);
  }

  private static boolean hasOwn(IssuedRecord record, CertificateAuthority ca) {
    return record.file(OutputKind.CERTIFICATE).filter(ca.ownFiles()::isCertificate).isPresent();
  }

  private static Standing ofOurs(IssuedRecord record, CertificateAuthority ca, Instant now) {
    // A key store does not show whose it is without its password.
    boolean outdated =
        record.file(OutputKind.CERTIFICATE).isPresent()
            ? !hasOwn(record, ca)
            : !List.of("", ca.fingerprint().hex()).contains(record.root());
    RecordState state = outdated ? RecordState.OUTDATED : byEnd(record, record.until(), now);
    return new Standing(state, record.until(), true);
  }

  /**
   * A process that was killed before it could write the record leaves what is ours all the same.
   */
  private static Standing ofOthers(IssuedRecord record, CertificateAuthority ca, Instant now) {
    Optional<Path> chain = record.file(OutputKind.CERTIFICATE);
    if (chain.isEmpty()) {
      // A key store does not show whose it is without its password.
      return new Standing(RecordState.CHANGED, record.until(), false);
    }
    OwnFiles own = ca.ownFiles();
    Optional<X509Certificate> leaf = own.certificate(chain.get());
    if (leaf.isEmpty()) {
      return new Standing(RecordState.REPLACED, record.until(), false);
    }
    Instant until = leaf.get().getNotAfter().toInstant();
    Optional<Path> key = record.file(OutputKind.KEY);
    return key.isEmpty() || own.isPair(chain.get(), key.get())
        ? new Standing(byEnd(record, until, now), until, false)
        : new Standing(RecordState.CHANGED, until, false);
  }

  private static RecordState byEnd(IssuedRecord record, Instant until, Instant now) {
    if (until.isBefore(now)) {
      return RecordState.EXPIRED;
    }
    return until.isBefore(now.plus(record.soon())) ? RecordState.RUNNING_OUT : RecordState.VALID;
  }
}
