package dev.devca.ca;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What may surprise in a leaf that is as it was asked for. */
final class LeafNotes {
  // support.apple.com/103769
  private static final Duration APPLE_LIMIT = Duration.ofDays(825);

  // RFC 8410 §3
  private static final String ED25519 = "1.3.101.112";

  private LeafNotes() {}

  /** Sentences for a person: of the names, then of the key and the validity. */
  static List<String> of(
      LeafRequest request, SubjectPublicKeyInfo key, Validity wanted, Validity given, Instant now) {
    List<String> notes = new ArrayList<>(request.notes());
    boolean server = request.isForServers();
    if (server && ED25519.equals(key.getAlgorithm().getAlgorithm().getId())) {
      notes.add("Browsers accept no Ed25519 key in a certificate");
    }
    if (!given.notAfter().equals(wanted.notAfter())) {
      notes.add("It ends with the CA's certificate, and not on " + wanted.notAfter());
    }
    if (server
        && Duration.between(given.notBefore(), given.notAfter()).compareTo(APPLE_LIMIT) > 0) {
      notes.add("It is valid for more than 825 days: macOS and iOS refuse it");
    }
    if (given.notAfter().isBefore(now)) {
      notes.add("It has expired already");
    }
    if (given.notBefore().isAfter(now)) {
      notes.add("It is not valid before " + given.notBefore());
    }
    return notes;
  }
}
