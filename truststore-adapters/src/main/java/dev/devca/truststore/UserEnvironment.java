package dev.devca.truststore;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The variables that Windows keeps for a user in the registry and gives to each new program. Used
 * by one thread.
 */
final class UserEnvironment {
  private static final Pointer USER = Pointer.createConstant((long) Advapi32.HKEY_CURRENT_USER);
  private static final String KEY = "Environment";
  private static final int STRINGS =
      Advapi32.RRF_RT_REG_SZ | Advapi32.RRF_RT_REG_EXPAND_SZ | Advapi32.RRF_NOEXPAND;
  // For each window that does not answer: a hung one is passed over at once.
  private static final int PATIENCE_MILLIS = 1000;

  private final Windows windows;

  UserEnvironment(Windows windows) {
    this.windows = windows;
  }

  /**
   * A value as it is kept.
   *
   * @param type {@link Advapi32#REG_SZ}, or {@link Advapi32#REG_EXPAND_SZ} where names between
   *     percent signs stand for other variables
   */
  record Value(int type, String text) {
    static Value of(String text) {
      return new Value(Advapi32.REG_SZ, text);
    }
  }

  Optional<Value> get(String name) throws WindowsException {
    IntByReference type = new IntByReference();
    IntByReference length = new IntByReference();
    byte[] data = null;
    // First how long it is, then what it is.
    for (int call = 0; call < 2; call++) {
      int code =
          windows.advapi32().RegGetValueW(USER, wide(KEY), wide(name), STRINGS, type, data, length);
      if (code == WindowsException.ERROR_FILE_NOT_FOUND) {
        return Optional.empty();
      }
      check("RegGetValue", code);
      data = data == null ? new byte[length.getValue()] : data;
    }
    String text = new String(data, 0, length.getValue(), StandardCharsets.UTF_16LE);
    int end = text.indexOf('\0');
    return Optional.of(new Value(type.getValue(), end < 0 ? text : text.substring(0, end)));
  }

  void set(String name, Value value) throws WindowsException {
    byte[] data = wide(value.text());
    check(
        "RegSetKeyValue",
        windows
            .advapi32()
            .RegSetKeyValueW(USER, wide(KEY), wide(name), value.type(), data, data.length));
    announce();
  }

  void remove(String name) throws WindowsException {
    int code = windows.advapi32().RegDeleteKeyValueW(USER, wide(KEY), wide(name));
    if (code != WindowsException.ERROR_FILE_NOT_FOUND) {
      check("RegDeleteKeyValue", code);
    }
    announce();
  }

  /** Has the desktop give the new values to what it starts; else they would wait for a log-in. */
  private void announce() {
    windows
        .user32()
        .SendMessageTimeoutW(
            Pointer.createConstant(User32.HWND_BROADCAST),
            User32.WM_SETTINGCHANGE,
            null,
            wide(KEY),
            User32.SMTO_ABORTIFHUNG,
            PATIENCE_MILLIS,
            new PointerByReference());
  }

  private static void check(String function, int code) throws WindowsException {
    if (code != 0) {
      throw new WindowsException(function, code);
    }
  }

  private static byte[] wide(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_16LE);
  }
}
