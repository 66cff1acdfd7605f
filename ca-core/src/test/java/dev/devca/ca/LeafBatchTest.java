package dev.devca.ca;

import static dev.devca.ca.CertificateAssertions.assertIsServerLeaf;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeafBatchTest {
  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "P384", "ED25519"})
  void issue_anyKindOfRoot_leavesVerify(KeyType kind) throws Exception {
    CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults().withKeyType(kind));
    LeafBatch batch = ca.batch();
    for (KeyType leaf : List.of(KeyType.P256, KeyType.P384, KeyType.ED25519)) {
      IssuedCertificate issued = batch.issue(LeafRequest.forNames("app.test").withKeyType(leaf));

      assertIsServerLeaf(issued.chain().get(0), ca.rootCertificate(), "dns:app.test");
      assertThat(SigningKey.fromPkcs8(issued.privateKey().getEncoded()).publicKey().getEncoded())
          .isEqualTo(issued.chain().get(0).getPublicKey().getEncoded());
    }
  }

  @Test
  void issue_manyByManyThreads_neverTheSameKeyOrRandomNumberTwice() throws Exception {
    CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());
    LeafBatch batch = ca.batch();
    Set<BigInteger> seen = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 500)
        .parallel()
        .forEach(
            i -> {
              try {
                X509Certificate leaf =
                    batch.issue(LeafRequest.forNames("app" + i + ".test")).chain().get(0);
                leaf.verify(ca.rootCertificate().getPublicKey());
                // r of the signature, RFC 3279 section 2.2.3: the same for two would give the CA's
                // key away.
                assertThat(
                        seen.add(
                            ASN1Integer.getInstance(
                                    ASN1Sequence.getInstance(leaf.getSignature()).getObjectAt(0))
                                .getValue()))
                    .isTrue();
                assertThat(seen.add(new BigInteger(1, leaf.getPublicKey().getEncoded()))).isTrue();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });

    assertThat(seen).hasSize(1000);
  }
}
