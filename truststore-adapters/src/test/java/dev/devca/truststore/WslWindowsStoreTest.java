package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Windows' roots as seen from WSL. What PowerShell would do is done by a stand-in that reads the
 * script; no PowerShell has run it yet.
 */
class WslWindowsStoreTest extends TrustStoreContract {
  private static final String POWERSHELL =
      "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe";
  private static final String INTEROP = "/proc/sys/fs/binfmt_misc/WSLInterop";

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final List<String> notices = new ArrayList<>();

  /** What Windows has, by the name of the store. */
  private final Map<String, TreeSet<String>> windows =
      new TreeMap<>(Map.of("Root", new TreeSet<>(), "Disallowed", new TreeSet<>()));

  private String refusal = "";

  @BeforeEach
  void wsl() {
    machine.file("/proc/version", "Linux version 5.15.167.4-microsoft-standard-WSL2 (root@f9c8)");
    machine.file(INTEROP, "enabled\ninterpreter /init\nflags: PF\noffset 0\nmagic 4d5a\n");
    machine.environment.put("WSL_DISTRO_NAME", "Ubuntu-24.04");
    machine.program(POWERSHELL, command -> powershell(command.arguments()));
  }

  private CommandRunner.Result powershell(List<String> arguments) {
    assertThat(arguments).startsWith(POWERSHELL, "-NoProfile", "-NonInteractive");
    String script =
        new String(
            Base64.getDecoder().decode(arguments.get(arguments.size() - 1)),
            StandardCharsets.UTF_16LE);
    String hash = script.replaceAll("(?s).*\\$hash = '([0-9A-F]{64})'.*", "$1");
    if (script.contains("$store.Add") || script.contains("$store.Remove")) {
      if (!refusal.isEmpty()) {
        return FakeHost.exits(1, refusal + "\r\n");
      }
      if (script.contains("$store.Add")) {
        String der = script.replaceAll("(?s).*FromBase64String\\('([^']*)'\\).*", "$1");
        assertThat(List.of(base64(root), base64(other))).contains(der);
        windows.get("Root").add(der.equals(base64(root)) ? hash(root) : hash(other));
      } else {
        windows.get("Root").remove(hash);
      }
    }
    StringBuilder text = new StringBuilder();
    windows.forEach(
        (store, hashes) ->
            hashes.stream()
                .filter(hash::equals)
                .forEach(same -> text.append(store).append(' ').append(same).append("\r\n")));
    text.append("devca: done\r\n");
    return new CommandRunner.Result(
        0, text.toString().getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  private static String base64(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static String hash(X509Certificate certificate) {
    return Fingerprint.of(certificate).hex().toUpperCase(Locale.ROOT);
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>(machine.snapshot());
    windows.forEach((store, hashes) -> all.put("Windows " + store, hashes + ""));
    return all;
  }

  @Override
  boolean canList() {
    return false;
  }

  @Override
  TrustStore store() {
    return new WslProvider().discover(machine.host().withNotices(notices::add)).get(0);
  }

  private static String failure(TrustResult result) {
    assertThat(result).isInstanceOf(TrustResult.Failed.class);
    return result instanceof TrustResult.Failed failed ? failed.reason() : "";
  }

  @Test
  void discover_wsl_isNamed() {
    assertThat(store().id()).isEqualTo("windows:user");
    assertThat(store().displayName()).isEqualTo("Windows (current user, around WSL Ubuntu-24.04)");
  }

  @Test
  void install_before_saysThatWindowsAsks() {
    store().install(root);

    assertThat(notices).singleElement().asString().contains("choose Yes");
    notices.clear();
    store().install(root);
    assertThat(notices).isEmpty();
  }

  @Test
  void install_answeredWithNo_isAFailure() {
    refusal = "The operation was canceled by the user.";

    assertThat(failure(store().install(root))).endsWith("canceled by the user.");
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
  }

  @Test
  void install_nobodyAnswers_isAFailure() {
    CommandRunner.Result none = powershell(statusCommand());
    machine.program(
        POWERSHELL,
        command -> {
          if (script(command).contains("$store.Add")) {
            throw new UncheckedIOException(new IOException("it did not end within 120 s"));
          }
          return none;
        });

    assertThat(failure(store().install(root))).contains("did not end within 120 s");
  }

  private List<String> statusCommand() {
    store().status(root);
    return machine.commands.get(machine.commands.size() - 1);
  }

  private static String script(CommandRunner.Command command) {
    List<String> arguments = command.arguments();
    return new String(
        Base64.getDecoder().decode(arguments.get(arguments.size() - 1)), StandardCharsets.UTF_16LE);
  }

  @Test
  void install_amongTheUntrusted_isLeftToTheUser() {
    windows.get("Disallowed").add(hash(root));

    assertThat(failure(store().install(root))).contains("untrusted certificates");
    assertThat(windows.get("Root")).isEmpty();
  }

  @Test
  void status_scriptCutShort_isUnavailable() {
    machine.program(POWERSHELL, command -> FakeHost.exits(0, "language mode"));

    assertThat(store().status(root))
        .isInstanceOfSatisfying(
            TrustResult.Unavailable.class,
            result -> assertThat(result.reason()).endsWith("powershell.exe: language mode"));
  }

  @Test
  void rights_underSudo_areTheUsers() {
    Host sudo = machine.host().withUserId(0).withInvokingUser(1000);

    assertThat(new WslProvider().discover(sudo).get(0).rights()).isEqualTo(Rights.INVOKING_USER);
    assertThat(store().rights()).isEqualTo(Rights.OWN);
  }

  @Test
  void discover_interopOff_saysHowToTurnItOn() throws IOException {
    Files.delete(machine.files.getPath(INTEROP));

    assertThat(store().status(root))
        .isInstanceOfSatisfying(
            TrustResult.Absent.class,
            result -> assertThat(result.remedy()).contains("/etc/wsl.conf", "wsl --shutdown"));
    assertThat(machine.commands).isEmpty();
  }

  @Test
  void discover_containerOnTheSameKernel_isNoWsl() throws IOException {
    Files.delete(machine.files.getPath(INTEROP));
    machine.environment.remove("WSL_DISTRO_NAME");

    assertThat(new WslProvider().discover(machine.host())).isEmpty();
  }

  @Test
  void discover_variableOnAnotherKernel_isNoWsl() {
    machine.file("/proc/version", "Linux version 6.1.0-28-amd64 (debian-kernel@lists.debian.org)");

    assertThat(new WslProvider().discover(machine.host())).isEmpty();
  }

  @Test
  void discover_powershellOfThePath_isTakenFirst() {
    machine.environment.put("PATH", "/usr/bin:/win/WindowsPowerShell/v1.0");
    machine.program(
        "/win/WindowsPowerShell/v1.0/powershell.exe", command -> FakeHost.exits(9, "x"));

    store().status(root);

    assertThat(machine.commands.get(0).get(0)).startsWith("/win/");
  }
}
