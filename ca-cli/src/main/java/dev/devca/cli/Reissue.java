package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.OwnFiles;
import dev.devca.ca.Renewal;
import dev.devca.ca.SignedCertificate;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a certificate once more from its record: same names, uses, files and modes. */
final class Reissue {
  private final Session session;
  private final CertificateAuthority earlier;
  private final CertificateAuthority ca;
  private final boolean keepKey;

  /**
   * For a CA.
   *
   * @param ca the CA with its key open
   * @param keepKey whether the key stays the same
   */
  Reissue(Session session, CertificateAuthority ca, boolean keepKey) {
    this(session, ca, ca, keepKey);
  }

  /**
   * For a CA that takes the place of another.
   *
   * @param earlier the CA that issued what is there
   * @param ca the CA that is to issue it, with its key open
   * @param keepKey whether the key stays the same
   */
  Reissue(Session session, CertificateAuthority earlier, CertificateAuthority ca, boolean keepKey) {
    this.session = session;
    this.earlier = earlier;
    this.ca = ca;
    this.keepKey = keepKey;
  }

  /**
   * Issues it and replaces its files.
   *
   * @param asWritten whether the files are what devca wrote, byte for byte
   * @param announcement hears what they will be
   * @throws UsageException if what was recorded cannot be asked for any more
   * @throws CaException if a file is not this CA's any more, or cannot be written
   */
  SignedCertificate run(
      IssuedRecord record, boolean asWritten, OutputWriter.Announcement announcement)
      throws IOException {
    Arguments parsed = parse(record);
    OutputOptions options = new OutputOptions(parsed);
    LeafRequest request = LeafOptions.request(parsed);
    OutputFiles files =
        record.signed()
            ? OutputFiles.withoutKey(options)
            : OutputFiles.choose(request, false, options, false);
    checkFolders(files);
    char[] password = files.haveKeyStore() ? StorePassword.of(parsed, session) : new char[0];
    try {
      // A key store that this password does not open would be one that its server cannot read.
      boolean force = asWritten && (!files.haveKeyStore() || opens(files, password));
      checkMayReplace(files, force, password);
      SignedCertificate issued = issue(record, request, files, password);
      OutputWriter writer =
          new OutputWriter(
              options, password, OutputWriter.Rights.kept(KeyAccess.of(parsed, files)));
      Map<OutputFile, byte[]> contents =
          writer.write(issued, files, session.console(), announcement);
      remember(record, issued, IssueRecorder.hashes(files, contents));
      return issued;
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /**
   * What keeps it from being asked for as it was: a record that is not understood, a key store
   * whose password is not to be had, or a link in the place of a file.
   *
   * @return why, or an empty string
   */
  String obstacle(IssuedRecord record) throws IOException {
    try {
      Arguments parsed = parse(record);
      if (StorePassword.isGiven(parsed)) {
        Arrays.fill(StorePassword.of(parsed, session), '\0');
      }
      return record.files().keySet().stream().anyMatch(Files::isSymbolicLink)
          ? "a file of it is a link now"
          : "";
    } catch (UsageException e) {
      return String.valueOf(e.getMessage());
    } catch (CaException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Where they go is settled: what helps is another than where they were first asked for. */
  private static void checkFolders(OutputFiles files) throws CaException {
    try {
      files.checkFolders();
    } catch (CaException e) {
      throw new CaException(
          String.valueOf(e.getMessage()),
          "make the folder and let yourself write to it, then run it again",
          e);
    }
  }

  /** Whether this is the password of the key stores that are there. */
  private boolean opens(OutputFiles files, char[] password) {
    OwnFiles own = earlier.ownFiles();
    List<Path> stores =
        Stream.of(OutputKind.PKCS12, OutputKind.JKS)
            .flatMap(kind -> files.of(kind).flatMap(OutputFile::path).stream())
            .toList();
    return !stores.isEmpty()
        && stores.stream().allMatch(store -> own.key(store, password).isPresent());
  }

  private void checkMayReplace(OutputFiles files, boolean force, char[] password)
      throws CaException {
    try {
      files.checkMayReplace(Optional.of(earlier), force, password);
    } catch (CaException e) {
      // A rotation that was interrupted may have come so far.
      files.checkMayReplace(Optional.of(ca), force, password);
    }
  }

  private static Arguments parse(IssuedRecord record) {
    try {
      return CommandParser.read(new IssueCommand(), record.arguments());
    } catch (IllegalArgumentException e) {
      throw new UsageException("its record is not understood", "devca issue");
    }
  }

  private SignedCertificate issue(
      IssuedRecord record, LeafRequest request, OutputFiles files, char[] password)
      throws IOException {
    Renewal renewal = ca.renewal();
    if (record.signed()) {
      return certified(renewal, request, files);
    }
    return keepKey ? renewal.with(request, key(files, password)) : ca.issue(request);
  }

  private SignedCertificate certified(Renewal renewal, LeafRequest request, OutputFiles files)
      throws CaException {
    Optional<Path> chain = files.of(OutputKind.CERTIFICATE).flatMap(OutputFile::path);
    for (OwnFiles own : List.of(earlier.ownFiles(), ca.ownFiles())) {
      Optional<X509Certificate> leaf = chain.flatMap(own::certificate);
      if (leaf.isPresent()) {
        return renewal.of(request, leaf.get(), own);
      }
    }
    throw new CaException("its certificate cannot be read", "devca issue --csr");
  }

  private PrivateKey key(OutputFiles files, char[] password) throws CaException {
    OwnFiles own = earlier.ownFiles();
    Optional<Path> file = files.of(OutputKind.KEY).flatMap(OutputFile::path);
    Optional<PrivateKey> key = file.flatMap(own::key);
    for (OutputKind kind : new OutputKind[] {OutputKind.PKCS12, OutputKind.JKS}) {
      Optional<Path> store = files.of(kind).flatMap(OutputFile::path);
      key = key.or(() -> store.flatMap(path -> own.key(path, password)));
    }
    return key.orElseThrow(
        () -> new CaException("its key cannot be read", "devca renew without --keep-key"));
  }

  private void remember(IssuedRecord record, SignedCertificate issued, Map<Path, String> hashes) {
    try {
      new IssuedRecords(ca.directory().orElseThrow())
          .add(
              new IssuedRecord(
                  record.names(),
                  ca.fingerprint().hex(),
                  issued.notBefore(),
                  issued.notAfter(),
                  hashes,
                  record.arguments(),
                  record.signed(),
                  ""));
    } catch (IOException e) {
      session.say("devca list cannot tell the new end of " + record.file() + ": " + Reasons.of(e));
    }
  }
}
