package dev.devca.ca.files;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * How much work it is to open a PKCS #12 file (RFC 7292). Whoever made the file says so in it; the
 * JDK allows five million iterations for each of its parts, however many there are.
 */
public final class Pkcs12Work {
  private Pkcs12Work() {}

  /**
   * Counts the iterations by which a password becomes the keys that open a file, without any of
   * that work.
   *
   * @param file its bytes
   * @return the iterations of all its parts together
   * @throws IOException if it is no PKCS #12 file
   */
  public static long iterations(byte[] file) throws IOException {
    try {
      Pfx pfx = Pfx.getInstance(file);
      long sum = ofMac(pfx.getMacData());
      byte[] safes = ASN1OctetString.getInstance(pfx.getAuthSafe().getContent()).getOctets();
      for (ContentInfo safe :
          AuthenticatedSafe.getInstance(ASN1Sequence.getInstance(safes)).getContentInfo()) {
        if (safe.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
          sum += of(EncryptedData.getInstance(safe.getContent()).getEncryptionAlgorithm());
        }
      }
      return sum;
    } catch (RuntimeException e) {
      // The parser throws what it likes at bytes that it does not like.
      throw new IOException("it is no PKCS #12 file", e);
    }
  }

  private static long ofMac(@Nullable MacData mac) {
    if (mac == null) {
      return 0;
    }
    AlgorithmIdentifier algorithm = mac.getMac().getAlgorithmId();
    // RFC 9579: then the count of the old kind says nothing.
    return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1)
        ? of(PBMAC1Params.getInstance(algorithm.getParameters()).getKeyDerivationFunc())
        : number(mac.getIterationCount());
  }

  private static long of(AlgorithmIdentifier encryption) {
    return encryption.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)
        ? of(PBES2Parameters.getInstance(encryption.getParameters()).getKeyDerivationFunc())
        : number(PKCS12PBEParams.getInstance(encryption.getParameters()).getIterations());
  }

  private static long of(KeyDerivationFunc function) {
    return number(PBKDF2Params.getInstance(function.getParameters()).getIterationCount());
  }

  /** A count; more than an int holds is as good as the largest, and the sum of many still fits. */
  private static long number(BigInteger count) {
    return count.bitLength() < Integer.SIZE ? Math.max(count.intValue(), 0) : Integer.MAX_VALUE;
  }
}
