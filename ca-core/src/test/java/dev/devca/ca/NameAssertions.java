package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

/** What the tests of {@link NameParser} say of one argument. */
final class NameAssertions {
  private NameAssertions() {}

  static Names parse(String argument) {
    return NameParser.parse(List.of(argument), false);
  }

  /** One name that nothing is to be said of. */
  static Names names(SubjectAltName name) {
    return new Names(List.of(name), List.of());
  }

  static void assertRefused(String argument, String reason) {
    assertThatThrownBy(() -> parse(argument))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot use the name \"" + argument + "\": " + reason);
  }
}
