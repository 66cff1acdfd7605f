package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Servers that know a client by the common name of its certificate, and read a key that is root's
 * and their group's: {@code devca issue --client --cn alice} and {@code --key-group}.
 */
@Timeout(300)
final class NamedClientsIT {
  private static final String FOLDER = "/tmp/conf";

  @AutoClose private Sandbox sandbox;
  private Caller caller;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    sandbox.run("mkdir", "-p", FOLDER).ok();
    sandbox.run("chmod", "755", FOLDER).ok();
    caller = sandbox.root().in(FOLDER);
  }

  private void issue(String group) {
    caller
        .devca(
            "issue",
            "localhost",
            "--cert-file",
            "server.pem",
            "--key-file",
            "server-key.pem",
            "--key-group",
            group)
        .ok();
    for (String user : List.of("alice", "bob")) {
      caller
          .devca(
              "issue",
              "--client",
              "--cn",
              user,
              "--cert-file",
              user + ".pem",
              "--key-file",
              user + "-key.pem")
          .ok();
    }
    sandbox.write(FOLDER + "/root.pem", caller.devca("root", "--pem").ok().stdout());
    sandbox.run("chmod", "644", FOLDER + "/root.pem").ok();
  }

  private String postgres(String program) {
    String find = "ls /usr/lib/postgresql/*/bin/" + program + " | tail -1";
    String path = sandbox.run("sh", "-c", find).stdout().strip();
    if (path.isEmpty()) {
      Prerequisite.missing(program + " is not installed", "apt-get install postgresql");
    }
    return path;
  }

  @Test
  void postgresql_clientKnownByItsCommonName_isThatUser() {
    String initdb = postgres("initdb");
    issue("postgres");
    sandbox.run("install", "-d", "-o", "postgres", FOLDER + "/pg").ok();
    Caller server = sandbox.as("postgres").in(FOLDER + "/pg");
    server.run(initdb, "-D", "data", "--auth-local=trust", "--no-sync").ok();
    sandbox.write(
        FOLDER + "/pg/data/pg_hba.conf",
        """
        local all postgres trust
        hostssl all all 127.0.0.1/32 cert clientcert=verify-full
        """);

    try (var running =
        ConfiguredServer.start(
            server,
            5432,
            postgres("postgres"),
            "-D",
            FOLDER + "/pg/data",
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=" + FOLDER + "/pg",
            "-c",
            "fsync=off",
            "-c",
            "ssl=on",
            "-c",
            "ssl_cert_file=" + FOLDER + "/server.pem",
            "-c",
            "ssl_key_file=" + FOLDER + "/server-key.pem",
            "-c",
            "ssl_ca_file=" + FOLDER + "/root.pem")) {
      server.run("psql", "-h", FOLDER + "/pg", "-c", "create role alice login", "postgres").ok();

      assertThat(psql("alice").ok().stdout().strip()).isEqualTo("alice");
      assertThat(psql("bob").stderr()).contains("certificate authentication failed");
    }
  }

  private CommandResult psql(String user) {
    String connection =
        "host=localhost hostaddr=127.0.0.1 dbname=postgres user=alice sslmode=verify-full"
            + " sslrootcert=%1$s/root.pem sslcert=%1$s/%2$s.pem sslkey=%1$s/%2$s-key.pem";
    return caller.run(
        "psql", "-At", "-c", "select current_user", connection.formatted(FOLDER, user));
  }

  @Test
  void mariadb_clientKnownByItsCommonName_isThatUser() {
    Prerequisite.program(sandbox, "mariadbd", "mariadb-server-core");
    Prerequisite.program(sandbox, "mariadb", "mariadb-client-core");
    issue("root");
    String data = FOLDER + "/maria";
    sandbox
        .run(
            "mariadb-install-db",
            "--no-defaults",
            "--user=root",
            "--datadir=" + data,
            "--auth-root-authentication-method=normal",
            "--skip-test-db")
        .ok();

    try (var running =
        ConfiguredServer.start(
            sandbox,
            3306,
            "mariadbd",
            "--no-defaults",
            "--user=root",
            "--datadir=" + data,
            "--socket=" + data + "/socket",
            "--bind-address=127.0.0.1",
            "--ssl-ca=" + FOLDER + "/root.pem",
            "--ssl-cert=" + FOLDER + "/server.pem",
            "--ssl-key=" + FOLDER + "/server-key.pem")) {
      caller
          .run(
              "mariadb",
              "--no-defaults",
              "--socket=" + data + "/socket",
              "-e",
              "create user alice require subject '/CN=alice' and issuer '" + issuer() + "'")
          .ok();

      assertThat(mariadb("alice").ok().stdout().strip()).isEqualTo("alice@%");
      assertThat(mariadb("bob").stderr()).contains("Access denied for user 'alice'");
    }
  }

  /** The root's name as MySQL writes it. */
  private String issuer() {
    return caller
        .run("openssl", "x509", "-in", "root.pem", "-noout", "-subject", "-nameopt", "compat")
        .ok()
        .stdout()
        .strip()
        .substring("subject=".length());
  }

  private CommandResult mariadb(String user) {
    return caller.run(
        "mariadb",
        "--no-defaults",
        "--protocol=tcp",
        "--host=localhost",
        "--user=alice",
        "--ssl-verify-server-cert",
        "--ssl-ca=root.pem",
        "--ssl-cert=" + user + ".pem",
        "--ssl-key=" + user + "-key.pem",
        "-N",
        "-e",
        "select current_user()");
  }

  @Test
  void mosquitto_clientKnownByItsCommonName_isThatUser() {
    Prerequisite.program(sandbox, "mosquitto", "mosquitto");
    Prerequisite.program(sandbox, "/usr/bin/python3", "python3");
    issue("mosquitto");
    sandbox.write(
        FOLDER + "/mosquitto.conf",
        """
        user mosquitto
        listener 8883 127.0.0.1
        cafile %1$s/root.pem
        certfile %1$s/server.pem
        keyfile %1$s/server-key.pem
        require_certificate true
        use_identity_as_username true
        acl_file %1$s/acl
        """
            .formatted(FOLDER));
    sandbox.write(FOLDER + "/acl", "user alice\ntopic readwrite #\n");
    sandbox.run("chmod", "644", FOLDER + "/acl", FOLDER + "/mosquitto.conf").ok();

    try (var running =
        ConfiguredServer.start(sandbox, 8883, "mosquitto", "-c", FOLDER + "/mosquitto.conf")) {
      assertThat(publish("alice").ok().stdout().strip()).isEqualTo("connected 0, heard x");
      // Who is no user of the list may connect, and neither says nor hears anything.
      assertThat(publish("bob").ok().stdout().strip()).isEqualTo("connected 0, heard");
    }
  }

  /** MQTT 3.1.1: subscribes to a topic, publishes there, and says what came before the PINGRESP. */
  private CommandResult publish(String user) {
    String script =
        """
        import socket, ssl, sys
        folder, user = sys.argv[1:]
        context = ssl.create_default_context(cafile=folder + "/root.pem")
        context.load_cert_chain(f"{folder}/{user}.pem", f"{folder}/{user}-key.pem")
        raw = socket.create_connection(("127.0.0.1", 8883), 20)
        with context.wrap_socket(raw, server_hostname="localhost") as tls:
            tls.sendall(b"\\x10\\x0d\\x00\\x04MQTT\\x04\\x02\\x00\\x3c\\x00\\x01a")
            connected = tls.recv(4)
            tls.sendall(b"\\x82\\x06\\x00\\x01\\x00\\x01t\\x00")
            tls.recv(5)
            tls.sendall(b"\\x30\\x04\\x00\\x01tx\\xc0\\x00")
            answer = b""
            while not answer.endswith(b"\\xd0\\x00"):
                answer += tls.recv(64) or sys.exit("closed")
        print(f"connected {connected[3]}, heard {answer[5:-2].decode()}")
        """;
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", script));
    command.addAll(List.of(FOLDER, user));
    return caller.run(command.toArray(String[]::new));
  }
}
