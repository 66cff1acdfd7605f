package dev.devca.ca;

import static dev.devca.ca.NameAssertions.assertRefused;
import static dev.devca.ca.NameAssertions.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.SubjectAltName.DnsName;
import dev.devca.ca.SubjectAltName.IpAddress;
import dev.devca.ca.SubjectAltName.Uri;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameParserUriTest {
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
        "spiffe://a./x|Java reads no certificate with a dot at the end of a URI's host",
        "spiffe://a.:1/x|Java reads no certificate with a dot at the end of a URI's host",
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
}
