package dev.devca.truststore;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A system store of certificates of Windows, such as the roots that the current user trusts.
 * Certificates are told apart by their DER. What is opened or counted here is closed and freed
 * here, whatever happens between. Used by one thread.
 */
final class SystemCertificates {
  private static final int READ =
      Crypt32.CERT_STORE_READONLY_FLAG | Crypt32.CERT_STORE_OPEN_EXISTING_FLAG;
  private static final int WRITE = 0;

  // CERT_CONTEXT: an int, a pointer to the DER, its length, and more; each at a multiple of its
  // size. CRYPT_DATA_BLOB: the length as an int, a pointer.
  static final int OFFSET_OF_DER = Native.POINTER_SIZE;
  static final int OFFSET_OF_LENGTH = 2 * Native.POINTER_SIZE;
  static final int OFFSET_OF_DATA = Native.POINTER_SIZE;
  static final int SIZE_OF_BLOB = 2 * Native.POINTER_SIZE;

  private final Crypt32 crypt32;
  private final int place;
  private final String name;

  /**
   * The store of a name.
   *
   * @param place {@link Crypt32#CERT_SYSTEM_STORE_CURRENT_USER}, whose stores show those of the
   *     machine too, or {@link Crypt32#CERT_SYSTEM_STORE_LOCAL_MACHINE}
   * @param name such as {@code ROOT}
   */
  SystemCertificates(Crypt32 crypt32, int place, String name) {
    this.crypt32 = crypt32;
    this.place = place;
    this.name = name;
  }

  /**
   * A certificate that is there.
   *
   * @param purposes the extended key usages that the store allows it, DER; empty for all
   */
  record Found(Optional<byte[]> purposes) {}

