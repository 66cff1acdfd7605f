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
    clients.add(inLoginShell("bash", pip(sandbox)));
    clients.add(inLoginShell("bash", node(sandbox)));
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

  /** The requests library, Debian's. */
  static Client requests(Sandbox sandbox) {
    if (sandbox.run("/usr/bin/python3", "-c", "import requests").exitCode() != 0) {
      Prerequisite.missing(
          "Python's requests is not installed", "apt-get install python3-requests");
    }
    String script =
        """
        import sys, requests
        try:
            requests.get(sys.argv[1], timeout=20).raise_for_status()
        except requests.exceptions.SSLError as e:
            print(e, file=sys.stderr)
            sys.exit(1)
        """;
    return new Client(
        "Python requests",
        uri -> List.of("/usr/bin/python3", "-c", script, "" + uri),
        result -> result.stderr().contains(UNKNOWN_ISSUER));
  }

  /** pip, for which the server is the index of its packages. */
  static Client pip(Sandbox sandbox) {
    Prerequisite.program(sandbox, "/usr/bin/pip3", "python3-pip");
    List<String> start = List.of("/usr/bin/pip3", "--no-cache-dir", "--no-input", "--retries=0");
    return new Client(
        "pip",
        uri -> {
          List<String> command = new ArrayList<>(start);
          command.addAll(List.of("--disable-pip-version-check", "--timeout=20"));
          command.addAll(List.of("download", "--index-url", "" + uri, "no-such-package"));
          return command;
        },
        // The page came, and is none of an index.
        result -> result.stderr().contains("Skipping page https://"),
        result -> result.stdout().contains(UNKNOWN_ISSUER));
  }

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
        uri -> List.of("node", "-e", script, "" + uri),
        result -> result.stderr().contains("UNABLE_TO_VERIFY_LEAF_SIGNATURE"));
  }

  /** A client with what a new terminal or login gives it: the variables of that shell. */
  static Client inLoginShell(String shell, Client client) {
    return new Client(
        client.name() + " in " + shell,
        uri -> {
          // No word of theirs has a quote or a backslash, where fish differs from the others.
          List<String> words =
              client.command().apply(uri).stream().map(word -> "'" + word + "'").toList();
          return List.of(shell, "-lc", String.join(" ", words));
        },
        client.trusted(),
        client.refused());
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
