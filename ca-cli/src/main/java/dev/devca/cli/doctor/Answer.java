package dev.devca.cli.doctor;

import java.util.Optional;

/**
 * What came of starting a client.
 *
 * @param state what it did
 * @param why for what it refused
 * @param words what it said, one line; empty if it trusts
 */
record Answer(State state, Optional<Refusal> why, String words) {
  enum State {
    TRUSTS,
    REFUSES,
    /** It did not come to look at the certificate. */
    UNASKED,
    /** There is no such client after all. */
    MISSING
  }

  boolean trusts() {
    return state == State.TRUSTS;
  }
}
