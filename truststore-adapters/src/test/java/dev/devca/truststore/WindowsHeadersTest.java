package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers in our declarations, judged by a compiler that has Windows' headers. */
class WindowsHeadersTest {
  // What a header says as a pointer or with a sign is compared as a number of 32 bits.
  private static final String NUMBER = "(DWORD)(ULONG_PTR)";

  @Test
  void declarations_numbersAndOffsets_areThoseOfTheHeaders(@TempDir Path scratch) throws Exception {
    List<String> facts = new ArrayList<>();
    for (Map.Entry<Class<?>, Integer> type :
        Map.<Class<?>, Integer>of(Crypt32.class, 9, Advapi32.class, 6, User32.class, 3)
            .entrySet()) {
      assertThat(type.getKey().getDeclaredFields()).hasSize(type.getValue());
      for (var field : type.getKey().getDeclaredFields()) {
        facts.add(NUMBER + field.getName() + " == " + NUMBER + field.get(null));
      }
    }
    facts.add("(ULONG_PTR)HKEY_CURRENT_USER == (ULONG_PTR)" + (long) Advapi32.HKEY_CURRENT_USER);
    facts.add("sizeof(void *) == " + Native.POINTER_SIZE);
    facts.add("offsetof(CERT_CONTEXT, pbCertEncoded) == " + SystemCertificates.OFFSET_OF_DER);
    facts.add("offsetof(CERT_CONTEXT, cbCertEncoded) == " + SystemCertificates.OFFSET_OF_LENGTH);
    facts.add("offsetof(CRYPT_DATA_BLOB, cbData) == 0");
    facts.add("offsetof(CRYPT_DATA_BLOB, pbData) == " + SystemCertificates.OFFSET_OF_DATA);
    facts.add("sizeof(CRYPT_DATA_BLOB) == " + SystemCertificates.SIZE_OF_BLOB);
    facts.add("(DWORD)ERROR_FILE_NOT_FOUND == " + WindowsException.ERROR_FILE_NOT_FOUND);
    facts.add("(DWORD)ERROR_ACCESS_DENIED == " + WindowsException.ERROR_ACCESS_DENIED);
    facts.add("(DWORD)ERROR_NO_MORE_FILES == " + WindowsException.ERROR_NO_MORE_FILES);
    facts.add("(DWORD)ERROR_CANCELLED == " + WindowsException.ERROR_CANCELLED);
    facts.add("CRYPT_E_NOT_FOUND == (HRESULT)" + WindowsException.CRYPT_E_NOT_FOUND);
    facts.add("CRYPT_E_EXISTS == (HRESULT)" + WindowsException.CRYPT_E_EXISTS);
    StringBuilder source =
        new StringBuilder("#include <stddef.h>\n#include <windows.h>\n#include <wincrypt.h>\n");
    facts.forEach(
        fact -> source.append("_Static_assert(").append(fact).append(", \"as in Java\");\n"));

    try (Wine wine = Wine.start()) {
      wine.mingw("-fsyntax-only", Files.writeString(scratch.resolve("facts.c"), source).toString());
    }
  }
}
