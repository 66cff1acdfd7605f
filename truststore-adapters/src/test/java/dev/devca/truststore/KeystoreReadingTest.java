package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeystoreReadingTest {
  private static final X509Certificate ROOT = TestRoots.create();
  private static final X509Certificate OTHER = TestRoots.create();

  private final KeystoreReading reading = new KeystoreReading(List.of());

  @ParameterizedTest
  @EnumSource(TestKeyStore.class)
  void withAndWithout_eachKind_areOfTheirBytes(TestKeyStore kind) throws IOException {
    byte[] before = kind.of(Map.of("other", OTHER));

    assertThat(reading.trusts(before, ROOT)).isFalse();
    byte[] with = reading.with(ROOT, before);
    // What was read is as it was, whatever was made of it.
    assertThat(reading.trusts(before, ROOT)).isFalse();
    assertThat(reading.trusts(with, ROOT)).isTrue();
    assertThat(reading.trusts(with, OTHER)).isTrue();
    byte[] without = reading.without(ROOT, with);
    assertThat(reading.trusts(with, ROOT)).isTrue();
    assertThat(reading.trusts(without, ROOT)).isFalse();
    assertThat(reading.trusts(without, OTHER)).isTrue();
    assertThat(reading.holdTheSame(before, without)).isTrue();
    assertThat(reading.holdTheSame(before, with)).isFalse();
  }

  @Test
  void trusts_otherBytesInBetween_areRead() throws IOException {
    byte[] one = TestKeyStore.JKS.of(Map.of("a", ROOT));
    byte[] another = TestKeyStore.PKCS12.of(Map.of("a", OTHER));

    assertThat(reading.trusts(one, ROOT)).isTrue();
    assertThat(reading.trusts(another, ROOT)).isFalse();
    assertThat(reading.trusts(one, ROOT)).isTrue();
  }

  @Test
  void trusts_bytesThatCannotBeReadInBetween_neverAnswersForThem() throws IOException {
    byte[] good = TestKeyStore.JKS.of(Map.of("a", ROOT));
    byte[] locked = TestKeyStore.JKS.of(Map.of("a", ROOT), "geheim");

    assertThat(reading.trusts(good, ROOT)).isTrue();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> reading.trusts(locked, ROOT)).isInstanceOf(IOException.class);
    }
    assertThat(reading.trusts(good, ROOT)).isTrue();
  }
}
