package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The promise of the README: after {@code devca install} every client trusts what {@code devca
 * issue} made, and after {@code devca uninstall} none does and every file is what it was.
 */
@Timeout(600)
final class MainJobIT {

  private static final String CHAIN = "172.16.99.32+1.pem";
  private static final String KEY = "172.16.99.32+1-key.pem";

  @Test
  void mainJob_asRootWithAnotherHome() {
    try (Sandbox sandbox = Sandbox.open()) {
      String home = sandbox.newHome("/home/Zoë Müller");
      mainJob(sandbox, sandbox.root().env("HOME", home), home + "/Wörk");
    }
  }

  @Test
  void mainJob_asUserWithSudo() {
    try (Sandbox sandbox = Sandbox.open()) {
      Prerequisite.program(sandbox, "sudo", "sudo");
      Caller dev = sandbox.as("dev");
      sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) NOPASSWD: ALL\n");
      mainJob(sandbox, dev, "/home/dev/site");
    }
  }

  private static void mainJob(Sandbox sandbox, Caller user, String folder) {
    List<Client> clients = Clients.all(sandbox);
    user.run("mkdir", folder).ok();
    Caller caller = user.in(folder);
    // What else waits for the next run of this must not count as ours.
    sandbox.run("update-ca-certificates").ok();
    caller.devca("issue", Sandbox.ADDRESS, "localhost").ok();
    try (NginxServer before =
        NginxServer.start(sandbox, folder + "/" + CHAIN, folder + "/" + KEY)) {
      assertThat(answers(clients, caller)).containsOnlyKeys(Client.Answer.REFUSED);
    }
    List<String> dangling = danglingLinks(sandbox);
    Keystore trustedByJava = Keystore.read(sandbox, Keystore.DEBIAN);
    Moment before = sandbox.now();

    caller.devca("install").ok();
    Moment installed = sandbox.now();
    assertThat(FileChanges.between(before, installed)).isNotEmpty();
    caller.devca("install").ok();
    assertThat(changes(installed, sandbox.now())).isEmpty();
    caller.devca("status").ok();
    caller.devca("issue", Sandbox.ADDRESS, "localhost").ok();
    verifyWithOpenssl(caller);

    try (NginxServer server =
        NginxServer.start(sandbox, folder + "/" + CHAIN, folder + "/" + KEY)) {
      assertThat(answers(clients, caller)).containsOnlyKeys(Client.Answer.TRUSTED);
      caller.devca("uninstall").ok();
      assertThat(answers(clients, caller)).containsOnlyKeys(Client.Answer.REFUSED);
    }
    Moment uninstalled = sandbox.now();
    assertThat(danglingLinks(sandbox)).isEqualTo(dangling);
    assertThat(trustedByJava.differencesTo(Keystore.read(sandbox, Keystore.DEBIAN))).isEmpty();
    String issued = "{" + folder + "/" + CHAIN + "," + folder + "/" + KEY + "}";
    FileChanges left =
        changes(before, uninstalled)
            .except(issued, "issued anew, and not uninstall's to remove")
            .except("/**/devca/issued/*.txt", "the record of it")
            .except("/var/log/dpkg.log", "Debian's hook for Java starts dpkg, which keeps a log");
    assertThat(left).isEmpty();
    caller.devca("uninstall").ok();
    assertThat(changes(uninstalled, sandbox.now())).isEmpty();
  }

  private static FileChanges changes(Moment before, Moment after) {
    return FileChanges.between(before, after)
        .except("/**/devca/.lock", "each holder writes its mark into a lock");
  }

  private static Map<Client.Answer, List<String>> answers(List<Client> clients, Caller caller) {
    Map<Client.Answer, List<String>> answers = new TreeMap<>();
    for (Client client : clients) {
      for (URI address : NginxServer.ADDRESSES) {
        answers
            .computeIfAbsent(client.ask(caller, address), answer -> new ArrayList<>())
            .add(client + " at " + address);
      }
    }
    return answers;
  }

  private static List<String> danglingLinks(Sandbox sandbox) {
    return sandbox.run("find", "/etc/ssl/certs", "-xtype", "l").ok().stdout().lines().toList();
  }

  private static void verifyWithOpenssl(Caller caller) {
    String root = caller.devca("root").ok().stdout().strip();
    for (String host : List.of(Sandbox.ADDRESS, "localhost")) {
      List<String> command = new ArrayList<>(List.of("openssl", "verify", "-x509_strict"));
      command.addAll(List.of("-purpose", "sslserver", "-CAfile", root, "-untrusted", CHAIN));
      command.addAll(Clients.opensslName(host));
      command.add(CHAIN);
      caller.run(command.toArray(String[]::new)).ok();
    }
  }
}
