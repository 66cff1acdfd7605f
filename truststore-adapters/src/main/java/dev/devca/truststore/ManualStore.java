package dev.devca.truststore;

import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Predicate;

/**
 * The store of a system that no program may change while it runs: read like any other, and changed
 * by a person, who is told how.
 */
final class ManualStore implements TrustStore {
  static final String NIXOS = "nixos";
  private static final String REBUILD = "sudo nixos-rebuild switch";

  private final String id;
  private final String displayName;
  private final Path bundle;
  private final String reason;
  private final Instruction install;
  private final Instruction uninstall;

  /** What a person does for a root, one line. */
  @FunctionalInterface
  private interface Instruction {
    String of(X509Certificate root);
  }

  private ManualStore(
      String id,
      String displayName,
      Path bundle,
      String reason,
      Instruction install,
      Instruction uninstall) {
    this.id = id;
    this.displayName = displayName;
    this.bundle = bundle;
    this.reason = reason;
    this.install = install;
    this.uninstall = uninstall;
  }

  /** NixOS: all of /etc is made from its configuration. */
  static ManualStore nixos(Host host) {
    String setting = "security.pki.certificateFiles = [ ./rootCA.pem ];";
    return new ManualStore(
        NIXOS,
        "NixOS (security.pki)",
        host.path(LinuxFamily.Anchors.CA_CERTIFICATES.bundle()),
        "NixOS makes it from its configuration",
        root ->
            "cp \"$(devca root)\" /etc/nixos/, add the line "
                + setting
                + " to /etc/nixos/configuration.nix, then: "
                + REBUILD,
        root -> "take rootCA.pem out of security.pki.certificateFiles, then: " + REBUILD);
  }

  /** A distribution that runs from a read-only image. */
  static ManualStore readOnly(Host host, LinuxFamily family) {
    LinuxFamily.Anchors anchors = family.anchors();
    String where = "where this system's image is made: ";
    return new ManualStore(
        family.id(),
        family.displayName(),
        host.path(anchors.bundle()),
        "not even root can write to its folders",
        root -> where + "cp \"$(devca root)\" " + anchors.file(root) + " && " + anchors.update(),
        root -> where + "rm " + anchors.file(root) + " && " + anchors.update());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String displayName() {
    return displayName;
  }

  @Override
  public Rights rights() {
    return Rights.OWN;
  }

  @Override
  public TrustResult status(X509Certificate root) {
    try {
      return AnchorStore.holds(bundle, root)
          ? new TrustResult.Trusted(false)
          : new TrustResult.NotTrusted(false);
    } catch (IOException e) {
      return new TrustResult.Unavailable(
          "cannot read " + bundle + ": " + Reasons.of(e), "mend that and run: devca status");
    }
  }

  @Override
  public List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    return PemScan.rootsIn(bundle, wanted);
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    return Plan.nothing(this, install(root));
  }

  @Override
  public TrustResult install(X509Certificate root) {
    return unless(TrustResult.Kind.TRUSTED, root, install);
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    return unless(TrustResult.Kind.NOT_TRUSTED, root, uninstall);
  }

  private TrustResult unless(
      TrustResult.Kind wanted, X509Certificate root, Instruction instruction) {
    TrustResult now = status(root);
    return now.kind() == wanted || now.kind() == TrustResult.Kind.UNAVAILABLE
        ? now
        : new TrustResult.Unavailable(reason, instruction.of(root));
  }
}
