package dev.devca.ca;

import static dev.devca.ca.Disk.names;
import static dev.devca.ca.Disk.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.devca.ca.FaultyFileSystem.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaRotationTest {
  private static final CaOptions PLAIN = CaOptions.defaults();
  private static final CaOptions LIMITED = PLAIN.withPermitted("test", "10.0.0.0/8");
  private static final int ENOUGH = 100;

  /** The power is gone: not even what a finally block does still happens. */
  private static final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;
  }

  private Path folder;
  private Fingerprint old;
  private Map<String, String> before;

  @BeforeEach
  void makeCa() throws Exception {
    make(PLAIN);
  }

  private void make(CaOptions options) throws Exception {
    folder = Disk.caFolder();
    old = CertificateAuthority.openOrCreate(folder, options).fingerprint();
    before = snapshot(folder);
  }

  private static CaOptions options(String kind) {
    return kind.equals("plain") ? PLAIN : LIMITED;
  }

  private Fingerprint now() throws Exception {
    CertificateAuthority ca = CertificateAuthority.open(folder);
    assertThat(ca.canIssue()).isTrue();
    ca.issue(LeafRequest.forNames("app.test"));
    return ca.fingerprint();
  }

  private void assertAsBefore() throws Exception {
    Map<String, String> now = snapshot(folder);
    now.keySet().removeIf(path -> path.contains(".lock"));
    before.keySet().removeIf(path -> path.contains(".lock"));
    assertThat(now).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"plain, plain", "plain, limited", "limited, limited", "limited, plain"})
  void switchOver_andEnd_leaveTheNewCaAlone(String from, String to) throws Exception {
    make(options(from));
    Fingerprint next;
    try (CaRotation rotation = CaRotation.of(folder)) {
      rotation.begin(options(to), Optional.empty());
      next = rotation.next().fingerprint();
      assertThat(now()).isEqualTo(old).isNotEqualTo(next);
      assertThat(rotation.isSwitched()).isFalse();

      rotation.switchOver();

      assertThat(rotation.isSwitched()).isTrue();
      assertThat(rotation.old().fingerprint()).isEqualTo(old);
      assertThat(now()).isEqualTo(next);
      rotation.end();
    }
    assertThat(now()).isEqualTo(next);
    CertificateAuthority ca = CertificateAuthority.open(folder);
    assertThat(ca.notes()).isEmpty();
    assertThat(ca.permitted()).isEqualTo(options(to).permitted());
    assertThat(names(folder))
        .filteredOn(name -> name.endsWith(".pem"))
        .containsExactlyInAnyOrder(
            to.equals("plain")
                ? new String[] {"rootCA-key.pem", "rootCA.pem"}
                : new String[] {"intermediate-key.pem", "intermediate.pem", "rootCA.pem"});
    assertThat(folder.resolve("rotation")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"plain, limited", "limited, plain"})
  void switchBack_givesTheOldCaBackByteForByte(String from, String to) throws Exception {
    make(options(from));
    try (CaRotation rotation = CaRotation.of(folder)) {
      rotation.begin(options(to), Optional.empty());
      rotation.switchOver();
      rotation.switchBack();
      assertThat(rotation.isSwitched()).isFalse();
      rotation.end();
    }

    assertThat(now()).isEqualTo(old);
    assertAsBefore();
  }

  @Test
  void begin_interrupted_isFoundByTheNextProcess() throws Exception {
    try (CaRotation rotation = CaRotation.of(folder)) {
      rotation.begin(PLAIN, Optional.empty());
    }

    assertThat(CertificateAuthority.open(folder).notes())
        .singleElement()
        .asString()
        .contains("devca ca rotate");
    try (CaRotation rotation = CaRotation.of(folder)) {
      assertThat(rotation.isBegun()).isTrue();
      assertThat(rotation.old().fingerprint()).isEqualTo(old);
      assertThat(CaRotation.rootsIn(folder))
          .containsExactly(rotation.old().rootCertificate(), rotation.next().rootCertificate());
      rotation.end();
    }
    assertThat(CaRotation.rootsIn(folder)).isEmpty();
    assertAsBefore();
  }

  @ParameterizedTest
  @CsvSource({"plain, limited", "limited, plain"})
  void allSteps_powerLossAtAnyStep_leaveOneWholeCa(String from, String to) throws Exception {
    int switched = 0;
    for (int step = 0; step < ENOUGH; step++) {
      make(options(from));
      int last = step;
      int[] done = {0};
      Path faulty =
          new FaultyFileSystem(
                  folder.getFileSystem(),
                  (operation, path) -> {
                    if ((operation.changes && done[0]++ == last) || done[0] > last) {
                      throw new PowerLoss();
                    }
                  })
              .wrap(folder);

      Throwable thrown = catchThrowable(() -> rotate(faulty, options(to)));

      if (thrown == null) {
        assertThat(switched).isPositive();
        return;
      }
      assertThat(thrown).isInstanceOf(PowerLoss.class);
      Fingerprint now = now();
      try (CaRotation rotation = CaRotation.of(folder)) {
        if (rotation.isBegun()) {
          assertThat(rotation.old().fingerprint()).as("step %s", step).isEqualTo(old);
          assertThat(rotation.isSwitched()).isEqualTo(!now.equals(old));
          switched += rotation.isSwitched() ? 1 : 0;
          rotation.switchBack();
          rotation.end();
          now = old;
        }
      }
      assertThat(now()).as("step %s", step).isEqualTo(now);
      assertThat(folder.resolve("rotation")).doesNotExist();
      if (now.equals(old)) {
        assertAsBefore();
      }
    }
    throw new AssertionError("it never ended");
  }

  @ParameterizedTest
  @CsvSource({"plain, plain", "plain, limited", "limited, plain"})
  void switchOver_failsAtAnyStep_goesBackByteForByte(String from, String to) throws Exception {
    for (int step = 0; step < ENOUGH; step++) {
      make(options(from));
      int last = step;
      int[] done = {Integer.MIN_VALUE};
      Path faulty =
          new FaultyFileSystem(
                  folder.getFileSystem(),
                  (operation, path) -> {
                    if (operation.changes && done[0]++ == last) {
                      throw new IOException("No space left on device");
                    }
                  })
              .wrap(folder);
      Throwable thrown;
      try (CaRotation rotation = CaRotation.of(faulty)) {
        rotation.begin(options(to), Optional.empty());
        done[0] = 0;
        thrown = catchThrowable(rotation::switchOver);
        done[0] = Integer.MIN_VALUE;
        if (rotation.isSwitched()) {
          rotation.switchBack();
        }
        rotation.end();
      }

      assertThat(now()).as("step %s", step).isEqualTo(old);
      assertAsBefore();
      if (thrown == null) {
        assertThat(step).isGreaterThan(5);
        return;
      }
    }
    throw new AssertionError("it never ended");
  }

  private static void rotate(Path folder, CaOptions options) throws Exception {
    CaRotation rotation = CaRotation.of(folder);
    rotation.begin(options, Optional.empty());
    rotation.switchOver();
    rotation.end();
    rotation.close();
  }

  @Test
  void begin_passphrase_isTheNewKeysToo() throws Exception {
    CertificateAuthority.open(folder).key().setPassphrase("old secret".toCharArray());
    try (CaRotation rotation = CaRotation.of(folder)) {
      rotation.begin(PLAIN, Optional.of("new secret".toCharArray()));
      rotation.switchOver();
      rotation.end();
    }

    CertificateAuthority ca = CertificateAuthority.open(folder);
    assertThat(ca.key().isLocked()).isTrue();
    assertThat(ca.key().unlock("new secret".toCharArray()).canIssue()).isTrue();
  }

  @Test
  void of_anotherHasIt_isRefused(@TempDir Path disk) throws Exception {
    CertificateAuthority.openOrCreate(disk.resolve("ca"));
    try (CaRotation first = CaRotation.of(disk.resolve("ca"))) {
      assertThat(first.isBegun()).isFalse();
      assertThatThrownBy(() -> CaRotation.of(disk.resolve("ca")))
          .isInstanceOf(CaException.class)
          .hasMessageStartingWith("cannot rotate the CA")
          .hasMessageContaining("another process");
    }
  }

  @Test
  void delete_caInTheMiddleOfARotation_leavesNothing() throws Exception {
    try (CaRotation rotation = CaRotation.of(folder)) {
      rotation.begin(LIMITED, Optional.empty());
    }

    CertificateAuthority.open(folder).delete();

    assertThat(folder).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"P256", "P384", "ED25519", "RSA3072"})
  void like_chosenCa_isTheSameAgain(KeyType type) throws Exception {
    CaOptions chosen =
        LIMITED.withCommonName("Wörk").withKeyType(type).withValidity(Duration.ofDays(30));

    CaOptions like = CaOptions.like(CertificateAuthority.inMemory(chosen));

    assertThat(like.commonName()).contains("Wörk");
    assertThat(like.keyType()).isEqualTo(type);
    assertThat(like.validity()).isEqualTo(Duration.ofDays(30));
    assertThat(like.permitted()).isEqualTo(LIMITED.permitted());
  }

  @Test
  void like_namesThatNobodyChose_areLeftOut() {
    CertificateAuthority ours = CertificateAuthority.inMemory(PLAIN);
    CertificateAuthority theirs =
        CertificateAuthority.inMemory(PLAIN.withCommonName("mkcert zoe@laptop"));

    assertThat(CaOptions.like(ours).commonName()).isEmpty();
    assertThat(CaOptions.like(theirs).commonName()).isEmpty();
  }

  @Test
  void of_readsAndWritesUnderTheLockOfTheCa() throws Exception {
    int[] locks = {0};
    Path watched =
        new FaultyFileSystem(
                folder.getFileSystem(),
                (operation, path) -> {
                  if (operation == Operation.WRITE && path.endsWith(".lock")) {
                    locks[0]++;
                  }
                })
            .wrap(folder);
    try (CaRotation rotation = CaRotation.of(folder)) {
      rotation.begin(PLAIN, Optional.empty());
      CertificateAuthority.open(watched);
    }

    assertThat(locks[0]).isPositive();
    assertThat(Files.exists(folder.resolve("rotation"))).isTrue();
  }
}
