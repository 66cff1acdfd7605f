package dev.devca.ca;

import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.SystemRandom;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A local certificate authority: a root certificate and its key, in a folder or in memory, that
 * issues leaves.
 *
 * <p>Thread-safe. Processes share a folder by a lock that the operating system holds.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="authority"}
 */
public final class CertificateAuthority {
  private final Optional<CaDirectory> directory;
  private final CaDirectory.Opened opened;
  private final Issuer root;
  private final Issuer signer;
  private final InstantSource clock;
  private final SecureRandom random;

  CertificateAuthority(
      Optional<CaDirectory> directory,
      CaDirectory.Opened opened,
      InstantSource clock,
      SecureRandom random) {
    this.directory = directory;
    this.opened = opened;
    this.root = opened.root();
    this.signer = opened.signer();
    this.clock = clock;
    this.random = random;
  }

  /**
   * Opens the CA of a folder, or makes one there with the default options.
   *
   * @param directory the CA folder; made with mode 0700 if it is missing
   * @return the CA
   * @throws IOException if the folder cannot be used; {@link CaException} says what to do
   */
  public static CertificateAuthority openOrCreate(Path directory) throws IOException {
    return openOrCreate(directory, CaOptions.defaults());
  }

  /**
   * Opens the CA of a folder, or makes one there.
   *
   * @param directory the CA folder; made with mode 0700 if it is missing
   * @param options what a new root says; an existing one is not changed
   * @return the CA
   * @throws IOException if the folder cannot be used; {@link CaException} says what to do
   */
  public static CertificateAuthority openOrCreate(Path directory, CaOptions options)
      throws IOException {
    return openOrCreate(directory, options, InstantSource.system());
  }

  static CertificateAuthority openOrCreate(Path directory, CaOptions options, InstantSource clock)
      throws IOException {
    CaDirectory folder = CaDirectory.at(directory);
    SecureRandom random = SystemRandom.open();
    return new CertificateAuthority(
        Optional.of(folder),
        folder.openOrCreate(() -> NewCa.make(options, clock.instant(), random)),
        clock,
        random);
  }

  /**
   * Makes a CA in a folder that has none.
   *
   * @param directory the CA folder; made with mode 0700 if it is missing
   * @param options what the root says
   * @return the new CA
   * @throws IOException if there is a CA, or none can be made; {@link CaException} says what to do
   */
  public static CertificateAuthority create(Path directory, CaOptions options) throws IOException {
    InstantSource clock = InstantSource.system();
    return create(directory, NewCa.make(options, clock.instant(), SystemRandom.open()), clock);
  }

  static CertificateAuthority create(Path directory, NewCa made, InstantSource clock)
      throws IOException {
    CaDirectory folder = CaDirectory.at(directory);
    return new CertificateAuthority(
        Optional.of(folder), folder.create(made), clock, SystemRandom.open());
  }

  /**
   * Opens the CA of a folder.
   *
   * @param directory the CA folder
   * @return the CA
   * @throws IOException if there is no CA, or it cannot be used; {@link CaException} says what to
   *     do
   */
  public static CertificateAuthority open(Path directory) throws IOException {
    return find(directory)
        .orElseThrow(
            () ->
                new CaException(
                    "cannot open the CA in " + directory + ": there is no CA yet",
                    "devca install"));
  }

  /**
   * Opens the CA of a folder if there is one.
   *
   * @param directory the CA folder
   * @return the CA, or empty if the folder is missing or has neither certificate nor key
   * @throws IOException if there is a CA that cannot be used; {@link CaException} says what to do
   */
  public static Optional<CertificateAuthority> find(Path directory) throws IOException {
    CaDirectory folder = CaDirectory.at(directory);
    return folder
        .open()
        .map(
            opened ->
                new CertificateAuthority(
                    Optional.of(folder), opened, InstantSource.system(), SystemRandom.open()));
  }

  /**
   * Deletes what a process that was killed left in a folder in which there is no CA. Anything else
   * stays.
   *
   * @param directory the CA folder, perhaps not there
   * @throws IOException if a file cannot be deleted
   */
  public static void sweep(Path directory) throws IOException {
    if (CreatedFolders.isKnown(directory)) {
      new CaFiles(directory.toAbsolutePath()).sweep();
    }
  }

  /**
   * Makes a CA that is gone with this object, for tests and build tools that want no files.
   *
   * @param options what its root says
   * @return a new CA
   */
  public static CertificateAuthority inMemory(CaOptions options) {
    return inMemory(options, InstantSource.system());
  }

  static CertificateAuthority inMemory(CaOptions options, InstantSource clock) {
    SecureRandom random = SystemRandom.open();
    NewCa made = NewCa.make(options, clock.instant(), random);
    return new CertificateAuthority(
        Optional.empty(), CaDirectory.Opened.made(made, List.of()), clock, random);
  }

