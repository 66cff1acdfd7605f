package dev.devca.examples.maven;

import dev.devca.ca.CertificateAuthority;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.TrustStores;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/** Shows which trust stores of this machine trust the CA. */
@Mojo(name = "status", requiresProject = false)
public class StatusMojo extends StoreParameters {
  @Override
  CertificateAuthority authority(File ca) throws IOException {
    return CertificateAuthority.open(CaFolder.of(ca));
  }

  @Override
  List<Outcome> run(TrustStores stores, CertificateAuthority ca) {
    return stores.status(ca.rootCertificate());
  }
}
