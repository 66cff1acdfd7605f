package dev.devca.cli.system;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** nginx in a sandbox, serving a chain and a key on {@code 172.16.99.32:1043} and localhost. */
final class NginxServer implements AutoCloseable {

  static final URI BY_ADDRESS = URI.create("https://" + Sandbox.ADDRESS + ":1043/");
  static final URI BY_NAME = URI.create("https://localhost:8443/");
  static final List<URI> ADDRESSES = List.of(BY_ADDRESS, BY_NAME);

  /** What it answers. */
  static final String BODY = "served-by-nginx";

  /** No test takes that long; what forgets to stop it ends with it. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private static final String FOLDER = "/tmp/nginx";

  private final Running nginx;

  private NginxServer(Running nginx) {
    this.nginx = nginx;
  }

  /** Starts it and waits until it listens. */
  static NginxServer start(Sandbox sandbox, String chainFile, String keyFile) {
    Prerequisite.program(sandbox, "nginx", "nginx");
    String temporary =
        List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
            .map(name -> name + "_temp_path " + FOLDER + "/" + name + ";\n")
            .reduce("", String::concat);
    sandbox.write(
        FOLDER + "/nginx.conf",
        """
        daemon off;
        user root;
        worker_processes 1;
        pid %1$s/pid;
        error_log stderr;
        events {}
        http {
          %2$s
          access_log off;
          ssl_certificate "%3$s";
          ssl_certificate_key "%4$s";
          server {
            listen %5$s:1043 ssl;
            listen 127.0.0.1:8443 ssl;
            location / {
              add_header Access-Control-Allow-Origin "%6$s";
              add_header Access-Control-Allow-Headers "%7$s";
              if ($request_method = OPTIONS) { return 204; }
              return 200 "%8$s\\n";
            }
          }
        }
        """
            .formatted(
                FOLDER,
                temporary,
                chainFile,
                keyFile,
                Sandbox.ADDRESS,
                CorsPage.ORIGIN,
                CorsPage.HEADER,
                BODY));
    Running nginx =
        sandbox.root().limit(LIFE).start("nginx", "-e", "stderr", "-c", FOLDER + "/nginx.conf");
    NginxServer server = new NginxServer(nginx);
    if (!sandbox.awaitListening(Sandbox.ADDRESS + "/1043", "127.0.0.1/8443")) {
      server.close();
      throw new AssertionError("nginx did not start: " + nginx.result());
    }
    return server;
  }

  @Override
  public void close() {
    nginx.close();
  }
}
