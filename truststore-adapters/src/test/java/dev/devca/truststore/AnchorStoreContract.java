package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A machine of a family, with a program that does with files what its family's does. */
abstract class AnchorStoreContract extends TrustStoreContract {
  final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final LinuxFamily family;
  private final String program;
  private final String theirs = Pem.encode(TestRoots.create());

  AnchorStoreContract(LinuxFamily family, String program) {
    this.family = family;
    this.program = program;
  }

  @BeforeEach
  void distribution() throws IOException {
    machine.file("/etc/os-release", "ID=" + family.id() + "\n");
    machine.directory(family.anchors().folder());
    machine.directory(certs().toString());
    Files.createDirectories(machine.home().resolve(".local/state/devca"));
    machine.program(program, command -> update());
    update();
  }

  private CommandRunner.Result update() {
    try {
      List<Path> anchors = new ArrayList<>();
      Path folder = machine.files.getPath(family.anchors().folder());
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        files.forEach(anchors::add);
      }
      Collections.sort(anchors);
      StringBuilder bundle = new StringBuilder("# theirs\n").append(theirs);
      for (Path anchor : anchors) {
        bundle.append("# one more\n").append(Files.readString(anchor));
      }
      machine.file(family.anchors().bundle(), bundle.toString());
      links(anchors);
      return FakeHost.exits(0, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the program does to links: by default what Debian's script does, where that is used. */
  void links(List<Path> anchors) throws IOException {
    if (family.anchors().equals(LinuxFamily.Anchors.CA_CERTIFICATES)) {
      for (Path anchor : anchors) {
        link("", anchor);
      }
    }
  }

  void link(String prefix, Path anchor) throws IOException {
    String name = prefix + anchor.getFileName().toString().replace(".crt", ".pem");
    Path named = certs().resolve(name);
    if (!Files.exists(named, LinkOption.NOFOLLOW_LINKS)) {
      Files.createSymbolicLink(named, anchor);
      Path hash = certs().resolve(Integer.toHexString(name.hashCode()) + ".0");
      Files.createSymbolicLink(hash, machine.files.getPath(name));
    }
  }

  Path certs() {
    return machine.files.getPath("/etc/ssl/certs");
  }

  String name() {
    return "devca-" + Fingerprint.of(root).shortHex();
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  TrustStore store() {
    TrustStore store = new LinuxSystemProvider().discover(machine.host()).get(0);
    assertThat(store.id()).isEqualTo(family.id());
    return store;
  }
}
