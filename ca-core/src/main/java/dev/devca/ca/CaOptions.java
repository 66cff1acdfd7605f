package dev.devca.ca;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a new root says. Immutable; {@code with*} returns a copy.
 *
 * <p>Defaults: a P-256 key, ten years, and the common name {@code devca} followed by eight digits
 * of the key identifier. There is no user or host name in it, since the issuer stands in every
 * leaf.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="memory"}
 */
public final class CaOptions {
  // Ten years of 365 days and the leap days in them.
  private static final Duration DEFAULT_VALIDITY = Duration.ofDays(3652);

  // Names that nobody chose: by a key that is to go, or by a user and a host.
  private static final Pattern GIVEN = Pattern.compile("devca [0-9a-f]{8}$|mkcert ");

  private final Optional<String> commonName;
  private final KeyType keyType;
  private final Duration validity;
  private final Optional<NameLimits> limits;

  private CaOptions(
      Optional<String> commonName,
      KeyType keyType,
      Duration validity,
      Optional<NameLimits> limits) {
    this.commonName = commonName;
    this.keyType = keyType;
    this.validity = validity;
    this.limits = limits;
  }

  /**
   * The defaults.
   *
   * @return options as the class describes them
   */
  public static CaOptions defaults() {
    return new CaOptions(Optional.empty(), KeyType.P256, DEFAULT_VALIDITY, Optional.empty());
  }

  /**
   * What a CA that is there says: for a new one in its place.
   *
   * @param ca the CA
   * @return its limits, length and kind of key, and its name if somebody chose it for it
   */
  public static CaOptions like(CertificateAuthority ca) {
    X509Certificate root = ca.rootCertificate();
    CaOptions options =
        defaults()
            .withKeyType(KeyType.closest(root.getPublicKey()))
            .withValidity(
                Duration.between(root.getNotBefore().toInstant(), root.getNotAfter().toInstant()));
    if (!ca.permitted().isEmpty()) {
      options = options.withPermitted(ca.permitted().toArray(String[]::new));
    }
    Optional<String> name = CommonName.of(root).filter(text -> !GIVEN.matcher(text).lookingAt());
    try {
      return name.isPresent() ? options.withCommonName(name.get()) : options;
    } catch (IllegalArgumentException e) {
      // Another program's, which we would not write.
      return options;
    }
  }

  /**
   * The same options with a common name.
   *
   * @param name 1 to 64 printable characters
   * @return a copy
   * @throws IllegalArgumentException if the name is empty, too long, or has control characters
   */
  public CaOptions withCommonName(String name) {
    return new CaOptions(
        Optional.of(CommonName.checked("a CA's name", name)), keyType, validity, limits);
  }

  /**
   * The same options with another kind of key.
   *
   * @param type the kind of the root's key; a leaf's is its own
   * @return a copy
   */
  public CaOptions withKeyType(KeyType type) {
    return new CaOptions(commonName, type, validity, limits);
  }

  /**
   * The same options with another length of validity.
   *
   * @param length notAfter minus notBefore, at least a second
   * @return a copy
   * @throws IllegalArgumentException if it is shorter than a second
   */
  public CaOptions withValidity(Duration length) {
    if (length.toSeconds() < 1) {
      throw new IllegalArgumentException("a validity is at least a second, not " + length);
    }
    return new CaOptions(commonName, keyType, length, limits);
  }

  /**
   * The same options for a constrained CA: a root and an intermediate, both with name constraints
   * (RFC 5280 §4.2.1.10), and the root's key gone as soon as it has signed the intermediate. What
   * issues is the intermediate.
   *
   * @param names what may be signed, and nothing else: DNS names, which stand for what is below
   *     them too ({@code test}), addresses and networks ({@code 10.0.0.0/8}), mail domains ({@code
   *     @app.test}) or mailboxes, and hosts of URIs ({@code spiffe://app.test}); at least one
   * @return a copy
   * @throws IllegalArgumentException if there is none, or one is none of these; the message says
   *     why
   */
  public CaOptions withPermitted(String... names) {
    return new CaOptions(
        commonName,
        keyType,
        validity,
        Optional.of(NameLimits.to(PermittedNames.parse(List.of(names)))));
  }

  /**
   * What the CA may sign.
   *
   * @return the names of {@link #withPermitted} in normal form; empty if it may sign any
   */
  public List<String> permitted() {
    return limits.map(NameLimits::describe).orElse(List.of());
  }

  Optional<NameLimits> limits() {
    return limits;
  }

  Optional<String> commonName() {
    return commonName;
  }

  KeyType keyType() {
    return keyType;
  }

  Duration validity() {
    return validity;
  }
}
