package dev.devca.ca;

import dev.devca.ca.files.QuietRegistrar;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;

/**
 * A private key with its public half, in the form in which it signs fastest. Immutable; {@code
 * toString} shows no key.
 */
abstract class SigningKey {
  static {
    QuietRegistrar.load();
  }

  private final KeyType type;

  SigningKey(KeyType type) {
    this.type = type;
  }

  /** Makes a key. */
  static SigningKey generate(KeyType type, SecureRandom random) {
    return switch (type) {
      case P256, P384 -> EcKey.generate(type, random);
      case ED25519 -> Ed25519Key.generate(random);
      case RSA2048, RSA3072, RSA4096 -> RsaKey.generate(type, random);
    };
  }

  /**
   * Reads a key.
   *
   * @throws IOException if it is no PKCS #8 key of a supported kind; the message says why
   */
  static SigningKey fromPkcs8(byte[] pkcs8) throws IOException {
    try {
      Pkcs8 read = Pkcs8.read(pkcs8);
      // The constants of RSA last: they come with two hundred others.
      if (read.isOf(X9ObjectIdentifiers.id_ecPublicKey)) {
        return EcKey.of(read);
      }
      if (read.isOf(EdECObjectIdentifiers.id_Ed25519)) {
        return Ed25519Key.of(read);
      }
      if (read.isOf(PKCSObjectIdentifiers.rsaEncryption)) {
        return RsaKey.of(read);
      }
      throw new IOException(
          "the key algorithm "
              + ASN1ObjectIdentifier.getInstance(read.algorithm())
              + " is none of P-256, P-384, Ed25519 and RSA");
    } catch (DerReader.MalformedException | RuntimeException | GeneralSecurityException e) {
      // The parsers say what bytes they met in many ways; none would help a person.
      throw new IOException("it is no PKCS #8 key", e);
    }
  }

  /**
   * The public half that belongs to a key, as the key itself says where it does: to compute it
   * takes as long as to make a key.
   *
   * @throws IOException as {@link #fromPkcs8}
   */
  static SubjectPublicKeyInfo publicKeyOf(byte[] pkcs8) throws IOException {
    try {
      Pkcs8 read = Pkcs8.read(pkcs8);
      if (read.isOf(X9ObjectIdentifiers.id_ecPublicKey)) {
        Optional<SubjectPublicKeyInfo> said = EcKey.publicKeyIn(read);
        if (said.isPresent()) {
          return said.get();
        }
      }
    } catch (DerReader.MalformedException | RuntimeException e) {
      throw new IOException("it is no PKCS #8 key", e);
    }
    return fromPkcs8(pkcs8).publicKey();
  }

  final KeyType type() {
    return type;
  }

  /** The PKCS #8 version 1 encoding, RFC 5208, which OpenSSL 3.0 reads for every algorithm. */
  abstract byte[] pkcs8();

  abstract SubjectPublicKeyInfo publicKey();

  /** What a certificate says of its signature, RFC 5758 §3.2, RFC 8410 §3, RFC 4055 §5. */
  abstract AlgorithmIdentifier signatureAlgorithm();

  /** The signature of these bytes, as a certificate holds it; by any number of threads. */
  abstract byte[] sign(byte[] bytes, SecureRandom random);

  /** The same key, where it can: its signatures take their random numbers from a stock. */
  SigningKey drawingFrom(SecretStock secrets) {
    return this;
  }

  /** With Bouncy Castle's own primitives: no provider is looked up. */
  static byte[] sign(Signer signer, byte[] bytes) {
    signer.update(bytes, 0, bytes.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("the certificate cannot be signed", e);
    }
  }

  /** The key as the JDK's own type. */
  final PrivateKey toPrivateKey() {
    try {
      String algorithm =
          switch (type) {
            case P256, P384 -> "EC";
            case ED25519 -> "Ed25519";
            case RSA2048, RSA3072, RSA4096 -> "RSA";
          };
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot read a " + type + " key", e);
    }
  }

  @Override
  public final String toString() {
    return "private key (" + type + ")";
  }
}
