package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStoreFileTest {
  private static final byte[] JKS = TestKeyStore.JKS.of(Map.of("a", TestRoots.create()));

  @ParameterizedTest
  @EnumSource(TestKeyStore.class)
  void isWholeJks_eachKind_isForJksAlone(TestKeyStore kind) {
    assertThat(KeyStoreFile.isWholeJks(kind.of(Map.of()))).isEqualTo(kind == TestKeyStore.JKS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 20, 21, 300})
  void isWholeJks_beginningOfOne_isNot(int length) {
    assertThat(KeyStoreFile.isWholeJks(JKS)).isTrue();
    assertThat(KeyStoreFile.isWholeJks(Arrays.copyOf(JKS, length))).isFalse();
    assertThat(KeyStoreFile.isWholeJks(Arrays.copyOf(JKS, JKS.length - 1))).isFalse();
  }

  @Test
  void isWholeJks_anyByteAnother_isNot() {
    for (int at = 0; at < JKS.length; at++) {
      byte[] other = JKS.clone();
      other[at] ^= 1;
      assertThat(KeyStoreFile.isWholeJks(other)).as("byte %s", at).isFalse();
    }
  }

  @Test
  void isWholeJks_otherPassword_isNot() {
    assertThat(KeyStoreFile.isWholeJks(TestKeyStore.JKS.of(Map.of(), "geheim"))).isFalse();
  }
}
