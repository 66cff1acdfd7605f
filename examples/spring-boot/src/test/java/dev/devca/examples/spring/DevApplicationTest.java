package dev.devca.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaLocation;
import dev.devca.ca.CertificateAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

@Timeout(120)
class DevApplicationTest {

  @Test
  void get_fromTheBundlesServer_isTrustedByAClientOfTheCa() throws Exception {
    Path folder = CaLocation.current().orElseThrow();
    assertThat(folder).isEqualTo(Path.of("target/ca").toAbsolutePath());

    try (ConfigurableApplicationContext application =
        DevApplication.start("--server.port=0", "--spring.main.banner-mode=off")) {
      String port = application.getEnvironment().getRequiredProperty("local.server.port");
      HttpClient client =
          HttpClient.newBuilder()
              .sslContext(CertificateAuthority.open(folder).clientContext())
              .build();
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
                  .timeout(Duration.ofSeconds(30))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("hello");
    }
  }
}
