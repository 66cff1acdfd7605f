package dev.devca.cli;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;

/** A public key in the words of {@code --key}. */
final class PublicKeyWords {
  private PublicKeyWords() {}

  static String of(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "rsa" + rsa.getModulus().bitLength();
    }
    if (key instanceof ECPublicKey ec) {
      return "p" + ec.getParams().getCurve().getField().getFieldSize();
    }
    // The JDK calls every Edwards key EdDSA; RFC 8032's other one no CA of ours can have.
    return key.getAlgorithm().equals("EdDSA")
        ? "ed25519"
        : key.getAlgorithm().toLowerCase(Locale.ROOT);
  }
}
