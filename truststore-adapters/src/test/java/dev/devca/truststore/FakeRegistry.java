package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The environment that Windows keeps for a user, in memory, and how often a change was told. */
final class FakeRegistry implements Advapi32, User32 {
  private static final int ERROR_UNSUPPORTED_TYPE = 1630;

  private record Entry(int type, byte[] data) {}

  private final Map<String, Entry> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Integer> failures = new HashMap<>();

  /** How often the desktop was told. */
  int announcements;

  void fail(String function, int code) {
    failures.put(function, code);
  }

  void put(String name, int type, String text) {
    values.put(name, new Entry(type, (text + "\0").getBytes(StandardCharsets.UTF_16LE)));
  }

  /** Each value with its type, for a comparison of before and after. */
  Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>();
    values.forEach(
        (name, entry) ->
            all.put(
                "HKCU\\Environment\\" + name,
                entry.type() + " " + new String(entry.data(), StandardCharsets.UTF_16LE)));
    return all;
  }

  private static String name(Pointer key, byte[] subKey, byte[] name) {
    assertThat(Pointer.nativeValue(key)).isEqualTo(0xFFFFFFFF80000001L);
    assertThat(text(subKey)).isEqualTo("Environment");
    return text(name);
  }

  private static String text(byte[] wide) {
    String text = new String(wide, StandardCharsets.UTF_16LE);
    assertThat(text).endsWith("\0");
    return text.substring(0, text.length() - 1);
  }

  @Override
  public int RegGetValueW(
      Pointer key,
      byte[] subKey,
      byte[] name,
      int flags,
      IntByReference type,
      byte[] data,
      IntByReference length) {
    assertThat(flags).isEqualTo(RRF_RT_REG_SZ | RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND);
    if (failures.containsKey("RegGetValueW")) {
      return failures.get("RegGetValueW");
    }
    Entry entry = values.get(name(key, subKey, name));
    if (entry == null) {
      return WindowsException.ERROR_FILE_NOT_FOUND;
    }
    if (entry.type() > REG_EXPAND_SZ) {
      return ERROR_UNSUPPORTED_TYPE;
    }
    type.setValue(entry.type());
    length.setValue(entry.data().length);
    if (data != null) {
      System.arraycopy(entry.data(), 0, data, 0, entry.data().length);
    }
    return 0;
  }

  @Override
  public int RegSetKeyValueW(
      Pointer key, byte[] subKey, byte[] name, int type, byte[] data, int length) {
    if (failures.containsKey("RegSetKeyValueW")) {
      return failures.get("RegSetKeyValueW");
    }
    values.put(name(key, subKey, name), new Entry(type, Arrays.copyOf(data, length)));
    return 0;
  }

  @Override
  public int RegDeleteKeyValueW(Pointer key, byte[] subKey, byte[] name) {
    if (failures.containsKey("RegDeleteKeyValueW")) {
      return failures.get("RegDeleteKeyValueW");
    }
    return values.remove(name(key, subKey, name)) == null
        ? WindowsException.ERROR_FILE_NOT_FOUND
        : 0;
  }

  @Override
  public Pointer SendMessageTimeoutW(
      Pointer window,
      int message,
      Pointer first,
      byte[] second,
      int flags,
      int millis,
      PointerByReference result) {
    assertThat(Pointer.nativeValue(window)).isEqualTo(HWND_BROADCAST);
    assertThat(message).isEqualTo(WM_SETTINGCHANGE);
    assertThat(first).isNull();
    assertThat(text(second)).isEqualTo("Environment");
    assertThat(flags).isEqualTo(SMTO_ABORTIFHUNG);
    announcements++;
    // No window answered: that is nobody's fault.
    return null;
  }
}
