package dev.devca.truststore;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** What devca calls of Windows' {@code user32.dll}, as {@code winuser.h} declares it. */
@SuppressWarnings("MemberName") // Windows' names.
interface User32 extends Library {
  int HWND_BROADCAST = 0xffff;
  int WM_SETTINGCHANGE = 0x1a;
  int SMTO_ABORTIFHUNG = 0x2;

  @Nullable Pointer SendMessageTimeoutW(
      Pointer window,
      int message,
      @Nullable Pointer first,
      byte[] second,
      int flags,
      int millis,
      PointerByReference result);
}
