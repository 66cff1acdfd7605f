package dev.devca.ca;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * What certificates are made of. Bouncy Castle's lists of the same name all that its authors know
 * of, and take three milliseconds of a cold JVM.
 */
final class Oids {
  // RFC 5280, Appendix A.1.
  static final ASN1ObjectIdentifier COMMON_NAME = new ASN1ObjectIdentifier("2.5.4.3");
  static final ASN1ObjectIdentifier ORGANIZATION = new ASN1ObjectIdentifier("2.5.4.10");
  // §4.2.1
  static final ASN1ObjectIdentifier SUBJECT_KEY_IDENTIFIER = new ASN1ObjectIdentifier("2.5.29.14");
  static final ASN1ObjectIdentifier KEY_USAGE = new ASN1ObjectIdentifier("2.5.29.15");
  static final ASN1ObjectIdentifier SUBJECT_ALT_NAME = new ASN1ObjectIdentifier("2.5.29.17");
  static final ASN1ObjectIdentifier BASIC_CONSTRAINTS = new ASN1ObjectIdentifier("2.5.29.19");
  static final ASN1ObjectIdentifier NAME_CONSTRAINTS = new ASN1ObjectIdentifier("2.5.29.30");
  static final ASN1ObjectIdentifier AUTHORITY_KEY_IDENTIFIER =
      new ASN1ObjectIdentifier("2.5.29.35");
  static final ASN1ObjectIdentifier EXT_KEY_USAGE = new ASN1ObjectIdentifier("2.5.29.37");
  // §4.2.1.12
  static final ASN1ObjectIdentifier SERVER_AUTH = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.1");
  static final ASN1ObjectIdentifier CLIENT_AUTH = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.2");
  static final ASN1ObjectIdentifier EMAIL_PROTECTION =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.4");

  private Oids() {}
}
