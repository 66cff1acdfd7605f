package dev.devca.cli.logging;

/** Stands for {@code java.util.logging.Level}. */
public enum Level {
  /** Of its name there. */
  SEVERE,
  /** Of its name there. */
  WARNING,
  /** Of its name there. */
  INFO,
  /** Of its name there. */
  CONFIG,
  /** Of its name there. */
  FINE,
  /** Of its name there. */
  FINER,
  /** Of its name there. */
  FINEST
}
