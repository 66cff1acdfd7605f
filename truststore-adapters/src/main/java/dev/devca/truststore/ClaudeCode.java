package dev.devca.truststore;

import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What of Claude Code is installed, and its user's settings. The native program trusts the system's
 * bundle; the one in JavaScript trusts what {@code NODE_EXTRA_CA_CERTS} names, as does any that was
 * told not to look at the system.
 *
 * @param host the machine
 * @param settings the user's settings, perhaps not there
 */
record ClaudeCode(Host host, Path settings) {
  static final String VARIABLE = "NODE_EXTRA_CA_CERTS";

  private static final String CERT_STORE = "CLAUDE_CODE_CERT_STORE";

  /** Empty if no home is known. */
  static Optional<ClaudeCode> of(Host host) {
    return host.variable("CLAUDE_CONFIG_DIR")
        .flatMap(host::absolutePath)
        .or(() -> host.home().map(home -> home.resolve(".claude")))
        .map(folder -> new ClaudeCode(host, folder.resolve("settings.json")));
  }

  private List<Path> programs() {
    return InstalledPrograms.named(host, "claude");
  }

  boolean isThere() {
    return !programs().isEmpty();
  }

  /** What the settings say of the variable. */
  JsonVariable variable() throws IOException {
    return variable(ProfileVariables.read(settings));
  }

  JsonVariable variable(Optional<byte[]> content) throws IOException {
    try {
      return new JsonVariable(VARIABLE, content);
    } catch (IOException e) {
      throw new IOException("cannot understand " + settings + ": " + Reasons.of(e), e);
    }
  }

  /**
   * Whether some program that is there needs the variable to trust a root.
   *
   * @param holds whether the system's bundle has, or will have, that root
   */
  boolean needsVariable(Predicate<SystemBundle> holds) throws IOException {
    if (!isThere()) {
      return false;
    }
    if (programs().stream().anyMatch(ClaudeCode::isScript)) {
      return true;
    }
    Optional<String> stores = variable().value(CERT_STORE).or(() -> host.variable(CERT_STORE));
    if (stores.filter(names -> !names.contains("system")).isPresent()) {
      return true;
    }
    // A Mac's keychain is no bundle; its store says whether it has the root.
    return host.os() == OperatingSystem.LINUX && SystemBundle.of(host).filter(holds).isEmpty();
  }

  /** Whether a program is run by Node, whatever leads there. */
  private static boolean isScript(Path program) {
    try (InputStream in = Files.newInputStream(program)) {
      return new String(in.readNBytes(2), StandardCharsets.ISO_8859_1).equals("#!");
    } catch (IOException e) {
      // Whoever may not read it does not know; with the variable both kinds trust.
      return true;
    }
  }
}
