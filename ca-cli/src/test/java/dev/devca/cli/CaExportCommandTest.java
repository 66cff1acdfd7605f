package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.Pem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class CaExportCommandTest {
  @TempDir private Path work;
  private Path folder;
  private CertificateAuthority ca;

  @BeforeEach
  void createCa() throws Exception {
    folder = work.resolve("ca");
    ca = CertificateAuthority.create(folder, CaOptions.defaults().withCommonName("A & B <CA>"));
  }

  private CommandLineRun export(String... options) {
    List<String> arguments = new ArrayList<>(List.of("ca", "export"));
    arguments.addAll(List.of(options));
    return CommandLineRun.with(
        Map.of("DEVCA_HOME", folder.toString()), arguments.toArray(String[]::new));
  }

  private String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void export_nothingElse_printsTheRootAlone() {
    assertThat(export()).isEqualTo(new CommandLineRun(0, Pem.encode(ca.rootCertificate()), ""));
  }

  @Test
  void export_der_isTheRoot() throws Exception {
    Path file = work.resolve("root.crt");

    CommandLineRun run = export("--format", "der", "--out", file.toString(), "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("\"withKey\" : false");
    assertThat(Files.readAllBytes(file)).isEqualTo(ca.rootCertificate().getEncoded());
    assertThat(mode(file)).isEqualTo("rw-r--r--");
  }

  @Test
  void export_mobileconfig_holdsTheRootAndItsName() throws Exception {
    CommandLineRun run = export("--format", "mobileconfig");

    assertThat(export("--format", "mobileconfig").out()).isEqualTo(run.out());
    Element profile = dictionary(run.out());
    assertThat(value(profile, "PayloadType")).isEqualTo("Configuration");
    assertThat(value(profile, "PayloadDisplayName")).isEqualTo("A & B <CA>");
    Element array = (Element) valueOf(profile, "PayloadContent");
    Element payload = (Element) array.getElementsByTagName("dict").item(0);
    assertThat(value(payload, "PayloadType")).isEqualTo("com.apple.security.root");
    assertThat(value(payload, "PayloadUUID"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        .isNotEqualTo(value(profile, "PayloadUUID"));
    assertThat(Base64.getMimeDecoder().decode(value(payload, "PayloadContent").strip()))
        .isEqualTo(ca.rootCertificate().getEncoded());
    assertThat(run.out()).doesNotContain("PRIVATE");
  }

  private static Element dictionary(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return (Element)
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName("dict")
            .item(0);
  }

  private static String value(Element dictionary, String key) {
    return valueOf(dictionary, key).getTextContent();
  }

  /** The element after the key, among the dictionary's own children. */
  private static Node valueOf(Element dictionary, String key) {
    for (Node n = dictionary.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n.getNodeName().equals("key") && n.getTextContent().equals(key)) {
        Node value = n.getNextSibling();
        while (!(value instanceof Element)) {
          value = value.getNextSibling();
        }
        return value;
      }
    }
    throw new AssertionError("no " + key);
  }

  @Test
  void export_withKey_isForItsOwnerAndComesBackByImport() throws Exception {
    Path file = work.resolve("both.pem");
    ca.key().setPassphrase("secret".toCharArray());

    CommandLineRun run = export("--with-key", "--out", file.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("It holds the key of the CA");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(file).content().contains("BEGIN CERTIFICATE", "BEGIN ENCRYPTED PRIVATE KEY");
    Path other = work.resolve("other");
    CommandLineRun back =
        CommandLineRun.with(
            Map.of("DEVCA_HOME", other.toString(), "DEVCA_PASSPHRASE", "secret"),
            "ca",
            "import",
            "--cert",
            file.toString());
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.err()).doesNotContain("Without its key");
    CertificateAuthority copy = CertificateAuthority.open(other);
    assertThat(copy.fingerprint()).isEqualTo(ca.fingerprint());
    copy.key().unlock("secret".toCharArray()).issue(LeafRequest.forNames("app.test"));
  }

  @Test
  void export_keyOfAnIntermediate_isRefused() throws Exception {
    folder = work.resolve("limited");
    CertificateAuthority.create(folder, CaOptions.defaults().withPermitted("test"));

    CommandLineRun run = export("--with-key", "--out", work.resolve("x.pem").toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("it is that of its intermediate", "Try: copy the folder " + folder);
    assertThat(work.resolve("x.pem")).doesNotExist();
    assertThat(export().exitCode()).isZero();
  }

  @Test
  void export_fileThere_isNotReplacedUnlessForced() throws Exception {
    Path file = Files.writeString(work.resolve("root.pem"), "mine");

    assertThat(export("--out", file.toString()).exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(file).hasContent("mine");
    assertThat(export("--out", file.toString(), "--force").exitCode()).isZero();
    assertThat(file).hasContent(Pem.encode(ca.rootCertificate()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --format p7            | there is no format 'p7'; known are pem, der, mobileconfig
          --format der --with-key | --with-key is for the format pem
          --json                 | --json and the root both go to standard output
          """)
  void export_wrongUsage_saysWhy(String options, String why) {
    CommandLineRun run = export(options.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("devca: cannot export a CA: " + why);
    assertThat(run.out()).isEmpty();
  }
}
