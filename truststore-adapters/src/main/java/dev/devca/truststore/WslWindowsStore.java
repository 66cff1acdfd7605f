package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The roots that the user of Windows trusts, changed from the Linux inside of it: by a script that
 * Windows PowerShell gets as an argument, so that no file is shared and no folder of Windows is
 * guessed. Windows says the SHA-256 of what it has, and only ours counts.
 */
final class WslWindowsStore implements TrustStore {
  static final String ID = "windows:user";
  // The first start of PowerShell takes seconds; a change waits for a person.
  private static final Duration TO_READ = Duration.ofSeconds(60);
  private static final Duration TO_CHANGE = Duration.ofMinutes(2);

  private final Host host;
  private final Path powershell;
  private final String displayName;

  WslWindowsStore(Host host, Path powershell, String displayName) {
    this.host = host;
    this.powershell = powershell;
    this.displayName = displayName;
  }

  static String displayName(Wsl wsl) {
    return "Windows (current user, around WSL"
        + wsl.distribution().map(" "::concat).orElse("")
        + ")";
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String displayName() {
    return displayName;
  }

  @Override
  public boolean isPerUser() {
    return true;
  }

  @Override
  public Rights rights() {
    // Root has another environment, by which programs of Windows may not be reached.
    return host.isRoot() && host.invokingUser().isPresent() ? Rights.INVOKING_USER : Rights.OWN;
  }

  @Override
  public TrustResult status(X509Certificate root) {
    try {
      return result(run(Operation.STATUS, root), false);
    } catch (IOException e) {
      return new TrustResult.Unavailable(
          "cannot read the roots of Windows: " + Reasons.of(e), "mend that, then: devca status");
    }
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    TrustResult now = status(root);
    if (now.kind() != TrustResult.Kind.NOT_TRUSTED) {
      return Plan.nothing(this, now);
    }
    List<String> lines = new ArrayList<>(List.of("the script that the argument encodes:"));
    lines.addAll(script(Operation.INSTALL, root).lines().toList());
    return Plan.of(
        this,
        new TrustResult.Trusted(true),
        List.of(
            new Step.Words(lines), new Step.Run(command(Operation.INSTALL, root), "", Set.of())));
  }

  @Override
  public TrustResult install(X509Certificate root) {
    return change(Operation.INSTALL, TrustResult.Kind.TRUSTED, root);
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    return change(Operation.UNINSTALL, TrustResult.Kind.NOT_TRUSTED, root);
  }

  private TrustResult change(Operation operation, TrustResult.Kind wanted, X509Certificate root) {
    TrustResult before = status(root);
    if (before.kind() == wanted || before.kind() == TrustResult.Kind.UNAVAILABLE) {
      return before;
    }
    if (operation == Operation.INSTALL && before.kind() == TrustResult.Kind.FAILED) {
      return before;
    }
    host.notice("Windows asks in a window of its own, perhaps behind others: choose Yes.");
    String trouble = "the script ended well, but nothing changed";
    try {
      run(operation, root);
    } catch (IOException e) {
      trouble = Reasons.of(e);
    }
    TrustResult after = changed(status(root));
    if (after.kind() == wanted) {
      return after;
    }
    return new TrustResult.Failed(
        "Windows did not change its roots: " + trouble,
        "devca " + operation + " --only windows, and choose Yes in the window");
  }

  private static TrustResult changed(TrustResult now) {
    return now instanceof TrustResult.Trusted
        ? new TrustResult.Trusted(true)
        : now instanceof TrustResult.NotTrusted ? new TrustResult.NotTrusted(true) : now;
  }

  private static TrustResult result(List<String> places, boolean changed) {
    if (places.contains("Disallowed")) {
      return new TrustResult.Failed(
          "it is among the untrusted certificates of Windows",
          "delete it there: start certmgr.msc, Untrusted Certificates");
    }
    return places.contains("Root")
        ? new TrustResult.Trusted(changed)
        : new TrustResult.NotTrusted(changed);
  }

  /** Runs the script for an operation; the stores of Windows that then have the root. */
  private List<String> run(Operation operation, X509Certificate root) throws IOException {
    List<String> command = command(operation, root);
    CommandRunner.Result result;
    try {
      Duration limit = operation == Operation.STATUS ? TO_READ : TO_CHANGE;
      result = host.commands().run(new CommandRunner.Command(command, new byte[0], limit));
    } catch (IOException e) {
      throw new IOException("powershell.exe: " + Reasons.of(e), e);
    }
    List<String> lines = result.text().lines().map(String::strip).toList();
    if (result.exitCode() != 0 || !lines.contains(WslScript.END)) {
      throw new IOException("powershell.exe: " + result.lastLine());
    }
    return lines.stream()
        .filter(line -> line.endsWith(" " + hash(root)))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  private List<String> command(Operation operation, X509Certificate root) {
    byte[] script = script(operation, root).getBytes(StandardCharsets.UTF_16LE);
    return List.of(
        powershell.toString(),
        "-NoProfile",
        "-NonInteractive",
        "-OutputFormat",
        "Text",
        "-EncodedCommand",
        Base64.getEncoder().encodeToString(script));
  }

  private static String script(Operation operation, X509Certificate root) {
    return WslScript.of(operation, der(root), hash(root));
  }

  private static String hash(X509Certificate root) {
    return Fingerprint.of(root).hex().toUpperCase(Locale.ROOT);
  }

  private static byte[] der(X509Certificate root) {
    try {
      return root.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the root has no encoding", e);
    }
  }
}
