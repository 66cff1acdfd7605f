package dev.devca.ca;

import java.time.Duration;
import java.util.Optional;

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

  private final Optional<String> commonName;
  private final KeyType keyType;
  private final Duration validity;

  private CaOptions(Optional<String> commonName, KeyType keyType, Duration validity) {
    this.commonName = commonName;
    this.keyType = keyType;
    this.validity = validity;
  }

  /**
   * The defaults.
   *
   * @return options as the class describes them
   */
  public static CaOptions defaults() {
    return new CaOptions(Optional.empty(), KeyType.P256, DEFAULT_VALIDITY);
  }

  /**
   * The same options with a common name.
   *
   * @param name 1 to 64 printable characters
   * @return a copy
   * @throws IllegalArgumentException if the name is empty, too long, or has control characters
   */
  public CaOptions withCommonName(String name) {
    return new CaOptions(Optional.of(CommonName.checked("a CA's name", name)), keyType, validity);
  }

  /**
   * The same options with another kind of key.
   *
   * @param type the kind of the root's key; a leaf's is its own
   * @return a copy
   */
  public CaOptions withKeyType(KeyType type) {
    return new CaOptions(commonName, type, validity);
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
    return new CaOptions(commonName, keyType, length);
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
