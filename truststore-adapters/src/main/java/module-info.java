/** Takes a root certificate into the trust stores of the machine and out again. */
@SuppressWarnings("requires-automatic") // JNA has no descriptor.
module dev.devca.truststore {
  requires transitive dev.devca.ca;
  requires static transitive org.jspecify;
  requires com.sun.jna;
  requires java.xml;

  exports dev.devca.truststore;

  uses dev.devca.truststore.TrustStoreProvider;

  provides dev.devca.truststore.TrustStoreProvider with
      dev.devca.truststore.LinuxSystemProvider,
      dev.devca.truststore.WindowsProvider,
      dev.devca.truststore.WslProvider,
      dev.devca.truststore.MacProvider,
      dev.devca.truststore.JavaProvider,
      dev.devca.truststore.NssProvider,
      dev.devca.truststore.NodeProvider,
      dev.devca.truststore.ClaudeProvider,
      dev.devca.truststore.BundleProvider;
}
