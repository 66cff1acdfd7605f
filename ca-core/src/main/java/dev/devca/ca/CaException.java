package dev.devca.ca;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The CA cannot do what was asked for a reason that a person can mend.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="failure"}
 */
public class CaException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final String remedy;

  /**
   * Creates the exception.
   *
   * @param message {@code cannot <do> <what>: <why>}, one line
   * @param remedy the one command or step that helps, one line
   */
  public CaException(String message, String remedy) {
    this(message, remedy, null);
  }

  /**
   * Creates the exception with what caused it.
   *
   * @param message {@code cannot <do> <what>: <why>}, one line
   * @param remedy the one command or step that helps, one line
   * @param cause what was caught, for a stack trace
   */
  public CaException(String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.message = message;
    this.remedy = remedy;
  }

  /** {@code cannot <do> <what>: <why>}, one line. */
  @Override
  public String getMessage() {
    return message;
  }

  /**
   * What to do about it.
   *
   * @return the one command or step that helps, one line
   */
  public String remedy() {
    return remedy;
  }
}
