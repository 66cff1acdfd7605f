package dev.devca.cli.doctor;

/**
 * Whether a client trusts the server.
 *
 * @param kind the kind of program, such as {@code curl} or {@code java}
 * @param name which of its kind it is, before a person
 * @param state {@code trusts}, {@code refuses}, or {@code unasked} if it did not come to look at
 *     the certificate
 * @param reason why not, one line; empty if it trusts and there is nothing to say
 * @param remedy the one command or step that mends it; empty if the server's finding says it
 */
public record ClientReport(String kind, String name, String state, String reason, String remedy) {
  /** The state of one that trusts. */
  public static final String TRUSTS = "trusts";

  static final String REFUSES = "refuses";
  static final String UNASKED = "unasked";

  /** Whether it trusts. */
  public boolean trusts() {
    return state.equals(TRUSTS);
  }
}
