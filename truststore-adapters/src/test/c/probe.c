/*
 * A program of Windows that has nothing of ours:
 *   probe get PORT        exit code 0 if a server on localhost gets its page through, 1 if WinHTTP
 *                         refuses its certificate, 2 for all else; prints status or error
 *   probe env NAME        the value that a new program finds of a variable
 *   probe listen FILE     makes a file, waits until a change of the environment is told, exit code 0
 *   probe list PLACE NAME each certificate of a system store: its DER and its enabled usages
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>
#include <winhttp.h>

static int get(int port) {
  HINTERNET session =
      WinHttpOpen(L"probe", WINHTTP_ACCESS_TYPE_NO_PROXY, NULL, NULL, 0);
  HINTERNET server = session ? WinHttpConnect(session, L"localhost", port, 0) : NULL;
  HINTERNET request =
      server ? WinHttpOpenRequest(server, L"GET", L"/", NULL, NULL, NULL, WINHTTP_FLAG_SECURE)
             : NULL;
  if (!request) return 2;
  if (!WinHttpSendRequest(request, NULL, 0, NULL, 0, 0, 0)
      || !WinHttpReceiveResponse(request, NULL)) {
    DWORD error = GetLastError();
    printf("%lu\n", error);
    return error == ERROR_WINHTTP_SECURE_CHANNEL_ERROR || error == ERROR_WINHTTP_SECURE_FAILURE ? 1
                                                                                               : 2;
  }
  DWORD status = 0, size = sizeof status;
  WinHttpQueryHeaders(
      request, WINHTTP_QUERY_STATUS_CODE | WINHTTP_QUERY_FLAG_NUMBER, NULL, &status, &size, NULL);
  printf("%lu\n", status);
  return status == 200 ? 0 : 2;
}

static void print_hex(const BYTE *bytes, DWORD length) {
  for (DWORD i = 0; i < length; i++) printf("%02x", bytes[i]);
}

static int list(DWORD place, const char *name) {
  WCHAR wide[64];
  MultiByteToWideChar(CP_UTF8, 0, name, -1, wide, 64);
  HCERTSTORE store = CertOpenStore(
      CERT_STORE_PROV_SYSTEM_W, 0, 0, place | CERT_STORE_READONLY_FLAG, wide);
  if (!store) return 2;
  PCCERT_CONTEXT context = NULL;
  while ((context = CertEnumCertificatesInStore(store, context))) {
    BYTE usage[256];
    DWORD length = sizeof usage;
    if (!CertGetCertificateContextProperty(context, CERT_ENHKEY_USAGE_PROP_ID, usage, &length))
      length = 0;
    print_hex(context->pbCertEncoded, context->cbCertEncoded);
    printf(" ");
    print_hex(usage, length);
    printf("\n");
  }
  return 0;
}

static int env(const char *name) {
  WCHAR wide[64], value[4096];
  char text[8192];
  MultiByteToWideChar(CP_UTF8, 0, name, -1, wide, 64);
  if (!GetEnvironmentVariableW(wide, value, 4096)) return 1;
  WideCharToMultiByte(CP_UTF8, 0, value, -1, text, sizeof text, NULL, NULL);
  printf("%s\n", text);
  return 0;
}

static LRESULT CALLBACK hear(HWND window, UINT message, WPARAM first, LPARAM second) {
  if (message == WM_SETTINGCHANGE && second && !lstrcmpW((WCHAR *)second, L"Environment"))
    PostQuitMessage(0);
  return DefWindowProcW(window, message, first, second);
}

static int listen_to_changes(const char *file) {
  WNDCLASSW class = {.lpfnWndProc = hear, .lpszClassName = L"probe"};
  RegisterClassW(&class);
  HWND window = CreateWindowW(L"probe", L"probe", 0, 0, 0, 1, 1, NULL, NULL, NULL, NULL);
  if (!window) return 2;
  SetTimer(window, 1, 60000, NULL);
  fclose(fopen(file, "w"));
  MSG message;
  while (GetMessageW(&message, NULL, 0, 0) > 0) {
    if (message.message == WM_TIMER) return 1;
    DispatchMessageW(&message);
  }
  return 0;
}

int main(int count, char **words) {
  if (count == 3 && !strcmp(words[1], "get")) return get(atoi(words[2]));
  if (count == 3 && !strcmp(words[1], "env")) return env(words[2]);
  if (count == 3 && !strcmp(words[1], "listen")) return listen_to_changes(words[2]);
  if (count == 4 && !strcmp(words[1], "list"))
    return list(strtoul(words[2], NULL, 0), words[3]);
  return 2;
}
