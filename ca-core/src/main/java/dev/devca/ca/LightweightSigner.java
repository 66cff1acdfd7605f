package dev.devca.ca;

import java.io.OutputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.RuntimeOperatorException;

/** Signs with Bouncy Castle's own primitives: no provider is looked up. */
final class LightweightSigner implements ContentSigner {
  private final AlgorithmIdentifier algorithm;
  private final Signer signer;

  /** The algorithm's parameters are absent, as RFC 5758 §3.2 and RFC 8410 §3 want it. */
  LightweightSigner(ASN1ObjectIdentifier algorithm, Signer signer) {
    this.algorithm = new AlgorithmIdentifier(algorithm);
    this.signer = signer;
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return algorithm;
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        signer.update((byte) b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        signer.update(bytes, offset, length);
      }
    };
  }

  @Override
  public byte[] getSignature() {
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new RuntimeOperatorException("the certificate cannot be signed", e);
    }
  }
}
