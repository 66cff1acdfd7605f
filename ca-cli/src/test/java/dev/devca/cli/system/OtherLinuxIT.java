package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The families that keep roots with p11-kit. The sandbox gets their folders, and a script of a few
 * lines in place of theirs; what reads the anchors and writes bundle and keystore is the real
 * p11-kit.
 */
@Timeout(300)
final class OtherLinuxIT {
  private enum Family {
    REDHAT(
        "Red Hat",
        "fedora",
        "/etc/pki/ca-trust/source",
        "update-ca-trust",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/pki/ca-trust/extracted/java/cacerts"),
    ARCH(
        "Arch",
        "arch",
        "/etc/ca-certificates/trust-source",
        "update-ca-trust",
        "/etc/ca-certificates/extracted/tls-ca-bundle.pem",
        "/etc/ssl/certs/java/cacerts"),
    SUSE(
        "SUSE",
        "opensuse",
        "/etc/pki/trust",
        "update-ca-certificates",
        "/var/lib/ca-certificates/ca-bundle.pem",
        "/var/lib/ca-certificates/java-cacerts");

    final String displayName;
    final String release;
    final String source;
    final String update;
    final String bundle;
    final String keystore;

    Family(
        String displayName,
        String release,
        String source,
        String update,
        String bundle,
        String keystore) {
      this.displayName = displayName;
      this.release = release;
      this.source = source;
      this.update = update;
      this.bundle = bundle;
      this.keystore = keystore;
    }
  }

  private Sandbox sandbox;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  /** Makes the sandbox a machine of that family: its name, folders and program. */
  private void become(Family family) {
    Prerequisite.realUsers(sandbox);
    Prerequisite.program(sandbox, "trust", "p11-kit");
    // Where the family's build of p11-kit looks; Debian's looks in its bundle.
    sandbox.write(
        "/etc/pkcs11/modules/p11-kit-trust.module",
        "module: p11-kit-trust.so\ntrust-policy: yes\nx-init-reserved: paths="
            + family.source
            + "\n");
    sandbox.run("rm", "/etc/os-release", "/usr/sbin/update-ca-certificates").ok();
    sandbox.write("/etc/os-release", "ID=" + family.release + "\n");
    sandbox.write(
        "/usr/bin/" + family.update,
        """
        #!/bin/sh
        set -eu
        mkdir -p "$(dirname "%1$s")" "$(dirname "%2$s")"
        trust extract --overwrite --comment --filter=ca-anchors --purpose=server-auth \\
          --format=pem-bundle "%1$s"
        trust extract --overwrite --filter=ca-anchors --purpose=server-auth \\
          --format=java-cacerts "%2$s"
        """
            .formatted(family.bundle, family.keystore));
    // What the packages bring; and the name by which Debian's curl and wget know the bundle.
    String script =
        """
        set -eu
        mkdir -p "$1/anchors"
        cp /etc/ssl/certs/ca-certificates.crt "$1/anchors/theirs.pem"
        chmod +x "/usr/bin/$2"
        "/usr/bin/$2"
        ln -sf "$3" /etc/ssl/certs/ca-certificates.crt
        """;
    sandbox.run("sh", "-c", script, "sh", family.source, family.update, family.bundle).ok();
  }

  /** The machine's JDK as the family packages it: its keystore is the one that is fed. */
  private Jdk jdk(Family family) {
    Jdk jdk = Jdk.installed(sandbox).get(0).withOwnCacerts(sandbox);
    sandbox.run("ln", "-sf", family.keystore, jdk.home() + "/lib/security/cacerts").ok();
    return jdk;
  }

  @ParameterizedTest
  @EnumSource
  void install_familyWithP11Kit_isTrustedByItsClients(Family family) {
    become(family);
    Jdk jdk = jdk(family);
    Caller root = sandbox.root().in("/tmp");
    List<Client> clients = List.of(Clients.curl(sandbox), Clients.wget(sandbox), Clients.java(jdk));
    String bundle = sandbox.read(family.bundle);
    Set<String> keystore = Keystore.read(sandbox, family.keystore).certificates();
    root.devca("issue", Sandbox.ADDRESS, "localhost").ok();

    try (NginxServer server =
        NginxServer.start(
            sandbox,
            "/tmp/" + Sandbox.ADDRESS + "+1.pem",
            "/tmp/" + Sandbox.ADDRESS + "+1-key.pem")) {
      assertThat(answers(clients, root)).containsOnly(Client.Answer.REFUSED);

      CommandResult installed = root.devca("install").ok();

      assertThat(installed.stderr()).contains(family.displayName + " (ca-certificates)");
      assertThat(sandbox.run("trust", "list", "--filter=ca-anchors").ok().stdout())
          .contains("label: devca ");
      assertThat(answers(clients, root)).containsOnly(Client.Answer.TRUSTED);
      root.devca("status").ok();

      root.devca("uninstall").ok();

      assertThat(answers(clients, root)).containsOnly(Client.Answer.REFUSED);
    }
    assertThat(sandbox.run("trust", "list").ok().stdout()).doesNotContain("label: devca ");
    assertThat(sandbox.read(family.bundle)).isEqualTo(bundle);
    assertThat(Keystore.read(sandbox, family.keystore).certificates()).isEqualTo(keystore);
    assertThat(sandbox.run("ls", family.source + "/anchors").ok().stdout())
        .isEqualTo("theirs.pem\n");
  }

  private static List<Client.Answer> answers(List<Client> clients, Caller caller) {
    return clients.stream().map(client -> client.ask(caller, NginxServer.BY_ADDRESS)).toList();
  }

  @Test
  void install_readOnlyDisk_changesNothingAndSaysTheCommands() {
    String folder = "/usr/local/share/ca-certificates";
    sandbox.run("mount", "--bind", folder, folder).ok();
    sandbox.run("mount", "-o", "remount,bind,ro", folder).ok();

    CommandResult result = sandbox.root().devca("install").exits(3);

    assertThat(result.stderr())
        .contains("unavailable: not even root can write to its folders")
        .contains("Try: where this system's image is made: cp \"$(devca root)\" " + folder);
    assertThat(sandbox.run("ls", folder).ok().stdout()).doesNotContain("devca");
  }
}
