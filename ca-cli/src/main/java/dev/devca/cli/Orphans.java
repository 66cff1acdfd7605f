package dev.devca.cli;

import dev.devca.ca.CaLocation;
import dev.devca.ca.CaRotation;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.Pem;
import dev.devca.truststore.FoundRoot;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells the roots of development CAs that no CA folder knows from all others. */
final class Orphans {
  private static final String DEVCA = "devca development CA";
  private static final String MKCERT = "mkcert development CA";

  private final Pattern organization;
  private final Set<Fingerprint> known = new HashSet<>();

  /**
   * Looks into the CA folders of the user: the default one whatever the environment says, the one
   * that was chosen, those beside them, and mkcert's.
   *
   * @param mkcert whether mkcert's roots are meant too
   * @throws IOException if one of them cannot be read: then nobody knows what is an orphan
   */
  Orphans(Session session, boolean mkcert) throws IOException {
    // RFC 2253: a comma or plus in a value has a backslash before it.
    this.organization =
        Pattern.compile(
            "(?:^|(?<!\\\\)[,+])O=(?:" + DEVCA + (mkcert ? "|" + MKCERT : "") + ")(?:[,+]|$)");
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(session.firstCaDirectory());
    Map<String, String> plain = new HashMap<>(session.environment());
    plain.remove("DEVCA_HOME");
    CaLocation.of(System.getProperty("os.name"), plain, FileSystems.getDefault())
        .ifPresent(folders::add);
    for (Path first : folders) {
      learn(first);
      for (String name : CaLocation.names(first)) {
        learn(CaLocation.named(first, name));
      }
    }
    learnFile(session.mkcertDirectory().resolve("rootCA.pem"));
  }

  private void learn(Path folder) throws IOException {
    CertificateAuthority.find(folder).ifPresent(ca -> known.add(ca.fingerprint()));
    // Of a rotation that was interrupted: it goes on with them, or back.
    CaRotation.rootsIn(folder).forEach(root -> known.add(Fingerprint.of(root)));
  }

  private void learnFile(Path file) throws IOException {
    if (Files.exists(file)) {
      for (X509Certificate root : Pem.certificates(Files.readString(file))) {
        known.add(Fingerprint.of(root));
      }
    }
  }

  /** Whether a certificate is a self-signed CA of those that are meant. */
  boolean isDevelopmentCa(X509Certificate certificate) {
    if (certificate.getBasicConstraints() < 0
        || !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        || !organization.matcher(certificate.getSubjectX500Principal().getName()).find()) {
      return false;
    }
    try {
      certificate.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whether no CA folder knows a root; one that was recorded with it is looked into too. */
  boolean isOrphan(FoundRoot root) throws IOException {
    Fingerprint fingerprint = Fingerprint.of(root.certificate());
    if (known.contains(fingerprint)) {
      return false;
    }
    Optional<Path> folder = root.folder();
    if (folder.isPresent()) {
      learn(folder.get());
    }
    return !known.contains(fingerprint);
  }
}
