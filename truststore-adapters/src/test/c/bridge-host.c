/* The other end of bridge.c: runs under Wine, reads a call a line, makes it, prints how it went. */
#include <fcntl.h>
#include <io.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

#define LINE (1 << 20)

static char line[LINE];
static BYTE data[LINE], sub_key[1024], name[1024];

static char *word(void) {
  char *text = strtok(NULL, " \n");
  return text ? text : "";
}

static uint64_t number(void) { return strtoull(word(), NULL, 16); }

static DWORD bytes_into(BYTE *into) {
  const char *text = word();
  DWORD length = strlen(text) / 2;
  for (DWORD i = 0; i < length; i++) {
    char pair[3] = {text[2 * i], text[2 * i + 1], 0};
    into[i] = (BYTE)strtoul(pair, NULL, 16);
  }
  return length;
}

static DWORD bytes(void) { return bytes_into(data); }

static void answer(uint64_t result, DWORD error, const BYTE *of, DWORD length) {
  printf("%llx %lx ", result, error);
  for (DWORD i = 0; i < length; i++) printf("%02x", of[i]);
  printf("\n");
}

static void answer_context(PCCERT_CONTEXT context) {
  DWORD error = GetLastError();
  answer((uint64_t)context, error, context ? context->pbCertEncoded : NULL,
         context ? context->cbCertEncoded : 0);
}

static void answer_done(BOOL done) { answer(done, GetLastError(), NULL, 0); }

static void call(const char *function) {
#define IS(name) (!strcmp(function, #name))
  if (IS(CertOpenStore)) {
    LPCSTR provider = (LPCSTR)number();
    DWORD encoding = number();
    HCRYPTPROV_LEGACY crypt = number();
    DWORD flags = number();
    bytes();
    HCERTSTORE store = CertOpenStore(provider, encoding, crypt, flags, data);
    answer((uint64_t)store, GetLastError(), NULL, 0);
  } else if (IS(CertCloseStore)) {
    HCERTSTORE store = (HCERTSTORE)number();
    answer_done(CertCloseStore(store, number()));
  } else if (IS(CertControlStore)) {
    HCERTSTORE store = (HCERTSTORE)number();
    DWORD flags = number(), type = number();
    answer_done(CertControlStore(store, flags, type, (void *)number()));
  } else if (IS(CertEnumCertificatesInStore)) {
    HCERTSTORE store = (HCERTSTORE)number();
    answer_context(CertEnumCertificatesInStore(store, (PCCERT_CONTEXT)number()));
  } else if (IS(CertCreateCertificateContext)) {
    DWORD encoding = number(), length = bytes();
    answer_context(CertCreateCertificateContext(encoding, data, length));
  } else if (IS(CertDuplicateCertificateContext)) {
    answer_context(CertDuplicateCertificateContext((PCCERT_CONTEXT)number()));
  } else if (IS(CertFreeCertificateContext)) {
    answer_done(CertFreeCertificateContext((PCCERT_CONTEXT)number()));
  } else if (IS(CertAddCertificateContextToStore)) {
    HCERTSTORE store = (HCERTSTORE)number();
    PCCERT_CONTEXT context = (PCCERT_CONTEXT)number();
    answer_done(CertAddCertificateContextToStore(store, context, number(), NULL));
  } else if (IS(CertDeleteCertificateFromStore)) {
    answer_done(CertDeleteCertificateFromStore((PCCERT_CONTEXT)number()));
  } else if (IS(CertSetCertificateContextProperty)) {
    PCCERT_CONTEXT context = (PCCERT_CONTEXT)number();
    DWORD property = number(), flags = number();
    CRYPT_DATA_BLOB blob = {bytes(), data};
    answer_done(CertSetCertificateContextProperty(context, property, flags, &blob));
  } else if (IS(CertGetCertificateContextProperty)) {
    PCCERT_CONTEXT context = (PCCERT_CONTEXT)number();
    DWORD property = number(), wanted = number(), length = number();
    BOOL done = CertGetCertificateContextProperty(context, property, wanted ? data : NULL, &length);
    DWORD error = GetLastError();
    if (done && !wanted)
      printf("1 %lx %lx\n", error, length);
    else
      answer(done, error, data, done ? length : 0);
  } else if (IS(RegGetValueW)) {
    HKEY key = (HKEY)number();
    bytes_into(sub_key), bytes_into(name);
    DWORD flags = number(), length = number(), type = 0;
    BOOL wanted = length != 0;
    LSTATUS code = RegGetValueW(
        key, (WCHAR *)sub_key, (WCHAR *)name, flags, &type, wanted ? data : NULL, &length);
    printf("%lx 0 %lx %lx ", code, type, length);
    for (DWORD i = 0; wanted && !code && i < length; i++) printf("%02x", data[i]);
    printf("\n");
  } else if (IS(RegSetKeyValueW)) {
    HKEY key = (HKEY)number();
    bytes_into(sub_key), bytes_into(name);
    DWORD type = number(), length = bytes();
    answer(
        RegSetKeyValueW(key, (WCHAR *)sub_key, (WCHAR *)name, type, data, length), 0, NULL, 0);
  } else if (IS(RegDeleteKeyValueW)) {
    HKEY key = (HKEY)number();
    bytes_into(sub_key), bytes_into(name);
    answer(RegDeleteKeyValueW(key, (WCHAR *)sub_key, (WCHAR *)name), 0, NULL, 0);
  } else if (IS(SendMessageTimeoutW)) {
    HWND window = (HWND)number();
    UINT message = number();
    WPARAM first = number();
    bytes();
    UINT flags = number(), millis = number();
    DWORD_PTR result;
    LRESULT done = SendMessageTimeoutW(
        window, message, first, (LPARAM)data, flags, millis, &result);
    answer(done, GetLastError(), NULL, 0);
  } else {
    answer(0, ERROR_CALL_NOT_IMPLEMENTED, NULL, 0);
  }
}

int main(void) {
  _setmode(0, _O_BINARY);
  _setmode(1, _O_BINARY);
  while (fgets(line, LINE, stdin)) {
    const char *function = strtok(line, " \n");
    SetLastError(0);
    if (function) call(function);
    fflush(stdout);
  }
  return 0;
}