  /**
   * Looks for a certificate.
   *
   * @return empty if neither it nor perhaps the store is there
   */
  Optional<Found> find(byte[] der) throws WindowsException {
    try (Opened store = open(READ)) {
      List<Pointer> hits = hits(store.handle, der);
      try {
        return hits.isEmpty() ? Optional.empty() : Optional.of(new Found(purposes(hits.get(0))));
      } finally {
        hits.forEach(crypt32::CertFreeCertificateContext);
      }
    } catch (WindowsException e) {
      if (e.code() == WindowsException.ERROR_FILE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The DER of all certificates. */
  List<byte[]> all() throws WindowsException {
    List<byte[]> all = new ArrayList<>();
    try (Opened store = open(READ)) {
      // None is kept: each look is at its bytes alone.
      hits(store.handle, der -> !all.add(der));
      return all;
    } catch (WindowsException e) {
      if (e.code() == WindowsException.ERROR_FILE_NOT_FOUND) {
        return all;
      }
      throw e;
    }
  }

  /**
   * Adds a certificate. One that is there already stays as it is.
   *
   * @param purposes the extended key usages that the store shall allow it, DER
   */
  void add(byte[] der, byte[] purposes) throws WindowsException {
    Pointer context =
        crypt32.CertCreateCertificateContext(Crypt32.X509_ASN_ENCODING, der, der.length);
    if (context == null) {
      throw failure("CertCreateCertificateContext");
    }
    try (Opened store = open(WRITE)) {
      // Before it is added: it is not trusted for more at any time, and Windows asks once.
      limit(context, purposes);
      if (!crypt32.CertAddCertificateContextToStore(
          store.handle, context, Crypt32.CERT_STORE_ADD_NEW, null)) {
        WindowsException failure = failure("CertAddCertificateContextToStore");
        if (failure.code() != WindowsException.CRYPT_E_EXISTS) {
          throw failure;
        }
      }
      store.commit();
    } finally {
      crypt32.CertFreeCertificateContext(context);
    }
  }

  private void limit(Pointer context, byte[] purposes) throws WindowsException {
    try (Memory value = new Memory(purposes.length);
        Memory blob = new Memory(SIZE_OF_BLOB)) {
      value.write(0, purposes, 0, purposes.length);
      blob.setInt(0, purposes.length);
      blob.setPointer(OFFSET_OF_DATA, value);
      if (!crypt32.CertSetCertificateContextProperty(
          context, Crypt32.CERT_ENHKEY_USAGE_PROP_ID, 0, blob)) {
        throw failure("CertSetCertificateContextProperty");
      }
    }
  }

  /** Deletes a certificate as often as it is there. */
  void delete(byte[] der) throws WindowsException {
    try (Opened store = open(WRITE)) {
      // Not while they are enumerated: that need not come to an end.
      WindowsException refused = null;
      for (Pointer hit : hits(store.handle, der)) {
        if (!crypt32.CertDeleteCertificateFromStore(hit) && refused == null) {
          refused = failure("CertDeleteCertificateFromStore");
        }
      }
      store.commit();
      if (refused != null) {
        throw refused;
      }
    }
  }

  private List<Pointer> hits(Pointer store, byte[] der) throws WindowsException {
    return hits(store, other -> Arrays.equals(other, der));
  }

  /** Contexts of certificates, of which each is to be freed or deleted. */
  private List<Pointer> hits(Pointer store, Predicate<byte[]> wanted) throws WindowsException {
    List<Pointer> hits = new ArrayList<>();
    Pointer context = null;
    boolean whole = false;
    try {
      while ((context = crypt32.CertEnumCertificatesInStore(store, context)) != null) {
        if (wanted.test(der(context))) {
          hits.add(crypt32.CertDuplicateCertificateContext(context));
        }
      }
      WindowsException end = failure("CertEnumCertificatesInStore");
      if (end.code() != WindowsException.CRYPT_E_NOT_FOUND
          && end.code() != WindowsException.ERROR_NO_MORE_FILES) {
        throw end;
      }
      whole = true;
      return hits;
    } finally {
      if (!whole) {
        hits.forEach(crypt32::CertFreeCertificateContext);
        free(context);
      }
    }
  }

  private void free(@Nullable Pointer context) {
    if (context != null) {
      crypt32.CertFreeCertificateContext(context);
    }
  }

  private static byte[] der(Pointer context) {
    return context.getPointer(OFFSET_OF_DER).getByteArray(0, context.getInt(OFFSET_OF_LENGTH));
  }

  private Optional<byte[]> purposes(Pointer context) throws WindowsException {
    IntByReference length = new IntByReference();
    byte[] value = null;
    // First how long it is, then what it is.
    for (int call = 0; call < 2; call++) {
      if (!crypt32.CertGetCertificateContextProperty(
          context, Crypt32.CERT_ENHKEY_USAGE_PROP_ID, value, length)) {
        WindowsException failure = failure("CertGetCertificateContextProperty");
        if (failure.code() == WindowsException.CRYPT_E_NOT_FOUND) {
          return Optional.empty();
        }
        throw failure;
      }
      value = value == null ? new byte[length.getValue()] : value;
    }
    return Optional.ofNullable(value);
  }

  private Opened open(int mode) throws WindowsException {
    Pointer handle =
        crypt32.CertOpenStore(
            Pointer.createConstant(Crypt32.CERT_STORE_PROV_SYSTEM_W),
            0,
            null,
            place | mode,
            (name + "\0").getBytes(StandardCharsets.UTF_16LE));
    if (handle == null) {
      throw failure("CertOpenStore");
    }
    return new Opened(handle);
  }

  private final class Opened implements AutoCloseable {
    private final Pointer handle;

    private Opened(Pointer handle) {
      this.handle = handle;
    }

    /** Else a change may be lost: not on Windows, but on Wine. */
    void commit() throws WindowsException {
      if (!crypt32.CertControlStore(handle, 0, Crypt32.CERT_STORE_CTRL_COMMIT, null)) {
        throw failure("CertControlStore");
      }
    }

    @Override
    public void close() {
      crypt32.CertCloseStore(handle, 0);
    }
  }

  /** As PowerShell names it. */
  @Override
  public String toString() {
    return (place == Crypt32.CERT_SYSTEM_STORE_LOCAL_MACHINE
            ? "Cert:\\LocalMachine\\"
            : "Cert:\\CurrentUser\\")
        + name;
  }

  /** What the last call said; to be asked for at once, and only if it failed. */
  private static WindowsException failure(String function) {
    return new WindowsException(function, Native.getLastError());
  }
}
