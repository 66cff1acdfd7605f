package dev.devca.truststore;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code /usr/bin/security} of macOS as Apple's source of it says that it behaves
 * (trusted_cert_add.c, keychain_find.c, trust_settings_impexp.c of Security-61901), with its
 * keychains and settings. What the window that asks for a password would say, the test says.
 */
final class FakeSecurity {
  static final String LOGIN = "Library/Keychains/login.keychain-db";
  static final String SYSTEM = "/Library/Keychains/System.keychain";
  private static final String NO_SETTINGS = "No Trust Settings were found.";

  /** What becomes of the question for a password. */
  enum Answer {
    GIVEN(""),
    CANCELLED("The authorization was canceled by the user."),
    NO_WINDOW("The authorization was denied since no user interaction was possible."),
    NEVER("");

    private final String words;

    Answer(String words) {
      this.words = words;
    }
  }

  private final FakeHost machine;
  private final Map<String, List<X509Certificate>> keychains = new TreeMap<>();
  private final Map<Boolean, Map<String, String>> settings = new TreeMap<>();

  Answer answer = Answer.GIVEN;
  boolean keychainIsLocked;

  private FakeSecurity(FakeHost machine) {
    this.machine = machine;
  }

  /** Puts the program and its keychains on a Mac. */
  static FakeSecurity on(FakeHost machine) {
    FakeSecurity security = new FakeSecurity(machine);
    machine.program("/usr/bin/security", command -> security.run(command.arguments()));
    for (String keychain : List.of(machine.home().resolve(LOGIN).toString(), SYSTEM)) {
      machine.file(keychain, "");
      security.keychains.put(keychain, new ArrayList<>());
    }
    return security;
  }

  /** What there is in keychains and settings, to compare. */
  Map<String, String> state() {
    Map<String, String> state = new TreeMap<>();
    keychains.forEach(
        (file, roots) -> state.put(file, roots.stream().map(FakeSecurity::sha1).toList() + ""));
    settings.forEach((admin, records) -> state.put("settings " + admin, records + ""));
    state.values().removeIf("{}"::equals);
    return state;
  }

  List<X509Certificate> keychain(String file) {
    return keychains.getOrDefault(file, List.of());
  }

  /** Sets the XML of the settings of a certificate, as Keychain Access would. */
  void set(boolean admin, X509Certificate certificate, String array) {
    settings.computeIfAbsent(admin, a -> new LinkedHashMap<>()).put(sha1(certificate), array);
  }

