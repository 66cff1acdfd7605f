package dev.devca.ca;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** An Ed25519 key, RFC 8032 and RFC 8410. */
final class Ed25519Key extends SigningKey {
  private static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);

  private final Ed25519PrivateKeyParameters key;

  private Ed25519Key(Ed25519PrivateKeyParameters key) {
    super(KeyType.ED25519);
    this.key = key;
  }

  static Ed25519Key generate(SecureRandom random) {
    return new Ed25519Key(new Ed25519PrivateKeyParameters(random));
  }

  static Ed25519Key of(Pkcs8 pkcs8) throws IOException {
    DerReader key = DerReader.of(pkcs8.key());
    byte[] seed = key.content(BERTags.OCTET_STRING);
    key.end();
    if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
      throw new IOException("an Ed25519 key has 32 bytes, not " + seed.length);
    }
    return new Ed25519Key(new Ed25519PrivateKeyParameters(seed, 0));
  }

  @Override
  byte[] pkcs8() {
    try {
      return new PrivateKeyInfo(ALGORITHM, new DEROctetString(key.getEncoded()))
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a key has no encoding", e);
    }
  }

  @Override
  SubjectPublicKeyInfo publicKey() {
    return new SubjectPublicKeyInfo(ALGORITHM, key.generatePublicKey().getEncoded());
  }

  @Override
  AlgorithmIdentifier signatureAlgorithm() {
    return ALGORITHM;
  }

  @Override
  byte[] sign(byte[] bytes, SecureRandom random) {
    // Its signatures need no random numbers, RFC 8032 §5.1.6.
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    return sign(signer, bytes);
  }
}
