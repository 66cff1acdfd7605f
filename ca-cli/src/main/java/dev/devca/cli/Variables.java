package dev.devca.cli;

import dev.devca.ca.CaException;
import java.io.IOException;
import java.util.Map;

/** The variables for programs, of a session. */
final class Variables {
  private Variables() {}

  /** Never none: that would be a command that does nothing. */
  static Map<String, String> of(Session session) throws IOException {
    Map<String, String> variables = session.ca().variables();
    if (variables.isEmpty()) {
      throw new CaException(
          "cannot set variables: the root is in no store that needs one",
          "devca install" + session.caOption());
    }
    return variables;
  }
}
