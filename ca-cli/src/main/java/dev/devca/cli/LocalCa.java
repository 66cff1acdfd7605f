package dev.devca.cli;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CaRotation;
import dev.devca.ca.CertificateAuthority;
import dev.devca.truststore.ClientEnvironment;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The CA folder of this process's own user. */
final class LocalCa implements CaAccess {
  private final Session session;

  LocalCa(Session session) {
    this.session = session;
  }

  @Override
  public Optional<CaView> find() throws IOException {
    Optional<CertificateAuthority> ca = CertificateAuthority.find(session.caDirectory());
    return ca.isEmpty() ? Optional.empty() : Optional.of(view(ca.get()));
  }

  @Override
  public CaView openOrCreate(List<String> permit) throws IOException {
    CertificateAuthority ca =
        CertificateAuthority.openOrCreate(
            session.caDirectory(), PermitOption.apply(CaOptions.defaults(), permit));
    PermitOption.check(ca, permit, session.caDirectory().toString());
    return view(ca);
  }

  private static CaView view(CertificateAuthority ca) throws IOException {
    return new CaView(
        ca.rootCertificate(),
        ca.directory().map(Object::toString).orElse(""),
        ca.isNew(),
        notes(ca),
        others(ca));
  }

  private static List<X509Certificate> others(CertificateAuthority ca) throws IOException {
    List<X509Certificate> roots = new ArrayList<>(CaRotation.rootsIn(ca.directory().orElseThrow()));
    roots.remove(ca.rootCertificate());
    return roots;
  }

  private static List<String> notes(CertificateAuthority ca) {
    List<String> notes = new ArrayList<>(ca.notes());
    if (!ca.canIssue() && !ca.key().isLocked()) {
      notes.add("The CA's key is missing: it can be installed, but issues no certificates.");
    }
    return notes;
  }

  @Override
  public String delete() throws IOException {
    Optional<CertificateAuthority> ca = CertificateAuthority.find(session.caDirectory());
    if (ca.isPresent()) {
      new IssuedRecords(session.caDirectory()).clear();
      ca.get().delete();
    } else {
      CertificateAuthority.sweep(session.caDirectory());
    }
    // It would fail every day from now on.
    return RenewTimer.of(session, List.of()).remove();
  }

  @Override
  public List<X509Certificate> installedRoots() throws IOException {
    return TrustStores.installedRoots(session.host());
  }

  @Override
  public Map<String, String> variables() throws IOException {
    CertificateAuthority ca =
        CertificateAuthority.find(session.caDirectory()).orElseThrow(session::noCa);
    return ClientEnvironment.refreshed(session.host(), ca.rootCertificate());
  }

  @Override
  public String link() throws IOException {
    return LauncherLink.of(session).map(LauncherLink::create).orElse("");
  }

  @Override
  public String unlink() throws IOException {
    ClassArchive.ofProcess().ifPresent(ClassArchive::remove);
    Optional<LauncherLink> link = LauncherLink.of(session);
    String removed = link.isPresent() ? link.get().remove() : "";
    TrustStores.sweep(session.host());
    return removed;
  }
}
