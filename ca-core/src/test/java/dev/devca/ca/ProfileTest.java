package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The whole profile: every field of a root and of each kind of leaf, and no field more. */
class ProfileTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

  private final CertificateAuthority ca =
      CertificateAuthority.inMemory(CaOptions.defaults(), InstantSource.fixed(NOW));

  @Test
  void root_defaults_saysThisAndNothingElse() throws Exception {
    byte[] root = ca.rootCertificate().getEncoded();

    assertThat(ProfileText.of(root, root, NOW))
        .isEqualTo(
            """
            version 3
            serialNumber 127 bits
            signature ecdsa-with-SHA256
            issuer the issuer's
            notBefore PT-1H
            notAfter PT87648H
            subject O=devca development CA,CN=devca KEYID
            subjectPublicKeyInfo id-ecPublicKey prime256v1
            basicConstraints critical cA true, pathLen 1
            keyUsage critical keyCertSign, cRLSign
            subjectKeyIdentifier SHA-256 of the key
            """);
  }

  @ParameterizedTest
  @FieldSource("dev.devca.ca.ProfileRow#ALL")
  void leaf_eachRow_saysThisAndNothingElse(ProfileRow row) throws Exception {
    IssuedCertificate leaf = ca.issue(row.request());

    assertThat(ProfileText.of(leaf.certificateDer(), ca.rootCertificate().getEncoded(), NOW))
        .isEqualTo(
            """
            version 3
            serialNumber 127 bits
            signature ecdsa-with-SHA256
            issuer the issuer's
            notBefore PT-1H
            notAfter PT19680H
            """
                + row.profile()
                + """
                subjectKeyIdentifier SHA-256 of the key
                authorityKeyIdentifier the issuer's
                """);
  }

  @Test
  void profilePage_eachField_isExplained() throws Exception {
    String page =
        Files.readString(Path.of("").toAbsolutePath().getParent().resolve("docs/profile.md"));

    byte[] root = ca.rootCertificate().getEncoded();
    StringBuilder all = new StringBuilder(ProfileText.of(root, root, NOW));
    for (ProfileRow row : ProfileRow.ALL) {
      all.append(ProfileText.of(ca.issue(row.request()).certificateDer(), root, NOW));
      row.purposes().forEach(purpose -> assertThat(page).contains("`" + purpose + "`"));
    }
    all.toString()
        .lines()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .distinct()
        .forEach(field -> assertThat(page).containsPattern("\\| `" + field + "` \\|.*RFC [0-9]+"));
  }
}
