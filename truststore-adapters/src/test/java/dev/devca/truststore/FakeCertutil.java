package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * NSS's certutil as version 3.87 was seen to behave, on databases that are text: a line for each
 * certificate.
 */
final class FakeCertutil {
  private static final String MAGIC = "SQLite format 3\0" + "\0".repeat(16) + "\n";
  private static final String ORDER = "pPcCTuw";
  private static final String BAD_DATABASE =
      "certutil: function failed: SEC_ERROR_BAD_DATABASE: security library: bad database.";
  private static final String BAD_PASSWORD =
      "password file contains no data\n"
          + "certutil: could not authenticate to token NSS Certificate DB.: SEC_ERROR_BAD_PASSWORD:"
          + " The security password entered is incorrect.";

  private final FakeHost machine;

  /** Commands that fail, by their first argument, and what they say. */
  final Map<String, String> failing = new HashMap<>();

  private FakeCertutil(FakeHost machine) {
    this.machine = machine;
  }

  static FakeCertutil on(FakeHost machine) {
    FakeCertutil certutil = new FakeCertutil(machine);
    machine.program("/usr/bin/certutil", certutil::run);
    return certutil;
  }

  /** One certificate of a database. */
  record Row(String nickname, String flags, X509Certificate certificate) {
    boolean isSameAs(Row other) {
      return certificate.equals(other.certificate());
    }

    @Override
    public String toString() {
      return nickname + " " + flags;
    }
  }

  /** Puts an empty database into a folder. */
  Path database(String folder) {
    Path path = machine.directory(folder);
    save(path, List.of());
    machine.file(folder + "/key4.db", MAGIC);
    machine.file(folder + "/pkcs11.txt", "library=\nname=NSS Internal PKCS #11 Module\n");
    return path;
  }

  void setPassword(Path folder) {
    machine.file(folder + "/key4.db", MAGIC + "password\n");
  }

  void addKey(Path folder) {
    machine.file(folder + "/key4.db", MAGIC + "key\n");
  }

  void add(Path folder, String nickname, String flags, X509Certificate certificate) {
    List<Row> rows = rows(folder);
    rows.add(new Row(nickname, ordered(flags), certificate));
    save(folder, rows);
  }

