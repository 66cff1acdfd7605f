package dev.devca.ca;

/**
 * A name that a certificate speaks for: an entry of the subject alternative name extension, RFC
 * 5280 §4.2.1.6. Values are in normal form, so that equal names are equal objects. Immutable.
 *
 * <p>Names are made by {@link LeafRequest#forNames}, which reads what a person types.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="names"}
 */
public sealed interface SubjectAltName {

  /**
   * The name as text: what a client asks for, and what {@link LeafRequest#forNames} reads back.
   *
   * @return the name in normal form
   */
  String value();

  /**
   * A DNS name, perhaps with {@code *} as its first label.
   *
   * @param value lower case A-labels without a trailing dot (RFC 5890 §2.3.2.1)
   */
  record DnsName(String value) implements SubjectAltName {}

  /**
   * An IPv4 or IPv6 address.
   *
   * @param value dotted decimal, or the text form of RFC 5952; an IPv4-mapped IPv6 address is the
   *     IPv4 address
   */
  record IpAddress(String value) implements SubjectAltName {}

  /**
   * An email address.
   *
   * @param value an RFC 5321 mailbox in ASCII, its domain in lower case A-labels
   */
  record EmailAddress(String value) implements SubjectAltName {}

  /**
   * An absolute URI.
   *
   * @param value RFC 3986 text in ASCII
   */
  record Uri(String value) implements SubjectAltName {}
}
