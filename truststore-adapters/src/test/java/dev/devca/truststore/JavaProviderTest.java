package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaProviderTest {
  private static final String SHARED = "/etc/ssl/certs/java/cacerts";
  private final X509Certificate root = TestRoots.create();
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);

  @Test
  void discover_jdksThatShareAFile_isOneStoreThatNamesThem() throws IOException {
    machine.file(SHARED, keystore());
    jdkWithLink("/usr/lib/jvm/java-17");
    jdkWithLink("/usr/lib/jvm/java-21");
    machine.file("/usr/lib/jvm/own/lib/security/cacerts", keystore());

    assertThat(stores())
        .extracting(TrustStore::id, TrustStore::displayName)
        .containsExactly(
            tuple("java:" + SHARED, "Java (/usr/lib/jvm/java-17, /usr/lib/jvm/java-21)"),
            tuple("java:/usr/lib/jvm/own/lib/security/cacerts", "Java (/usr/lib/jvm/own)"));
  }

  @Test
  void discover_manyJdksThatShareAFile_namesTheFirst() throws IOException {
    machine.file(SHARED, keystore());
    for (String name : List.of("a", "b", "c", "d")) {
      jdkWithLink("/usr/lib/jvm/" + name);
    }

    assertThat(stores())
        .extracting(TrustStore::displayName)
        .containsExactly("Java (/usr/lib/jvm/a and 3 more)");
  }

  @Test
  void install_linkedKeystore_keepsTheLinkAndChangesItsTarget() throws IOException {
    machine.file(SHARED, keystore());
    Path link = jdkWithLink("/usr/lib/jvm/java-17");

    assertThat(stores().get(0).install(root)).isEqualTo(new TrustResult.Trusted(true));

    assertThat(Files.readSymbolicLink(link)).isEqualTo(path(SHARED));
    assertThat(Files.isRegularFile(path(SHARED), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(TestKeyStore.JKS.entries(Files.readAllBytes(path(SHARED)))).hasSize(2);
  }

  @Test
  void install_jssecacerts_leavesTheHiddenFileAlone() throws IOException {
    byte[] hidden = keystore();
    Path cacerts = machine.file("/usr/lib/jvm/jdk/lib/security/cacerts", hidden);
    machine.file("/usr/lib/jvm/jdk/lib/security/jssecacerts", keystore());

    TrustStore store = stores().get(0);

    assertThat(store.install(root)).isEqualTo(new TrustResult.Trusted(true));
    assertThat(store.id()).endsWith("/jssecacerts");
    assertThat(Files.readAllBytes(cacerts)).isEqualTo(hidden);
  }

  @Test
  void everyOperation_danglingLink_isUnavailable() throws IOException {
    Path link = jdkWithLink("/usr/lib/jvm/java-17");
    Map<String, String> before = machine.snapshot();

    assertThat(stores()).extracting(TrustStore::id).containsExactly("java:" + link);
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(stores().get(0), root))
          .isEqualTo(
              new TrustResult.Unavailable(
                  "cannot read " + link + ": it is a link that leads nowhere",
                  "put " + link + " back from a copy, or install its JDK again"));
    }
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/srv/none", "/srv/file", "/srv/empty", "jdk", "~/jdk", "/srv/jdk/bin"})
  void everyOperation_senselessJavaHome_isAbsent(String home) {
    machine.file("/srv/file", "x");
    machine.directory("/srv/empty");
    machine.file("/srv/jdk/lib/security/cacerts", keystore());
    machine.directory("/srv/jdk/bin");
    machine.environment.put("JAVA_HOME", home);

    assertThat(stores()).extracting(TrustStore::id).containsExactly("java:" + home);
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(stores().get(0), root))
          .isEqualTo(new TrustResult.Absent("there is no lib/security/cacerts in " + home));
    }
  }

  @Test
  void discover_javaHomeThatIsNoPathOnWindows_isAbsent() {
    FakeHost windows = new FakeHost(OperatingSystem.WINDOWS);
    windows.environment.put("JAVA_HOME", "\"C:\\Program Files\\Java\"");

    assertThat(new JavaProvider().discover(windows.host()))
        .extracting(store -> store.status(root).kind())
        .containsExactly(TrustResult.Kind.ABSENT);
  }

  @Test
  void discover_folderWithoutKeystore_isAbsentAndComesLast() {
    machine.file("/usr/lib/jvm/a-jdk/bin/java", "ELF");
    machine.file("/usr/lib/jvm/b-jdk/lib/security/cacerts", keystore());

    assertThat(stores())
        .extracting(store -> store.status(root).kind())
        .containsExactly(TrustResult.Kind.NOT_TRUSTED, TrustResult.Kind.ABSENT);
  }

  @Test
  void discover_throughServiceLoader_findsTheStores() {
    machine.file("/usr/lib/jvm/jdk/lib/security/cacerts", keystore());

    assertThat(TrustStores.on(machine.host()).only("java").stores())
        .extracting(TrustStore::displayName)
        .containsExactly("Java (/usr/lib/jvm/jdk)");
  }

  private List<TrustStore> stores() {
    return new JavaProvider().discover(machine.host());
  }

  private byte[] keystore() {
    return TestKeyStore.JKS.of(Map.of("theirs", TestRoots.create()));
  }

  private Path jdkWithLink(String home) throws IOException {
    Path link = machine.directory(home + "/lib/security").resolve("cacerts");
    return Files.createSymbolicLink(link, path(SHARED));
  }

  private Path path(String path) {
    return machine.files.getPath(path);
  }
}
