package dev.devca.ca;

import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What a root, an intermediate and a leaf say: the profile of RFC 5280 in one file. Each choice has
 * the client that needs it beside it.
 */
final class CertificateProfile {
  private static final String ORGANIZATION = "devca development CA";
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
    byte[] name = name(commonName);
    CertificateDraft draft = draft(name, name, key.publicKey(), validity, random);
    // Python 3.13 refuses a CA whose basicConstraints are not critical, or without a keyUsage.
    draft.add(Oids.BASIC_CONSTRAINTS, true, new BasicConstraints(ROOT_PATH_LENGTH));
    draft.add(Oids.KEY_USAGE, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    draft.add(Oids.SUBJECT_KEY_IDENTIFIER, false, new SubjectKeyIdentifier(identifier));
    if (options.limits().isPresent()) {
      limit(draft, options.limits().get());
    }
    return draft.signedBy(key, random);
  }

  /** The DER of the intermediate of a constrained CA: it alone is constrained for Java. */
  static byte[] intermediate(
      CaOptions options, NameLimits limits, Issuer root, SigningKey key, SecureRandom random)
      throws IOException {
    byte[] identifier = keyIdentifier(key.publicKey());
    String commonName =
        options
            .commonName()
            .map(name -> name + " intermediate")
            .filter(name -> name.length() <= CommonName.LIMIT)
            .orElseGet(() -> "devca " + HexFormat.of().formatHex(identifier, 0, 4));
    CertificateDraft draft =
        draft(root.subject(), name(commonName), key.publicKey(), root.validity(), random);
    draft.add(Oids.BASIC_CONSTRAINTS, true, new BasicConstraints(0));
    draft.add(Oids.KEY_USAGE, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    // What a stolen key is good for, beside names: OpenSSL, GnuTLS, NSS and Windows look at it.
    draft.add(
        Oids.EXT_KEY_USAGE,
        false,
        limits.permitEmail()
            ? extKeyUsage(Oids.SERVER_AUTH, Oids.CLIENT_AUTH, Oids.EMAIL_PROTECTION)
            : extKeyUsage(Oids.SERVER_AUTH, Oids.CLIENT_AUTH));
    limit(draft, limits);
    draft.add(Oids.SUBJECT_KEY_IDENTIFIER, false, new SubjectKeyIdentifier(identifier));
    draft.add(
        Oids.AUTHORITY_KEY_IDENTIFIER, false, new AuthorityKeyIdentifier(root.keyIdentifier()));
    return root.sign(draft, random);
  }

  /** RFC 5280 §4.2.1.10: critical, so that who does not know them refuses instead of ignoring. */
  private static void limit(CertificateDraft draft, NameLimits limits) throws IOException {
    draft.add(Oids.NAME_CONSTRAINTS, true, limits.extension());
  }

  /** The DER of a leaf. */
  static byte[] leaf(
      LeafRequest request,
      SubjectPublicKeyInfo key,
      Issuer issuer,
      Validity validity,
      SecureRandom random)
      throws IOException {
    Optional<String> commonName = commonName(request, issuer.limits().isPresent());
    byte[] subject =
        commonName.isPresent()
            ? Der.sequence(rdn(Oids.COMMON_NAME, commonName.get()))
            : Der.sequence();
    CertificateDraft draft = draft(issuer.subject(), subject, key, validity, random);
    draft.add(Oids.BASIC_CONSTRAINTS, true, new BasicConstraints(false));
    draft.add(Oids.KEY_USAGE, true, new KeyUsage(usage(request, key)));
    draft.add(Oids.EXT_KEY_USAGE, false, extKeyUsage(purposes(request)));
    if (!request.names().isEmpty()) {
      // RFC 5280 §4.2.1.6: critical if and only if there is no subject to go by.
      draft.add(Oids.SUBJECT_ALT_NAME, commonName.isEmpty(), generalNames(request.names()));
    }
    // Python 3.13 refuses a leaf without an authority key identifier, and a critical one.
    draft.add(Oids.SUBJECT_KEY_IDENTIFIER, false, new SubjectKeyIdentifier(keyIdentifier(key)));
    draft.add(
        Oids.AUTHORITY_KEY_IDENTIFIER, false, new AuthorityKeyIdentifier(issuer.keyIdentifier()));
    return issuer.sign(draft, random);
  }

  private static CertificateDraft draft(
      byte[] issuer,
      byte[] subject,
      SubjectPublicKeyInfo key,
      Validity validity,
      SecureRandom random) {
    // The top bit set: always 16 octets, never zero.
    BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    return new CertificateDraft(issuer, serial, validity, subject, key);
  }

  /**
   * The common name asked for, by which PostgreSQL and others know a client; else the first name
   * that is no URI, where it fits. Nothing of the user or the machine. Under name constraints an
   * address is left out: OpenSSL takes it for a DNS name there, and refuses it.
   */
  private static Optional<String> commonName(LeafRequest request, boolean limited) {
    return request.commonName().or(() -> firstName(request, limited));
  }

  private static Optional<String> firstName(LeafRequest request, boolean limited) {
    for (SubjectAltName name : request.names()) {
      if (name instanceof SubjectAltName.DnsName
          || (!limited && !(name instanceof SubjectAltName.Uri))) {
        return Optional.of(name.value()).filter(value -> value.length() <= CommonName.LIMIT);
      }
    }
    return Optional.empty();
  }

  /** RFC 8446 §4.4.2.2 needs digitalSignature; the rest depends on what the key can do. */
  private static int usage(LeafRequest request, SubjectPublicKeyInfo key) {
    // By text: the constants of PKCS #1 come with two hundred others.
    return switch (key.getAlgorithm().getAlgorithm().getId()) {
      // RSA key exchange in TLS 1.2, RFC 5246 §7.4.2, and mail, RFC 8550 §4.4.2.
      case "1.2.840.113549.1.1.1" -> KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
      // RFC 8550 §4.4.2: NSS encrypts no mail to an elliptic-curve key without it.
      case "1.2.840.10045.2.1" ->
          KeyUsage.digitalSignature | (hasEmail(request) ? KeyUsage.keyAgreement : 0);
      default -> KeyUsage.digitalSignature;
    };
  }

  private static boolean hasEmail(LeafRequest request) {
    for (SubjectAltName name : request.names()) {
      if (name instanceof SubjectAltName.EmailAddress) {
        return true;
      }
    }
    return false;
  }

  /** The DER of the name of a CA, RFC 5280 §4.1.2.4. */
  private static byte[] name(String commonName) throws IOException {
    return Der.sequence(rdn(Oids.ORGANIZATION, ORGANIZATION), rdn(Oids.COMMON_NAME, commonName));
  }

  /** Without X500Name, which brings the names of all kinds of attributes. */
  private static byte[] rdn(ASN1ObjectIdentifier type, String value) throws IOException {
    return Der.element(
        Der.SET, Der.sequence(type.getEncoded(), new DERUTF8String(value).getEncoded()));
  }

  /** RFC 5280 §4.2.1.12. */
  private static ASN1Encodable extKeyUsage(ASN1ObjectIdentifier... purposes) {
    return new DERSequence(purposes);
  }

  private static ASN1ObjectIdentifier[] purposes(LeafRequest request) {
    ASN1ObjectIdentifier[] purposes = new ASN1ObjectIdentifier[3];
    int count = 0;
    // Apple needs serverAuth in every server's leaf.
    if (request.isForServers()) {
      purposes[count++] = Oids.SERVER_AUTH;
    }
    // nginx answers 400 to a client certificate without it.
    if (request.uses().contains(LeafRequest.Use.CLIENT)) {
      purposes[count++] = Oids.CLIENT_AUTH;
    }
    if (hasEmail(request)) {
      purposes[count++] = Oids.EMAIL_PROTECTION;
    }
    return Arrays.copyOf(purposes, count);
  }

  private static GeneralNames generalNames(List<SubjectAltName> names) {
    return new GeneralNames(
        names.stream().map(CertificateProfile::generalName).toArray(GeneralName[]::new));
  }

  static GeneralName generalName(SubjectAltName name) {
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
