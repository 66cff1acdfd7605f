package dev.devca.cli.system;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The clients of the main job; those that the machine lacks skip the test by name. */
final class Clients {

  /** How OpenSSL puts it, in all that is built on it: a wrong name or date reads otherwise. */
  private static final String UNKNOWN_ISSUER = "unable to get local issuer certificate";

  private Clients() {}

  // A refusal counts only for the unknown issuer: a wrong name must not pass for "not trusted yet".

  /** Every client, with each JDK of the machine on its shared and on an own cacerts. */
  static List<Client> all(Sandbox sandbox) {
    List<Client> clients = new ArrayList<>();
    clients.add(curl(sandbox));
    clients.add(wget(sandbox));
    clients.add(openssl(sandbox));
    clients.add(python(sandbox));
    clients.add(node(sandbox));
    for (Jdk jdk : Jdk.installed(sandbox)) {
      clients.add(java(jdk));
      clients.add(java(jdk.withOwnCacerts(sandbox)));
    }
    return clients;
  }

  static Client curl(Sandbox sandbox) {
    Prerequisite.program(sandbox, "curl", "curl");
    return new Client(
        "curl",
        uri -> List.of("curl", "-sS", "--fail", "--max-time", "20", "-o", "/dev/null", "" + uri),
        // CURLE_PEER_FAILED_VERIFICATION
        result -> result.exitCode() == 60 && result.stderr().contains(UNKNOWN_ISSUER));
  }

  /** Debian's wget is linked with GnuTLS. */
  static Client wget(Sandbox sandbox) {
    Prerequisite.program(sandbox, "wget", "wget");
    return new Client(
        "wget",
        uri -> List.of("wget", "-nv", "--tries=1", "--timeout=20", "-O", "/dev/null", "" + uri),
        // Its manual: "5: SSL verification failure".
        result -> result.exitCode() == 5 && result.stderr().contains("have a known issuer"));
  }

  static Client openssl(Sandbox sandbox) {
    Prerequisite.program(sandbox, "openssl", "openssl");
    return new Client(
        "openssl s_client",
        Clients::opensslCommand,
        result -> result.stderr().contains(UNKNOWN_ISSUER));
  }

  private static List<String> opensslCommand(URI uri) {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-brief"));
    command.addAll(List.of("-connect", uri.getHost() + ":" + uri.getPort()));
    command.add("-verify_return_error");
    command.addAll(opensslName(uri.getHost()));
    return command;
  }

  /** The option that checks the name, which OpenSSL does only when told. */
  static List<String> opensslName(String host) {
    boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    return List.of(address ? "-verify_ip" : "-verify_hostname", host);
  }

  /** Debian's Python, with Debian's OpenSSL. */
  static Client python(Sandbox sandbox) {
    Prerequisite.program(sandbox, "/usr/bin/python3", "python3");
    String script =
        """
        import sys, urllib.error, urllib.request
        try:
            urllib.request.urlopen(sys.argv[1], timeout=20).read()
        except urllib.error.URLError as e:
            print(e, file=sys.stderr)
            sys.exit(1)
        """;
    return new Client(
        "Python",
        uri -> List.of("/usr/bin/python3", "-c", script, "" + uri),
        result -> result.stderr().contains(UNKNOWN_ISSUER));
  }

  /** Node with what a new terminal gives it: the variables of a login shell. */
  static Client node(Sandbox sandbox) {
    Prerequisite.program(sandbox, "node", "nodejs");
    String script =
        """
        require("https").get(process.argv[1], { timeout: 20000 }, answer => answer.resume())
          .on("error", e => {
            console.error(e.code);
            process.exitCode = 1;
          });
        """;
    return new Client(
        "Node",
        uri -> List.of("bash", "-lc", "exec node -e \"$1\" \"$2\"", "bash", script, "" + uri),
        result -> result.stderr().contains("UNABLE_TO_VERIFY_LEAF_SIGNATURE"));
  }

  static Client java(Jdk jdk) {
    String probe = Sandbox.resource("HttpsProbe.class").toString();
    String classes = probe.substring(0, probe.indexOf("/dev/devca/"));
    List<String> start = List.of(jdk.home() + "/bin/java", "-XX:TieredStopAtLevel=1");
    return new Client(
        "Java " + jdk.version() + " of " + jdk.home(),
        uri -> {
          List<String> command = new ArrayList<>(start);
          command.addAll(List.of("-cp", classes, HttpsProbe.class.getName(), "" + uri));
          return command;
        },
        result -> result.exitCode() == HttpsProbe.REFUSED);
  }
}
