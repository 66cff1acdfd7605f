package dev.devca.ca;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What may surprise in a leaf that is as it was asked for. */
final class LeafNotes {
  // support.apple.com/103769
  private static final Duration APPLE_LIMIT = Duration.ofDays(825);

  private LeafNotes() {}

  /** Sentences for a person: of the names, then of the key and the validity. */
  static List<String> of(LeafRequest request, Validity wanted, Validity given, Instant now) {
    List<String> notes = new ArrayList<>(request.notes());
    boolean server = request.isForServers();
    if (request.keyType() == KeyType.ED25519 && server) {
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
