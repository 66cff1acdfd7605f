package dev.devca.examples.maven;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The files of one certificate, and a note of what was asked for when they were issued. */
final class IssuedFiles {
  // A build that starts now may run its tests, or the application, for this long.
  private static final Duration NEEDED = Duration.ofDays(7);

  private final Path folder;

  IssuedFiles(Path folder) {
    this.folder = folder;
  }

  Path certificate() {
    return folder.resolve("server.pem");
  }

  private Path key() {
    return folder.resolve("server-key.pem");
  }

  private Path note() {
    return folder.resolve("issued.txt");
  }

  /** Whether the files are this CA's, hold what is asked for, and do so for long enough. */
  boolean willDo(CertificateAuthority ca, LeafRequest request) throws IOException {
    if (!Files.exists(note()) || !ca.ownFiles().isPair(certificate(), key())) {
      return false;
    }
    List<String> noted = Files.readAllLines(note());
    return !noted.isEmpty()
        && Instant.parse(noted.get(0)).isAfter(Instant.now().plus(NEEDED))
        && noted.subList(1, noted.size()).equals(asked(request).toList());
  }

  void write(CertificateAuthority ca, IssuedCertificate issued) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(note());
    issued.writePem(certificate(), key());
    Files.copy(
        ca.rootFile().orElseThrow(),
        folder.resolve("root.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.write(
        note(),
        Stream.concat(
                Stream.of(issued.notAfter().toString()),
                issued.names().stream().map(Object::toString))
            .toList());
  }

  private static Stream<String> asked(LeafRequest request) {
    return request.names().stream().map(Object::toString);
  }
}
