package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the verifiers of this machine say of a leaf of each row of the profile. */
class ProfileJudgesTest {
  private static final String SERVER = "serverAuth";
  private static final String CLIENT = "clientAuth";
  private static final String EMAIL = "emailProtection";

  @TempDir private Path folder;
  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());
  private Path root;
  private Path leaf;

  @BeforeEach
  void writeRoot() throws Exception {
    root = Files.writeString(folder.resolve("root.pem"), Pem.encode(ca.rootCertificate()));
  }

  private X509Certificate issue(ProfileRow row) throws Exception {
    IssuedCertificate issued = ca.issue(row.request());
    leaf = Files.writeString(folder.resolve("leaf.pem"), issued.chainPem());
    return issued.chain().get(0);
  }

  @ParameterizedTest
  @FieldSource("dev.devca.ca.ProfileRow#ALL")
  void opensslStrict_eachRow_isForItsPurposesAlone(ProfileRow row) throws Exception {
    issue(row);

    for (String purpose : List.of("sslserver", "sslclient", "smimesign")) {
      String meant =
          switch (purpose) {
            case "sslserver" -> SERVER;
            case "sslclient" -> CLIENT;
            default -> EMAIL;
          };
      Tool.Result result =
          Tool.OPENSSL.attempt(
              "verify",
              "-x509_strict",
              "-purpose",
              purpose,
              "-no-CApath",
              "-no-CAstore",
              "-CAfile",
              root.toString(),
              leaf.toString());
      assertThat(result.code() == 0)
          .as("%s: %s", purpose, result.output())
          .isEqualTo(row.purposes().contains(meant));
    }
  }

  @ParameterizedTest
  @FieldSource("dev.devca.ca.ProfileRow#ALL")
  void gnutls_eachRow_isForItsPurposesAlone(ProfileRow row) throws Exception {
    issue(row);

    for (String purpose : List.of(SERVER, CLIENT, EMAIL)) {
      String oid =
          switch (purpose) {
            case SERVER -> "1.3.6.1.5.5.7.3.1";
            case CLIENT -> "1.3.6.1.5.5.7.3.2";
            default -> "1.3.6.1.5.5.7.3.4";
          };
      Tool.Result result =
          Tool.CERTTOOL.attempt(
              "--verify",
              "--load-ca-certificate=" + root,
              "--infile=" + leaf,
              "--verify-purpose=" + oid);
      assertThat(result.code() == 0)
          .as("%s: %s", purpose, result.output())
          .isEqualTo(row.purposes().contains(purpose));
    }
  }

  /** Certificate usages of certutil's -u and of vfychain's -u. */
  private enum NssUsage {
    SERVER_USE("V", "1", SERVER),
    CLIENT_USE("C", "0", CLIENT),
    EMAIL_SIGNER("S", "4", EMAIL),
    EMAIL_RECIPIENT("R", "5", EMAIL);

    final String certutil;
    final String vfychain;
    final String purpose;

    NssUsage(String certutil, String vfychain, String purpose) {
      this.certutil = certutil;
      this.vfychain = vfychain;
      this.purpose = purpose;
    }
  }

  /** NSS takes no Ed25519 certificate at all. */
  @ParameterizedTest
  @FieldSource("dev.devca.ca.ProfileRow#ALL")
  void nss_eachRow_isForItsPurposesAlone(ProfileRow row) throws Exception {
    issue(row);
    String database = "sql:" + Files.createDirectory(folder.resolve("nss"));
    Tool.CERTUTIL.run("-N", "-d", database, "--empty-password");
    Tool.CERTUTIL.run("-A", "-d", database, "-n", "root", "-t", "CT,C,", "-i", root.toString());
    Tool.Result added =
        Tool.CERTUTIL.attempt(
            "-A", "-d", database, "-n", "leaf", "-t", ",,", "-i", leaf.toString());
    if (row.isEd25519()) {
      assertThat(added.output()).contains("SEC_ERROR_ADDING_CERT");
      return;
    }
    assertThat(added.code()).as(added.output()).isZero();

    for (NssUsage usage : NssUsage.values()) {
      boolean expected = row.purposes().contains(usage.purpose);
      Tool.Result certutil =
          Tool.CERTUTIL.attempt("-V", "-d", database, "-n", "leaf", "-e", "-u", usage.certutil);
      assertThat(certutil.code() == 0)
          .as("certutil %s: %s", usage, certutil.output())
          .isEqualTo(expected);
      Tool.Result vfychain =
          Tool.VFYCHAIN.attempt("-d", database, "-pp", "-u", usage.vfychain, "-a", leaf.toString());
      assertThat(vfychain.code() == 0)
          .as("vfychain %s: %s", usage, vfychain.output())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @FieldSource("dev.devca.ca.ProfileRow#ALL")
  void javaPkix_eachRow_isForItsPurposesAlone(ProfileRow row) throws Exception {
    X509Certificate certificate = issue(row);
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(ca.rootCertificate(), null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)),
            parameters);

    KeyStore trusted = KeyStores.trust(ca.rootCertificate());
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
    X509Certificate[] chain = {certificate};
    List<String> accepted = new ArrayList<>();
    if (isAccepted(() -> manager.checkServerTrusted(chain, "UNKNOWN"))) {
      accepted.add(SERVER);
    }
    if (isAccepted(() -> manager.checkClientTrusted(chain, "UNKNOWN"))) {
      accepted.add(CLIENT);
    }
    List<String> expected = new ArrayList<>(row.purposes());
    expected.remove(EMAIL);
    assertThat(accepted).isEqualTo(expected);
  }

  private interface Check {
    void run() throws java.security.cert.CertificateException;
  }

  private static boolean isAccepted(Check check) {
    try {
      check.run();
      return true;
    } catch (java.security.cert.CertificateException e) {
      return false;
    }
  }
}
