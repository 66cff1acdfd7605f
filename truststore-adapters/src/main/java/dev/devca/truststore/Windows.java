package dev.devca.truststore;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.Map;

/**
 * The libraries of Windows that devca calls. This class and what it refers to are loaded on Windows
 * only, so that nothing of JNA is loaded elsewhere.
 */
record Windows(Crypt32 crypt32, Advapi32 advapi32, User32 user32) {

  /**
   * Loads them.
   *
   * @throws LinkageError if JNA finds no place for its own library or a library is missing
   */
  static Windows load() {
    return new Windows(
        load("crypt32", Crypt32.class),
        load("advapi32", Advapi32.class),
        load("user32", User32.class));
  }

  /**
   * Loads one of them.
   *
   * @param name its name, or the path of one that stands in for it
   */
  static <T extends Library> T load(String name, Class<T> type) {
    // On Windows of 32 bits the called function clears the stack; elsewhere there is one way.
    return Native.load(
        name,
        type,
        Platform.isWindows()
            ? Map.of(Library.OPTION_CALLING_CONVENTION, Function.ALT_CONVENTION)
            : Map.of());
  }

  /** What to answer for a store where they cannot be loaded. */
  static TrustResult unavailable(Throwable why) {
    return new TrustResult.Unavailable(
        "the libraries of Windows cannot be called: " + why.getMessage(),
        "let TEMP name a folder from which programs may run, then devca install");
  }
}
