package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans of many stores, of which one changes what another finds. */
class PlanTest {
  private static final String BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
  private static final String KEYSTORE = "/etc/ssl/certs/java/cacerts";
  private static final String HOOK = "/etc/ca-certificates/update.d/jks-keystore";
  private static final String UPDATE = "/usr/sbin/update-ca-certificates";

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final X509Certificate root = TestRoots.create();

  @BeforeEach
  void debianWithJavaNodeAndPython() throws IOException {
    machine.file("/etc/os-release", "ID=debian\n");
    machine.directory("/usr/local/share/ca-certificates");
    machine.file(BUNDLE, Pem.encode(TestRoots.create()));
    machine.program(UPDATE, command -> FakeHost.exits(1, "a plan runs nothing"));
    machine.file(KEYSTORE, TestKeyStore.PKCS12.of(Map.of("a", TestRoots.create())));
    machine.environment.put("JAVA_HOME", "/usr/lib/jvm/jdk-21");
    Files.createSymbolicLink(
        machine.directory("/usr/lib/jvm/jdk-21/lib/security").resolve("cacerts"),
        machine.files.getPath(KEYSTORE));
    machine.file("/usr/bin/node", "");
    machine.file("/usr/bin/python3", "");
    machine.file(machine.home() + "/.profile", "umask 022\n");
  }

  /** The plans by store, and that nothing came of them. */
  private Map<String, Plan> plans(String... only) {
    TrustStores all = TrustStores.on(machine.host());
    Map<String, String> before = machine.snapshot();
    List<Plan> plans = (only.length == 0 ? all : all.only(only)).plan(root);
    assertThat(machine.snapshot()).isEqualTo(before);
    assertThat(machine.commands).isEmpty();
    return plans.stream()
        .collect(Collectors.toMap(plan -> plan.outcome().storeId(), Function.identity()));
  }

  private Path path(String path) {
    return machine.files.getPath(path);
  }

  @Test
  void plan_systemStore_isTheAnchorAndTheProgram() {
    assertThat(plans().get("debian").steps())
        .containsExactly(
            new Step.Write(
                path(
                    "/usr/local/share/ca-certificates/devca-"
                        + Fingerprint.of(root).shortHex()
                        + ".crt"),
                Pem.encode(root).lines().toList()),
            new Step.Run(List.of(UPDATE), "", Set.of(path(BUNDLE))));
  }

  @Test
  void plan_keystoreThatTheSystemFeeds_hasNoStepUnlessTheSystemIsLeftOut() {
    machine.file(HOOK, "");

    Plan fed = plans().get("java:" + KEYSTORE);
    Plan alone = plans("java").get("java:" + KEYSTORE);

    assertThat(fed.steps()).isEmpty();
    assertThat(fed.outcome().result())
        .isEqualTo(new TrustResult.Trusted(true, "another store's program brings the root"));
    assertThat(alone.steps()).singleElement().isInstanceOf(Step.Replace.class);
  }

  @Test
  void plan_keystoreWithoutDebiansHook_isChangedItself() {
    assertThat(plans().get("java:" + KEYSTORE).steps())
        .containsExactly(
            new Step.Replace(
                path(KEYSTORE),
                "gets the certificate entry devca-" + Fingerprint.of(root).shortHex(),
                List.of(
                    "keytool",
                    "-importcert",
                    "-noprompt",
                    "-keystore",
                    KEYSTORE,
                    "-alias",
                    "devca-" + Fingerprint.of(root).shortHex())));
  }

  @Test
  void plan_pythonAfterTheSystem_namesTheSystemsBundleAndAloneOneOfItsOwn() {
    Path own = machine.home().resolve(".local/share/devca/ca-bundle.pem");

    assertThat(added(plans().get("python"), ".profile")).contains(BUNDLE);
    assertThat(added(plans("python").get("python"), ".profile")).contains(own.toString());
    assertThat(plans("python").get("python").steps())
        .filteredOn(Step.Write.class::isInstance)
        .extracting(step -> ((Step.Write) step).file())
        .contains(own);
  }

  @Test
  void plan_twoStoresWithOneFile_secondGoesOnFromTheFirst() {
    Map<String, Plan> plans = plans();

    assertThat(added(plans.get("node"), ".profile")).contains("# >>> devca >>>");
    assertThat(added(plans.get("python"), ".profile"))
        .contains("PIP_CERT")
        .doesNotContain("# >>> devca >>>");
  }

  private String added(Plan plan, String file) {
    return plan.steps().stream()
        .filter(Step.Edit.class::isInstance)
        .map(Step.Edit.class::cast)
        .filter(edit -> edit.file().equals(machine.home().resolve(file)))
        .map(edit -> String.join("\n", edit.added()))
        .collect(Collectors.joining("|"));
  }

  @Test
  void plan_storeOfAThirdParty_saysThatItsStepsAreNotKnown() {
    TrustStore store = new Snippets.FolderStore(machine.directory("/third"));

    Plan plan = Planning.of(List.of(store), root).get(0);

    assertThat(plan.outcome().result().kind()).isEqualTo(TrustResult.Kind.NOT_TRUSTED);
    assertThat(plan.steps()).singleElement().isInstanceOf(Step.Words.class);
  }

  @Test
  void plan_asRootForAUser_looksIntoNoHome() {
    Host host = machine.host().withUserId(0).withInvokingUser(1000);

    List<Plan> plans = TrustStores.on(host).only("node").plan(root);

    assertThat(plans.get(0).outcome().result().kind()).isEqualTo(TrustResult.Kind.UNAVAILABLE);
    assertThat(plans.get(0).steps()).isEmpty();
  }
}
