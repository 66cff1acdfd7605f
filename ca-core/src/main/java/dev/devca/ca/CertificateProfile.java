package dev.devca.ca;

import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * What a root and a leaf say: the profile of RFC 5280 in one file. Each choice has the client that
 * needs it beside it.
 */
final class CertificateProfile {
  private static final String ORGANIZATION = "devca development CA";
  // RFC 5280 appendix A.1, ub-common-name: OpenSSL refuses more.
  private static final int COMMON_NAME_LIMIT = 64;
  // RFC 5280 §4.1.2.2: positive, at most 20 octets. 127 bits keep two leaves apart for good: NSS
  // refuses a serial number that it has seen from the same issuer.
  private static final int SERIAL_BITS = 127;
  // RFC 7093 §2 method 1: the leftmost 160 bits of the SHA-256.
  private static final int KEY_IDENTIFIER_BYTES = 20;
  // Room for one intermediate between root and leaf.
  private static final int ROOT_PATH_LENGTH = 1;

  private CertificateProfile() {}

  /** The DER of a self-signed root. */
  static byte[] root(CaOptions options, SigningKey key, Validity validity, SecureRandom random)
      throws IOException {
    byte[] identifier = keyIdentifier(key.publicKey());
    String commonName =
        options.commonName().orElseGet(() -> "devca " + HexFormat.of().formatHex(identifier, 0, 4));
    // iOS lists a root for trust only if it has a common name.
    X500Name name = name(rdn(BCStyle.O, ORGANIZATION), rdn(BCStyle.CN, commonName));
    X509v3CertificateBuilder builder = builder(name, name, key.publicKey(), validity, random);
    // Python 3.13 refuses a CA whose basicConstraints are not critical, or without a keyUsage.
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ROOT_PATH_LENGTH));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier));
    return builder.build(key.signer(random)).getEncoded();
  }

  /** The DER of a leaf. */
  static byte[] leaf(
      LeafRequest request,
      SubjectPublicKeyInfo key,
      boolean rsa,
      Issuer issuer,
      Validity validity,
      SecureRandom random)
      throws IOException {
    X500Name subject = subject(request.names());
    X509v3CertificateBuilder builder = builder(issuer.subject(), subject, key, validity, random);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    // RFC 8446 §4.4.2.2 needs digitalSignature; key encipherment is for RSA in TLS 1.2 alone.
    int usage = KeyUsage.digitalSignature | (rsa ? KeyUsage.keyEncipherment : 0);
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes(request)));
    // RFC 5280 §4.2.1.6: critical if and only if there is no subject to go by.
    boolean anonymous = subject.getRDNs().length == 0;
    builder.addExtension(
        Extension.subjectAlternativeName, anonymous, generalNames(request.names()));
    // Python 3.13 refuses a leaf without an authority key identifier, and a critical one.
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(key)));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(issuer.keyIdentifier()));
    return builder.build(issuer.signer(random)).getEncoded();
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer,
      X500Name subject,
      SubjectPublicKeyInfo key,
      Validity validity,
      SecureRandom random) {
    // The top bit set: always 16 octets, never zero.
    BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    return new X509v3CertificateBuilder(
        issuer, serial, validity.notBeforeTime(), validity.notAfterTime(), subject, key);
  }

  /** The first DNS name or address, where it fits; nothing of the user or the machine. */
  private static X500Name subject(List<SubjectAltName> names) {
    return names.stream()
        .filter(name -> !(name instanceof SubjectAltName.Uri))
        .map(SubjectAltName::value)
        .findFirst()
        .filter(value -> value.length() <= COMMON_NAME_LIMIT)
        .map(value -> name(rdn(BCStyle.CN, value)))
        .orElseGet(CertificateProfile::name);
  }

  private static X500Name name(RDN... rdns) {
    return new X500Name(rdns);
  }

  private static RDN rdn(ASN1ObjectIdentifier type, String value) {
    return new RDN(new AttributeTypeAndValue(type, new DERUTF8String(value)));
  }

  private static KeyPurposeId[] purposes(LeafRequest request) {
    Set<LeafRequest.Use> uses = request.uses();
    boolean email =
        request.names().stream().anyMatch(SubjectAltName.EmailAddress.class::isInstance);
    boolean hosts =
        request.names().stream().anyMatch(n -> !(n instanceof SubjectAltName.EmailAddress));
    KeyPurposeId[] purposes = new KeyPurposeId[3];
    int count = 0;
    // Apple needs serverAuth in every server's leaf.
    if (uses.contains(LeafRequest.Use.SERVER) && hosts) {
      purposes[count++] = KeyPurposeId.id_kp_serverAuth;
    }
    // nginx answers 400 to a client certificate without it.
    if (uses.contains(LeafRequest.Use.CLIENT)) {
      purposes[count++] = KeyPurposeId.id_kp_clientAuth;
    }
    if (email) {
      purposes[count++] = KeyPurposeId.id_kp_emailProtection;
    }
    return Arrays.copyOf(purposes, count);
  }

  private static GeneralNames generalNames(List<SubjectAltName> names) {
    return new GeneralNames(
        names.stream().map(CertificateProfile::generalName).toArray(GeneralName[]::new));
  }

  private static GeneralName generalName(SubjectAltName name) {
    if (name instanceof SubjectAltName.DnsName dns) {
      return new GeneralName(GeneralName.dNSName, new DERIA5String(dns.value()));
    }
    if (name instanceof SubjectAltName.IpAddress ip) {
      return new GeneralName(GeneralName.iPAddress, ip.value());
    }
    if (name instanceof SubjectAltName.EmailAddress email) {
      return new GeneralName(GeneralName.rfc822Name, new DERIA5String(email.value()));
    }
    return new GeneralName(GeneralName.uniformResourceIdentifier, new DERIA5String(name.value()));
  }

  private static byte[] keyIdentifier(SubjectPublicKeyInfo key) {
    return Arrays.copyOf(Sha256.of(key.getPublicKeyData().getBytes()), KEY_IDENTIFIER_BYTES);
  }
}
