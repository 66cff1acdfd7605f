package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside the JDK, which is the one that reads these files. */
class JksFileTest {
  private static final X509Certificate ROOT = TestRoots.create();
  private static final X509Certificate OTHER = TestRoots.create();
  private static final String PASSWORD = TestKeyStore.PASSWORD;
  private static final byte[] JKS = TestKeyStore.JKS.of(Map.of("other", OTHER));
  private static final int CONTENT = JKS.length - TestKeyStore.DIGEST_BYTES;

  @ParameterizedTest
  @ValueSource(strings = {PASSWORD, "", "gehe\u00efm \u20ac"})
  void addAndRemove_keystoreOfTheJdk_keepsKeysAndOrder(String password) throws Exception {
    IssuedCertificate leaf =
        CertificateAuthority.inMemory(CaOptions.defaults())
            .issue(LeafRequest.forNames("localhost"));
    KeyStore theirs = KeyStore.getInstance("JKS");
    theirs.load(null, null);
    PrivateKey key = leaf.privateKey();
    Certificate[] chain = {leaf.chain().get(0), OTHER};
    theirs.setKeyEntry("k\u00e9y", key, "its own".toCharArray(), chain);
    theirs.setCertificateEntry("other", OTHER);
    theirs.setCertificateEntry("another", TestRoots.create());
    ByteArrayOutputStream before = new ByteArrayOutputStream();
    theirs.store(before, password.toCharArray());

    KeyStoreFile file = KeyStoreFile.parse(before.toByteArray(), List.of(password));
    assertThat(file.toBytes()).isEqualTo(before.toByteArray());
    assertThat(file.trusts(ROOT)).isFalse();
    // In a chain is not among the trusted.
    assertThat(file.trusts(leaf.chain().get(0))).isFalse();
    file.add(ROOT);

    KeyStore now = KeyStore.getInstance("JKS");
    now.load(new ByteArrayInputStream(file.toBytes()), password.toCharArray());
    assertThat(now.size()).isEqualTo(4);
    assertThat(now.getCertificate(now.getCertificateAlias(ROOT))).isEqualTo(ROOT);
    assertThat(now.getKey("k\u00e9y", "its own".toCharArray())).isEqualTo(key);
    assertThat(now.getCertificateChain("k\u00e9y")).isEqualTo(chain);
    assertThat(now.getCreationDate("other")).isEqualTo(theirs.getCreationDate("other"));

    KeyStoreFile again = KeyStoreFile.parse(file.toBytes(), List.of(password));
    assertThat(again.trusts(ROOT)).isTrue();
    again.remove(ROOT);
    assertThat(again.toBytes()).isEqualTo(before.toByteArray());
  }

  @Test
  void add_firstVersionOfTheFormat_isReadByTheJdk() throws Exception {
    byte[] der = OTHER.getEncoded();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(JksFile.MAGIC);
    out.writeInt(1);
    out.writeInt(1);
    out.writeInt(2);
    out.writeUTF("other");
    out.writeLong(0);
    out.writeInt(der.length);
    out.write(der);
    byte[] first = TestKeyStore.sealed(bytes.toByteArray(), PASSWORD);

    KeyStoreFile file = KeyStoreFile.parse(first, List.of());
    assertThat(file.certificates()).containsExactly(OTHER);
    file.add(ROOT);

    assertThat(TestKeyStore.JKS.entries(file.toBytes())).hasSize(2);
  }

