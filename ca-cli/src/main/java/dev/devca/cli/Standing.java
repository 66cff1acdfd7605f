package dev.devca.cli;

import dev.devca.ca.OwnFiles;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
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

  static Standing of(IssuedRecord record, OwnFiles own, Instant now) {
    boolean asWritten = true;
    for (Map.Entry<Path, String> file : record.files().entrySet()) {
      try {
        byte[] bytes = BoundedFiles.read(file.getKey(), BoundedFiles.PEM_LIMIT);
        asWritten &= Sha256.hex(bytes).equals(file.getValue());
      } catch (NoSuchFileException e) {
        return new Standing(ofMissing(record, own), record.until(), false);
      } catch (IOException e) {
        return new Standing(RecordState.UNREADABLE, record.until(), false);
      }
    }
    return asWritten
        ? new Standing(byEnd(record, record.until(), now), record.until(), true)
        : ofOthers(record, own, now);
  }

  private static RecordState ofMissing(IssuedRecord record, OwnFiles own) {
    return record.file(OutputKind.CERTIFICATE).filter(own::isCertificate).isPresent()
        ? RecordState.INCOMPLETE
        : RecordState.GONE;
  }

  /**
   * A process that was killed before it could write the record leaves what is ours all the same.
   */
  private static Standing ofOthers(IssuedRecord record, OwnFiles own, Instant now) {
    Optional<Path> chain = record.file(OutputKind.CERTIFICATE);
    if (chain.isEmpty()) {
      // A key store does not show whose it is without its password.
      return new Standing(RecordState.CHANGED, record.until(), false);
    }
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
