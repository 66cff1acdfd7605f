package dev.devca.truststore;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/**
 * What devca calls of Windows' registry, as {@code winreg.h} declares it. Each function answers
 * with a code, 0 for success. Names are UTF-16LE with a zero at the end, as bytes.
 */
@SuppressWarnings("MemberName") // Windows' names.
interface Advapi32 extends Library {
  /** Widened with its sign where pointers are longer. */
  int HKEY_CURRENT_USER = 0x80000001;

  int REG_SZ = 1;
  int REG_EXPAND_SZ = 2;
  int RRF_RT_REG_SZ = 0x2;
  int RRF_RT_REG_EXPAND_SZ = 0x4;
  int RRF_NOEXPAND = 0x10000000;

  int RegGetValueW(
      Pointer key,
      byte[] subKey,
      byte[] name,
      int flags,
      IntByReference type,
      byte @Nullable [] data,
      IntByReference length);

  int RegSetKeyValueW(Pointer key, byte[] subKey, byte[] name, int type, byte[] data, int length);

  int RegDeleteKeyValueW(Pointer key, byte[] subKey, byte[] name);
}
