package dev.devca.truststore;

import java.util.Locale;

/**
 * The families of operating system that keep trust in different places.
 *
 * {@snippet class="dev.devca.truststore.Snippets" region="scripted"}
 */
public enum OperatingSystem {
  /** Linux, of whatever distribution. */
  LINUX,
  /** macOS. */
  MAC,
  /** Windows. */
  WINDOWS;

  /**
   * Reads a value of the system property {@code os.name}.
   *
   * @param osName the value
   * @return the family; Linux for all that is neither macOS nor Windows
   */
  public static OperatingSystem of(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return WINDOWS;
    }
    return name.startsWith("mac") || name.startsWith("darwin") ? MAC : LINUX;
  }
}