  List<Row> rows(Path folder) {
    List<Row> rows = new ArrayList<>();
    for (String line : read(folder.resolve("cert9.db")).substring(MAGIC.length()).split("\n", 0)) {
      if (!line.isEmpty()) {
        String[] cells = line.split("\t", -1);
        try {
          rows.add(
              new Row(
                  cells[0],
                  cells[1],
                  Pem.certificates(
                          "-----BEGIN CERTIFICATE-----\n"
                              + cells[2]
                              + "\n-----END CERTIFICATE-----\n")
                      .get(0)));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
    return rows;
  }

  private void save(Path folder, List<Row> rows) {
    machine.file(
        folder + "/cert9.db",
        MAGIC
            + rows.stream()
                .map(r -> r.nickname() + "\t" + r.flags() + "\t" + der(r.certificate()) + "\n")
                .collect(Collectors.joining()));
  }

  private CommandRunner.Result run(CommandRunner.Command command) {
    List<String> arguments = command.arguments().subList(1, command.arguments().size());
    int end = arguments.size() - 4;
    assertThat(arguments.get(end)).isEqualTo("-d");
    assertThat(arguments.get(end + 1)).startsWith("sql:/");
    assertThat(arguments.subList(end + 2, end + 4)).containsExactly("-f", "/dev/null");
    assertThat(command.limit()).hasSeconds(30);
    Path folder = machine.files.getPath(arguments.get(end + 1).substring(4));
    List<String> asked = arguments.subList(0, end);
    assertThat(command.input().length > 0).isEqualTo(asked.get(0).equals("-A"));
    String failure = failing.get(asked.get(0));
    if (failure != null) {
      return fails(failure);
    }
    if (asked.equals(List.of("-N", "--empty-password"))) {
      return Files.isDirectory(folder) ? made(folder) : fails(BAD_DATABASE);
    }
    assertThat(folder.resolve("cert9.db")).as("certutil makes a database otherwise").exists();
    if (!isWhole(folder.resolve("cert9.db")) || !isWhole(folder.resolve("key4.db"))) {
      return fails(BAD_DATABASE);
    }
    return switch (asked.get(0)) {
      case "-L" -> asked.size() == 1 ? list(folder) : show(folder, asked);
      case "-K" -> keys(folder);
      case "-A" -> addTo(folder, asked, command.input());
      case "-M" -> modify(folder, asked);
      case "-D" -> delete(folder, asked);
      default -> throw new AssertionError("unexpected " + command);
    };
  }

  private CommandRunner.Result made(Path folder) {
    database(folder.toString());
    return says("");
  }

  private CommandRunner.Result list(Path folder) {
    StringBuilder text =
        new StringBuilder(
            "\nCertificate Nickname                                         Trust Attributes\n"
                + " ".repeat(61)
                + "SSL,S/MIME,JAR/XPI\n\n");
    rows(folder).forEach(r -> text.append(String.format("%-60s %-5s%n", r.nickname(), r.flags())));
    return says(text.toString());
  }

  private CommandRunner.Result show(Path folder, List<String> asked) {
    assertThat(asked).hasSize(4).startsWith("-L", "-n").endsWith("-a");
    List<Row> named = named(folder, asked.get(2));
    if (named.isEmpty()) {
      return fails(
          "certutil: Could not find cert: "
              + asked.get(2)
              + "\n: PR_FILE_NOT_FOUND_ERROR: File not found");
    }
    List<Row> rows = rows(folder);
    Collections.reverse(rows);
    return says(
        rows.stream()
            .map(Row::certificate)
            .filter(c -> c.getSubjectX500Principal().equals(subject(named)))
            .map(c -> Pem.encode(c).replace("\n", "\r\n"))
            .collect(Collectors.joining()));
  }

  private CommandRunner.Result keys(Path folder) {
    String text = read(folder.resolve("key4.db"));
    if (text.endsWith("password\n")) {
      return fails(BAD_PASSWORD);
    }
    return text.endsWith("key\n")
        ? says("< 0> rsa      29df1f17dfc59ba529b088ad9003d9c5c55f295b   (orphan)\n")
        : fails("certutil: no keys found");
  }

  private CommandRunner.Result addTo(Path folder, List<String> asked, byte[] input) {
    assertThat(asked).hasSize(6).startsWith("-A", "-n").endsWith("-a");
    X509Certificate certificate;
    try {
      certificate = Pem.certificates(new String(input, StandardCharsets.US_ASCII)).get(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    List<Row> rows = rows(folder);
    if (rows.stream().noneMatch(row -> row.certificate().equals(certificate))) {
      Row row = new Row(asked.get(2), ",,", certificate);
      if (rows.stream()
          .filter(r -> r.nickname().equals(row.nickname()))
          .anyMatch(r -> !subject(List.of(r)).equals(subject(List.of(row))))) {
        return fails(
            "certutil: could not add certificate to token or database: SEC_ERROR_ADDING_CERT: Error"
                + " adding certificate to database.");
      }
      rows.add(row);
      save(folder, rows);
    }
    return withFlags(folder, certificate, asked.get(4), 255);
  }

  private CommandRunner.Result modify(Path folder, List<String> asked) {
    assertThat(asked).hasSize(5).startsWith("-M", "-n");
    List<Row> named = named(folder, asked.get(2));
    return named.isEmpty()
        ? fails("certutil: could not find certificate named \"" + asked.get(2) + "\"")
        : withFlags(folder, named.get(named.size() - 1).certificate(), asked.get(4), 1);
  }

  private CommandRunner.Result withFlags(
      Path folder, X509Certificate certificate, String flags, int code) {
    if (read(folder.resolve("key4.db")).endsWith("password\n")) {
      return FakeHost.exits(code, BAD_PASSWORD);
    }
    assertThat(flags).matches("[pPcCTw]*,[pPcCTw]*,[pPcCTw]*");
    save(
        folder,
        rows(folder).stream()
            .map(
                r ->
                    r.certificate().equals(certificate)
                        ? new Row(r.nickname(), ordered(flags), certificate)
                        : r)
            .toList());
    return says("");
  }

  private CommandRunner.Result delete(Path folder, List<String> asked) {
    assertThat(asked).hasSize(3).startsWith("-D", "-n");
    List<Row> named = named(folder, asked.get(2));
    if (named.isEmpty()) {
      return fails("certutil: could not find certificate named \"" + asked.get(2) + "\"");
    }
    Row last = named.get(named.size() - 1);
    save(folder, rows(folder).stream().filter(row -> !row.isSameAs(last)).toList());
    return says("");
  }

  private List<Row> named(Path folder, String nickname) {
    return rows(folder).stream().filter(row -> row.nickname().equals(nickname)).toList();
  }

  private static Object subject(List<Row> rows) {
    return rows.get(0).certificate().getSubjectX500Principal();
  }

  /** As certutil prints them: c goes without saying beside C and T. */
  private static String ordered(String flags) {
    return Stream.of(flags.split(",", -1))
        .map(
            part ->
                ORDER
                    .chars()
                    .mapToObj(Character::toString)
                    .filter(part::contains)
                    .filter(f -> !f.equals("c") || !part.matches(".*[CT].*"))
                    .collect(Collectors.joining()))
        .collect(Collectors.joining(","));
  }

  private static boolean isWhole(Path file) {
    return Files.exists(file) && read(file).startsWith(MAGIC);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String der(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static CommandRunner.Result says(String text) {
    return new CommandRunner.Result(0, text.getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  private static CommandRunner.Result fails(String errors) {
    return FakeHost.exits(255, errors);
  }
}
