package dev.devca.ca;

import static dev.devca.ca.Thief.dns;
import static dev.devca.ca.Thief.email;
import static dev.devca.ca.Thief.ip;
import static dev.devca.ca.Thief.uri;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What clients say of a constrained CA, and of a thief who has its key. Each forged server
 * certificate names app.test too, which is permitted, so that what is refused is the other name.
 */
class ConstrainedCaTest {
  private static final KeyPurposeId SERVER = KeyPurposeId.id_kp_serverAuth;
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

  private static final Map<String, GeneralName[]> FORGED =
      Map.of(
          "another name", new GeneralName[] {dns("app.test"), dns("evil.com")},
          "a name that ends alike", new GeneralName[] {dns("app.test"), dns("evilapp.test")},
          "a wildcard above", new GeneralName[] {dns("app.test"), dns("*.test")},
          "another IPv4 address", new GeneralName[] {dns("app.test"), ip("8.8.8.8")},
          "another IPv6 address", new GeneralName[] {dns("app.test"), ip("2001:4860::8888")},
          "another email", new GeneralName[] {dns("app.test"), email("a@evil.com")},
          "another URI", new GeneralName[] {dns("app.test"), uri("https://evil.com/")});

  /** What may be signed: names alone, with addresses of one family, and of all kinds. */
  static final List<String> LIMITS =
      List.of(
          "app.test",
          "app.test 10.0.0.0/8",
          "app.test fd00::/8",
          "app.test 10.0.0.0/8 fd00::/8 @app.test spiffe://app.test");

  @TempDir private static Path home;
  private static final Map<String, Map<String, Path>> CHAINS = new LinkedHashMap<>();
  private static final Map<String, Path> FOLDERS = new LinkedHashMap<>();

  /** For each limit a CA, what it issues, and what a thief signs with its key. */
  @BeforeAll
  static void steal() throws Exception {
    for (String limit : LIMITS) {
      Path folder = home.resolve(Integer.toString(FOLDERS.size()));
      FOLDERS.put(limit, folder);
      CertificateAuthority ca =
          CertificateAuthority.create(
              folder, CaOptions.defaults().withPermitted(limit.split(" ", -1)));
      Map<String, Path> chains = new LinkedHashMap<>();
      CHAINS.put(limit, chains);
      for (String names : permitted(limit)) {
        Path chain = folder.resolve("leaf" + chains.size() + ".pem");
        ca.issue(LeafRequest.forNames(names.split(" ", -1)))
            .writePem(chain, folder.resolve("key" + chains.size() + ".pem"));
        chains.put(names, chain);
      }
      Thief thief = new Thief(folder);
      for (Map.Entry<String, GeneralName[]> forged : FORGED.entrySet()) {
        Path evil = Files.createDirectory(folder.resolve("evil" + chains.size()));
        chains.put(forged.getKey(), thief.forge(evil, "", SERVER, forged.getValue()).chain());
      }
      Path below = Files.createDirectory(folder.resolve("below"));
      chains.put("another CA", thief.forgeBelow(below, dns("app.test")).chain());
      Path alone = Files.createDirectory(folder.resolve("alone"));
      chains.put("a common name alone", thief.forge(alone, "evil.com", SERVER).chain());
    }
  }

  private static List<String> permitted(String limit) {
    List<String> names = new ArrayList<>(List.of("app.test *.app.test a.b.app.test"));
    Stream.of("10.1.2.3", "fd00::1")
        .filter(address -> limit.contains(address.substring(0, 2)))
        .forEach(names::add);
    return names;
  }

  private interface Client {
    boolean accepts(Path root, Path chain) throws Exception;
  }

