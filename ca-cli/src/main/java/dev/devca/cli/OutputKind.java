package dev.devca.cli;

/** What {@code devca issue} writes, in the order in which it is reported. */
enum OutputKind {
  CERTIFICATE("--cert-file", "certificate", "certificate"),
  KEY("--key-file", "key", "key"),
  PKCS12("--p12-file", "PKCS #12", "p12"),
  JKS("--jks-file", "JKS", "jks"),
  TRUST_STORE("--truststore-file", "trust store", "trustStore");

  private final String option;
  private final String words;
  private final String json;

  OutputKind(String option, String words, String json) {
    this.option = option;
    this.words = words;
    this.json = json;
  }

  /** The option that names its file. */
  String option() {
    return option;
  }

  /** For a person. */
  String words() {
    return words;
  }

  /** The field of the JSON report. */
  String json() {
    return json;
  }

  /** Whether a password opens it. */
  boolean isKeyStore() {
    return switch (this) {
      case PKCS12, JKS, TRUST_STORE -> true;
      case CERTIFICATE, KEY -> false;
    };
  }

  /** Whether a private key is in it. */
  boolean isSecret() {
    return switch (this) {
      case KEY, PKCS12, JKS -> true;
      case CERTIFICATE, TRUST_STORE -> false;
    };
  }
}