  private CommandRunner.Result run(List<String> command) {
    Deque<String> arguments = new ArrayDeque<>(command.subList(1, command.size()));
    try {
      return switch (arguments.pop()) {
        case "find-certificate" -> find(arguments);
        case "trust-settings-export" -> export(arguments);
        case "add-trusted-cert" -> add(arguments);
        case "remove-trusted-cert" -> remove(arguments);
        case "delete-certificate" -> delete(arguments);
        default -> usage();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CommandRunner.Result usage() {
    return FakeHost.exits(2, "Usage: ...");
  }

  private static boolean flag(Deque<String> arguments, String flag) {
    if (flag.equals(arguments.peek())) {
      arguments.pop();
      return true;
    }
    return false;
  }

  private CommandRunner.Result find(Deque<String> arguments) {
    if (!flag(arguments, "-a")) {
      return usage();
    }
    if (flag(arguments, "-p")) {
      String pem =
          keychain(arguments.pop()).stream().map(Pem::encode).collect(Collectors.joining());
      return new CommandRunner.Result(0, pem.getBytes(StandardCharsets.US_ASCII), new byte[0]);
    }
    if (!flag(arguments, "-Z")) {
      return usage();
    }
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : keychain(arguments.pop())) {
      text.append("SHA-256 hash: ").append(hash("SHA-256", certificate)).append('\n');
      text.append("SHA-1 hash: ").append(sha1(certificate)).append('\n');
      text.append("keychain: \"…\"\nversion: 256\nclass: 0x80001000 \nattributes:\n");
      text.append("    \"alis\"<blob>=\"devca\"\n");
    }
    return new CommandRunner.Result(
        0, text.toString().getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  private CommandRunner.Result export(Deque<String> arguments) {
    boolean admin = flag(arguments, "-d");
    Map<String, String> records = settings.get(admin);
    if (records == null) {
      return FakeHost.exits(1, "SecTrustSettingsCreateExternalRepresentation: " + NO_SETTINGS);
    }
    machine.file(arguments.pop(), plist(records));
    return FakeHost.exits(0, "...Trust Settings exported successfully.");
  }

  /** In the form in which Apple's serializer writes. */
  static String plist(Map<String, String> records) {
    StringBuilder list = new StringBuilder();
    records.forEach(
        (sha1, array) ->
            list.append("\t\t<key>")
                .append(sha1)
                .append("</key>\n\t\t<dict>\n")
                .append("\t\t\t<key>issuerName</key>\n\t\t\t<data>\n\t\t\tMBox\n\t\t\t</data>\n")
                .append("\t\t\t<key>modDate</key>\n\t\t\t<date>2026-11-22T08:00:00Z</date>\n")
                .append("\t\t\t<key>serialNumber</key>\n\t\t\t<data>\n\t\t\tAQ==\n\t\t\t</data>\n")
                .append(array)
                .append("\t\t</dict>\n"));
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
        \t<key>trustList</key>
        \t<dict>
        %s\t</dict>
        \t<key>trustVersion</key>
        \t<integer>1</integer>
        </dict>
        </plist>
        """
        .formatted(list);
  }

  private CommandRunner.Result add(Deque<String> arguments) throws IOException {
    boolean admin = flag(arguments, "-d");
    List<String> policies = new ArrayList<>();
    List<X509Certificate> keychain = List.of();
    while (arguments.size() > 1) {
      switch (arguments.pop()) {
        case "-r" -> {
          if (!arguments.pop().equals("trustRoot")) {
            return usage();
          }
        }
        case "-p" -> policies.add(arguments.pop());
        case "-k" -> keychain = keychains.getOrDefault(arguments.pop(), List.of());
        default -> {
          return usage();
        }
      }
    }
    X509Certificate certificate = read(arguments.pop());
    if (keychainIsLocked) {
      return FakeHost.exits(1, "SecCertificateAddToKeychain: User interaction is not allowed.");
    }
    // First into the keychain, where a duplicate is fine; only then the question.
    if (!keychain.contains(certificate)) {
      keychain.add(certificate);
    }
    CommandRunner.Result refused = authorize("SecTrustSettingsSetTrustSettings");
    if (refused.exitCode() == 0) {
      set(admin, certificate, array(policies));
    }
    return refused;
  }

  /** TrustRoot is the default, so no result is written. */
  private static String array(List<String> policies) {
    StringBuilder dictionaries = new StringBuilder();
    for (String policy : policies) {
      dictionaries.append(setting(policy.equals("ssl") ? "KoZIhvdjZAED" : "KoZIhvdjZAEC", ""));
    }
    return settings(dictionaries.toString());
  }

  static String settings(String dictionaries) {
    return "\t\t\t<key>trustSettings</key>\n\t\t\t<array>\n" + dictionaries + "\t\t\t</array>\n";
  }

  /** A setting for a policy, whose OID is given in Base64. */
  static String setting(String policy, String more) {
    return "\t\t\t\t<dict>\n\t\t\t\t\t<key>kSecTrustSettingsPolicy</key>\n\t\t\t\t\t<data>\n\t\t\t\t\t"
        + policy
        + "\n\t\t\t\t\t</data>\n\t\t\t\t\t<key>kSecTrustSettingsPolicyName</key>\n"
        + "\t\t\t\t\t<string>sslServer</string>\n"
        + more
        + "\t\t\t\t</dict>\n";
  }

  private CommandRunner.Result authorize(String function) throws IOException {
    return switch (answer) {
      case GIVEN -> FakeHost.exits(0, "");
      case NEVER -> throw new IOException("it did not end within 120 s and was stopped");
      case CANCELLED, NO_WINDOW -> FakeHost.exits(1, function + ": " + answer.words);
    };
  }

  private CommandRunner.Result remove(Deque<String> arguments) throws IOException {
    boolean admin = flag(arguments, "-d");
    String function = "SecTrustSettingsRemoveTrustSettings";
    String sha1 = sha1(read(arguments.pop()));
    Map<String, String> records = settings.get(admin);
    if (records == null) {
      return FakeHost.exits(1, function + ": " + NO_SETTINGS);
    }
    if (!records.containsKey(sha1)) {
      return FakeHost.exits(
          1, function + ": The specified item could not be found in the keychain.");
    }
    CommandRunner.Result refused = authorize(function);
    if (refused.exitCode() == 0) {
      // The domain stays, with an empty list.
      records.remove(sha1);
    }
    return refused;
  }

  private CommandRunner.Result delete(Deque<String> arguments) {
    if (!flag(arguments, "-Z")) {
      return usage();
    }
    String sha1 = arguments.pop();
    List<X509Certificate> keychain = keychain(arguments.pop());
    return !keychainIsLocked && keychain.removeIf(c -> sha1(c).equals(sha1))
        ? FakeHost.exits(0, "")
        : FakeHost.exits(1, "Unable to delete certificate matching \"" + sha1 + "\"");
  }

  private X509Certificate read(String file) throws IOException {
    Path path = machine.files.getPath(file);
    return Pem.certificates(Files.readString(path)).get(0);
  }

  private static String sha1(X509Certificate certificate) {
    return hash("SHA-1", certificate);
  }

  private static String hash(String algorithm, X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
      return HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
