package dev.devca.ca;

import static dev.devca.ca.NameAssertions.assertRefused;
import static dev.devca.ca.NameAssertions.names;
import static dev.devca.ca.NameAssertions.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.SubjectAltName.IpAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameParserAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "0.0.0.0", "255.255.255.255", "172.16.99.32", "::1", "::", "fe80::1"})
  void parse_address_isTakenAsItIs(String address) {
    assertThat(parse(address)).isEqualTo(names(new IpAddress(address)));
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
        "::1%a%b|its zone \"a%b\" is no name of a network interface"
      })
  void parse_badAddress_isRefusedWithTheReason(String argument, String reason) {
    assertRefused(argument, reason);
  }
}