  @Test
  void parse_anyByteAnother_isRefused() {
    for (int at = 0; at < JKS.length; at++) {
      byte[] other = JKS.clone();
      other[at] ^= 1;
      assertThatThrownBy(() -> KeyStoreFile.parse(other, List.of()))
          .as("byte %s", at)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void parse_beginningOfOne_isRefused() {
    for (int length = 0; length < JKS.length; length++) {
      byte[] beginning = Arrays.copyOf(JKS, length);
      assertThatThrownBy(() -> KeyStoreFile.parse(beginning, List.of()))
          .as("length %s", length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void parse_bytesAfterTheDigest_arePassedOverAsByTheJdk() throws IOException {
    byte[] longer = Arrays.copyOf(JKS, JKS.length + 7);

    assertThat(TestKeyStore.JKS.entries(longer)).hasSize(1);
    assertThat(KeyStoreFile.parse(longer, List.of()).toBytes()).isEqualTo(JKS);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 3, 0})
  void parse_numberThatCannotBe_isRefusedUnderARightDigest(int number) throws Exception {
    int version = Integer.BYTES;
    int count = version + Integer.BYTES;
    int tag = count + Integer.BYTES;
    int length = CONTENT - OTHER.getEncoded().length - Integer.BYTES;
    for (int at : new int[] {version, count, tag, length}) {
      byte[] content = Arrays.copyOf(JKS, CONTENT);
      ByteBuffer.wrap(content).putInt(at, number);
      byte[] file = TestKeyStore.sealed(content, PASSWORD);
      assertThatThrownBy(() -> KeyStoreFile.parse(file, List.of()))
          .as("at %s", at)
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 50_001})
  void parse_countThatNoneHas_isDamaged(int count) {
    // With what such a count would pass over: nothing, or as many of the smallest entries.
    ByteBuffer content = ByteBuffer.allocate(12 + Math.max(count, 0) * 18);
    content.putInt(JksFile.MAGIC).putInt(1).putInt(count);
    for (int i = 0; i < count; i++) {
      content.putInt(2).putShort((short) 0).putLong(0).putInt(0);
    }
    byte[] file = TestKeyStore.sealed(content.array(), PASSWORD);

    assertThatThrownBy(() -> KeyStoreFile.parse(file, List.of())).hasMessage("it is damaged");
  }

  @Test
  void trusts_aliasTwice_isAsTheJdkTakesIt() throws IOException {
    byte[] first = TestKeyStore.JKS.of(Map.of("a", ROOT));
    byte[] second = TestKeyStore.JKS.of(Map.of("a", OTHER));
    int header = 12;
    ByteBuffer content = ByteBuffer.allocate(first.length + second.length - header - 40);
    content.put(first, 0, first.length - TestKeyStore.DIGEST_BYTES);
    content.put(second, header, second.length - header - TestKeyStore.DIGEST_BYTES);
    content.putInt(8, 2);
    byte[] both = TestKeyStore.sealed(content.array(), PASSWORD);

    assertThat(TestKeyStore.JKS.entries(both)).isEqualTo(TestKeyStore.JKS.entries(second));
    assertThat(KeyStoreFile.parse(both, List.of()).trusts(ROOT)).isFalse();
    assertThat(KeyStoreFile.parse(both, List.of()).toBytes()).isEqualTo(second);
  }

  @Test
  void parse_anotherPassword_saysSo() {
    assertThatThrownBy(
            () -> KeyStoreFile.parse(TestKeyStore.JKS.of(Map.of(), "geheim"), List.of("else")))
        .hasMessage("it has another password than expected, or is damaged")
        .hasCauseInstanceOf(UnrecoverableKeyException.class);
  }

  @Test
  void certificates_oneThatIsNone_isNotPassedOver() throws Exception {
    byte[] content = Arrays.copyOf(JKS, CONTENT);
    Arrays.fill(content, CONTENT - 100, CONTENT, (byte) 0);
    int der = CONTENT - OTHER.getEncoded().length;
    content[der] = 0;
    KeyStoreFile file = KeyStoreFile.parse(TestKeyStore.sealed(content, PASSWORD), List.of());

    assertThatThrownBy(file::certificates)
        .hasMessage("it has a certificate that this Java cannot read");
  }

  @Test
  void holdsTheSameAs_eachDifference_isSeen() throws IOException {
    KeyStoreFile one = jks(Map.of("a", ROOT, "b", OTHER));

    assertThat(one.holdsTheSameAs(jks(Map.of("b", OTHER, "a", ROOT)))).isTrue();
    assertThat(one.holdsTheSameAs(jks(Map.of("a", ROOT)))).isFalse();
    assertThat(one.holdsTheSameAs(jks(Map.of("a", OTHER, "b", ROOT)))).isFalse();
    assertThat(one.holdsTheSameAs(jks(Map.of("a", ROOT, "c", OTHER)))).isFalse();
    assertThat(
            one.holdsTheSameAs(
                KeyStoreFile.parse(
                    TestKeyStore.JKS.of(Map.of("a", ROOT, "b", OTHER), ""), List.of())))
        .isFalse();
    assertThat(
            one.holdsTheSameAs(
                KeyStoreFile.parse(
                    TestKeyStore.JCEKS.of(Map.of("a", ROOT, "b", OTHER)), List.of())))
        .isFalse();
  }

  private static KeyStoreFile jks(Map<String, X509Certificate> entries) throws IOException {
    return KeyStoreFile.parse(TestKeyStore.JKS.of(entries), List.of());
  }
}
