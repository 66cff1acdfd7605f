package dev.devca.ca;

/**
 * Why an argument is no name. {@link NameParser} puts the argument in front of it, and is where the
 * stack trace starts.
 */
final class BadName extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadName(String reason) {
    super(reason, null, false, false);
  }
}
