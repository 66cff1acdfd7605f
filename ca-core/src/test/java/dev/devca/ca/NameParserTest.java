package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.SubjectAltName.DnsName;
import dev.devca.ca.SubjectAltName.EmailAddress;
import dev.devca.ca.SubjectAltName.IpAddress;
import dev.devca.ca.SubjectAltName.Uri;
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
  @ValueSource(
      strings = {"127.0.0.1", "0.0.0.0", "255.255.255.255", "172.16.99.32", "::1", "::", "fe80::1"})
  void parse_address_isTakenAsItIs(String address) {
    assertThat(parse(address)).isEqualTo(names(new IpAddress(address)));
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
  @CsvSource({
    "127.0.0.1:8443, 127.0.0.1",
    "127.0.0.1., 127.0.0.1",
    "[::1], ::1",
    "[::1]:443, ::1",
    "fe80::1%eth0, fe80::1",
    "[fe80::1%eth0.1]:443, fe80::1",
    "FE80::ABCD, fe80::abcd",
    "0:0:0:0:0:0:0:1, ::1",
    "0:0:0:0:0:0:0:0, ::",
    "::ffff:127.0.0.1, 127.0.0.1",
    "::FFFF:7f00:1, 127.0.0.1",
    "0:0:0:0:0:ffff:10.1.2.3, 10.1.2.3",
    "::127.0.0.1, ::7f00:1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "1:0:0:0:0:0:0:0, 1::",
    "1::8:0:0:0, 1::8:0:0:0",
    "::1:8080, ::1:8080"
  })
  void parse_addressInOtherForm_isTheTextOfRfc5952(String argument, String address) {
    Names parsed = parse(argument);

    assertThat(parsed.names()).containsExactly(new IpAddress(address));
    assertThat(parsed.notes())
        .isEqualTo(
            argument.equals(address)
                ? List.of()
                : List.of("\"" + argument + "\" is written " + address));
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
        "999.1.1.1|its last label is a number, but it is no IPv4 address",
        "1.2.3|its last label is a number, but it is no IPv4 address",
        "1.2.3.4.5|its last label is a number, but it is no IPv4 address",
        "256.0.0.1|its last label is a number, but it is no IPv4 address",
        "8080|its last label is a number, but it is no IPv4 address",
        "app.08|its last label is a number, but it is no IPv4 address",
        "app.0x|its last label is a number, but it is no IPv4 address",
        "*.0.0.1|its last label is a number, but it is no IPv4 address",
        "127.1|its last label is a number, but it is no IPv4 address; did you mean 127.0.0.1?",
        "0x7F.1|its last label is a number, but it is no IPv4 address; did you mean 127.0.0.1?",
        "0x7f000001|its last label is a number, but it is no IPv4 address; did you mean 127.0.0.1?",
        "010.0.0.1|its last label is a number, but it is no IPv4 address; did you mean 10.0.0.1?",
        "10.0.0.0/8|a certificate holds addresses, no networks; did you mean 10.0.0.0?",
        "FE80::/64|a certificate holds addresses, no networks; did you mean fe80::?",
        "10.0.0.0/255.0.0.0|a certificate holds addresses, no networks; did you mean 10.0.0.0?",
        "App.test/x|it has a path; did you mean app.test?",
        "app.test:80/|it has a path; did you mean app.test?",
        "../x|it has a path",
        "/etc/hosts|it has a path",
        "http:/x|it has a path",
        "localhost:|\":\" is no port",
        "localhost:x|\":x\" is no port",
        "localhost:-1|\":-1\" is no port",
        "localhost:65536|\":65536\" is no port",
        "[::1]:|\":\" is no port",
        "[::1]443|\"443\" is no port",
        "[::1|the bracket at its start is never closed",
        "[]|it is no IPv6 address",
        "[127.0.0.1]|it is no IPv6 address",
        "[app.test]|it is no IPv6 address",
        "app.test:80:90|it is no IPv6 address",
        "00:11:22:33:44:55|it is no IPv6 address",
        ":::|it is no IPv6 address",
        ":1::|it is no IPv6 address",
        "1::2::3|it is no IPv6 address",
        "1:2:3:4:5:6:7|it is no IPv6 address",
        "1:2:3:4:5:6:7:|it is no IPv6 address",
        "1:2:3:4:5:6:7:8:9|it is no IPv6 address",
        "1:2:3:4:5:6:7::8|it is no IPv6 address",
        "::12345|it is no IPv6 address",
        "::g|it is no IPv6 address",
        "::1.2.3|it is no IPv6 address",
        "::01.2.3.4|it is no IPv6 address",
        "1:2:3:4:5:6:7:1.2.3.4|it is no IPv6 address",
        "1.2.3.4::|it is no IPv6 address",
        "::1%|its zone \"\" is no name of a network interface",
        "::1%a%b|its zone \"a%b\" is no name of a network interface",
        "127.0.0.1%eth0|\"%\" cannot stand in a DNS name",
        "xn--a|its label \"xn--a\" makes no valid A-label: U+0080 cannot stand in it",
        "xn--a-.test|its label \"xn--a-\" starts or ends with a hyphen",
        "xn--0.test|its label \"xn--0\" makes no valid A-label: it does not decode",
        "xn--xn-----1wa|its label \"xn--xn-----1wa\" makes no valid A-label: it begins with xn-- twice"
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

  @ParameterizedTest
  @CsvSource({
    "stra\u00DFe.test, Java (IDNA 2003) and browsers convert U+00DF differently; give the A-label",
    "\u03BF\u03C2.test, Java (IDNA 2003) and browsers convert U+03C2 differently; give the A-label"
  })
  void parse_labelThatIdnaVersionsReadDifferently_asksForTheALabel(String name, String reason) {
    assertRefused(name, reason);
  }

  @Test
  void parse_letterYoungerThanIdna2003_asksForTheALabel() {
    assertRefused(
        "\uD83D\uDE80.test",
        "its label \"\uD83D\uDE80\" is too long or beyond IDNA 2003, which Java converts by; give"
            + " the A-label");
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

  @Test
  void parse_noNames_isRefused() {
    assertThatThrownBy(() -> NameParser.parse(List.of(), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no names; give a DNS name or an IP address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a@b.test", "First.Last+tag@b.test", "root@localhost", "!#$%&'*/=?^`{|}~@b.test"})
  void parse_email_isTakenAsItIs(String email) {
    assertThat(parse(email)).isEqualTo(names(new EmailAddress(email)));
  }

  @ParameterizedTest
  @CsvSource({"A@B.Test., A@b.test", "a@m\u00FCnchen.test, a@xn--mnchen-3ya.test"})
  void parse_emailInOtherForm_hasANormalDomain(String argument, String email) {
    assertThat(parse(argument))
        .isEqualTo(
            new Names(
                List.of(new EmailAddress(email)),
                List.of("\"" + argument + "\" is written " + email)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\u00FC@b.test|a certificate holds only ASCII in front of the @",
        "\u00DF@b.test|a certificate holds only ASCII in front of the @",
        "@b.test|what is in front of the @ has an empty part",
        ".a@b.test|what is in front of the @ has an empty part",
        "a.@b.test|what is in front of the @ has an empty part",
        "a..b@b.test|what is in front of the @ has an empty part",
        "\"a\"@b.test|\"\"\" cannot stand in front of the @",
        "a@b@c.test|\"@\" cannot stand in front of the @",
        "mailto:a@b.test|\":\" cannot stand in front of the @",
        "<a@b.test>|\"<\" cannot stand in front of the @",
        "a@|it has an empty label",
        "a@b..test|it has an empty label",
        "a@*.b.test|the domain of an email address has no wildcard and no underscore",
        "a@b_c.test|the domain of an email address has no wildcard and no underscore",
        "a@127.0.0.1|the domain of an email address is no IP address",
        "a@[127.0.0.1]|\"[\" cannot stand in a DNS name",
        "a@b.test:25|\":\" cannot stand in a DNS name"
      })
  void parse_badEmail_isRefusedWithTheReason(String argument, String reason) {
    assertRefused(argument, reason);
  }

  @Test
  void parse_emailAtItsLimits_isTakenAndRefusedBeyond() {
    String local = "l".repeat(64);
    String domain = NAME_253.substring(0, 189);
    String longest = local + "@" + domain;

    assertThat(parse(longest)).isEqualTo(names(new EmailAddress(longest)));
    assertThatThrownBy(() -> parse("l" + local + "@b.test"))
        .message()
        .endsWith(": what is in front of the @ is longer than 64 characters");
    assertThatThrownBy(() -> parse(longest + "b"))
        .message()
        .endsWith(": it is longer than 254 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.test, app.test",
    "HTTPS://App.Test./x?y#z, app.test",
    "wss://app.test:8443/x, app.test",
    "postgresql://db.test/x?y=a@b, db.test",
    "http://m\u00FCnchen.test/\u00FC\u00DF, xn--mnchen-3ya.test",
    "https://*.app.test/, *.app.test"
  })
  void parse_url_givesItsHost(String url, String host) {
    assertThat(parse(url))
        .isEqualTo(
            new Names(List.of(new DnsName(host)), List.of("\"" + url + "\" is written " + host)));
  }

  @Test
  void parse_urlOfAnAddress_givesTheAddress() {
    assertThat(parse("http://[FE80::1%25eth0]:80/").names())
        .containsExactly(new IpAddress("fe80::1"));
    assertThat(parse("http://127.0.0.1:80").names()).containsExactly(new IpAddress("127.0.0.1"));
  }

  @Test
  void parse_urlWithPassword_neverShowsIt() {
    String url = "https://user:secret@App.test/x@y";

    assertThat(parse(url).notes())
        .containsExactly("\"https://...@App.test/x@y\" is written app.test");
    assertThatThrownBy(() -> NameParser.parse(List.of(url), true))
        .hasMessage(
            "cannot use the name \"https://...@App.test/x@y\": a certificate is public, and this"
                + " URI holds a user; leave the user out");
    assertThatThrownBy(() -> parse("https://user:secret@a..b/"))
        .hasMessage("cannot use the name \"https://...@a..b/\": it has an empty label");
  }

  @Test
  void parse_urlKept_givesHostAndUri() {
    assertThat(NameParser.parse(List.of("HTTPS://M\u00FCnchen.test:8443/a%20b?C#d"), true))
        .isEqualTo(
            new Names(
                List.of(
                    new DnsName("xn--mnchen-3ya.test"),
                    new Uri("https://xn--mnchen-3ya.test:8443/a%20b?C#d")),
                List.of(
                    "\"HTTPS://M\u00FCnchen.test:8443/a%20b?C#d\" names the host"
                        + " xn--mnchen-3ya.test too",
                    "\"HTTPS://M\u00FCnchen.test:8443/a%20b?C#d\" is written"
                        + " https://xn--mnchen-3ya.test:8443/a%20b?C#d")));
    assertThat(NameParser.parse(List.of("http://[0:0::1%25lo]:80/"), true).names())
        .containsExactly(new IpAddress("::1"), new Uri("http://[::1]:80/"));
  }

  @ParameterizedTest
  @CsvSource({
    "spiffe://Trust.Domain/Path, spiffe://trust.domain/Path",
    "spiffe://trust.domain, spiffe://trust.domain",
    "x-y+z.1://a:1/b, x-y+z.1://a:1/b",
    "URN:Isbn:0-395-36341-1, urn:isbn:0-395-36341-1",
    "urn:ab:X?=y#z, urn:ab:X?=y#z"
  })
  void parse_uriWithoutHost_isKeptOrRefused(String argument, String uri) {
    assertThat(NameParser.parse(List.of(argument), true).names()).containsExactly(new Uri(uri));
    assertRefused(argument, "a URI of this kind names no host; add --uri to name the URI itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://|it is a URL without a host",
        "http:///x|it is a URL without a host",
        "http://:80/|it is a URL without a host",
        "http://user@/x|it is a URL without a host",
        "file:///etc/hosts|it is a URL without a host",
        "://a.test|\"\" is no scheme of a URL",
        "1http://a.test|\"1http\" is no scheme of a URL",
        "jdbc:postgresql://db.test/|\"jdbc:postgresql\" is no scheme of a URL",
        "http://::1/|an IPv6 address in a URL stands in brackets",
        "http://a..b/|it has an empty label",
        "http://a.test:/|\":\" is no port",
        "http://*.a.test/|a URI names one host, not a wildcard",
        "http://a.test/%4|\"%\" cannot stand in a URI as it is; write it percent-encoded",
        "http://a.test/%|\"%\" cannot stand in a URI as it is; write it percent-encoded",
        "http://a.test/%4x|\"%\" cannot stand in a URI as it is; write it percent-encoded",
        "http://a.test/\u00FC|\"\u00FC\" cannot stand in a URI as it is; write it percent-encoded",
        "http://a.test/[x]|\"[\" cannot stand in a URI as it is; write it percent-encoded",
        "http://a.test/#x#y|\"#\" cannot stand in a URI as it is; write it percent-encoded",
        "spiffe://a_b*c/x|\"a_b*c\" is no authority of a URI",
        "spiffe://a:b/x|\"a:b\" is no authority of a URI",
        "spiffe://a:1:2/x|\"a:1:2\" is no authority of a URI",
        "urn:|it is no URN; give urn:<namespace>:<name>",
        "urn:a:b|it is no URN; give urn:<namespace>:<name>",
        "urn:-ab:c|it is no URN; give urn:<namespace>:<name>",
        "urn:ab:|it is no URN; give urn:<namespace>:<name>",
        "urn:ab:\u00FC|\"\u00FC\" cannot stand in a URI as it is; write it percent-encoded"
      })
  void parse_badUriKept_isRefusedWithTheReason(String argument, String reason) {
    assertThatThrownBy(() -> NameParser.parse(List.of(argument), true))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .message()
        .endsWith(": " + reason);
  }

  private static void assertRefused(String argument, String reason) {
    assertThatThrownBy(() -> parse(argument))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot use the name \"" + argument + "\": " + reason);
  }

  private static Names parse(String argument) {
    return NameParser.parse(List.of(argument), false);
  }

  private static Names names(SubjectAltName name) {
    return new Names(List.of(name), List.of());
  }
}
