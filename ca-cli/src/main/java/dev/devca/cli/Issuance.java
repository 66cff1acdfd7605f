package dev.devca.cli;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.CertificationRequest;
import dev.devca.ca.LeafBatch;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.SignedCertificate;
import dev.devca.ca.files.FileAccess;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * One certificate that was asked for, and the files that it goes to: found to make sense before
 * anything is made or written.
 */
record Issuance(
    Arguments parsed,
    OutputOptions options,
    Optional<CertificationRequest> csr,
    LeafRequest request,
    OutputFiles files,
    Optional<FileAccess> access) {
  private static final char[] NO_PASSWORD = {};

  static Issuance of(Arguments parsed, Session session) throws IOException {
    OutputOptions options = new OutputOptions(parsed);
    options.check();
    Optional<CertificationRequest> csr =
        RequestOptions.isAsked(parsed)
            ? Optional.of(RequestOptions.read(parsed, options, session))
            : Optional.empty();
    LeafRequest request =
        csr.isPresent() ? RequestOptions.leaf(parsed, csr.get()) : LeafOptions.request(parsed);
    OutputFiles files =
        csr.isPresent()
            ? OutputFiles.withoutKey(options)
            : OutputFiles.choose(
                request, parsed.has(LeafOptions.CLIENT), options, IssueCommand.combined(parsed));
    Optional<FileAccess> access = KeyAccess.of(parsed, files);
    files.checkFolders();
    return new Issuance(parsed, options, csr, request, files, access);
  }

  /** That of its key stores; none where there are none. */
  char[] password(Session session) throws IOException {
    return files.haveKeyStore() ? StorePassword.of(parsed, session) : NO_PASSWORD;
  }

  void checkMayReplace(Optional<CertificateAuthority> ca, char[] password) throws IOException {
    files.checkMayReplace(ca, options.force(), password);
  }

  /** A certificate, and what its files hold. */
  record Written(SignedCertificate certificate, Map<OutputFile, byte[]> contents) {}

  /** Issues it and writes its files, all or none. */
  Written issue(CertificateAuthority ca, char[] password, Console console) throws IOException {
    SignedCertificate issued = csr.isPresent() ? ca.sign(csr.get(), request) : ca.issue(request);
    return write(issued, false, password, console);
  }

  /** The same for one of thousands. */
  Written issue(LeafBatch batch, char[] password, Console console) throws IOException {
    SignedCertificate issued =
        csr.isPresent() ? batch.sign(csr.get(), request) : batch.issue(request);
    return write(issued, true, password, console);
  }

  private Written write(SignedCertificate issued, boolean many, char[] password, Console console)
      throws IOException {
    OutputWriter writer =
        new OutputWriter(options, password, OutputWriter.Rights.chosen(access), many);
    return new Written(issued, writer.write(issued, files, console));
  }

  /**
   * Puts it on the list, and says why that cannot be: without its record a certificate is as good.
   */
  Optional<String> remember(CertificateAuthority ca, Written issued, boolean many) {
    String why;
    try {
      Optional<IssuedRecord> record =
          IssueRecorder.record(parsed, request, ca.fingerprint(), issued, files);
      if (record.isPresent()) {
        IssuedRecords records = new IssuedRecords(ca.directory().orElseThrow());
        if (many) {
          records.addOneOfMany(record.get());
        } else {
          records.add(record.get());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      why = Reasons.of(e);
    } catch (IllegalArgumentException e) {
      why = String.valueOf(e.getMessage());
    }
    return Optional.of("devca list and renew will not know it: " + why);
  }
}
