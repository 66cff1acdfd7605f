/*
 * What devca calls of Windows, for a JVM on Linux: each call goes to bridge-host.exe, which runs under Wine and calls
 * the real one. The declarations are Wine's, so that a function whose parameters are not as on
 * Windows does not compile. A context is a copy in this process, with the host's own beside it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define WINADVAPI
#define WINCRYPT32API
#define WINUSERAPI
#include <windef.h>
#include <winbase.h>
/* Or the functions below would have the calling convention of Windows, which the JVM has not. */
#undef WINAPI
#define WINAPI
#include <wincrypt.h>
#include <winreg.h>
#include <winuser.h>

#define LINE (1 << 20)
#define PATIENCE_MILLIS 60000

typedef struct {
  CERT_CONTEXT seen;
  uint64_t remote;
} Context;

static pid_t host;
static int line_to_host = -1;
static char request[LINE], answer[LINE], failing[64];
static int failing_code;

/*
 * Starts the host: its argument list and environment, each ended by NULL, and its folder. Answers 0
 * or an errno.
 */
int bridge_start(char *const arguments[], char *const environment[], const char *folder) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) return errno;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_addchdir_np(&actions, folder);
  int error = posix_spawn(&host, arguments[0], &actions, NULL, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  line_to_host = ends[0];
  return error;
}

/* Ends the host. */
void bridge_stop(void) {
  if (line_to_host < 0) return;
  close(line_to_host);
  line_to_host = -1;
  kill(host, SIGKILL);
  waitpid(host, NULL, 0);
}

/* Lets a function fail with a code, without a call; an empty name lets none fail. */
void bridge_fail(const char *function, int code) {
  snprintf(failing, sizeof failing, "%s", function);
  failing_code = code;
}

/* Sends a line and reads one: "result error [bytes in hex]". Answers the result, sets errno. */
static uint64_t call(const char *format, ...) {
  va_list list;
  va_start(list, format);
  int length = vsnprintf(request, LINE - 1, format, list);
  va_end(list);
  request[length++] = '\n';
  size_t name = strcspn(request, " \n");
  answer[0] = 0;
  if (strlen(failing) == name && !strncmp(failing, request, name)) {
    errno = failing_code;
    return 0;
  }
  for (int sent = 0; sent < length;) {
    ssize_t n = send(line_to_host, request + sent, length - sent, MSG_NOSIGNAL);
    if (n <= 0) return errno = ERROR_BROKEN_PIPE, 0;
    sent += n;
  }
  int have = 0;
  while (!have || answer[have - 1] != '\n') {
    struct pollfd ready = {line_to_host, POLLIN, 0};
    if (poll(&ready, 1, PATIENCE_MILLIS) != 1) return errno = ERROR_SEM_TIMEOUT, 0;
    ssize_t n = read(line_to_host, answer + have, LINE - 1 - have);
    if (n <= 0) return errno = ERROR_BROKEN_PIPE, 0;
    have += n;
  }
  answer[have] = 0;
  char *rest;
  uint64_t result = strtoull(answer, &rest, 16);
  errno = (int)strtoul(rest, &rest, 16);
  memmove(answer, rest + 1, strlen(rest));
  return result;
}

/* Bytes in hex, in one of four buffers: as many as a call has. */
static const char *hex(const void *bytes, size_t length) {
  static char texts[4][LINE];
  static int next;
  char *text = texts[next++ % 4];
  for (size_t i = 0; i < length; i++)
    sprintf(text + 2 * i, "%02x", ((const unsigned char *)bytes)[i]);
  text[2 * length] = 0;
  return text;
}

static size_t bytes_of_answer(unsigned char *bytes) {
  size_t length = strspn(answer, "0123456789abcdef") / 2;
  for (size_t i = 0; bytes && i < length; i++) sscanf(answer + 2 * i, "%2hhx", bytes + i);
  return length;
}

static uint64_t handle(const void *pointer) { return (uint64_t)pointer; }

static uint64_t remote(PCCERT_CONTEXT context) { return context ? ((Context *)context)->remote : 0; }

static PCCERT_CONTEXT opened(uint64_t of_host) {
  if (!of_host) return NULL;
  int error = errno;
  Context *context = calloc(1, sizeof *context);
  context->remote = of_host;
  context->seen.dwCertEncodingType = X509_ASN_ENCODING;
  context->seen.cbCertEncoded = bytes_of_answer(NULL);
  context->seen.pbCertEncoded = malloc(context->seen.cbCertEncoded);
  bytes_of_answer(context->seen.pbCertEncoded);
  errno = error;
  return &context->seen;
}

static void forget(PCCERT_CONTEXT context) {
  if (!context) return;
  int error = errno;
  free(context->pbCertEncoded);
  free((void *)context);
  errno = error;
}

