package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The lines of {@code devca issue --for}, pasted as they are into the configuration of the real.
 */
@Timeout(300)
final class RecipesIT {

  /** A space, an accent, and what some configurations take for something else. */
  private static final String FOLDER = "/srv/My \"Wörk\" #1 100%";

  private static final String PAGE = "devca";

  @AutoClose private Sandbox sandbox;
  private Caller caller;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    sandbox.run("mkdir", "-p", FOLDER, "/tmp/conf").ok();
    caller = sandbox.root().in(FOLDER);
  }

  private String lines(String server, String... more) {
    String[] words = {"issue", "localhost", "127.0.0.1", "--for", server};
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return caller.devca(all).ok().stdout();
  }

  private void assertServes(int port) {
    String root = caller.devca("root").ok().stdout().strip();
    String page =
        sandbox
            .run("curl", "-sS", "--fail", "--cacert", root, "https://localhost:" + port + "/")
            .ok()
            .stdout();
    assertThat(page).startsWith(PAGE);
    // The page came over the certificate just issued, and not over one of the server's own.
    assertThat(sandbox.run("curl", "-sS", "https://localhost:" + port + "/").exitCode())
        .isEqualTo(60);
  }

  @Test
  void issue_forNginx_startsNginx() {
    Prerequisite.program(sandbox, "nginx", "nginx");
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
            %s
            location / { return 200 "%s\\n"; }
          }
        }
        """
            .formatted(lines("nginx"), PAGE));

    try (var server =
        ConfiguredServer.start(
            sandbox, 8443, "nginx", "-e", "stderr", "-c", "/tmp/conf/nginx.conf")) {
      assertServes(8443);
    }
  }

  @Test
  void issue_forApache_startsApache() {
    Prerequisite.program(sandbox, "apache2", "apache2");
    sandbox.write("/tmp/conf/www/index.html", PAGE + "\n");
    sandbox.run("chmod", "-R", "a+rX", "/tmp/conf").ok();
    sandbox.write(
        "/tmp/conf/apache.conf",
        """
        PidFile /tmp/conf/pid
        DefaultRuntimeDir /tmp/conf
        ErrorLog /dev/stderr
        ServerName localhost
        User www-data
        Group www-data
        LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
        LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
        LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
        LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so
        Listen 127.0.0.1:8443
        DocumentRoot /tmp/conf/www
        <VirtualHost *:8443>
        %s
        </VirtualHost>
        """
            .formatted(lines("apache")));

    try (var server =
        ConfiguredServer.start(
            sandbox, 8443, "apache2", "-DFOREGROUND", "-f", "/tmp/conf/apache.conf")) {
      assertServes(8443);
    }
  }

  @Test
  void issue_forHaproxy_startsHaproxy() {
    Prerequisite.program(sandbox, "haproxy", "haproxy");
    sandbox.write(
        "/tmp/conf/haproxy.cfg",
        """
        defaults
          mode http
          timeout client 20s
          timeout server 20s
          timeout connect 20s
        frontend web
          %s
          http-request return status 200 content-type text/plain string %s
        """
            .formatted(lines("haproxy"), PAGE));

    try (var server =
        ConfiguredServer.start(sandbox, 443, "haproxy", "-db", "-f", "/tmp/conf/haproxy.cfg")) {
      assertServes(443);
    }
  }

  @Test
  void issue_forCaddy_startsCaddy() {
    Prerequisite.program(sandbox, "caddy", "caddy");
    sandbox.write(
        "/tmp/conf/Caddyfile",
        """
        {
          admin off
          auto_https disable_redirects
          skip_install_trust
        }
        localhost:8443 {
          %s
          respond "%s"
        }
        """
            .formatted(lines("caddy"), PAGE));

    try (var server =
        ConfiguredServer.start(
            sandbox,
            8443,
            "caddy",
            "run",
            "--config",
            "/tmp/conf/Caddyfile",
            "--adapter",
            "caddyfile")) {
      assertServes(8443);
    }
  }

  @Test
  void issue_forNode_startsNode() {
    Prerequisite.program(sandbox, "node", "nodejs");
    sandbox.write("/tmp/conf/server.js", lines("node"));

    try (var server = ConfiguredServer.start(sandbox, 8443, "node", "/tmp/conf/server.js")) {
      assertServes(8443);
    }
  }

  @Test
  void issue_forNodeWithPkcs12_startsNode() {
    Prerequisite.program(sandbox, "node", "nodejs");
    caller = caller.env("APP_PASSWORD", "geheim 17");
    sandbox.write(
        "/tmp/conf/server.js",
        lines("node", "--p12-file", "app.p12", "--password-env", "APP_PASSWORD"));

    try (var server =
        ConfiguredServer.start(
            sandbox, 8443, "env", "APP_PASSWORD=geheim 17", "node", "/tmp/conf/server.js")) {
      assertServes(8443);
    }
  }

  @Test
  void issue_againAndForAnother_keepsTheLinesAndReplacesTheFiles() {
    assertThat(List.of(lines("haproxy"), lines("haproxy"))).containsOnly(lines("haproxy"));
    assertThat(List.of(lines("nginx"), lines("nginx"))).containsOnly(lines("nginx"));
  }
}
