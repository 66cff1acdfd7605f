package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IssuerTest {
  private static final int MUTATIONS = 5000;

  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());

  @Test
  void of_root_saysWhatItsLeavesNeed() throws Exception {
    byte[] der = ca.rootCertificate().getEncoded();

    Issuer issuer = Issuer.of(der);

    assertThat(issuer.der()).isEqualTo(der);
    assertThat(issuer.isCertificate(der)).isTrue();
    assertThat(issuer.subject())
        .isEqualTo(ca.rootCertificate().getSubjectX500Principal().getEncoded());
    assertThat(issuer.keyIdentifier()).hasSize(20);
    assertThat(issuer.validity().notAfter())
        .isEqualTo(ca.rootCertificate().getNotAfter().toInstant());
    assertThat(issuer.hasKey()).isFalse();
  }

  /** Extensions are looked into as they are needed, and are refused in the same words. */
  @Test
  void of_extensionThatIsTorn_isRefusedAsNoCertificate() throws Exception {
    byte[] der = ca.rootCertificate().getEncoded();
    // 2.5.29.14, and then an OCTET STRING that holds one of 20 octets.
    int oid = HexFormat.of().formatHex(der).indexOf("0603551d0e04160414") / 2;
    der[oid + 8]++;

    assertThatThrownBy(() -> Issuer.of(der))
        .isInstanceOf(IOException.class)
        .hasMessage("it is no X.509 certificate: its end is missing");
  }

  @Test
  void checkSelfSigned_nameWrittenInAnotherWay_isTheSame() throws Exception {
    root("CN=Some  CA", "CN=some ca").checkSelfSigned();

    Issuer other = root("CN=Other", "CN=some ca");
    assertThatThrownBy(other::checkSelfSigned)
        .hasMessage("it is no root: it was issued by \"CN=Other\"");
  }

  private static Issuer root(String issuer, String subject) throws IOException {
    SecureRandom random = new SecureRandom();
    SigningKey key = SigningKey.generate(KeyType.P256, random);
    CertificateDraft draft =
        new CertificateDraft(
            new X500Name(issuer).getEncoded(),
            BigInteger.ONE,
            new Validity(Instant.EPOCH, Instant.EPOCH),
            new X500Name(subject).getEncoded(),
            key.publicKey());
    draft.add(Oids.BASIC_CONSTRAINTS, true, new BasicConstraints(true));
    draft.add(Oids.SUBJECT_KEY_IDENTIFIER, false, new SubjectKeyIdentifier(new byte[20]));
    return Issuer.of(draft.signedBy(key, random));
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "ED25519", "RSA2048"})
  void withKey_anotherKey_isRefused(KeyType type) throws Exception {
    Issuer issuer = Issuer.of(ca.rootCertificate().getEncoded());
    SigningKey key = SigningKey.generate(type, new SecureRandom());

    assertThatThrownBy(() -> issuer.withKey(key))
        .isInstanceOf(IOException.class)
        .hasMessage("the key belongs to another certificate");
  }

  @Test
  void of_changedBytes_isReadOrRefusedAndNothingElse() throws Exception {
    byte[] good = ca.rootCertificate().getEncoded();
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);

      Throwable thrown = catchThrowable(() -> Issuer.of(bad));

      if (thrown != null) {
        assertThat(thrown).isInstanceOf(IOException.class);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
