package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  /** A root that devca made once: its text is never to change. */
  private static final String GOLDEN =
      """
      -----BEGIN CERTIFICATE-----
      MIIBsjCCAVmgAwIBAgIQYWNuFVEV4Ox3MEQQDBOMtDAKBggqhkjOPQQDAjA4MR0w
      GwYDVQQKDBRkZXZjYSBkZXZlbG9wbWVudCBDQTEXMBUGA1UEAwwOZGV2Y2EgMmEw
      MjY1MmQwHhcNMjYxMTIyMDkxNTMwWhcNMzYxMTIxMDkxNTMwWjA4MR0wGwYDVQQK
      DBRkZXZjYSBkZXZlbG9wbWVudCBDQTEXMBUGA1UEAwwOZGV2Y2EgMmEwMjY1MmQw
      WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARytEOxtP1aDnLur1c0gOktPV7zvWAB
      ZlA9jm4+TECrB7jZy5O7blcyz6olJwx+TRXaxDON6Hxuvug7gXeFtS6mo0UwQzAS
      BgNVHRMBAf8ECDAGAQH/AgEBMA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUKgJl
      LVd/PoHiR6KNRnK3+/3zodUwCgYIKoZIzj0EAwIDRwAwRAIgckibVFPzXHr9+vq9
      ftMiAPNYcKIXbEPJYQQWo2uFv6UCIESN6c3qiYJL+CyNNlYneEPigWxLCfd5UDkK
      1ntbZTzb
      -----END CERTIFICATE-----
      """;

  private static final String GOLDEN_FINGERPRINT =
      "969c09813ecab56fc69a3a6d020a9958b26b1e5e4a89ddb52a2f5aa016231324";

  private static final String END = "-----END CERTIFICATE-----\n";

  @Test
  void encode_golden_isTheSameText() throws Exception {
    X509Certificate root = Pem.certificates(GOLDEN).get(0);

    assertThat(Pem.encode(root)).isEqualTo(GOLDEN);
    assertThat(Pem.encodeCertificate(root.getEncoded())).isEqualTo(GOLDEN);
    assertThat(Fingerprint.of(root).hex()).isEqualTo(GOLDEN_FINGERPRINT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 47, 48, 49, 96, 1000})
  void encodePrivateKey_anyLength_isReadBackAndWrappedAt64(int length) throws Exception {
    byte[] bytes = new byte[length];

    String pem = Pem.encodePrivateKey(bytes);

    assertThat(Pem.onePrivateKey(pem)).isEqualTo(bytes);
    assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(pem).endsWith("\n-----END PRIVATE KEY-----\n").doesNotContain("\n\n");
    assertThat(pem.lines()).allMatch(line -> line.length() <= 64);
  }

  static Stream<Arguments> variants() {
    return Stream.of(
        arguments("as written", GOLDEN, 1),
        arguments("CRLF", GOLDEN.replace("\n", "\r\n"), 1),
        arguments("CR", GOLDEN.replace("\n", "\r"), 1),
        arguments("no last line feed", GOLDEN.strip(), 1),
        arguments("text around", "Subject: CN=x\n# comment\n" + GOLDEN + "\nbye", 1),
        arguments("blanks at line ends", GOLDEN.replace("\n", " \t\n"), 1),
        arguments("indented", GOLDEN.indent(2), 1),
        arguments("an empty line within", GOLDEN.replaceFirst("-----\n", "-----\n\n"), 1),
        arguments("in one line", GOLDEN.replaceAll("(?m)(?<!-)\n(?!-)", ""), 1),
        arguments("two", GOLDEN + GOLDEN, 2),
        arguments("two with text between", GOLDEN + "second:\n" + GOLDEN, 2),
        arguments("none", "no certificates here\n", 0),
        arguments("empty", "", 0),
        arguments("an end alone", END, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void certificates_variantOfTheText_isReadTheSame(String what, String pem, int count)
      throws Exception {
    List<X509Certificate> certificates = Pem.certificates(pem);

    assertThat(certificates).hasSize(count);
    assertThat(certificates).allMatch(c -> Fingerprint.of(c).hex().equals(GOLDEN_FINGERPRINT));
  }

  static Stream<Arguments> malformed() throws IOException {
    byte[] der = Pem.oneCertificate(GOLDEN);
    byte[] longer = Arrays.copyOf(der, der.length + 1);
    String unended = "a PEM block of CERTIFICATE has no end";
    String notX509 = "it is no X.509 certificate";
    return Stream.of(
        arguments("missing END", GOLDEN.replace(END, ""), unended),
        arguments("END of another", GOLDEN.replace(END, "-----END X509 CRL-----\n"), unended),
        arguments("BEGIN within", GOLDEN.replace(END, GOLDEN), unended),
        arguments("cut in END", GOLDEN.substring(0, GOLDEN.length() - 8), unended),
        arguments(
            "wrong label",
            GOLDEN.replace(" CERTIFICATE", " X509 CRL"),
            "expected CERTIFICATE, found X509 CRL"),
        arguments(
            "key after it",
            GOLDEN + Pem.encodePrivateKey(der),
            "expected CERTIFICATE, found PRIVATE KEY"),
        arguments(
            "no base64",
            GOLDEN.replaceFirst("\nM", "\n*"),
            "a PEM block of CERTIFICATE is not base64"),
        arguments("one character less", GOLDEN.replaceFirst("\nM", "\n"), notX509),
        arguments("nothing within", "-----BEGIN CERTIFICATE-----\n" + END, notX509),
        arguments("a byte after it", Pem.encodeCertificate(longer), notX509),
        arguments("PEM within", Pem.encodeCertificate(ascii(GOLDEN)), notX509),
        arguments("a key's bytes", Pem.encodeCertificate(new byte[] {0x30, 0}), notX509),
        arguments("zeros", Pem.encodeCertificate(new byte[1000]), notX509));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void certificates_malformed_saysWhat(String what, String pem, String why) {
    assertThatThrownBy(() -> Pem.certificates(pem)).isInstanceOf(IOException.class).hasMessage(why);
  }

  @Test
  void certificates_megabyteOfText_isReadOrRefused() throws Exception {
    String line = "x".repeat(63) + "\n";
    String text = line.repeat((1 << 20) / line.length());

    assertThat(Pem.certificates(text + GOLDEN)).hasSize(1);
    assertThatThrownBy(() -> Pem.certificates("-----BEGIN CERTIFICATE-----\n" + text))
        .hasMessage("a PEM block of CERTIFICATE has no end");
    assertThatThrownBy(() -> Pem.certificates("-----BEGIN CERTIFICATE-----\n" + text + END))
        .isInstanceOf(IOException.class);
    assertThat(Pem.certificates("-----BEGIN ".repeat(100_000))).isEmpty();
  }

  @Test
  void oneCertificate_noneOrTwo_isRefused() {
    assertThatThrownBy(() -> Pem.oneCertificate("text"))
        .hasMessage("expected CERTIFICATE, found no PEM block");
    assertThatThrownBy(() -> Pem.oneCertificate(GOLDEN + GOLDEN))
        .hasMessage("expected one CERTIFICATE, found 2 PEM blocks");
    assertThatThrownBy(() -> Pem.onePrivateKey(GOLDEN))
        .hasMessage("expected PRIVATE KEY, found CERTIFICATE");
  }

  @Test
  void toString_block_showsNoKey() throws Exception {
    assertThat(Pem.blocks(Pem.encodePrivateKey(new byte[48])).toString())
        .isEqualTo("[PRIVATE KEY]");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
