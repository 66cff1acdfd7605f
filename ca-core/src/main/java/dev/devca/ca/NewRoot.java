package dev.devca.ca;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;

/** A root that has just been made, with its key. */
record NewRoot(byte[] der, SigningKey key) {

  static NewRoot make(CaOptions options, Instant now, SecureRandom random) {
    try {
      SigningKey key = SigningKey.generate(options.keyType(), random);
      Validity validity = Validity.of(options.validity(), now);
      return new NewRoot(CertificateProfile.root(options, key, validity, random), key);
    } catch (IOException e) {
      throw new IllegalStateException("a root has no encoding", e);
    }
  }

  @Override
  public String toString() {
    return "new root (" + key.type() + ")";
  }
}
