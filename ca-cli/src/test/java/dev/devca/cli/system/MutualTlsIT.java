package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Client certificates, each as its owner would use it, with servers that insist on one. */
@Timeout(300)
final class MutualTlsIT {
  private static final String ADDRESS = "https://localhost:8443/";
  private static final String PASSWORD = "geheim-17";

  @AutoClose private Sandbox sandbox;
  private Caller caller;
  private String root;

  @BeforeEach
  void issue() {
    sandbox = Sandbox.open();
    Prerequisite.program(sandbox, "nginx", "nginx");
    sandbox.run("mkdir", "-p", "/tmp/conf").ok();
    caller = sandbox.root().in("/tmp/conf").env("APP_PASSWORD", PASSWORD);
    caller.devca("issue", "localhost", "--cert-file", "s.pem", "--key-file", "s-key.pem").ok();
    root = caller.devca("root").ok().stdout().strip();
    for (String key : List.of("p256", "rsa2048")) {
      caller
          .devca(
              "issue",
              "--client",
              "--cn",
              "alice",
              "--key",
              key,
              "--cert-file",
              key + ".pem",
              "--key-file",
              key + "-key.pem",
              "--p12-file",
              key + ".p12",
              "--truststore-file",
              "trust.p12",
              "--password-env",
              "APP_PASSWORD")
          .ok();
    }
    sandbox.write(
        "/tmp/conf/nginx.conf",
        """
        daemon off;
        user root;
        pid /tmp/conf/pid;
        events {}
        http {
          access_log off;
          server {
            listen 127.0.0.1:8443 ssl;
            ssl_certificate /tmp/conf/s.pem;
            ssl_certificate_key /tmp/conf/s-key.pem;
            ssl_client_certificate %s;
            ssl_verify_client on;
            location / { return 200 "$ssl_client_verify $ssl_client_s_dn\\n"; }
          }
        }
        """
            .formatted(root));
  }

  private ConfiguredServer nginx() {
    return ConfiguredServer.start(
        sandbox, 8443, "nginx", "-e", "stderr", "-c", "/tmp/conf/nginx.conf");
  }

  private String curl(String... more) {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--cacert", root));
    command.addAll(List.of(more));
    command.add(ADDRESS);
    return caller.run(command.toArray(String[]::new)).ok().stdout();
  }

  @Test
  void nginx_curlWithPemAndPkcs12_knowsAlice() {
    try (var server = nginx()) {
      assertThat(curl()).contains("400 No required SSL certificate was sent");
      for (String key : List.of("p256", "rsa2048")) {
        assertThat(curl("--cert", key + ".pem", "--key", key + "-key.pem"))
            .isEqualTo("SUCCESS CN=alice\n");
        assertThat(curl("--cert", key + ".p12:" + PASSWORD, "--cert-type", "P12"))
            .isEqualTo("SUCCESS CN=alice\n");
      }
      // A server's certificate is no client's.
      assertThat(curl("--cert", "s.pem", "--key", "s-key.pem")).contains("400");
    }
  }

  @Test
  void nginx_javaWithPemAndPkcs12_knowsAlice() {
    String probe = Sandbox.resource("MutualProbe.class").toString();
    String classes = probe.substring(0, probe.indexOf("/dev/devca/"));
    try (var server = nginx()) {
      for (Jdk jdk : Jdk.installed(sandbox)) {
        for (String key : List.of("p256", "rsa2048")) {
          for (String identity : List.of(key + ".pem", key + ".p12")) {
            CommandResult result =
                caller.run(
                    jdk.home() + "/bin/java",
                    "-cp",
                    classes,
                    MutualProbe.class.getName(),
                    ADDRESS,
                    "trust.p12",
                    PASSWORD,
                    identity);
            assertThat(result.ok().stdout()).as("%s", result).isEqualTo("SUCCESS CN=alice\n");
          }
        }
      }
    }
  }
}
