package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Alpine's program cleans its links itself. */
class AlpineStoreTest extends AnchorStoreContract {
  AlpineStoreTest() {
    super(LinuxFamily.ALPINE, "/usr/sbin/update-ca-certificates");
  }

  @Override
  void links(List<Path> anchors) throws IOException {
    try (DirectoryStream<Path> links = Files.newDirectoryStream(certs(), "*.{pem,0}")) {
      for (Path link : links) {
        Files.delete(link);
      }
    }
    for (Path anchor : anchors) {
      link("ca-cert-", anchor);
    }
  }
}
