package dev.devca.truststore;

import java.util.Locale;

/**
 * The state of a store after an operation, read again from the store. Immutable.
 *
 * {@snippet class="dev.devca.truststore.Snippets" region="describe"}
 */
public sealed interface TrustResult {

  /** The states, for a switch or a report. */
  enum Kind {
    /** The store trusts the root. */
    TRUSTED,
    /** The store does not trust the root. */
    NOT_TRUSTED,
    /** There is no such store on the machine; nothing to do and nothing wrong. */
    ABSENT,
    /** The store is there and cannot be read or changed; nothing was tried. */
    UNAVAILABLE,
    /** A change was tried and did not succeed. */
    FAILED;

    /** The name in lower case with hyphens, as in reports. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The state.
   *
   * @return the kind of this result
   */
  Kind kind();

  /**
   * The store trusts the root.
   *
   * @param changed whether this call changed the store
   * @param hint what a person must do for it to take effect, such as opening a new terminal; empty
   *     if nothing
   */
  record Trusted(boolean changed, String hint) implements TrustResult {
    /**
     * Trusted, with nothing left to do.
     *
     * @param changed whether this call changed the store
     */
    public Trusted(boolean changed) {
      this(changed, "");
    }

    @Override
    public Kind kind() {
      return Kind.TRUSTED;
    }
  }

  /**
   * The store does not trust the root.
   *
   * @param changed whether this call changed the store
   */
  record NotTrusted(boolean changed) implements TrustResult {
    @Override
    public Kind kind() {
      return Kind.NOT_TRUSTED;
    }
  }

  /**
   * There is no such store on this machine.
   *
   * @param reason what was looked for and not found, one line
   * @param remedy the one command or step that brings it, for a store that most users of this
   *     machine would expect; empty for none
   */
  record Absent(String reason, String remedy) implements TrustResult {
    /**
     * Absent, with nobody missing it.
     *
     * @param reason what was looked for and not found, one line
     */
    public Absent(String reason) {
      this(reason, "");
    }

    @Override
    public Kind kind() {
      return Kind.ABSENT;
    }
  }

  /**
   * The store is there and cannot be read or changed; it is as it was.
   *
   * @param reason why, one line
   * @param remedy the one command or step that mends it, one line
   */
  record Unavailable(String reason, String remedy) implements TrustResult {
    @Override
    public Kind kind() {
      return Kind.UNAVAILABLE;
    }
  }

  /**
   * A change was tried and did not succeed; what was begun was taken back as far as that was
   * possible.
   *
   * @param reason why, one line
   * @param remedy the one command or step that mends it, one line
   */
  record Failed(String reason, String remedy) implements TrustResult {
    @Override
    public Kind kind() {
      return Kind.FAILED;
    }
  }
}
