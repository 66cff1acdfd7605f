package dev.devca.truststore;

/** Void has Debian's script too. */
class VoidStoreTest extends AnchorStoreContract {
  VoidStoreTest() {
    super(LinuxFamily.VOID, "/usr/bin/update-ca-certificates");
  }
}
