package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirefoxOnWindowsTest {
  private static final TrustResult READS = new TrustResult.Absent("it reads the roots of Windows");
  private static final String REMEDY =
      "in Firefox, open about:config and set security.enterprise_roots.enabled to true";

  private final X509Certificate root = TestRoots.create();
  private final FakeHost machine = new FakeHost(OperatingSystem.WINDOWS);
  private final String profile =
      machine.home() + "\\AppData\\Roaming\\Mozilla\\Firefox\\Profiles\\ab12.default-release";

  @BeforeEach
  void setUp() {
    machine.environment.put("APPDATA", machine.home() + "\\AppData\\Roaming");
    machine.environment.put("LOCALAPPDATA", machine.home() + "\\AppData\\Local");
    // Windows' own program of that name.
    machine.file("C:\\Windows\\System32\\certutil.exe", "MZ");
  }

  private List<TrustStore> stores() {
    return new NssProvider().discover(machine.host());
  }

  private TrustResult result() {
    assertThat(stores()).hasSize(1);
    TrustStore store = stores().get(0);
    assertThat(store.install(root)).isEqualTo(store.status(root));
    assertThat(store.uninstall(root)).isEqualTo(store.status(root));
    assertThat(machine.commands).isEmpty();
    return store.status(root);
  }

  @Test
  void discover_profile_isNamedForAPerson() {
    machine.file(profile + "\\prefs.js", "");

    assertThat(stores().get(0).id()).isEqualTo("nss:" + profile);
    assertThat(stores().get(0).displayName())
        .isEqualTo(
            "Firefox (~\\AppData\\Roaming\\Mozilla\\Firefox\\Profiles\\ab12.default-release)");
    assertThat(result()).isEqualTo(READS);
  }

  @Test
  void discover_profileFromTheStoreOfMicrosoft_isFound() {
    machine.file(
        machine.home()
            + "\\AppData\\Local\\Packages\\Mozilla.Firefox_n80bbvh6b1yt2\\LocalCache\\Roaming"
            + "\\Mozilla\\Firefox\\Profiles\\x.default\\prefs.js",
        "");

    assertThat(result()).isEqualTo(READS);
  }

  @Test
  void discover_noFirefox_findsNothing() {
    machine.directory(profile);

    assertThat(stores()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          120.0_20231116134553/20231116134553 |       |       | reads
          115.3.0_20230927164545/x            |       |       | version 115 reads the roots of Windows only if told to
          115.3.0_20230927164545/x            | true  |       | reads
          140.0_1/1                           | false |       | it is told to ignore the roots of Windows
          140.0_1/1                           | true  | false | it is told to ignore the roots of Windows
          140.0_1/1                           | false | true  | reads
          """)
  void status_versionAndSettings_sayWhetherItReadsWindows(
      String version, String prefs, String user, String expected) {
    machine.file(profile + "\\compatibility.ini", "[Compatibility]\r\nLastVersion=" + version);
    machine.file(profile + "\\prefs.js", preference(prefs));
    machine.file(profile + "\\user.js", preference(user));

    assertThat(result())
        .isEqualTo(
            expected.equals("reads") ? READS : new TrustResult.Unavailable(expected, REMEDY));
  }

  private static String preference(String value) {
    return "// a comment\r\nuser_pref(\"browser.startup.page\", 3);\r\n"
        + (value == null
            ? ""
            : "user_pref(\"security.enterprise_roots.enabled\", " + value + ");\r\n");
  }
}
