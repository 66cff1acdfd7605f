package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.Pem;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * NSS's {@code certutil} on one database. What it refuses is an {@link IOException} with the line
 * that it said, or with the command to type where it wants a password.
 */
final class Certutil {
  // It answers in hundredths of a second; a database that is locked it gives up after two.
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final List<String> NO_QUESTION = List.of("-f", "/dev/null");

  private static final String END_OF_HEADER = "SSL,S/MIME,JAR/XPI";
  // A nickname may hold spaces and commas; the flags are at the end of the line.
  private static final Pattern ENTRY =
      Pattern.compile("(.*?)\\s+([a-zA-Z]*,[a-zA-Z]*,[a-zA-Z]*)\\s*");

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGINCERTIFICATE-----([^-]+)-----ENDCERTIFICATE-----");

  private final CommandRunner commands;
  private final Path program;
  private final Path folder;

  Certutil(CommandRunner commands, Path program, Path folder) {
    this.commands = commands;
    this.program = program;
    this.folder = folder;
  }

  /**
   * A certificate of the database.
   *
   * @param nickname as it is looked up
   * @param flags for servers, mail and code, with commas between
   */
  record Entry(String nickname, String flags) {
    /** Whether it is trusted as the root of servers. */
    boolean isTrusted() {
      return ofServers().contains("C");
    }

    /** The flags with which it is; p says the contrary, and u cannot be set. */
    String trustedFlags() {
      return "C" + ofServers().replaceAll("[Cpu]", "") + flags.substring(flags.indexOf(','));
    }

    private String ofServers() {
      return flags.substring(0, flags.indexOf(','));
    }
  }

  /** All certificates of the database. */
  List<Entry> entries() throws IOException {
    String text = run("-L").text();
    List<Entry> entries = new ArrayList<>();
    text.substring(Math.max(text.indexOf(END_OF_HEADER), 0))
        .lines()
        .skip(1)
        .map(ENTRY::matcher)
        .filter(Matcher::matches)
        .forEach(line -> entries.add(new Entry(line.group(1), line.group(2))));
    return entries;
  }

  /**
   * The certificates for which a nickname stands: all with the same subject, PEM without line ends.
   */
  List<String> certificates(String nickname) throws IOException {
    try {
      String pem = run("-L", "-n", nickname, "-a").text().replaceAll("\\s", "");
      return CERTIFICATE.matcher(pem).results().map(block -> block.group(1)).toList();
    } catch (IOException e) {
      if (Reasons.of(e).contains("PR_FILE_NOT_FOUND_ERROR")) {
        // Not every name on the list can be looked up.
        return List.of();
      }
      throw e;
    }
  }

  /** Adds a certificate. If it is there already, it gets the flags and keeps its nickname. */
  void add(String nickname, String flags, X509Certificate certificate) throws IOException {
    CommandRunner.Command command = adding(nickname, flags, certificate);
    refuseIfLocked(command);
    run(command);
  }

  /** The command that adds a certificate. */
  CommandRunner.Command adding(String nickname, String flags, X509Certificate certificate) {
    byte[] pem = Pem.encode(certificate).getBytes(StandardCharsets.US_ASCII);
    return command("-A", "-n", nickname, "-t", flags, "-a").withInput(pem);
  }

  /** With a primary password it would put the certificate in, and only then find it may not. */
  void refuseIfLocked(CommandRunner.Command command) throws CaException {
    if (hasPassword()) {
      throw locked(command);
    }
  }

  void setFlags(String nickname, String flags) throws IOException {
    run(settingFlags(nickname, flags));
  }

  /** The command that sets flags. */
  CommandRunner.Command settingFlags(String nickname, String flags) {
    return command("-M", "-n", nickname, "-t", flags);
  }

  void delete(String nickname) throws IOException {
    run("-D", "-n", nickname);
  }

  /** Makes the database. */
  void create() throws IOException {
    run(creating());
  }

  /** The command that makes the database. */
  CommandRunner.Command creating() {
    return command("-N", "--empty-password");
  }

  /** Opens the database for writing, as which SQLite takes back what was not written whole. */
  void takeBackInterrupted() throws IOException {
    run("-L", "-X");
  }

  private boolean hasPassword() {
    try {
      run("-K");
      return false;
    } catch (CaException e) {
      return true;
    } catch (IOException e) {
      // No keys is a failure too; what else is wrong comes up again.
      return false;
    }
  }

  /** Whether the database may hold a private key. */
  boolean mayHaveKeys() {
    try {
      run("-K");
      return true;
    } catch (IOException e) {
      // None is a failure too.
      return !Reasons.of(e).contains("no keys found");
    }
  }

  private CommandRunner.Command command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-d", "sql:" + folder));
    // A password is asked for on the terminal, whatever standard input is; from a file it is not.
    command.addAll(NO_QUESTION);
    return new CommandRunner.Command(command, new byte[0], LIMIT);
  }

  private CommandRunner.Result run(String... arguments) throws IOException {
    return run(command(arguments));
  }

  private CommandRunner.Result run(CommandRunner.Command command) throws IOException {
    CommandRunner.Result result;
    try {
      result = commands.run(command);
    } catch (IOException e) {
      throw new IOException("cannot run " + program + ": " + Reasons.of(e), e);
    }
    if (result.exitCode() == 0) {
      return result;
    }
    String said = result.lastLine();
    if (said.contains("SEC_ERROR_BAD_PASSWORD")) {
      throw locked(command);
    }
    throw new IOException(said);
  }

  private static CaException locked(CommandRunner.Command command) {
    return new CaException(
        "it has a primary password, for which devca never asks", byHand(command));
  }

  /** The same command for a person, who can type a password. */
  private static String byHand(CommandRunner.Command command) {
    List<String> arguments = command.arguments();
    return arguments.subList(1, arguments.size() - NO_QUESTION.size()).stream()
        .map(ShellLines::word)
        .collect(
            Collectors.joining(
                " ", "certutil ", command.input().length > 0 ? " -i \"$(devca root)\"" : ""));
  }
}
