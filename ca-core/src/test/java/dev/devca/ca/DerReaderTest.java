package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerReaderTest {
  private static DerReader reader(String hex) {
    return DerReader.of(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3", "2.5.4.3", "1.2.840.10045.2.1", "2.999.128.16384", "0.0"})
  void objectIdentifier_asBouncyCastleWritesIt_isRead(String oid) throws Exception {
    byte[] written = new ASN1ObjectIdentifier(oid).getEncoded();

    assertThat(DerReader.of(written).objectIdentifier()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    // without a number
    "0600",
    // whose last number goes on
    "060181",
    "06022a86",
    // longer than it needs to be
    "06028001",
    "06032a8001",
    // past its end, and none
    "06032a03",
    "04012a"
  })
  void objectIdentifier_whatIsNone_isRefused(String hex) {
    assertThatThrownBy(() -> reader(hex).objectIdentifier())
        .isInstanceOf(DerReader.MalformedException.class);
  }

  @Test
  void any_eachTagOfOneOctet_isRead() throws Exception {
    for (int tag = 0; tag < 256; tag++) {
      byte[] element = {(byte) tag, 1, 7};
      if ((tag & 31) == 31) {
        assertThatThrownBy(() -> DerReader.of(element).any())
            .isInstanceOf(DerReader.MalformedException.class);
      } else {
        assertThat(DerReader.of(element).any()).isEqualTo(element);
      }
    }
    assertThatThrownBy(() -> DerReader.of(new byte[0]).any())
        .isInstanceOf(DerReader.MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 16_777_216})
  void content_anyLength_isWhatWasWrittenByUsAndByBouncyCastle(int length) throws Exception {
    byte[] content = new byte[length];
    byte[] written = Der.element(4, content);

    assertThat(written).isEqualTo(new DEROctetString(content).getEncoded());
    assertThat(DerReader.of(written).content(4)).isEqualTo(content);
    assertThat(DerReader.of(written).element(4)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    // indefinite, X.690 §8.1.3.6, which DER has not
    "04800000",
    // longer than it needs to be
    "04810161",
    "0482000161",
    "04820080",
    "0484000000016100",
    "0485000000000161",
    // more than there is
    "0402",
    "0401",
    "04",
    "0481",
    "0482ff",
    "0484ffffffff61",
    "04ff",
    "048561",
  })
  void content_lengthThatIsNone_isRefused(String hex) {
    assertThatThrownBy(() -> reader(hex).content(4))
        .isInstanceOf(DerReader.MalformedException.class);
    assertThatThrownBy(() -> reader(hex).element(4))
        .isInstanceOf(DerReader.MalformedException.class);
    assertThatThrownBy(() -> reader(hex).inside(4))
        .isInstanceOf(DerReader.MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "-1", "127", "128", "-128", "-129", "32768", "340282366920938"})
  void integer_any_isThatOfBouncyCastle(String number) throws Exception {
    BigInteger expected = new BigInteger(number);

    assertThat(DerReader.of(new ASN1Integer(expected).getEncoded()).integer()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0200", "02020001", "0202007f", "0202ff80", "0202ffff", "0401ff"})
  void integer_notTheShortest_isRefused(String hex) {
    assertThatThrownBy(() -> reader(hex).integer())
        .isInstanceOf(DerReader.MalformedException.class);
  }

  @Test
  void isTrue_trueFalseOrLeftOut_isTold() throws Exception {
    assertThat(reader("0101ff").isTrue()).isTrue();
    assertThat(reader("").isTrue()).isFalse();
    assertThat(reader("0401ff").isTrue()).isFalse();
    assertThat(reader("010100").isTrue()).isFalse();
    for (String hex : new String[] {"010101", "0100", "0102ffff"}) {
      assertThatThrownBy(() -> reader(hex).isTrue())
          .isInstanceOf(DerReader.MalformedException.class);
    }
  }

  @Test
  void bits_countOfUnusedOnes_isFromZeroToSeven() throws Exception {
    assertThat(reader("03020780").bits()).containsExactly(0x80);
    assertThat(reader("030100").bits()).isEmpty();
    for (String hex : new String[] {"0300", "030101", "03020880", "0302ff80"}) {
      assertThatThrownBy(() -> reader(hex).bits()).isInstanceOf(DerReader.MalformedException.class);
    }
  }

  @Test
  void inside_sequence_endsWithIt() throws Exception {
    DerReader all = reader("3003020105" + "0500");
    DerReader inside = all.inside(Der.SEQUENCE);

    assertThat(inside.hasMore()).isTrue();
    inside.skip(4);
    assertThat(inside.integer()).isEqualTo(5);
    assertThat(inside.hasMore()).isFalse();
    inside.end();
    assertThatThrownBy(() -> inside.content(5)).isInstanceOf(DerReader.MalformedException.class);
    assertThatThrownBy(all::end).isInstanceOf(DerReader.MalformedException.class);
    assertThat(all.rest()).containsExactly(5, 0);
    all.end();
  }

  @Test
  void of_element_isAllThereIs() throws Exception {
    byte[] one = HexFormat.of().parseHex("3003020105");

    assertThat(ASN1Sequence.getInstance(one).size()).isEqualTo(1);
    assertThat(DerReader.of(one, Der.SEQUENCE).integer()).isEqualTo(5);
    assertThatThrownBy(() -> DerReader.of(HexFormat.of().parseHex("300302010500"), Der.SEQUENCE))
        .isInstanceOf(DerReader.MalformedException.class);
  }
}
