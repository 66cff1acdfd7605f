package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {
  // RFC 3492 §7.1 (A), (I), (L), (R)
  @ParameterizedTest
  @CsvSource({
    "egbpdaj6bu4bxfgehfvwxn, ليهمابتكلموشعربي؟",
    "b1abfaaepdrnnbgefbadotcwatmq2g4l, почемужеонинеговорятпорусски",
    "3b-ww4c5e180e575a65lsy2b, 3年b組金八先生",
    "d9juau41awczczp, そのスピードで",
    "mnchen-3ya, münchen",
    "158h, 🚀"
  })
  void decode_samples_areRead(String encoded, String text) {
    assertThat(Punycode.decode(encoded)).isEqualTo(text);
    assertThat(PunycodeEncoder.encode(text)).isEqualTo(encoded);
  }

  // Nothing, ASCII only, an idle delimiter, a cut integer, a number too great, half a character.
  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "abc-", "-abc", "a-b-", "0", "9", "99999999", "999999999999", "\u00FCx"})
  void decode_malformed_isNull(String encoded) {
    assertThat(Punycode.decode(encoded)).isNull();
  }

  @Test
  void decode_randomText_isWhatWasEncoded() {
    long seed = Seed.get();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder("\u00FC");
      for (int i = random.nextInt(12); i > 0; i--) {
        text.insert(0, Character.toString(anyCharacter(random)));
      }
      String encoded = PunycodeEncoder.encode(text.toString());
      assertThat(Punycode.decode(encoded)).as("seed %d", seed).isEqualTo(text.toString());
    }
  }

  @Test
  void decode_randomLabel_encodesToItselfOrIsNull() {
    long seed = Seed.get();
    Random random = new Random(seed);
    String alphabet = "abcdefghijklmnopqrstuvwxyz0123456789--";
    int decoded = 0;
    for (int round = 0; round < 50_000; round++) {
      StringBuilder label = new StringBuilder();
      for (int i = random.nextInt(8); i >= 0; i--) {
        label.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String text = Punycode.decode(label.toString());
      if (text != null) {
        decoded++;
        assertThat(PunycodeEncoder.encode(text)).as("seed %d", seed).isEqualTo(label.toString());
      }
    }
    assertThat(decoded).as("seed %d", seed).isGreaterThan(1000);
  }

  private static int anyCharacter(Random random) {
    int codePoint = random.nextInt(random.nextBoolean() ? 0x250 : 0x110000);
    return Character.getType(codePoint) == Character.SURROGATE ? 'x' : codePoint;
  }
}