  /**
   * The root certificate: what a trust store is to trust.
   *
   * @return the root, which the JDK parses when it is asked for more than its encoding
   */
  public X509Certificate rootCertificate() {
    return new EncodedCertificate(root.der());
  }

  /** {@return the identity of the root: the SHA-256 of its DER} */
  public Fingerprint fingerprint() {
    return Fingerprint.ofDer(root.der());
  }

  /**
   * The folder of this CA.
   *
   * @return an absolute path, or empty for a CA in memory
   */
  public Optional<Path> directory() {
    return directory.map(CaDirectory::path);
  }

  /** {@return the absolute path of the root certificate's file, or empty for a CA in memory} */
  public Optional<Path> rootFile() {
    return directory().map(folder -> folder.resolve(CaFiles.CERTIFICATE));
  }

  /** {@return whether this object made its CA: false if the CA was there before} */
  public boolean isNew() {
    return opened.isNew();
  }

  /**
   * What a person should know of opening this CA, such as a mode that was put right.
   *
   * @return a sentence each; often none
   */
  public List<String> notes() {
    return List.copyOf(opened.notes());
  }

  /**
   * What a constrained CA may sign.
   *
   * @return the names and networks, as {@link CaOptions#withPermitted} takes them; empty for a CA
   *     that may sign any
   */
  public List<String> permitted() {
    return signer.limits().map(NameLimits::describe).orElse(List.of());
  }

  /**
   * Whether the key is there and open. Without it the root can still be installed.
   *
   * @return true if {@link #issue} can work; for a key under a passphrase {@link CaKey#unlock} is
   *     first
   */
  public boolean canIssue() {
    return signer.hasKey();
  }

  /**
   * The key that issues: where it is, and its passphrase.
   *
   * @return the key, which may be missing
   */
  public CaKey key() {
    return new CaKey(directory, opened, clock, random);
  }

  /**
   * Makes a new key and issues a leaf for it.
   *
   * @param request what the leaf says
   * @return the leaf
   * @throws CaException if the key is missing, or the root is not valid now or when the leaf begins
   */
  public IssuedCertificate issue(LeafRequest request) throws CaException {
    Instant now = clock.instant();
    LeafSigner ready = ready(now);
    SigningKey key = SigningKey.generate(request.keyType(), random);
    return new IssuedCertificate(ready.sign(request, key.publicKey(), now), key);
  }

  /**
   * Issues a leaf for the key of a certification request.
   *
   * @param request whose key it is
   * @param what what the leaf says: {@link CertificationRequest#leafRequest}, or one's own; its
   *     kind of key does not matter
   * @return the leaf
   * @throws CaException as {@link #issue}
   */
  public SignedCertificate sign(CertificationRequest request, LeafRequest what) throws CaException {
    Instant now = clock.instant();
    return ready(now).sign(what, request.key(), now);
  }

  /**
   * Issues anew for keys that are there.
   *
   * @return what does it, as of now
   * @throws CaException if the key is missing, or the root is not valid now
   */
  public Renewal renewal() throws CaException {
    Instant now = clock.instant();
    return new Renewal(ready(now), now);
  }

  /**
   * Issues thousands at once, such as all that a test bench needs.
   *
   * @return what does it, as of now
   * @throws CaException if the key is missing, or the root is not valid now
   */
  public LeafBatch batch() throws CaException {
    Instant now = clock.instant();
    return new LeafBatch(ready(now), random, now);
  }

  private LeafSigner ready(Instant now) throws CaException {
    CanIssue.check(opened, directory(), now);
    return new LeafSigner(root, signer, random);
  }

  /**
   * Tells the files that this CA issued, which may be replaced, from others.
   *
   * @return a judge of files
   */
  public OwnFiles ownFiles() {
    return new OwnFiles(root, signer);
  }

  /**
   * A context for clients that trust servers of this CA and no others.
   *
   * @return a new TLS context without a client certificate
   */
  public SSLContext clientContext() {
    return trust().clientContext();
  }

  /**
   * Trust in the root, for code that is to trust more or in another form than {@link
   * #clientContext}.
   *
   * @return the trust, which is changed by nothing that happens to this CA
   */
  public RootTrust trust() {
    return RootTrust.of(rootCertificate());
  }

  /**
   * Deletes the certificate and the key of this CA, and the folders that were made for them if they
   * are empty now. Other files of the folder stay, and so does a folder that has any. Trust stores
   * are not touched.
   *
   * @throws IOException if a file cannot be deleted
   */
  public void delete() throws IOException {
    if (directory.isPresent()) {
      directory.get().delete();
    }
  }

  /** The fingerprint; never the key. */
  @Override
  public String toString() {
    return "CertificateAuthority[" + fingerprint() + "]";
  }
}
