package dev.devca.truststore;

import java.io.IOException;

/** A function of Windows said no. */
final class WindowsException extends IOException {
  static final int ERROR_FILE_NOT_FOUND = 2;
  static final int ERROR_ACCESS_DENIED = 5;
  static final int ERROR_NO_MORE_FILES = 18;
  static final int ERROR_CANCELLED = 1223;
  static final int CRYPT_E_NOT_FOUND = 0x80092004;
  static final int CRYPT_E_EXISTS = 0x80092005;

  // The facility of an HRESULT that carries a code of Win32, [MS-ERREF] section 2.1.
  private static final int FACILITY_WIN32 = 0x80070000;
  private static final long serialVersionUID = 1;

  private final int code;

  WindowsException(String function, int error) {
    super(function + " says " + words(codeOf(error)));
    this.code = codeOf(error);
  }

  /** The code of Win32, or an HRESULT that carries none. */
  int code() {
    return code;
  }

  private static int codeOf(int error) {
    return (error & 0xFFFF0000) == FACILITY_WIN32 ? error & 0xFFFF : error;
  }

  private static String words(int code) {
    return switch (code) {
      case ERROR_ACCESS_DENIED -> "access denied";
      case ERROR_CANCELLED -> "cancelled by the user";
      default -> "error " + (code > 0 ? Integer.toString(code) : "0x" + Integer.toHexString(code));
    };
  }
}
