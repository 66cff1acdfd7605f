package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * crypt32 in memory: a user's stores, which show the machine's too, and Windows' question before a
 * change of the user's roots. It counts what is open, and minds pointers that are used after they
 * were freed. As with the real one, a call that succeeds leaves any error code behind.
 */
final class FakeCrypt32 implements Crypt32 {
  private static final int STALE = 87;

  private record Certificate(byte[] der, Map<Integer, byte[]> properties) {}

  private record Handle(int place, String name, boolean writable) {
    String key() {
      return key(place, name);
    }

    static String key(int place, String name) {
      return (place == CERT_SYSTEM_STORE_LOCAL_MACHINE ? "machine " : "user ") + name;
    }
  }

  /** A context that is open, with where it came from. */
  private record Context(Certificate certificate, String key, Memory struct) {}

  private final Map<String, List<Certificate>> stores = new TreeMap<>();
  private final Map<Long, Handle> handles = new HashMap<>();
  private final Map<Long, Context> contexts = new HashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private long nextHandle = 1;

  /** What the user answers to Windows' question. */
  boolean answersYes = true;

  /** Whether the process is an administrator's. */
  boolean elevated;

  /** Whether a user's roots are not kept. */
  boolean forgetsUsersRoots;

  /** How often Windows asked. */
  int questions;

  void fail(String function, int code) {
    failures.put(function, code);
  }

  void put(int place, String name, byte[] der) {
    store(Handle.key(place, name)).add(new Certificate(der, new TreeMap<>()));
  }

  void setPurposes(int place, String name, String hex) {
    store(Handle.key(place, name))
        .forEach(c -> c.properties().put(CERT_ENHKEY_USAGE_PROP_ID, HexFormat.of().parseHex(hex)));
  }

  /** What the stores hold, for a comparison of before and after. */
  Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>();
    stores.forEach(
        (key, list) -> {
          for (Certificate c : list) {
            StringBuilder properties = new StringBuilder();
            c.properties().forEach((id, value) -> properties.append(id).append(hex(value)));
            all.put(key + " " + hex(c.der()), properties.toString());
          }
        });
    return all;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  void assertNothingOpen() {
    assertThat(handles).as("open stores").isEmpty();
    assertThat(contexts).as("contexts that were not freed").isEmpty();
  }

  private List<Certificate> store(String key) {
    return stores.computeIfAbsent(key, k -> new ArrayList<>());
  }

  private boolean refused(String function) {
    Integer code = failures.get(function);
    return code != null && fails(code);
  }

  private static boolean fails(int code) {
    Native.setLastError(code);
    return true;
  }

  private static boolean succeeds() {
    Native.setLastError(STALE);
    return true;
  }

  @Override
  public Pointer CertOpenStore(
      Pointer provider, int encoding, Pointer unused, int flags, byte[] name) {
    assertThat(Pointer.nativeValue(provider)).isEqualTo(CERT_STORE_PROV_SYSTEM_W);
    if (refused("CertOpenStore")) {
      return null;
    }
    String text = new String(name, StandardCharsets.UTF_16LE);
    assertThat(text).endsWith("\0");
    int place = flags & (CERT_SYSTEM_STORE_CURRENT_USER | CERT_SYSTEM_STORE_LOCAL_MACHINE);
    boolean writable = (flags & CERT_STORE_READONLY_FLAG) == 0;
    Handle handle = new Handle(place, text.substring(0, text.length() - 1), writable);
    if (place == CERT_SYSTEM_STORE_LOCAL_MACHINE && writable && !elevated) {
      fails(WindowsException.ERROR_ACCESS_DENIED);
      return null;
    }
    if ((flags & CERT_STORE_OPEN_EXISTING_FLAG) != 0
        && !handle.name().equals("ROOT")
        && !stores.containsKey(handle.key())) {
      fails(WindowsException.ERROR_FILE_NOT_FOUND);
      return null;
    }
    handles.put(nextHandle, handle);
    succeeds();
    return Pointer.createConstant(nextHandle++);
  }

  private Handle handle(Pointer store) {
    Handle handle = handles.get(Pointer.nativeValue(store));
    assertThat(handle).as("a store that is open").isNotNull();
    return handle;
  }

  @Override
  public boolean CertCloseStore(Pointer store, int flags) {
    handle(store);
    handles.remove(Pointer.nativeValue(store));
    return succeeds();
  }

  @Override
  public boolean CertControlStore(Pointer store, int flags, int type, Pointer parameter) {
    assertThat(handle(store).writable()).isTrue();
    assertThat(type).isEqualTo(CERT_STORE_CTRL_COMMIT);
    return !refused("CertControlStore") && succeeds();
  }

  private Pointer open(Certificate certificate, String key) {
    byte[] der = certificate.der();
    Memory struct = new Memory(64 + der.length);
    struct.clear();
    struct.setPointer(SystemCertificates.OFFSET_OF_DER, struct.share(64));
    struct.setInt(SystemCertificates.OFFSET_OF_LENGTH, der.length);
    struct.write(64, der, 0, der.length);
    contexts.put(Pointer.nativeValue(struct), new Context(certificate, key, struct));
    return struct;
  }

