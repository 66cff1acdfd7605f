package dev.devca.cli;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Fingerprint;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the command line needs to know of a CA: never its key.
 *
 * @param root the root certificate
 * @param directory its folder
 * @param isNew whether it has just been made
 * @param notes sentences for a person
 * @param others the roots of a rotation that was interrupted: a store may trust these too
 */
record CaView(
    X509Certificate root,
    String directory,
    boolean isNew,
    List<String> notes,
    List<X509Certificate> others) {

  static CaView of(CertificateAuthority ca) {
    return new CaView(
        ca.rootCertificate(),
        ca.directory().map(Object::toString).orElse(""),
        ca.isNew(),
        ca.notes(),
        List.of());
  }

  /** Says what a person should know of having opened it. */
  void announce(Session session) {
    notes.forEach(session::say);
    if (isNew) {
      session.say(created(directory, Fingerprint.of(root)));
    }
  }

  static String created(String directory, Fingerprint root) {
    return "Created a CA in " + directory + ", fingerprint " + root;
  }
}
