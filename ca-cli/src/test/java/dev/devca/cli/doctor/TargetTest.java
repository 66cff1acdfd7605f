package dev.devca.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "https://a.test,               https://a.test:443/",
    "https://a.test:8443,          https://a.test:8443/",
    "HTTPS://A.test:8443/x/?q=1,   https://a.test:8443/x/",
    "https://[::1]:8443/,          https://[::1]:8443/",
    "localhost,                    https://localhost:443/",
    "localhost:8443,               https://localhost:8443/",
    "172.16.99.32:1043,            https://172.16.99.32:1043/",
    "[::1]:8443,                   https://[::1]:8443/",
    "[0:0:0:0:0:0:0:1],            https://[::1]:443/",
    "::1,                          https://[::1]:443/",
    "bücher.test:1,                https://xn--bcher-kva.test:1/"
  })
  void parse_serverAsPeopleTypeIt_isReadAndNormal(String text, String expected) {
    assertThat(Target.parse(text).url()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://a.test     | only https is looked at
          https://          | the URL is malformed
          https://a b/      | the URL is malformed
          https://a_b.test/ | the URL has no host that Java can read
          a.test:0          | a port is 1 to 65535, not 0
          a.test:65536      | a port is 1 to 65535, not 65536
          a.test:x          | it is no URL, HOST:PORT or file
          *.a.test          | '*.a.test' is no host
          me@a.test         | 'me@a.test' is no host
          a..test           | 'a..test'
          """)
  void parse_noServer_saysWhy(String text, String why) {
    assertThatThrownBy(() -> Target.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
