package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DebianStoreTest extends TrustStoreContract {
  private static final String UPDATE = "/usr/sbin/update-ca-certificates";
  private static final String ANCHORS = "/usr/local/share/ca-certificates";

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);

  @BeforeEach
  void debian() throws IOException {
    machine.file("/etc/os-release", "NAME=\"Debian GNU/Linux\"\nID=debian\n");
    machine.directory(ANCHORS);
    Files.createDirectories(machine.home().resolve(".local/state/devca"));
    machine.file("/usr/share/ca-certificates/a.crt", Pem.encode(TestRoots.create()));
    machine.directory("/etc/ssl/certs");
    machine.program(UPDATE, command -> update());
    update();
  }

  /** What the real script does with files, read from ca-certificates 20230311. */
  private CommandRunner.Result update() {
    try {
      List<Path> all = new ArrayList<>();
      for (String folder : List.of("/usr/share/ca-certificates", ANCHORS)) {
        try (DirectoryStream<Path> files =
            Files.newDirectoryStream(machine.files.getPath(folder), "*.crt")) {
          files.forEach(all::add);
        }
      }
      Collections.sort(all);
      StringBuilder bundle = new StringBuilder();
      for (Path anchor : all) {
        bundle.append(Files.readString(anchor));
        String name = anchor.getFileName().toString().replace(".crt", ".pem");
        link("/etc/ssl/certs/" + name, anchor.toString());
        link("/etc/ssl/certs/" + Integer.toHexString(name.hashCode()) + ".0", name);
      }
      machine.file("/etc/ssl/certs/ca-certificates.crt", bundle.toString());
      return FakeHost.exits(0, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void link(String path, String target) throws IOException {
    Path link = machine.files.getPath(path);
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      Files.createSymbolicLink(link, machine.files.getPath(target));
    }
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  TrustStore store() {
    return new LinuxSystemProvider().discover(machine.host()).get(0);
  }

  private Path anchor() {
    return machine.files.getPath(ANCHORS, "devca-" + Fingerprint.of(root).shortHex() + ".crt");
  }

  @Test
  void install_writesOneCertificateInAFileEndingInCrt() throws IOException {
    store().install(root);

    assertThat(Files.readString(anchor())).isEqualTo(Pem.encode(root));
    assertThat(machine.commands).containsExactly(List.of(UPDATE));
  }

  @Test
  void install_updateFails_takesTheAnchorBack() {
    machine.program(UPDATE, command -> FakeHost.exits(7, "first\nit broke\n"));
    var before = machine.snapshot();

    assertThat(store().install(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(UPDATE + " failed: it broke"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_updateIgnoresTheAnchor_isAFailureAndTakenBack() {
    machine.program(UPDATE, command -> FakeHost.exits(0, ""));

    assertThat(store().install(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("ran, but").contains("lacks the root"));

    assertThat(anchor()).doesNotExist();
  }

  @Test
  void install_updateMissing_changesNothing() throws IOException {
    Files.delete(machine.files.getPath(UPDATE));
    var before = machine.snapshot();

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Unavailable(
                "update-ca-certificates is missing", "sudo apt-get install ca-certificates"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void status_anchorWithoutBundle_isAFailureThatSaysTheCommand() {
    machine.file(anchor().toString(), Pem.encode(root));

    assertThat(store().status(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> assertThat(failed.remedy()).isEqualTo("sudo update-ca-certificates"));
  }

  @Test
  void uninstall_rootInAnAnchorOfOthersAlone_takesThatOut() throws IOException {
    Map<String, String> before = machine.snapshot();
    machine.file(ANCHORS + "/mkcert_development_CA_17.crt", Pem.encode(root));
    update();

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_rootBesideOthersInAForeignAnchor_saysSo() {
    machine.file(ANCHORS + "/theirs.crt", Pem.encode(root) + Pem.encode(TestRoots.create()));
    update();
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));

    assertThat(store().uninstall(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("another file in " + ANCHORS));
  }

  @Test
  void uninstall_hookFedTheSharedKeystore_takesTheRootOutOfItToo() throws IOException {
    byte[] empty = jks();
    Path cacerts = machine.file("/etc/ssl/certs/java/cacerts", empty);
    machine.program(
        UPDATE,
        command -> {
          CommandRunner.Result result = update();
          if (Files.exists(anchor())) {
            machine.file(cacerts.toString(), jks(root));
          }
          return result;
        });
    store().install(root);
    assertThat(Files.readAllBytes(cacerts)).isNotEqualTo(empty);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(cacerts).hasBinaryContent(empty);
  }

  /** A keystore as Debian's hook writes it, with one entry or none. */
  private static byte[] jks(X509Certificate... certificates) {
    try {
      KeyStore keys = KeyStore.getInstance("JKS");
      keys.load(null, null);
      for (X509Certificate certificate : certificates) {
        keys.setCertificateEntry("debian:devca.pem", certificate);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      keys.store(out, "changeit".toCharArray());
      return out.toByteArray();
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
