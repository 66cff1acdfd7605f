package dev.devca.ca;

import dev.devca.ca.SubjectAltName.EmailAddress;

/**
 * Email addresses: RFC 5321 §4.1.2 mailboxes, of which the local part is a dot-atom in ASCII (RFC
 * 5280 §4.2.1.6 wants ASCII) and the domain a DNS name.
 */
final class Mailboxes {
  // RFC 5321 §4.5.3.1.1, and §4.5.3.1.3 without the two angle brackets
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_MAILBOX = 254;

  private Mailboxes() {}

  static EmailAddress read(String text) {
    int at = text.lastIndexOf('@');
    String local = text.substring(0, at);
    checkLocalPart(local);
    String domain = DnsNames.withoutTrailingDot(text.substring(at + 1));
    if (IpAddresses.isIpv4(domain)) {
      throw new BadName("the domain of an email address is no IP address");
    }
    String normal = DnsNames.read(domain);
    if (normal.startsWith("*") || normal.indexOf('_') >= 0) {
      throw new BadName("the domain of an email address has no wildcard and no underscore");
    }
    String mailbox = local + "@" + normal;
    if (mailbox.length() > LONGEST_MAILBOX) {
      throw new BadName("it is longer than " + LONGEST_MAILBOX + " characters");
    }
    return new EmailAddress(mailbox);
  }

  private static void checkLocalPart(String local) {
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c >= 0x80) {
        throw new BadName("a certificate holds only ASCII in front of the @");
      }
      if (!Character.isLetterOrDigit(c) && "!#$%&'*+-/=?^_`{|}~.".indexOf(c) < 0) {
        throw new BadName(Quoted.of(String.valueOf(c)) + " cannot stand in front of the @");
      }
    }
    if (local.isEmpty() || local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
      throw new BadName("what is in front of the @ has an empty part");
    }
    if (local.length() > LONGEST_LOCAL_PART) {
      throw new BadName(
          "what is in front of the @ is longer than " + LONGEST_LOCAL_PART + " characters");
    }
  }
}