  /** Each chain that was issued is accepted and each that was forged is not, but those named. */
  private static void assertTells(String limit, Client client, String... unchecked)
      throws Exception {
    List<String> accepted = new ArrayList<>();
    for (Map.Entry<String, Path> chain : CHAINS.get(limit).entrySet()) {
      if (client.accepts(FOLDERS.get(limit).resolve("rootCA.pem"), chain.getValue())) {
        accepted.add(chain.getKey());
      }
    }
    List<String> wanted = permitted(limit);
    wanted.addAll(List.of(unchecked));
    assertThat(accepted).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @ParameterizedTest
  @FieldSource("LIMITS")
  void chain_openssl_refusesTheForged(String limit) throws Exception {
    assertTells(
        limit,
        (root, chain) ->
            Tool.OPENSSL
                    .attempt(
                        ("verify -x509_strict -purpose sslserver -no-CApath -no-CAstore -CAfile "
                                + root
                                + " -untrusted "
                                + chain
                                + " "
                                + chain)
                            .split(" ", -1))
                    .code()
                == 0);
  }

  @ParameterizedTest
  @FieldSource("LIMITS")
  void chain_gnutls_refusesTheForgedButUris(String limit) throws Exception {
    assertTells(limit, (root, chain) -> gnutls(root, chain, SERVER_AUTH), "another URI");
  }

  private static boolean gnutls(Path root, Path chain, String purpose) throws Exception {
    return Tool.CERTTOOL
            .attempt(
                "--verify",
                "--load-ca-certificate=" + root,
                "--infile=" + chain,
                "--verify-purpose=" + purpose)
            .code()
        == 0;
  }

  @ParameterizedTest
  @FieldSource("LIMITS")
  void chain_nss_refusesTheForged(String limit) throws Exception {
    Path database = Files.createTempDirectory(home, "nss");
    assertTells(limit, (root, chain) -> nss(database, root, chain, "V"));
  }

  private static boolean nss(Path database, Path root, Path chain, String usage) throws Exception {
    String where = "sql:" + database;
    if (Files.notExists(database.resolve("cert9.db"))) {
      Tool.CERTUTIL.run("-N", "-d", where, "--empty-password");
      Tool.CERTUTIL.run("-A", "-d", where, "-n", "root", "-t", "C,C,C", "-i", "" + root);
    }
    List<Pem.Block> blocks = Pem.blocks(Files.readString(chain));
    String name = "";
    for (Pem.Block block : blocks) {
      Path file = Files.write(database.resolve("next.der"), block.der());
      String nickname = Fingerprint.ofDer(block.der()).shortHex();
      name = name.isEmpty() ? nickname : name;
      Tool.CERTUTIL.run("-A", "-d", where, "-n", nickname, "-t", ",,", "-i", "" + file);
    }
    return Tool.CERTUTIL.attempt("-V", "-d", where, "-u", usage, "-e", "-n", name).code() == 0;
  }

  @ParameterizedTest
  @FieldSource("LIMITS")
  void chain_java_refusesTheForged(String limit) throws Exception {
    Map<String, Path> chains = CHAINS.get(limit);
    for (int version : Jdks.VERSIONS) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  Path.of("target", "test-classes").toAbsolutePath().toString(),
                  ServerTrustProbe.class.getName(),
                  FOLDERS.get(limit).resolve("rootCA.pem").toString()));
      chains.values().forEach(chain -> arguments.add(chain.toString()));
      List<String> answers =
          Tool.run(Jdks.home(version).resolve("bin/java"), arguments.toArray(String[]::new))
              .lines()
              .toList();
      assertThat(answers).as("Java %s", version).hasSameSizeAs(chains.keySet());
      List<Path> order = List.copyOf(chains.values());
      assertTells(limit, (root, chain) -> answers.get(order.indexOf(chain)).equals("accepted"));
    }
  }

  private static final String HANDSHAKES =
      """
      const tls = require("tls"), fs = require("fs");
      const [root, ...chains] = process.argv.slice(1);
      const ask = chain => new Promise(done => {
        const key = fs.readFileSync(chain.replace(/leaf(\\d+)|chain/, (all, n) => "key" + (n ?? "")));
        const server = tls.createServer({ key, cert: fs.readFileSync(chain) }, s => s.end());
        server.on("tlsClientError", () => {});
        const end = answer => { server.close(); done(answer); };
        server.listen(0, "127.0.0.1", () => {
          const client = tls.connect({
            port: server.address().port, host: "127.0.0.1",
            ca: fs.readFileSync(root), servername: "app.test",
            // The chain alone is asked for: one of an address names no host.
            checkServerIdentity: () => undefined,
          }, () => { client.destroy(); end("accepted"); });
          client.on("error", e => end("refused: " + e.code));
        });
      });
      (async () => { for (const chain of chains) console.log(await ask(chain)); })();
      """;

  @ParameterizedTest
  @FieldSource("LIMITS")
  void handshake_node_refusesTheForged(String limit) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-e", HANDSHAKES));
    arguments.add(FOLDERS.get(limit).resolve("rootCA.pem").toString());
    CHAINS.get(limit).values().forEach(chain -> arguments.add(chain.toString()));
    List<String> answers = Tool.NODE.run(arguments.toArray(String[]::new)).lines().toList();

    List<Path> order = List.copyOf(CHAINS.get(limit).values());
    assertThat(answers).hasSameSizeAs(order);
    assertTells(limit, (root, chain) -> answers.get(order.indexOf(chain)).equals("accepted"));
  }

  @Test
  void codeSigning_gnutlsAndNss_refuseWhatAnUnlimitedCaMayDo() throws Exception {
    Path limited = FOLDERS.get("app.test");
    Path free = home.resolve("free");
    CertificateAuthority.create(free, CaOptions.defaults());
    Map<Path, List<Boolean>> answers = new LinkedHashMap<>();
    for (Path folder : List.of(free, limited)) {
      Path evil = Files.createDirectory(folder.resolve("code"));
      Path chain =
          new Thief(folder)
              .forge(evil, "app.test", KeyPurposeId.id_kp_codeSigning, dns("app.test"))
              .chain();
      Path root = folder.resolve("rootCA.pem");
      Path database = Files.createTempDirectory(home, "nss");
      answers.put(
          folder, List.of(gnutls(root, chain, CODE_SIGNING), nss(database, root, chain, "J")));
    }

    assertThat(answers.get(free)).containsExactly(true, true);
    assertThat(answers.get(limited)).containsExactly(false, false);
  }

  @ParameterizedTest
  @FieldSource("LIMITS")
  void profile_rootAndIntermediate_areLimitedBoth(String limit) throws Exception {
    Path folder = FOLDERS.get(limit);
    assertThat(Disk.names(folder))
        .contains("intermediate.pem", "intermediate-key.pem", "rootCA.pem")
        .doesNotContain("rootCA-key.pem");
    assertThat(Disk.mode(folder.resolve("intermediate-key.pem"))).isEqualTo("rw-------");
    List<String> texts = new ArrayList<>();
    for (String name : List.of("rootCA.pem", "intermediate.pem")) {
      texts.add(
          Tool.OPENSSL.run("x509", "-noout", "-text", "-in", folder.resolve(name).toString()));
    }
    Pattern constraints = Pattern.compile("Name Constraints: critical\n(?: {16,}.*\n)+");
    assertThat(texts.stream().map(text -> constraints.matcher(text).results().findFirst()))
        .allSatisfy(found -> assertThat(found).isPresent());
    assertThat(texts.get(0)).contains("CA:TRUE, pathlen:1").doesNotContain("Extended Key Usage");
    assertThat(texts.get(1))
        .contains("CA:TRUE, pathlen:0", "TLS Web Server Authentication, TLS Web Client");
    assertThat(texts.get(1).contains("E-mail Protection")).isEqualTo(limit.contains("@"));
    Path chain = CHAINS.get(limit).values().iterator().next();
    assertThat(Pem.certificates(Files.readString(chain))).hasSize(2);
  }
}
