package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Random;
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
