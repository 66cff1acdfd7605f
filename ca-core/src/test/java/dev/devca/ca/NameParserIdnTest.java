package dev.devca.ca;

import static dev.devca.ca.NameAssertions.assertRefused;
import static dev.devca.ca.NameAssertions.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.SubjectAltName.DnsName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NameParserIdnTest {
  @ParameterizedTest
  @CsvSource({
    "stra\u00DFe.test, Java (IDNA 2003) and browsers convert U+00DF differently; give the A-label",
    "\u03BF\u03C2.test, Java (IDNA 2003) and browsers convert U+03C2 differently; give the A-label"
  })
  void parse_labelThatIdnaVersionsReadDifferently_asksForTheALabel(String name, String reason) {
    assertRefused(name, reason);
  }

  @Test
  void parse_mixedDirections_isRefused() {
    assertRefused(
        "a\u05D0.test",
        "its label \"a\u05D0\" is not valid: right-to-left and other letters mix (RFC" + " 5893)");
  }

  static Stream<IdnTable.Row> idnTable() {
    return IdnTable.rows();
  }

  @ParameterizedTest
  @MethodSource("idnTable")
  void parse_otherLetters_isTheALabelOfTheTable(IdnTable.Row row) {
    if (row.isRefused()) {
      assertThatThrownBy(() -> parse(row.name()))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("cannot use the name \"");
    } else {
      Names parsed = parse(row.name());
      assertThat(parsed.names()).containsExactly(new DnsName(row.expected()));
      assertThat(parsed.notes().isEmpty()).isEqualTo(row.name().equals(row.expected()));
    }
  }

  @Test
  void parse_idn_saysTheALabel() {
    assertThat(parse("*.M\u00FCnchen.test").notes())
        .containsExactly("\"*.M\u00FCnchen.test\" is written *.xn--mnchen-3ya.test");
    assertThat(parse("\u4F8B\u3002\u4F8B\u3002").notes())
        .containsExactly("\"\u4F8B\u3002\u4F8B\u3002\" is written xn--fsq.xn--fsq");
  }

  @Test
  void parse_wideDigits_areNoAddress() {
    assertRefused(
        "\uFF11\uFF12\uFF17.0.0.1",
        "its last label is a number, but it is no IPv4 address; did you mean 127.0.0.1?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xn--a|its label \"xn--a\" makes no valid A-label: U+0080 cannot stand in it",
        "xn--a-.test|its label \"xn--a-\" starts or ends with a hyphen",
        "xn--0.test|its label \"xn--0\" makes no valid A-label: it does not decode",
        "xn--xn-----1wa|its label \"xn--xn-----1wa\" makes no valid A-label: it begins with xn-- twice"
      })
  void parse_badALabel_isRefusedWithTheReason(String argument, String reason) {
    assertRefused(argument, reason);
  }
}
