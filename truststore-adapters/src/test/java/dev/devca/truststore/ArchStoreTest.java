package dev.devca.truststore;

class ArchStoreTest extends AnchorStoreContract {
  ArchStoreTest() {
    super(LinuxFamily.ARCH, "/usr/bin/update-ca-trust");
  }
}
