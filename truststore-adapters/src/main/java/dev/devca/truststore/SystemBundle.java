package dev.devca.truststore;

import dev.devca.ca.Pem;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.Reasons;
import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The PEM file of all roots that the system trusts. Immutable.
 *
 * @param path where it is
 * @param state the SHA-256 of its bytes
 * @param text its text, a byte a char
 */
record SystemBundle(Path path, String state, String text) {
  private static final List<String> PLACES =
      List.of(
          LinuxFamily.Anchors.CA_CERTIFICATES.bundle(), // NixOS, and what is like Debian
          "/etc/pki/tls/certs/ca-bundle.crt", // like Fedora
          "/etc/ssl/cert.pem"); // macOS

  /** That of the distribution, else the first that there is. */
  static Optional<SystemBundle> of(Host host) throws IOException {
    List<String> places = new ArrayList<>(PLACES);
    LinuxFamily.of(host).ifPresent(family -> places.add(0, family.anchors().bundle()));
    for (String place : places) {
      Path path = host.path(place);
      Optional<byte[]> bytes;
      try {
        bytes = BoundedFiles.readIfPresent(path, BoundedFiles.STORE_LIMIT);
      } catch (IOException e) {
        throw new IOException("cannot read " + path + ": " + Reasons.of(e), e);
      }
      if (bytes.isPresent()) {
        return Optional.of(
            new SystemBundle(
                path,
                Sha256.hex(bytes.get()),
                new String(bytes.get(), StandardCharsets.ISO_8859_1)));
      }
    }
    return Optional.empty();
  }

  /** Whether the root is in it, as text: parsing them all takes longer than all else. */
  boolean holds(X509Certificate root) {
    return text.contains(Pem.encode(root));
  }

  /** The same with a root. */
  SystemBundle with(X509Certificate root) {
    return new SystemBundle(path, state, text + Pem.encode(root));
  }

  /** The same of the same state, but for some roots. */
  SystemBundle without(Collection<X509Certificate> roots) {
    String rest = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    for (X509Certificate root : roots) {
      rest = rest.replace(Pem.encode(root), "");
    }
    return new SystemBundle(path, state, rest);
  }
}
