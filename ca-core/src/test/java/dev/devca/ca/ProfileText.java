package dev.devca.ca;

import dev.devca.ca.files.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** All that a certificate says, a line for each field, in the order of its bytes. */
final class ProfileText {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
          Map.entry("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
          Map.entry("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.1.1", "rsaEncryption"),
          Map.entry("1.2.840.10045.2.1", "id-ecPublicKey"),
          Map.entry("1.2.840.10045.3.1.7", "prime256v1"),
          Map.entry("1.3.132.0.34", "secp384r1"),
          Map.entry("1.3.101.112", "Ed25519"),
          Map.entry("2.5.29.19", "basicConstraints"),
          Map.entry("2.5.29.15", "keyUsage"),
          Map.entry("2.5.29.37", "extendedKeyUsage"),
          Map.entry("2.5.29.17", "subjectAltName"),
          Map.entry("2.5.29.14", "subjectKeyIdentifier"),
          Map.entry("2.5.29.35", "authorityKeyIdentifier"),
          Map.entry("1.3.6.1.5.5.7.3.1", "serverAuth"),
          Map.entry("1.3.6.1.5.5.7.3.2", "clientAuth"),
          Map.entry("1.3.6.1.5.5.7.3.4", "emailProtection"));
  private static final List<String> USAGES =
      List.of(
          "digitalSignature",
          "nonRepudiation",
          "keyEncipherment",
          "dataEncipherment",
          "keyAgreement",
          "keyCertSign",
          "cRLSign");

  private ProfileText() {}

  /** The text; {@code now} is when it was issued. */
  static String of(byte[] der, byte[] issuerDer, Instant now) throws Exception {
    Certificate certificate = Certificate.getInstance(der);
    Certificate issuer = Certificate.getInstance(issuerDer);
    List<String> lines = new ArrayList<>();
    lines.add("version " + certificate.getVersionNumber());
    lines.add(
        "serialNumber " + certificate.getSerialNumber().getPositiveValue().bitLength() + " bits");
    lines.add("signature " + name(certificate.getSignatureAlgorithm().getAlgorithm()));
    lines.add(
        "issuer " + (certificate.getIssuer().equals(issuer.getSubject()) ? "the issuer's" : "?"));
    Validity validity = CertificateFields.read(der).validity();
    lines.add("notBefore " + Duration.between(now, validity.notBefore()));
    lines.add("notAfter " + Duration.between(validity.notBefore(), validity.notAfter()));
    lines.add("subject " + subject(certificate.getSubject()));
    lines.add("subjectPublicKeyInfo " + key(certificate.getSubjectPublicKeyInfo()));
    Extensions extensions = certificate.getTBSCertificate().getExtensions();
    for (ASN1ObjectIdentifier oid : extensions.getExtensionOIDs()) {
      Extension extension = extensions.getExtension(oid);
      lines.add(
          name(oid)
              + (extension.isCritical() ? " critical " : " ")
              + value(extensions, oid, certificate, issuer));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String name(ASN1ObjectIdentifier oid) {
    return NAMES.getOrDefault(oid.getId(), oid.getId());
  }

  /** The digits of the key stand in a root's name. */
  private static String subject(X500Name subject) {
    String text = subject.toString();
    return text.isEmpty() ? "(empty)" : text.replaceFirst("devca [0-9a-f]{8}$", "devca KEYID");
  }

  private static String key(SubjectPublicKeyInfo key) {
    String algorithm = name(key.getAlgorithm().getAlgorithm());
    return key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
        ? algorithm + " " + name(curve)
        : algorithm;
  }

  private static String value(
      Extensions extensions,
      ASN1ObjectIdentifier oid,
      Certificate certificate,
      Certificate issuer) {
    return switch (name(oid)) {
      case "basicConstraints" -> {
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
        yield "cA "
            + constraints.isCA()
            + (constraints.getPathLenConstraint() == null
                ? ""
                : ", pathLen " + constraints.getPathLenConstraint());
      }
      case "keyUsage" -> usages(KeyUsage.fromExtensions(extensions));
      case "extendedKeyUsage" -> {
        List<String> purposes = new ArrayList<>();
        for (KeyPurposeId purpose : ExtendedKeyUsage.fromExtensions(extensions).getUsages()) {
          purposes.add(name(purpose.toOID()));
        }
        yield String.join(", ", purposes);
      }
      case "subjectAltName" -> names(GeneralNames.fromExtensions(extensions, oid));
      case "subjectKeyIdentifier" ->
          isIdentifier(octets(extensions, oid), certificate) ? "SHA-256 of the key" : "?";
      case "authorityKeyIdentifier" -> {
        AuthorityKeyIdentifier authority = AuthorityKeyIdentifier.fromExtensions(extensions);
        boolean same = isIdentifier(authority.getKeyIdentifierOctets(), issuer);
        yield same && authority.getAuthorityCertIssuer() == null ? "the issuer's" : "?";
      }
      default -> "?";
    };
  }

  private static byte[] octets(Extensions extensions, ASN1ObjectIdentifier oid) {
    return ASN1OctetString.getInstance(extensions.getExtensionParsedValue(oid)).getOctets();
  }

  /** RFC 7093 §2 method 1. */
  private static boolean isIdentifier(byte[] identifier, Certificate certificate) {
    byte[] key = certificate.getSubjectPublicKeyInfo().getPublicKeyData().getBytes();
    return Arrays.equals(identifier, Arrays.copyOf(Sha256.of(key), 20));
  }

  private static String usages(KeyUsage usage) {
    List<String> usages = new ArrayList<>();
    // Bit 0 is the highest bit of the first octet.
    byte[] bits = usage.getBytes();
    for (int i = 0; i < bits.length * 8; i++) {
      if ((bits[i / 8] >> (7 - i % 8) & 1) == 1) {
        usages.add(USAGES.get(i));
      }
    }
    return String.join(", ", usages);
  }

  private static String names(GeneralNames names) {
    List<String> texts = new ArrayList<>();
    for (GeneralName name : names.getNames()) {
      texts.add(
          switch (name.getTagNo()) {
            case GeneralName.dNSName -> "DNS:" + name.getName();
            case GeneralName.rfc822Name -> "email:" + name.getName();
            case GeneralName.uniformResourceIdentifier -> "URI:" + name.getName();
            case GeneralName.iPAddress ->
                "IP:" + ASN1OctetString.getInstance(name.getName()).getOctets().length + " octets";
            default -> "?";
          });
    }
    return String.join(", ", texts);
  }
}