HCERTSTORE WINAPI CertOpenStore(
    LPCSTR provider, DWORD encoding, HCRYPTPROV_LEGACY crypt, DWORD flags, const void *name) {
  size_t length = 0;
  while (((const WCHAR *)name)[length]) length++;
  return (HCERTSTORE)call(
      "CertOpenStore %llx %x %llx %x %s", handle(provider), encoding, (unsigned long long)crypt,
      flags, hex(name, 2 * length + 2));
}

BOOL WINAPI CertCloseStore(HCERTSTORE store, DWORD flags) {
  return call("CertCloseStore %llx %x", handle(store), flags);
}

BOOL WINAPI CertControlStore(HCERTSTORE store, DWORD flags, DWORD type, void const *parameter) {
  return call("CertControlStore %llx %x %x %llx", handle(store), flags, type, handle(parameter));
}

PCCERT_CONTEXT WINAPI CertEnumCertificatesInStore(HCERTSTORE store, PCCERT_CONTEXT previous) {
  uint64_t next = call("CertEnumCertificatesInStore %llx %llx", handle(store), remote(previous));
  forget(previous);
  return opened(next);
}

PCCERT_CONTEXT WINAPI CertCreateCertificateContext(DWORD encoding, const BYTE *der, DWORD length) {
  return opened(call("CertCreateCertificateContext %x %s", encoding, hex(der, length)));
}

PCCERT_CONTEXT WINAPI CertDuplicateCertificateContext(PCCERT_CONTEXT context) {
  return opened(call("CertDuplicateCertificateContext %llx", remote(context)));
}

BOOL WINAPI CertFreeCertificateContext(PCCERT_CONTEXT context) {
  BOOL done = call("CertFreeCertificateContext %llx", remote(context));
  forget(context);
  return done;
}

BOOL WINAPI CertAddCertificateContextToStore(
    HCERTSTORE store, PCCERT_CONTEXT context, DWORD disposition, PCCERT_CONTEXT *added) {
  return !added
      && call(
          "CertAddCertificateContextToStore %llx %llx %x", handle(store), remote(context),
          disposition);
}

BOOL WINAPI CertDeleteCertificateFromStore(PCCERT_CONTEXT context) {
  BOOL done = call("CertDeleteCertificateFromStore %llx", remote(context));
  forget(context);
  return done;
}

BOOL WINAPI CertSetCertificateContextProperty(
    PCCERT_CONTEXT context, DWORD property, DWORD flags, const void *value) {
  const CRYPT_DATA_BLOB *blob = value;
  return call(
      "CertSetCertificateContextProperty %llx %x %x %s", remote(context), property, flags,
      hex(blob->pbData, blob->cbData));
}

BOOL WINAPI CertGetCertificateContextProperty(
    PCCERT_CONTEXT context, DWORD property, void *value, DWORD *length) {
  BOOL done =
      call(
          "CertGetCertificateContextProperty %llx %x %x %x", remote(context), property, value != 0,
          *length);
  if (done) *length = value ? bytes_of_answer(value) : strtoul(answer, NULL, 16);
  return done;
}

static const char *wide(LPCWSTR text) {
  size_t length = 0;
  while (text[length]) length++;
  return hex(text, 2 * length + 2);
}

/* Functions of the registry answer with their code, and may be given one to answer. */
LSTATUS WINAPI RegGetValueW(
    HKEY key, LPCWSTR sub_key, LPCWSTR name, DWORD flags, DWORD *type, void *data, DWORD *length) {
  DWORD room = data ? *length : 0;
  LSTATUS code =
      call("RegGetValueW %llx %s %s %x %x", handle(key), wide(sub_key), wide(name), flags, room);
  if (!code && !errno) {
    char *rest;
    *type = strtoul(answer, &rest, 16);
    *length = strtoul(rest, &rest, 16);
    memmove(answer, rest + 1, strlen(rest));
    if (data) bytes_of_answer(data);
  }
  return code ? code : errno;
}

LSTATUS WINAPI RegSetKeyValueW(
    HKEY key, LPCWSTR sub_key, LPCWSTR name, DWORD type, const void *data, DWORD length) {
  LSTATUS code =
      call(
          "RegSetKeyValueW %llx %s %s %x %s", handle(key), wide(sub_key), wide(name), type,
          hex(data, length));
  return code ? code : errno;
}

LSTATUS WINAPI RegDeleteKeyValueW(HKEY key, LPCWSTR sub_key, LPCWSTR name) {
  LSTATUS code = call("RegDeleteKeyValueW %llx %s %s", handle(key), wide(sub_key), wide(name));
  return code ? code : errno;
}

LRESULT WINAPI SendMessageTimeoutW(
    HWND window, UINT message, WPARAM first, LPARAM second, UINT flags, UINT millis,
    PDWORD_PTR result) {
  return call(
      "SendMessageTimeoutW %llx %x %llx %s %x %x", handle(window), message,
      (unsigned long long)first, wide((LPCWSTR)second), flags, millis);
}
