package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every trust store does. A test of a store extends this and sets the machine up. */
abstract class TrustStoreContract {
  final X509Certificate root = TestRoots.create();
  final X509Certificate other = TestRoots.create();

  /** The machine, the same in each call within a test. */
  abstract FakeHost machine();

  /** What there is on that machine: its files, and what else the store changes. */
  Map<String, String> snapshot() {
    return machine().snapshot();
  }

  /** The store on that machine, found as the store's provider finds it. */
  abstract TrustStore store();

  @Test
  void install_storeWithoutRoot_trustsAndSaysSo() {
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(store().install(root))
        .isInstanceOfSatisfying(TrustResult.Trusted.class, t -> assertThat(t.changed()).isTrue());

    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  @Test
  void install_twice_changesNothingTheSecondTime() {
    store().install(root);
    Map<String, String> after = snapshot();

    assertThat(store().install(root))
        .isInstanceOfSatisfying(TrustResult.Trusted.class, t -> assertThat(t.changed()).isFalse());

    assertThat(snapshot()).isEqualTo(after);
  }

  @Test
  void uninstall_afterInstall_leavesEveryFileAsItWas() {
    Map<String, String> before = snapshot();
    store().install(root);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_neverInstalled_changesNothing() {
    Map<String, String> before = snapshot();

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_twice_isFineTheSecondTime() {
    store().install(root);
    store().uninstall(root);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(false));
  }

  @Test
  void uninstall_ofOneOfTwoRoots_keepsTheOther() {
    Map<String, String> before = snapshot();
    store().install(root);
    store().install(other);

    store().uninstall(root);

    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.NOT_TRUSTED);
    assertThat(store().status(other).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    store().uninstall(other);
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void roots_afterInstall_areTheRootIfTheStoreCanList() throws IOException {
    assertThat(store().roots(root::equals)).isEmpty();

    store().install(root);
    Map<String, String> before = snapshot();

    assertThat(store().roots(root::equals)).isEqualTo(canList() ? List.of(root) : List.of());
    assertThat(store().roots(other::equals)).isEmpty();
    assertThat(snapshot()).isEqualTo(before);
  }

  /** Whether {@link TrustStore#roots} finds anything. */
  boolean canList() {
    return true;
  }

  @Test
  void plan_storeWithoutRoot_isWhatInstallDoes() {
    Map<String, String> before = snapshot();

    Plan plan = store().plan(root, new Draft());

    assertThat(plan.outcome().result().kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(plan.steps()).isNotEmpty();
    assertThat(snapshot()).isEqualTo(before);
    int ran = machine().commands.size();
    store().install(root);
    Map<String, String> after = snapshot();
    List<List<String>> commands = machine().commands.subList(ran, machine().commands.size());
    Set<String> planned = new TreeSet<>();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Run run) {
        assertThat(commands).contains(run.arguments());
      } else if (step instanceof Step.Write write) {
        planned.add(write.file().toString());
        assertThat(after.getOrDefault(write.file().toString(), "file: gone again\n"))
            .isIn("file: " + String.join("\n", write.lines()) + "\n", "file: gone again\n");
      } else if (step instanceof Step.Edit edit) {
        planned.add(edit.file().toString());
        String file = edit.file().toString();
        edit.removed().forEach(line -> assertThat(before.get(file)).contains(line));
        edit.added().forEach(line -> assertThat(after.get(file)).contains(line));
      } else if (step instanceof Step.Replace replace) {
        planned.add(replace.file().toString());
      }
    }
    if (plan.steps().stream().noneMatch(Step.Run.class::isInstance)) {
      assertThat(changedFiles(before, after)).isEqualTo(planned);
    }
    assertThat(store().plan(root, new Draft()).steps()).isEmpty();
  }

  /** Without what devca notes for itself, folders, and what is no file, such as in a registry. */
  private Set<String> changedFiles(Map<String, String> before, Map<String, String> after) {
    String notes = machine().host().stateDirectory().orElseThrow().toString();
    Set<String> changed = new TreeSet<>();
    after.forEach(
        (path, what) -> {
          if (what.startsWith("file")
              && !path.startsWith(notes)
              && !what.equals(before.get(path))) {
            changed.add(path);
          }
        });
    return changed;
  }
}
