package dev.devca.ca;

import static dev.devca.ca.NameAssertions.assertRefused;
import static dev.devca.ca.NameAssertions.names;
import static dev.devca.ca.NameAssertions.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.SubjectAltName.DnsName;
import dev.devca.ca.SubjectAltName.IpAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameParserTest {
  private static final String LABEL_63 = "a".repeat(63);
  private static final String NAME_253 =
      String.join(".", LABEL_63, LABEL_63, LABEL_63, "b".repeat(61));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "app.test",
        "a.b.c.d.e.test",
        "*.app.test",
        "*.dev.localhost",
        "1.app.test",
        "3com.test",
        "0x.test",
        "127.0.0.1.test",
        "a0x1.0xg",
        "ab--cd.test",
        "r3---sn.test",
        "a-b"
      })
  void parse_dnsName_isTakenAsItIs(String name) {
    assertThat(parse(name)).isEqualTo(names(new DnsName(name)));
  }

  @Test
  void parse_longestLabelAndName_isTaken() {
    assertThat(parse(NAME_253)).isEqualTo(names(new DnsName(NAME_253)));
    assertThat(parse(NAME_253 + ".").names()).containsExactly(new DnsName(NAME_253));
  }

  @ParameterizedTest
  @CsvSource({
    "App.Test, app.test",
    "app.test., app.test",
    "App.Test., app.test",
    "*.App.test., *.app.test",
    "localhost:8443, localhost",
    "localhost:0, localhost",
    "*.app.test:65535, *.app.test",
    "app.test.:443, app.test",
    "xn--MNCHEN-3ya.test, xn--mnchen-3ya.test"
  })
  void parse_dnsNameInOtherForm_isNormalWithANote(String argument, String name) {
    assertThat(parse(argument))
        .isEqualTo(
            new Names(
                List.of(new DnsName(name)), List.of("\"" + argument + "\" is written " + name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|it is empty",
        "*|a wildcard needs at least two labels after it",
        "*.|a wildcard needs at least two labels after it",
        "*.com|a wildcard needs at least two labels after it",
        "*.localhost|a wildcard needs at least two labels after it",
        "*.localhost.|a wildcard needs at least two labels after it",
        "*.*.x.test|a wildcard is the whole first label, and only there",
        "a.*.x.test|a wildcard is the whole first label, and only there",
        "f*.x.test|a wildcard is the whole first label, and only there",
        "*f.x.test|a wildcard is the whole first label, and only there",
        "**.x.test|a wildcard is the whole first label, and only there",
        "a..b|it has an empty label",
        ".test|it has an empty label",
        ".|it has an empty label",
        "a.test..|it has an empty label",
        ":443|it has an empty label",
        "-x.test|its label \"-x\" starts or ends with a hyphen",
        "x.test-|its label \"test-\" starts or ends with a hyphen",
        "a,b.test|\",\" cannot stand in a DNS name; give each name as an argument of its own",
        "a!b.test|\"!\" cannot stand in a DNS name",
        "a%41b.test|\"%\" cannot stand in a DNS name",
        "a\\b|\"\\\" cannot stand in a DNS name",
        "x?y|\"?\" cannot stand in a DNS name",
        "a b|it holds a space; give each name as an argument of its own",
        "Bob <a@b>|it holds a space; give the email address alone",
        "App.test/x|it has a path; did you mean app.test?",
        "app.test:80/|it has a path; did you mean app.test?",
        "../x|it has a path",
        "/etc/hosts|it has a path",
        "http:/x|it has a path",
        "localhost:|\":\" is no port",
        "localhost:x|\":x\" is no port",
        "localhost:-1|\":-1\" is no port",
        "localhost:65536|\":65536\" is no port",
        "127.0.0.1%eth0|\"%\" cannot stand in a DNS name"
      })
  void parse_badName_isRefusedWithTheReason(String argument, String reason) {
    assertRefused(argument, reason);
  }

  static Stream<List<String>> hiddenCharacters() {
    return Stream.of(
        List.of("a\u0000b", "a\\u{0000}b", "it holds U+0000, which cannot be shown"),
        List.of("a\nb.test", "a\\u{000A}b.test", "it holds U+000A, which cannot be shown"),
        List.of("a\u007F", "a\\u{007F}", "it holds U+007F, which cannot be shown"),
        List.of("a\u0085b", "a\\u{0085}b", "it holds U+0085, which cannot be shown"),
        List.of("a\u202Eb", "a\\u{202E}b", "it holds U+202E, which cannot be shown"),
        List.of("a\u2066b", "a\\u{2066}b", "it holds U+2066, which cannot be shown"),
        List.of("a\u200Eb", "a\\u{200E}b", "it holds U+200E, which cannot be shown"),
        List.of("\uFEFFa.test", "\\u{FEFF}a.test", "it holds U+FEFF, which cannot be shown"),
        List.of("a\uD83D", "a\\u{D83D}", "it holds U+D83D, which cannot be shown"),
        List.of("\uDB40\uDC01.x", "\\u{E0001}.x", "it holds U+E0001, which cannot be shown"),
        List.of("a\u3164b", "a\\u{3164}b", "it holds U+3164, which cannot be shown"),
        List.of(
            "a\u00A0b",
            "a\\u{00A0}b",
            "it holds a space; give each name as an argument of its own"),
        List.of(
            "a\u2028b",
            "a\\u{2028}b",
            "it holds a space; give each name as an argument of its own"),
        List.of(
            "a\u200Db",
            "a\\u{200D}b",
            "Java (IDNA 2003) and browsers convert U+200D differently; give the A-label"));
  }

  @ParameterizedTest
  @MethodSource("hiddenCharacters")
  void parse_hiddenCharacter_isRefusedAndShownByNumber(List<String> row) {
    assertThatThrownBy(() -> parse(row.get(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot use the name \"%s\": %s", row.get(1), row.get(2));
  }

  @Test
  void parse_tooLong_isRefusedAndShownShort() {
    assertRefused(
        LABEL_63 + "a.test", "its label \"" + LABEL_63 + "a\" is longer than 63 characters");
    assertThatThrownBy(() -> parse("c" + NAME_253))
        .hasMessage(
            "cannot use the name \"c%s...\": its label \"c%s\" is longer than 63 characters",
            NAME_253.substring(0, 79), LABEL_63);
    assertThatThrownBy(() -> parse("c." + NAME_253))
        .hasMessage(
            "cannot use the name \"c.%s...\": it is longer than 253 characters",
            NAME_253.substring(0, 78));
    assertThatThrownBy(() -> parse("x".repeat(1_000_000))).message().hasSizeLessThan(300);
  }

  @Test
  void parse_letterYoungerThanIdna2003_asksForTheALabel() {
    assertRefused(
        "\uD83D\uDE80.test",
        "its label \"\uD83D\uDE80\" is too long or beyond IDNA 2003, which Java converts by; give"
            + " the A-label");
  }

  @Test
  void parse_underscore_warnsOnce() {
    assertThat(NameParser.parse(List.of("foo_bar.test", "FOO_BAR.test"), false))
        .isEqualTo(
            new Names(
                List.of(new DnsName("foo_bar.test")),
                List.of(
                    "foo_bar.test has an underscore: Java clients cannot connect to it",
                    "\"FOO_BAR.test\" is foo_bar.test, given before")));
  }

  @Test
  void parse_duplicates_standOnceInTheOrderGiven() {
    List<String> arguments =
        List.of(
            "b.test",
            "::1",
            "B.test",
            "a.test",
            "b.test",
            "0:0:0:0:0:0:0:1",
            "127.0.0.1",
            "::ffff:127.0.0.1",
            "b.test",
            "https://a.test/");

    assertThat(NameParser.parse(arguments, false))
        .isEqualTo(
            new Names(
                List.of(
                    new DnsName("b.test"),
                    new IpAddress("::1"),
                    new DnsName("a.test"),
                    new IpAddress("127.0.0.1")),
                List.of(
                    "\"B.test\" is b.test, given before",
                    "\"b.test\" is given more than once",
                    "\"0:0:0:0:0:0:0:1\" is ::1, given before",
                    "\"::ffff:127.0.0.1\" is 127.0.0.1, given before",
                    "\"https://a.test/\" is a.test, given before")));
  }

  @Test
  void parse_badNameAmongGoodOnes_isTheOneNamed() {
    assertThatThrownBy(() -> NameParser.parse(List.of("a.test", "b..test", "c.test"), false))
        .hasMessage("cannot use the name \"b..test\": it has an empty label");
  }
}
