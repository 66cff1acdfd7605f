/** Opens or creates a local certificate authority and issues certificates. */
// The modules that read the files package are built after this one.
@SuppressWarnings("module")
module dev.devca.ca {
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires org.apache.commons.io;
  requires static transitive org.jspecify;

  exports dev.devca.ca;
  exports dev.devca.ca.files to
      dev.devca.truststore,
      dev.devca.cli;
}
