package dev.devca.ca;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Writes PKCS #12 files, RFC 7292, in the arrangement that Java, OpenSSL and Windows write. */
final class Pkcs12 {
  // Oracle's trusted key usage: Java takes a certificate without it for none that it may trust.
  private static final ASN1ObjectIdentifier TRUSTED_KEY_USAGE =
      new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");
  private static final int LOCAL_KEY_ID_BYTES = 20;

  private final Pkcs12Protection protection;
  private final SecureRandom random;

  Pkcs12(Pkcs12Protection protection, SecureRandom random) {
    this.protection = protection;
    this.random = random;
  }

  /** A file with one key and its chain, the leaf first. */
  byte[] identity(String alias, byte[] pkcs8, List<byte[]> chain) {
    byte[] id = new byte[LOCAL_KEY_ID_BYTES];
    random.nextBytes(id);
    // The id, and not the alias, joins the key and its certificate.
    DERSet named = new DERSet(new ASN1Encodable[] {friendlyName(alias), localKeyId(id)});
    List<SafeBag> certificates = new ArrayList<>();
    for (byte[] der : chain) {
      certificates.add(certificate(der, certificates.isEmpty() ? named : new DERSet()));
    }
    Pkcs12Protection.Encrypted key = protection.encrypt(pkcs8);
    SafeBag keyBag =
        new SafeBag(
            PKCSObjectIdentifiers.pkcs8ShroudedKeyBag,
            new EncryptedPrivateKeyInfo(key.algorithm(), key.bytes()),
            named);
    return file(encrypted(certificates), plain(List.of(keyBag)));
  }

  /** A file with one trust anchor. */
  byte[] trust(String alias, byte[] der) {
    ASN1Encodable trusted = attribute(TRUSTED_KEY_USAGE, KeyPurposeId.anyExtendedKeyUsage);
    DERSet attributes = new DERSet(new ASN1Encodable[] {friendlyName(alias), trusted});
    return file(encrypted(List.of(certificate(der, attributes))));
  }

  private static SafeBag certificate(byte[] der, DERSet attributes) {
    CertBag bag = new CertBag(PKCSObjectIdentifiers.x509Certificate, new DEROctetString(der));
    return attributes.size() == 0
        ? new SafeBag(PKCSObjectIdentifiers.certBag, bag)
        : new SafeBag(PKCSObjectIdentifiers.certBag, bag, attributes);
  }

  private static ASN1Encodable friendlyName(String alias) {
    return attribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(alias));
  }

  private static ASN1Encodable localKeyId(byte[] id) {
    return attribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DEROctetString(id));
  }

  private static ASN1Encodable attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new DERSequence(new ASN1Encodable[] {type, new DERSet(value)});
  }

  private static ContentInfo plain(List<SafeBag> bags) {
    return new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(contents(bags)));
  }

  private ContentInfo encrypted(List<SafeBag> bags) {
    Pkcs12Protection.Encrypted safe = protection.encrypt(contents(bags));
    return new ContentInfo(
        PKCSObjectIdentifiers.encryptedData,
        new EncryptedData(
            PKCSObjectIdentifiers.data, safe.algorithm(), new DEROctetString(safe.bytes())));
  }

  private static byte[] contents(List<SafeBag> bags) {
    return der(new DERSequence(bags.toArray(SafeBag[]::new)));
  }

  private byte[] file(ContentInfo... safes) {
    byte[] safe = der(new AuthenticatedSafe(safes));
    ContentInfo content = new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(safe));
    return der(new Pfx(content, protection.seal(safe)));
  }

  private static byte[] der(ASN1Encodable object) {
    try {
      return object.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a PKCS #12 file has no encoding", e);
    }
  }
}
