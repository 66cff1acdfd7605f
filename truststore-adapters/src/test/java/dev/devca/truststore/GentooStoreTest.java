package dev.devca.truststore;

/** Gentoo has Debian's script, which leaves links behind. */
class GentooStoreTest extends AnchorStoreContract {
  GentooStoreTest() {
    super(LinuxFamily.GENTOO, "/usr/sbin/update-ca-certificates");
  }
}
