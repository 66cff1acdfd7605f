package dev.devca.cli.logging;

import org.jspecify.annotations.Nullable;

/**
 * Stands for {@code java.util.logging.Logger}, and says nothing: those of its methods that what is
 * packaged calls. Thread-safe.
 */
public final class Logger {
  private static final Logger ONLY = new Logger();

  private Logger() {}

  /**
   * The one logger.
   *
   * @param name any
   * @return it
   */
  public static Logger getLogger(String name) {
    return ONLY;
  }

  /**
   * Whether anything of a level is logged.
   *
   * @param level any
   * @return false
   */
  public boolean isLoggable(Level level) {
    return false;
  }

  /**
   * Nothing.
   *
   * @param message what is not said
   */
  public void fine(String message) {}

  /**
   * Nothing.
   *
   * @param message what is not said
   */
  public void warning(String message) {}

  /**
   * Nothing.
   *
   * @param level any
   * @param message what is not said
   */
  public void log(Level level, String message) {}

  /**
   * Nothing.
   *
   * @param level any
   * @param message what is not said
   * @param parameter what would be put into it
   */
  public void log(Level level, String message, @Nullable Object parameter) {}

  /**
   * Nothing.
   *
   * @param level any
   * @param message what is not said
   * @param parameters what would be put into it
   */
  public void log(Level level, String message, @Nullable Object @Nullable [] parameters) {}

  /**
   * Nothing.
   *
   * @param level any
   * @param message what is not said
   * @param thrown why it would be said
   */
  public void log(Level level, String message, @Nullable Throwable thrown) {}
}
