package dev.devca.examples.maven;

import dev.devca.ca.CertificateAuthority;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.TrustStores;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Makes the trust stores of this machine trust the CA, which is made if it is missing. Rights are
 * never raised: a store that needs root's is named with the command for it.
 */
@Mojo(name = "install", requiresProject = false)
public class InstallMojo extends StoreParameters {
  @Override
  CertificateAuthority authority(File ca) throws IOException {
    return CertificateAuthority.openOrCreate(CaFolder.of(ca));
  }

  @Override
  List<Outcome> run(TrustStores stores, CertificateAuthority ca) {
    return stores.install(ca.rootCertificate());
  }
}
