package dev.devca.examples.spring;

import dev.devca.ca.CaLocation;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on a developer's machine: with a certificate of the CA that it trusts. */
final class DevApplication {
  private DevApplication() {}

  // @start region="main"
  public static void main(String... arguments) throws IOException {
    start(arguments);
  }

  static ConfigurableApplicationContext start(String... arguments) throws IOException {
    CertificateAuthority ca = CertificateAuthority.openOrCreate(CaLocation.current().orElseThrow());
    Path folder = Files.createDirectories(Path.of("target/devca"));
    ca.issue(LeafRequest.forNames("localhost", "127.0.0.1"))
        .writePem(folder.resolve("server.pem"), folder.resolve("server-key.pem"));
    return SpringApplication.from(Application::main)
        .withAdditionalProfiles("dev")
        .run(arguments)
        .getApplicationContext();
  }

  // @end
}
