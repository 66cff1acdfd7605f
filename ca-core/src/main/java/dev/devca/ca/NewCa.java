package dev.devca.ca;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A CA that is to be.
 *
 * @param root its root
 * @param signer what issues: the root itself, or an intermediate of it
 * @param keyPem the signer's key for its file, if there is one
 */
record NewCa(Issuer root, Issuer signer, Optional<String> keyPem) {

  static NewCa make(CaOptions options, Instant now, SecureRandom random) {
    try {
      SigningKey key = SigningKey.generate(options.keyType(), random);
      Validity validity = Validity.of(options.validity(), now);
      Issuer root = Issuer.of(CertificateProfile.root(options, key, validity, random)).withKey(key);
      if (options.limits().isPresent()) {
        return constrained(options, options.limits().get(), root, random);
      }
      return new NewCa(root, root, Optional.of(Pem.encodePrivateKey(key.pkcs8())));
    } catch (IOException e) {
      throw new IllegalStateException("a root has no encoding", e);
    }
  }

  /** The root signs an intermediate; its own key, once gone, can sign nothing else. */
  private static NewCa constrained(
      CaOptions options, NameLimits limits, Issuer root, SecureRandom random) throws IOException {
    SigningKey key = SigningKey.generate(options.keyType(), random);
    byte[] der = CertificateProfile.intermediate(options, limits, root, key, random);
    return new NewCa(
        Issuer.of(root.der()),
        Issuer.of(der).withKey(key),
        Optional.of(Pem.encodePrivateKey(key.pkcs8())));
  }

  /** The content of each file by its name. */
  Map<String, String> files() {
    boolean direct = root.isCertificate(signer.der());
    Map<String, String> files = new LinkedHashMap<>();
    keyPem.ifPresent(pem -> files.put(direct ? CaFiles.KEY : CaFiles.INTERMEDIATE_KEY, pem));
    if (!direct) {
      files.put(CaFiles.INTERMEDIATE, Pem.encodeCertificate(signer.der()));
    }
    files.put(CaFiles.CERTIFICATE, Pem.encodeCertificate(root.der()));
    return files;
  }

  @Override
  public String toString() {
    return "new CA " + Fingerprint.ofDer(root.der()).shortHex();
  }
}
