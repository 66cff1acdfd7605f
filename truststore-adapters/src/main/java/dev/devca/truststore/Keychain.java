package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.Pem;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A keychain of macOS and the trust settings that go with it, through {@code security}. Nothing
 * here asks on a terminal; macOS may ask in a window, and is not waited for without end.
 */
final class Keychain {
  static final String PROGRAM = "/usr/bin/security";
  private static final Duration TO_READ = Duration.ofSeconds(60);
  // A person types a password meanwhile; where nobody can, some versions wait for ever.
  private static final Duration TO_CHANGE = Duration.ofMinutes(2);
  private static final String INPUT = "root.pem";
  // What it says of a domain that has none; its exit code is that of an error.
  private static final String NO_SETTINGS = "No Trust Settings were found";

  private final Host host;
  private final Path file;
  private final boolean admin;

  private Keychain(Host host, Path file, boolean admin) {
    this.host = host;
    this.file = file;
    this.admin = admin;
  }

  /** The login keychain of the user of a home, and what is trusted for that user alone. */
  static Keychain ofUser(Host host, Path home) {
    Path file = home.resolve("Library").resolve("Keychains").resolve("login.keychain-db");
    return new Keychain(host, file, false);
  }

  /** The System keychain, and what the administrator trusts for all users. */
  static Keychain ofMachine(Host host) {
    return new Keychain(host, host.path("/Library/Keychains/System.keychain"), true);
  }

  Path file() {
    return file;
  }

  /** Whether the certificate is in the keychain, which says nothing about trust. */
  boolean holds(X509Certificate certificate) throws IOException {
    String hash = "SHA-256 hash: " + Fingerprint.of(certificate).hex();
    return run(TO_READ, List.of("find-certificate", "-a", "-Z", file.toString()))
        .text()
        .lines()
        .anyMatch(line -> line.strip().equalsIgnoreCase(hash));
  }

  /** Some certificates of the keychain. */
  List<X509Certificate> certificates(Predicate<X509Certificate> wanted) throws IOException {
    byte[] pem = run(TO_READ, List.of("find-certificate", "-a", "-p", file.toString())).output();
    return PemScan.of(pem).certificates().stream().filter(wanted).toList();
  }

  /** What is set for the certificate. */
  TrustSettings.Verdict verdict(X509Certificate certificate) throws IOException {
    return inFolder(
        folder -> {
          Path exported = folder.resolve("settings.plist");
          List<String> command = command("trust-settings-export");
          command.add(exported.toString());
          try {
            run(TO_READ, command);
            byte[] settings = BoundedFiles.read(exported, BoundedFiles.STORE_LIMIT);
            return TrustSettings.parse(settings).of(sha1(certificate));
          } catch (IOException e) {
            if (Reasons.of(e).contains(NO_SETTINGS)) {
              return TrustSettings.Verdict.NONE;
            }
            throw e;
          } finally {
            Files.deleteIfExists(exported);
          }
        });
  }

  /** Puts the certificate into the keychain, and trusts it for TLS and for chains. */
  void add(X509Certificate certificate) throws IOException {
    withFile(certificate, adding());
  }

  /** What {@link #add} does. */
  List<Step> stepsToAdd(X509Certificate certificate, Draft draft) throws IOException {
    Path input = folder().resolve(INPUT);
    List<Step> steps = new ArrayList<>(draft.steps(input, none -> Optional.of(pem(certificate))));
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(adding());
    command.add(input.toString());
    steps.add(new Step.Run(command, "", Set.of()));
    steps.add(new Step.Remove(input));
    return steps;
  }

  private List<String> adding() {
    List<String> command = command("add-trusted-cert");
    command.addAll(List.of("-r", "trustRoot", "-p", "ssl", "-p", "basic", "-k", file.toString()));
    return command;
  }

  /** Drops what is set for the certificate, which stays in the keychain. */
  void dropSettings(X509Certificate certificate) throws IOException {
    withFile(certificate, command("remove-trusted-cert"));
  }

  /** Takes the certificate out of the keychain. */
  void delete(X509Certificate certificate) throws IOException {
    run(TO_CHANGE, deletion(certificate));
  }

  /** The command that does so, for a person. */
  String deletionCommand(X509Certificate certificate) {
    return "security " + String.join(" ", deletion(certificate));
  }

  private List<String> deletion(X509Certificate certificate) {
    return List.of("delete-certificate", "-Z", sha1(certificate), file.toString());
  }

  private void withFile(X509Certificate certificate, List<String> command) throws IOException {
    inFolder(
        folder -> {
          Path input = folder.resolve(INPUT);
          try {
            Files.write(input, pem(certificate));
            command.add(input.toString());
            return run(TO_CHANGE, command);
          } finally {
            Files.deleteIfExists(input);
          }
        });
  }

  private static byte[] pem(X509Certificate certificate) {
    return Pem.encode(certificate).getBytes(StandardCharsets.US_ASCII);
  }

  private List<String> command(String name) {
    List<String> command = new ArrayList<>(List.of(name));
    if (admin) {
      command.add("-d");
    }
    return command;
  }

  @FunctionalInterface
  private interface Work<T> {
    T in(Path folder) throws IOException;
  }

  /** Works in a folder that nobody else can write to, which is gone afterwards. */
  private <T> T inFolder(Work<T> work) throws IOException {
    Path folder = folder();
    CreatedFolders.makeOwn(folder);
    try {
      return work.in(folder);
    } finally {
      CreatedFolders.removeOwn(folder);
    }
  }

  private Path folder() throws IOException {
    return host.stateDirectory()
        .orElseThrow(() -> new IOException("no home is known: HOME is not set"))
        .resolve("keychain");
  }

  private CommandRunner.Result run(Duration limit, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(arguments);
    CommandRunner.Result result;
    try {
      result = host.commands().run(new CommandRunner.Command(command, new byte[0], limit));
    } catch (IOException e) {
      throw new IOException("security " + arguments.get(0) + ": " + Reasons.of(e), e);
    }
    if (result.exitCode() != 0) {
      throw new IOException(result.lastLine());
    }
    return result;
  }

  /** By which macOS knows a certificate in its settings; we compare by more, where we can. */
  private static String sha1(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
