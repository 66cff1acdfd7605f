package dev.devca.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's logging, never set up: devca logs nothing, but Bouncy Castle has a logger for warnings,
 * for which the JDK would take a twentieth of an issue. The launcher names this class in {@code
 * java.util.logging.manager}.
 */
public final class NoLogging extends LogManager {
  /** As the JDK calls it. */
  public NoLogging() {}

  @Override
  public void readConfiguration() throws IOException {
    // Else the JDK looks for a provider of loggers, through the whole jar.
    throw new FileNotFoundException();
  }

  @Override
  public boolean addLogger(Logger logger) {
    return true;
  }

  @Override
  public @Nullable Logger getLogger(String name) {
    return null;
  }
}
