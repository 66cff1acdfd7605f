package dev.devca.ca;

import static dev.devca.ca.NameAssertions.assertRefused;
import static dev.devca.ca.NameAssertions.names;
import static dev.devca.ca.NameAssertions.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.SubjectAltName.EmailAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameParserEmailTest {
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
    String domain = String.join(".", "b".repeat(63), "b".repeat(63), "b".repeat(61));
    String longest = local + "@" + domain;

    assertThat(parse(longest)).isEqualTo(names(new EmailAddress(longest)));
    assertThatThrownBy(() -> parse("l" + local + "@b.test"))
        .message()
        .endsWith(": what is in front of the @ is longer than 64 characters");
    assertThatThrownBy(() -> parse(longest + "b"))
        .message()
        .endsWith(": it is longer than 254 characters");
  }
}
