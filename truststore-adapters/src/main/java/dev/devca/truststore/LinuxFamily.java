package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A family of Linux distributions that takes roots as files in a folder, from which a program makes
 * a bundle.
 *
 * @param id the id of its store
 * @param name what to call it before a person
 * @param anchors where its roots are
 * @param keystore the keystore that the program feeds
 * @param install the command that brings the program
 * @param reinstall the command that mends it
 */
record LinuxFamily(
    String id, String name, Anchors anchors, Keystore keystore, String install, String reinstall) {
  static final LinuxFamily DEBIAN =
      new LinuxFamily(
          "debian",
          "Debian",
          Anchors.CA_CERTIFICATES,
          Keystore.ADDED_TO,
          "sudo apt-get install ca-certificates",
          "sudo apt-get install --reinstall ca-certificates");
  static final LinuxFamily ALPINE =
      new LinuxFamily(
          "alpine",
          "Alpine",
          Anchors.CA_CERTIFICATES,
          Keystore.REWRITTEN,
          "sudo apk add ca-certificates",
          "sudo apk fix ca-certificates");
  static final LinuxFamily GENTOO =
      new LinuxFamily(
          "gentoo",
          "Gentoo",
          Anchors.CA_CERTIFICATES,
          Keystore.REWRITTEN,
          "sudo emerge app-misc/ca-certificates",
          "sudo emerge app-misc/ca-certificates");
  static final LinuxFamily VOID =
      new LinuxFamily(
          "void",
          "Void",
          Anchors.CA_CERTIFICATES,
          Keystore.REWRITTEN,
          "sudo xbps-install ca-certificates",
          "sudo xbps-install -f ca-certificates");
  static final LinuxFamily REDHAT =
      new LinuxFamily(
          "redhat",
          "Red Hat",
          new Anchors(
              "/etc/pki/ca-trust/source/anchors",
              ".pem",
              "update-ca-trust",
              "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
          new Keystore("/etc/pki/ca-trust/extracted/java/cacerts", true),
          "sudo dnf install ca-certificates",
          "sudo dnf reinstall ca-certificates");
  static final LinuxFamily ARCH =
      new LinuxFamily(
          "arch",
          "Arch",
          new Anchors(
              "/etc/ca-certificates/trust-source/anchors",
              ".crt",
              "update-ca-trust",
              "/etc/ca-certificates/extracted/tls-ca-bundle.pem"),
          Keystore.REWRITTEN,
          "sudo pacman -S ca-certificates",
          "sudo pacman -S ca-certificates-utils");
  static final LinuxFamily SUSE =
      new LinuxFamily(
          "suse",
          "SUSE",
          // The administrator's folder: /usr/share/pki/trust/anchors is the packages'.
          new Anchors(
              "/etc/pki/trust/anchors",
              ".pem",
              "update-ca-certificates",
              "/var/lib/ca-certificates/ca-bundle.pem"),
          new Keystore("/var/lib/ca-certificates/java-cacerts", true),
          "sudo zypper install ca-certificates",
          "sudo zypper install --force ca-certificates");

  /** All, in the order in which they are looked for. */
  static final List<LinuxFamily> ALL = List.of(DEBIAN, ALPINE, GENTOO, VOID, REDHAT, ARCH, SUSE);

  /**
   * Where the roots are.
   *
   * @param folder the folder of the administrator's own roots, a PEM file each
   * @param suffix how such a file's name ends
   * @param update the program that makes the bundle
   * @param bundle the PEM file of all roots
   */
  record Anchors(String folder, String suffix, String update, String bundle) {
    /** Debian's script, which others have taken over or written anew. */
    static final Anchors CA_CERTIFICATES =
        new Anchors(
            "/usr/local/share/ca-certificates",
            ".crt",
            "update-ca-certificates",
            "/etc/ssl/certs/ca-certificates.crt");

    /** Where a root goes, one certificate a file. */
    String file(X509Certificate root) {
      return folder + "/devca-" + Fingerprint.of(root).shortHex() + suffix;
    }
  }

  /**
   * The keystore that the program feeds.
   *
   * @param file its real path
   * @param rewritten whether each run writes it anew, so that a root from elsewhere is lost; else a
   *     run adds to it and never takes out
   */
  record Keystore(String file, boolean rewritten) {
    private static final String USUAL = "/etc/ssl/certs/java/cacerts";
    // Of Debian's package ca-certificates-java.
    private static final String HOOK = "/etc/ca-certificates/update.d/jks-keystore";
    static final Keystore ADDED_TO = new Keystore(USUAL, false);
    static final Keystore REWRITTEN = new Keystore(USUAL, true);

    /** Whether the program feeds it on this host. */
    boolean isFed(Host host) {
      return Files.exists(host.path(file)) && (rewritten || Files.exists(host.path(HOOK)));
    }
  }

  String displayName() {
    return name + " (ca-certificates)";
  }

  /**
   * The family of a host: that of its name if it has the folder and the program of it, else the
   * first that has both, else that of its name. A stray folder of another misleads nobody.
   */
  static Optional<LinuxFamily> of(Host host) {
    if (host.os() != OperatingSystem.LINUX) {
      return Optional.empty();
    }
    List<LinuxFamily> named =
        OsRelease.of(host).names().stream().flatMap(name -> ofName(name).stream()).toList();
    return Stream.concat(named.stream(), ALL.stream())
        .filter(family -> family.isWhole(host))
        .findFirst()
        .or(() -> named.stream().findFirst());
  }

  private static Optional<LinuxFamily> ofName(String name) {
    return switch (name) {
      case "fedora", "rhel", "centos" -> Optional.of(REDHAT);
      case "opensuse", "sles" -> Optional.of(SUSE);
      default -> ALL.stream().filter(family -> family.id().equals(name)).findFirst();
    };
  }

  private boolean isWhole(Host host) {
    return Files.isDirectory(host.path(anchors.folder()))
        && host.systemProgram(anchors.update()).isPresent();
  }
}