  private Context context(Pointer pointer) {
    Context context = contexts.get(Pointer.nativeValue(pointer));
    assertThat(context).as("a context that was not freed").isNotNull();
    return context;
  }

  private Context close(Pointer pointer) {
    Context context = context(pointer);
    contexts.remove(Pointer.nativeValue(pointer));
    return context;
  }

  @Override
  public Pointer CertEnumCertificatesInStore(Pointer store, Pointer previous) {
    Handle handle = handle(store);
    List<Context> all =
        Stream.of(handle.key(), Handle.key(CERT_SYSTEM_STORE_LOCAL_MACHINE, handle.name()))
            .distinct()
            .flatMap(key -> store(key).stream().map(c -> new Context(c, key, null)))
            .toList();
    int next = 0;
    if (previous != null) {
      Certificate last = close(previous).certificate();
      next = all.stream().map(Context::certificate).toList().indexOf(last) + 1;
    }
    if (refused("CertEnumCertificatesInStore")) {
      return null;
    }
    if (next == all.size()) {
      fails(WindowsException.CRYPT_E_NOT_FOUND);
      return null;
    }
    succeeds();
    return open(all.get(next).certificate(), all.get(next).key());
  }

  @Override
  public Pointer CertCreateCertificateContext(int encoding, byte[] der, int length) {
    assertThat(encoding).isEqualTo(X509_ASN_ENCODING);
    if (refused("CertCreateCertificateContext")) {
      return null;
    }
    succeeds();
    return open(new Certificate(Arrays.copyOf(der, length), new TreeMap<>()), "");
  }

  @Override
  public Pointer CertDuplicateCertificateContext(Pointer pointer) {
    Context context = context(pointer);
    succeeds();
    return open(context.certificate(), context.key());
  }

  @Override
  public boolean CertFreeCertificateContext(Pointer pointer) {
    close(pointer);
    return succeeds();
  }

  @Override
  public boolean CertAddCertificateContextToStore(
      Pointer store, Pointer pointer, int disposition, Pointer added) {
    assertThat(disposition).isEqualTo(CERT_STORE_ADD_NEW);
    Handle handle = handle(store);
    assertThat(handle.writable()).isTrue();
    Certificate certificate = context(pointer).certificate();
    if (refused("CertAddCertificateContextToStore")) {
      return false;
    }
    boolean there =
        Stream.of(handle.key(), Handle.key(CERT_SYSTEM_STORE_LOCAL_MACHINE, handle.name()))
            .flatMap(key -> store(key).stream())
            .anyMatch(other -> Arrays.equals(other.der(), certificate.der()));
    if (there) {
      return !fails(WindowsException.CRYPT_E_EXISTS);
    }
    boolean ofUser = handle.place() == CERT_SYSTEM_STORE_CURRENT_USER;
    if (ofUser && isDeclined()) {
      return !fails(WindowsException.ERROR_CANCELLED);
    }
    if (!ofUser || !forgetsUsersRoots) {
      store(handle.key()).add(new Certificate(certificate.der(), certificate.properties()));
    }
    return succeeds();
  }

  private boolean isDeclined() {
    questions++;
    return !answersYes;
  }

  @Override
  public boolean CertDeleteCertificateFromStore(Pointer pointer) {
    Context context = close(pointer);
    boolean ofUser = context.key().startsWith("user");
    if (refused("CertDeleteCertificateFromStore")) {
      return false;
    }
    if (!ofUser && !elevated) {
      return !fails(WindowsException.ERROR_ACCESS_DENIED);
    }
    if (ofUser && isDeclined()) {
      return !fails(WindowsException.ERROR_CANCELLED);
    }
    store(context.key()).removeIf(c -> Arrays.equals(c.der(), context.certificate().der()));
    return succeeds();
  }

  @Override
  public boolean CertSetCertificateContextProperty(
      Pointer pointer, int property, int flags, Pointer blob) {
    if (refused("CertSetCertificateContextProperty")) {
      return false;
    }
    byte[] value =
        blob.getPointer(SystemCertificates.OFFSET_OF_DATA).getByteArray(0, blob.getInt(0));
    context(pointer).certificate().properties().put(property, value);
    return succeeds();
  }

  @Override
  public boolean CertGetCertificateContextProperty(
      Pointer pointer, int property, byte[] value, IntByReference length) {
    if (refused("CertGetCertificateContextProperty")) {
      return false;
    }
    byte[] there = context(pointer).certificate().properties().get(property);
    if (there == null) {
      return !fails(WindowsException.CRYPT_E_NOT_FOUND);
    }
    if (value != null) {
      System.arraycopy(there, 0, value, 0, there.length);
    }
    length.setValue(there.length);
    return succeeds();
  }
}
