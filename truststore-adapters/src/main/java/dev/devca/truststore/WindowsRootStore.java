package dev.devca.truststore;

import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The root certificates that Windows trusts: Edge, Chrome, .NET, PowerShell, curl and whatever else
 * uses Windows' own TLS. Of the current user, where Windows itself asks whether to go on, or of the
 * machine, which takes an administrator.
 */
final class WindowsRootStore implements TrustStore {
  static final String KIND = "windows";

  // SEQUENCE of id-kp-serverAuth and id-kp-clientAuth, RFC 5280 section 4.2.1.12.
  private static final String SERVER_AUTH = "06082b06010505070301";
  private static final String CLIENT_AUTH = "06082b06010505070302";
  private static final String ANY_USAGE = "0604551d2500";
  private static final byte[] PURPOSES =
      HexFormat.of().parseHex("3014" + SERVER_AUTH + CLIENT_AUTH);

  private static final String AS_ADMINISTRATOR = "in a terminal of an administrator: ";

  /** Whose roots they are. */
  enum Place {
    USER("user", "current user", Crypt32.CERT_SYSTEM_STORE_CURRENT_USER),
    MACHINE("machine", "all users", Crypt32.CERT_SYSTEM_STORE_LOCAL_MACHINE);

    private final String id;
    private final String words;
    private final int flag;

    Place(String id, String words, int flag) {
      this.id = id;
      this.words = words;
      this.flag = flag;
    }

    String id() {
      return KIND + ":" + id;
    }

    String displayName() {
      return "Windows (" + words + ")";
    }
  }

  private final Host host;
  private final Place place;
  private final SystemCertificates roots;
  private final SystemCertificates rootsOfMachine;
  private final SystemCertificates distrusted;

  WindowsRootStore(Host host, Place place, Crypt32 crypt32) {
    this.host = host;
    this.place = place;
    this.roots = new SystemCertificates(crypt32, place.flag, "ROOT");
    this.rootsOfMachine = new SystemCertificates(crypt32, Place.MACHINE.flag, "ROOT");
    this.distrusted = new SystemCertificates(crypt32, place.flag, "Disallowed");
  }

  @Override
  public String id() {
    return place.id();
  }

  @Override
  public String displayName() {
    return place.displayName();
  }

  @Override
  public boolean isPerUser() {
    return place == Place.USER;
  }

  @Override
  public Rights rights() {
    // An administrator's process cannot be started from here without a question of Windows.
    return Rights.OWN;
  }

  @Override
  public TrustResult status(X509Certificate root) {
    try {
      return read(der(root), false);
    } catch (WindowsException e) {
      return new TrustResult.Unavailable(
          "cannot read the roots of Windows: " + Reasons.of(e), "mend that, then devca install");
    }
  }

  private TrustResult read(byte[] der, boolean changed) throws WindowsException {
    Optional<SystemCertificates.Found> found = roots.find(der);
    if (found.isEmpty()) {
      return new TrustResult.NotTrusted(changed);
    }
    if (distrusted.find(der).isPresent()) {
      return new TrustResult.Failed(
          "it is among the untrusted certificates of Windows too",
          "delete it there: start certmgr.msc, Untrusted Certificates");
    }
    if (found.get().purposes().filter(purposes -> !allowServers(purposes)).isPresent()) {
      return new TrustResult.Failed(
          "it is there, but not enabled for servers",
          "devca uninstall --only " + KIND + ", then devca install");
    }
    return new TrustResult.Trusted(changed);
  }

  private static boolean allowServers(byte[] purposes) {
    String hex = HexFormat.of().formatHex(purposes);
    return hex.contains(SERVER_AUTH) || hex.contains(ANY_USAGE);
  }

  @Override
  public List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    return roots.all().stream()
        .map(der -> Base64.getEncoder().encodeToString(der))
        .flatMap(base64 -> PemScan.ofBase64(base64).certificates().stream())
        .filter(wanted)
        .toList();
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    TrustResult now = status(root);
    if (now.kind() != TrustResult.Kind.NOT_TRUSTED) {
      return Plan.nothing(this, now);
    }
    return Plan.of(
        this,
        new TrustResult.Trusted(true),
        List.of(
            new Step.Words(
                List.of(
                    "CertAddCertificateContextToStore of crypt32.dll adds the root, enabled for"
                        + " servers and clients, to "
                        + roots))));
  }

  @Override
  public TrustResult install(X509Certificate root) {
    try {
      byte[] der = der(root);
      TrustResult before = read(der, false);
      if (before.kind() != TrustResult.Kind.NOT_TRUSTED) {
        // Not added again: Windows would ask again.
        return before;
      }
      if (place == Place.USER) {
        host.notice("Windows asks in a window of its own whether to install the root: choose Yes.");
      }
      roots.add(der, PURPOSES);
      TrustResult after = read(der, true);
      return after.kind() == TrustResult.Kind.NOT_TRUSTED
          ? new TrustResult.Failed(
              "Windows did not keep it; a policy may forbid users to add roots",
              AS_ADMINISTRATOR + command(Operation.INSTALL, Place.MACHINE))
          : after;
    } catch (WindowsException e) {
      return failed(Operation.INSTALL, e);
    }
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    try {
      byte[] der = der(root);
      if (roots.find(der).isEmpty()) {
        return new TrustResult.NotTrusted(false);
      }
      if (place == Place.USER) {
        host.notice("Windows asks in a window of its own whether to delete the root: choose Yes.");
      }
      try {
        roots.delete(der);
      } catch (WindowsException e) {
        return isOfMachine(der) ? leftInMachine() : failed(Operation.UNINSTALL, e);
      }
      if (roots.find(der).isEmpty()) {
        return new TrustResult.NotTrusted(true);
      }
      return isOfMachine(der)
          ? leftInMachine()
          : new TrustResult.Failed(
              "Windows keeps it; a policy may have put it there",
              "delete it with what put it there");
    } catch (WindowsException e) {
      return failed(Operation.UNINSTALL, e);
    }
  }

  /** The user's list shows what all users trust, which only an administrator may change. */
  private boolean isOfMachine(byte[] der) throws WindowsException {
    return place == Place.USER && rootsOfMachine.find(der).isPresent();
  }

  private static TrustResult leftInMachine() {
    return new TrustResult.Failed(
        "it is also among the roots of all users",
        AS_ADMINISTRATOR + command(Operation.UNINSTALL, Place.MACHINE));
  }

  private TrustResult failed(Operation operation, WindowsException e) {
    String again = command(operation, place);
    return switch (e.code()) {
      case WindowsException.ERROR_ACCESS_DENIED ->
          new TrustResult.Unavailable(
              "it needs the rights of an administrator",
              AS_ADMINISTRATOR + command(operation, Place.MACHINE));
      case WindowsException.ERROR_CANCELLED ->
          new TrustResult.Failed(
              "its question was answered with No, or there is no desktop to show it on",
              again
                  + "; without a desktop, "
                  + AS_ADMINISTRATOR
                  + command(operation, Place.MACHINE));
      default ->
          new TrustResult.Failed(
              "cannot change the roots of Windows: " + Reasons.of(e), "mend that, then " + again);
    };
  }

  private static String command(Operation operation, Place place) {
    return "devca " + operation + (place == Place.MACHINE ? " --machine" : "") + " --only " + KIND;
  }

  private static byte[] der(X509Certificate root) {
    try {
      return root.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the root has no encoding", e);
    }
  }
}
