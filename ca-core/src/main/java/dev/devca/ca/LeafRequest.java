package dev.devca.ca;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf says. Immutable; {@code with*} and {@code for*Auth} return a copy.
 *
 * <p>Defaults: server authentication, a new P-256 key, valid for 820 days of which an hour lies in
 * the past. Email addresses among the names add email protection.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="request"}
 */
public final class LeafRequest {
  // Apple accepts at most 825 days (support.apple.com/103769); five are kept for clocks and zones.
  private static final Duration DEFAULT_VALIDITY = Duration.ofDays(820);
  // A century: more is a slip of the hand, and the issuer ends long before.
  private static final Duration LONGEST_VALIDITY = Duration.ofDays(36_500);

  /** What the holder of a leaf may do with it, RFC 5280 §4.2.1.12. */
  enum Use {
    SERVER,
    CLIENT
  }

  private final Names names;
  private final Set<Use> uses;
  private final KeyType keyType;
  private final Duration length;
  private final @Nullable Validity exact;
  private final Optional<String> commonName;

  private LeafRequest(
      Names names,
      Set<Use> uses,
      KeyType keyType,
      Duration length,
      @Nullable Validity exact,
      Optional<String> commonName) {
    this.names = names;
    this.uses = uses;
    this.keyType = keyType;
    this.length = length;
    this.exact = exact;
    this.commonName = commonName;
  }

  /**
   * A leaf for these names: DNS names (a wildcard as first label, any script), IPv4 and IPv6
   * addresses, email addresses, and URLs, of which the host is taken. They are put in normal form;
   * {@link #notes} says what was changed.
   *
   * @param names at least one name
   * @return the request
   * @throws IllegalArgumentException if there is none, or one cannot be in a certificate; the
   *     message names it and says why
   */
  public static LeafRequest forNames(String... names) {
    return of(false, names);
  }

  /**
   * As {@link #forNames}, and each URL among the names is a URI name too.
   *
   * @param names at least one name
   * @return the request
   * @throws IllegalArgumentException as {@link #forNames}
   */
  public static LeafRequest forNamesAndUris(String... names) {
    return of(true, names);
  }

  private static LeafRequest of(boolean keepUris, String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("cannot issue a certificate: no names were given");
    }
    return of(NameParser.parse(List.of(names), keepUris), EnumSet.of(Use.SERVER));
  }

  static LeafRequest of(Names names, Set<Use> uses) {
    return new LeafRequest(
        names, EnumSet.copyOf(uses), KeyType.P256, DEFAULT_VALIDITY, null, Optional.empty());
  }

  /**
   * A leaf for a TLS client that servers know by its common name alone: a user of a database, say.
   *
   * @param commonName as {@link #withCommonName}
   * @return the request, for client authentication, without subject alternative names
   * @throws IllegalArgumentException as {@link #withCommonName}
   */
  public static LeafRequest forClient(String commonName) {
    return of(new Names(List.of(), List.of()), EnumSet.of(Use.CLIENT)).withCommonName(commonName);
  }

  /**
   * The same request with a common name in the subject.
   *
   * @param name 1 to 64 printable characters; the default is the first DNS name, address or email
   *     address, if it is that short
   * @return a copy
   * @throws IllegalArgumentException if the name is empty, too long, or has control characters
   */
  public LeafRequest withCommonName(String name) {
    String checked = CommonName.checked("a common name", name);
    return new LeafRequest(names, uses, keyType, length, exact, Optional.of(checked));
  }

  /**
   * The same request for a length of time. The leaf is back-dated by an hour, or by a tenth of the
   * length if that is shorter, which counts; it never ends after its issuer.
   *
   * @param validity notAfter minus notBefore, a second to 36500 days; the default is 820 days
   * @return a copy
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public LeafRequest withValidity(Duration validity) {
    if (validity.toSeconds() < 1 || validity.compareTo(LONGEST_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "a validity is at least a second and at most 36500 days, not "
              + (validity.toDays() > 0
                  ? validity.toDays() + " days"
                  : validity.toMillis() + " ms"));
    }
    return new LeafRequest(names, uses, keyType, validity, null, commonName);
  }

  /**
   * The same request between two moments, perhaps in the past; it never ends after its issuer.
   *
   * @param notBefore the first second
   * @param notAfter the last second
   * @return a copy
   * @throws IllegalArgumentException if the end is before the beginning, or a year is before 1950
   *     or after 9999
   */
  public LeafRequest withValidity(Instant notBefore, Instant notAfter) {
    return new LeafRequest(
        names, uses, keyType, length, new Validity(notBefore, notAfter), commonName);
  }

  /**
   * The same request with another kind of key.
   *
   * @param type the kind of key; the default is P-256
   * @return a copy
   */
  public LeafRequest withKeyType(KeyType type) {
    return new LeafRequest(names, uses, type, length, exact, commonName);
  }

  /**
   * The same request for TLS client authentication alone.
   *
   * @return a copy
   */
  public LeafRequest forClientAuth() {
    return withUses(EnumSet.of(Use.CLIENT));
  }

  /**
   * The same request for TLS server and client authentication.
   *
   * @return a copy
   * @throws IllegalArgumentException if it has no names: a server is known by them alone
   */
  public LeafRequest forServerAndClientAuth() {
    if (names().isEmpty()) {
      throw new IllegalArgumentException(
          "cannot issue a server's certificate: clients look for its names, and it has none");
    }
    return withUses(EnumSet.of(Use.SERVER, Use.CLIENT));
  }

  private LeafRequest withUses(Set<Use> other) {
    return new LeafRequest(names, other, keyType, length, exact, commonName);
  }

  /**
   * The names in normal form.
   *
   * @return without duplicates, in the order given; none for {@link #forClient}
   */
  public List<SubjectAltName> names() {
    return names.names();
  }

  /**
   * What was normalised in the names, or may surprise.
   *
   * @return a sentence each, for a person; often none
   */
  public List<String> notes() {
    return names.notes();
  }

  /**
   * The common name that was asked for.
   *
   * @return empty if it is to be taken from the names
   */
  public Optional<String> commonName() {
    return commonName;
  }

  /**
   * Whether TLS servers may present the leaf: if that is among its uses, and it names a host or
   * URI.
   *
   * @return false for a leaf for clients or email alone
   */
  public boolean isForServers() {
    for (SubjectAltName name : names()) {
      if (!(name instanceof SubjectAltName.EmailAddress)) {
        return uses.contains(Use.SERVER);
      }
    }
    return false;
  }

  /**
   * Whether TLS clients may present the leaf.
   *
   * @return true if that is among its uses
   */
  public boolean isForClients() {
    return uses.contains(Use.CLIENT);
  }

  KeyType keyType() {
    return keyType;
  }

  Set<Use> uses() {
    return EnumSet.copyOf(uses);
  }

  Validity validity(Instant now) {
    return exact == null ? Validity.of(length, now) : exact;
  }

  @Override
  public String toString() {
    return "LeafRequest" + commonName.map(List::of).orElse(List.of()) + names.names();
  }
}
