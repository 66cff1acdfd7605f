package dev.devca.truststore;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/**
 * What devca calls of Windows' {@code crypt32.dll}, as {@code wincrypt.h} declares it. A context is
 * a pointer to a {@code CERT_CONTEXT}. Names are UTF-16LE with a zero at the end, as bytes: JNA's
 * own wide strings have four bytes a character where the tests run.
 */
@SuppressWarnings("MemberName") // Windows' names.
interface Crypt32 extends Library {
  int X509_ASN_ENCODING = 0x1;
  long CERT_STORE_PROV_SYSTEM_W = 10;
  int CERT_SYSTEM_STORE_CURRENT_USER = 0x10000;
  int CERT_SYSTEM_STORE_LOCAL_MACHINE = 0x20000;
  int CERT_STORE_OPEN_EXISTING_FLAG = 0x4000;
  int CERT_STORE_READONLY_FLAG = 0x8000;
  int CERT_STORE_ADD_NEW = 1;
  int CERT_STORE_CTRL_COMMIT = 3;
  int CERT_ENHKEY_USAGE_PROP_ID = 9;

  @Nullable Pointer CertOpenStore(
      Pointer provider, int encoding, @Nullable Pointer unused, int flags, byte[] name);

  boolean CertCloseStore(Pointer store, int flags);

  boolean CertControlStore(Pointer store, int flags, int type, @Nullable Pointer parameter);

  /** The context after one that it frees, also at the end; the first after {@code null}. */
  @Nullable Pointer CertEnumCertificatesInStore(Pointer store, @Nullable Pointer previous);

  @Nullable Pointer CertCreateCertificateContext(int encoding, byte[] der, int length);

  Pointer CertDuplicateCertificateContext(Pointer context);

  boolean CertFreeCertificateContext(Pointer context);

  boolean CertAddCertificateContextToStore(
      Pointer store, Pointer context, int disposition, @Nullable Pointer added);

  /** Frees the context, whether it succeeds or not. */
  boolean CertDeleteCertificateFromStore(Pointer context);

  /** The value of this property is a {@code CRYPT_DATA_BLOB}. */
  boolean CertSetCertificateContextProperty(
      Pointer context, int property, int flags, @Nullable Pointer blob);

  boolean CertGetCertificateContextProperty(
      Pointer context, int property, byte @Nullable [] value, IntByReference length);
}
