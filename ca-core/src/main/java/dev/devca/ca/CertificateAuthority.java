package dev.devca.ca;

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

  private CertificateAuthority(
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
    CaDirectory.Opened opened = folder.openOrCreate(() -> made);
    if (!opened.isNew()) {
      throw CaDirectory.taken(directory);
    }
    return new CertificateAuthority(Optional.of(folder), opened, clock, SystemRandom.open());
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
   * @return the root
   */
  public X509Certificate rootCertificate() {
    try {
      return Pem.certificate(root.der());
    } catch (IOException e) {
      throw new IllegalStateException("the JDK cannot read the root", e);
    }
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

  /**
   * The file of the key that issues.
   *
   * @return an absolute path, or empty for a CA in memory or without its key
   */
  public Optional<Path> keyFile() {
    return directory.flatMap(CaDirectory::keyFile);
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
   * @return true if {@link #issue} can work
   */
  public boolean canIssue() {
    return signer.hasKey();
  }

  /**
   * Whether the key is there, but under a passphrase.
   *
   * @return true if {@link #unlock} is needed before {@link #issue}
   */
  public boolean isLocked() {
    return opened.lockedKey().isPresent();
  }

  /**
   * The same CA with its key opened, in memory alone.
   *
   * @param passphrase the passphrase; not kept
   * @return a CA that can issue; this one if it is not locked
   * @throws CaException if the passphrase is wrong, or opens another key
   */
  public CertificateAuthority unlock(char[] passphrase) throws CaException {
    if (opened.lockedKey().isEmpty() || directory.isEmpty()) {
      return this;
    }
    Issuer open = directory.get().unlock(signer, opened.lockedKey().get(), passphrase);
    return new CertificateAuthority(directory, opened.unlocked(open), clock, random);
  }

  /**
   * Writes the key under a passphrase: PKCS #8 with PBES2 (RFC 8018), scrypt and AES-256. From then
   * on {@link #unlock} is needed. A copy of the file that was made before stays readable.
   *
   * @param passphrase not empty, any characters
   * @throws IOException if this CA has no open key or folder, or the file cannot be written
   * @throws IllegalArgumentException if the passphrase is empty
   */
  public void setPassphrase(char[] passphrase) throws IOException {
    KeyFile.of(directory, signer, isLocked()).encrypt(passphrase, random);
  }

  /**
   * Writes the key as it is, without a passphrase.
   *
   * @throws IOException if this CA has no open key or folder, or the file cannot be written
   */
  public void removePassphrase() throws IOException {
    KeyFile.of(directory, signer, isLocked()).decrypt();
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
    CanIssue.check(root, signer, isLocked(), directory(), now);
    SigningKey key = SigningKey.generate(request.keyType(), random);
    return new IssuedCertificate(
        new LeafSigner(root, signer, random).sign(request, key.publicKey(), now), key);
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
    CanIssue.check(root, signer, isLocked(), directory(), now);
    return new LeafSigner(root, signer, random).sign(what, request.key(), now);
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
