package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends in a log when a program prints our objects and exceptions: no key, no passphrase. */
class SecretsInTextTest {
  private static final String PASSPHRASE = "correct horse battery";

  @TempDir private Path folder;

  @Test
  void toString_ofAllThatHoldsAKey_saysNothingOfIt() throws Exception {
    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder.resolve("ca"));
    Path keyFile = folder.resolve("ca").resolve("rootCA-key.pem");
    String caKey = Files.readString(keyFile);
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("app.test"));
    String leafKey = leaf.privateKeyPem();
    SigningKey signing = SigningKey.fromPkcs8(Pem.onePrivateKey(caKey));
    byte[] locked = Pbes2.encrypt(signing.pkcs8(), PASSPHRASE.toCharArray(), new SecureRandom());
    KeyStore store = leaf.toKeyStore("app", PASSPHRASE.toCharArray());

    Map<String, Object> holders = new LinkedHashMap<>();
    holders.put("the CA", ca);
    holders.put("its key", ca.key());
    holders.put("its request", LeafRequest.forNames("app.test"));
    holders.put("a leaf", leaf);
    holders.put("a signing key", signing);
    holders.put("a locked key", new LockedKey(locked));
    holders.put("a key of others", ForeignKey.read(caKey, () -> new char[0], new SecureRandom()));
    holders.put("a block", Pem.blocks(leafKey));
    holders.put(
        "a file",
        CertificateFile.parse((leaf.chainPem() + leafKey).getBytes(StandardCharsets.US_ASCII)));
    holders.put("a key store", store);
    holders.put("a context", leaf.serverContext());

    holders.forEach(
        (what, holder) ->
            assertShowsNone(what, String.valueOf(holder), List.of(caKey, leafKey, PASSPHRASE)));
  }

  @Test
  void exceptions_aboutAKeyOrPassphrase_sayNothingOfIt() throws Exception {
    Path home = folder.resolve("ca");
    CertificateAuthority ca = CertificateAuthority.openOrCreate(home);
    Path file = home.resolve("rootCA-key.pem");
    String key = Files.readString(file);
    ca.key().setPassphrase(PASSPHRASE.toCharArray());
    String wrong = "wrong " + PASSPHRASE;

    assertFailsSilently(
        () -> CertificateAuthority.open(home).key().unlock(wrong.toCharArray()), key, wrong);
    // A key that was cut off, one that has a line too many, and one of nothing known.
    for (String broken :
        List.of(
            key.substring(0, key.length() - 30),
            key.replace("\n-----END", "AAAA\n-----END"),
            key.replace("PRIVATE KEY", "SECRET KEY"))) {
      Files.writeString(file, broken);
      assertFailsSilently(() -> CertificateAuthority.open(home), key);
      assertFailsSilently(
          () ->
              CaImport.into(
                  folder.resolve("other"),
                  home.resolve("rootCA.pem"),
                  Optional.of(file),
                  PASSPHRASE::toCharArray),
          key,
          PASSPHRASE);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void assertFailsSilently(Work work, String... secrets) {
    StringWriter text = new StringWriter();
    try {
      work.run();
    } catch (IOException e) {
      // With the causes and their messages.
      e.printStackTrace(new PrintWriter(text, true));
    }
    assertThat(text.toString()).contains("CaException");
    assertShowsNone("the exception", text.toString(), List.of(secrets));
  }

  private static void assertShowsNone(String what, String text, List<String> secrets) {
    String shown = text.toLowerCase(Locale.ROOT);
    assertThat(secrets.stream().flatMap(SecretsInTextTest::forms))
        .as(what)
        .isNotEmpty()
        .noneMatch(form -> shown.contains(form.toLowerCase(Locale.ROOT)));
  }

  /** A passphrase as it is; of a key, parts of its secret in base64, hexadecimal and as numbers. */
  private static Stream<String> forms(String secret) {
    if (!secret.startsWith("-----")) {
      return Stream.of(secret);
    }
    String base64 = secret.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat);
    byte[] der = Base64.getDecoder().decode(base64);
    // Of P-256 in PKCS #8 version 1, the 32 bytes of the secret number stand from byte 36 on.
    byte[] number = Arrays.copyOfRange(der, 36, 68);
    return Stream.of(
        base64.substring(48, 64),
        HexFormat.of().formatHex(number, 0, 8),
        new BigInteger(1, number).toString().substring(0, 16),
        Arrays.toString(Arrays.copyOf(number, 8)).replace("]", ""));
  }
}
