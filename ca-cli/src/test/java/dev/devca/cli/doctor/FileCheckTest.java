package dev.devca.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.CaException;
import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileCheckTest {
  private static final CertificateAuthority CA =
      CertificateAuthority.inMemory(CaOptions.defaults());

  @TempDir Path folder;

  private FileReport examine(Path file) throws CaException {
    return FileCheck.examine(file, Optional.empty(), Optional.of(CA.rootCertificate()));
  }

  private static IssuedCertificate issue() throws Exception {
    return CA.issue(LeafRequest.forNames("a.test"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.pem,         a-key.pem",
    "a.crt,         a.key",
    "fullchain.pem, privkey.pem",
    "both.pem,      both.pem"
  })
  void examine_keyBeside_isFoundAndCompared(String chainName, String keyName) throws Exception {
    IssuedCertificate leaf = issue();
    Path chain = folder.resolve(chainName);
    Path key = folder.resolve(keyName);
    leaf.writePem(chain, key);

    assertThat(examine(chain))
        .isEqualTo(
            new FileReport(
                chain.toString(), key.toString(), leaf.chain().get(0), java.util.List.of()));
  }

  @Test
  void examine_der_isFoundWithItsKey() throws Exception {
    IssuedCertificate leaf = issue();
    Path chain = Files.write(folder.resolve("a.der"), leaf.certificateDer());
    Path key = Files.write(folder.resolve("a-key.der"), leaf.privateKeyDer());

    assertThat(examine(chain))
        .isEqualTo(
            new FileReport(
                chain.toString(), key.toString(), leaf.chain().get(0), java.util.List.of()));
    assertThatThrownBy(() -> examine(key)).hasMessageEndingWith("there is no certificate in it");
  }

  @Test
  void examine_anothersKey_isNamed() throws Exception {
    Path chain = folder.resolve("a.pem");
    Path key = folder.resolve("it's-key.pem");
    issue().writePem(chain, folder.resolve("a-key.pem"));
    issue().writePem(folder.resolve("other.pem"), key);

    FileReport report =
        FileCheck.examine(chain, Optional.of(key), Optional.of(CA.rootCertificate()));

    assertThat(report.findings())
        .containsExactly(
            new Finding(
                "key-mismatch",
                "the key in " + key + " is not that of the certificate",
                "devca issue a.test --cert-file='%s' --key-file='%s'"
                    .formatted(chain, key.toString().replace("'", "'\\''"))));
  }

  @Test
  void examine_clientCertificate_nothingIsWrong() throws Exception {
    Path chain = folder.resolve("a.pem");
    CA.issue(LeafRequest.forNames("me@a.test").forClientAuth())
        .writePem(chain, folder.resolve("a-key.pem"));

    assertThat(examine(chain).findings()).isEmpty();
  }

  @Test
  void examine_noCertificate_saysWhy() throws Exception {
    Path key = folder.resolve("k.pem");
    issue().writePem(folder.resolve("a.pem"), key);

    assertThatThrownBy(() -> examine(key))
        .isInstanceOf(CaException.class)
        .hasMessage("cannot examine " + key + ": there is no certificate in it");
    assertThatThrownBy(() -> examine(folder.resolve("none")))
        .hasMessageEndingWith("none: no such file or directory");
  }
}
