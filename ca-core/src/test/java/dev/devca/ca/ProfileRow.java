package dev.devca.ca;

import java.util.List;
import java.util.function.Supplier;

/**
 * A row of docs/profile.md: a kind of leaf that is issued, and what it says.
 *
 * @see ProfileTest
 * @see ProfileJudgesTest
 */
record ProfileRow(String name, Supplier<LeafRequest> source, String profile) {
  static final List<ProfileRow> ALL =
      List.of(
          new ProfileRow(
              "server",
              () -> LeafRequest.forNames("app.test", "*.app.test", "172.16.99.32", "::1"),
              """
      subject CN=app.test
      subjectPublicKeyInfo id-ecPublicKey prime256v1
      basicConstraints critical cA false
      keyUsage critical digitalSignature
      extendedKeyUsage serverAuth
      subjectAltName DNS:app.test, DNS:*.app.test, IP:4 octets, IP:16 octets
      """),
          new ProfileRow(
              "server rsa",
              () -> LeafRequest.forNames("app.test").withKeyType(KeyType.RSA2048),
              """
      subject CN=app.test
      subjectPublicKeyInfo rsaEncryption
      basicConstraints critical cA false
      keyUsage critical digitalSignature, keyEncipherment
      extendedKeyUsage serverAuth
      subjectAltName DNS:app.test
      """),
          new ProfileRow(
              "server p384",
              () -> LeafRequest.forNames("app.test").withKeyType(KeyType.P384),
              """
      subject CN=app.test
      subjectPublicKeyInfo id-ecPublicKey secp384r1
      basicConstraints critical cA false
      keyUsage critical digitalSignature
      extendedKeyUsage serverAuth
      subjectAltName DNS:app.test
      """),
          new ProfileRow(
              "server ed25519",
              () -> LeafRequest.forNames("app.test").withKeyType(KeyType.ED25519),
              """
      subject CN=app.test
      subjectPublicKeyInfo Ed25519
      basicConstraints critical cA false
      keyUsage critical digitalSignature
      extendedKeyUsage serverAuth
      subjectAltName DNS:app.test
      """),
          new ProfileRow(
              "server of one address",
              () -> LeafRequest.forNames("172.16.99.32"),
              """
      subject CN=172.16.99.32
      subjectPublicKeyInfo id-ecPublicKey prime256v1
      basicConstraints critical cA false
      keyUsage critical digitalSignature
      extendedKeyUsage serverAuth
      subjectAltName IP:4 octets
      """),
          new ProfileRow(
              "server of a long name",
              () -> LeafRequest.forNames("a".repeat(63) + ".app.test"),
              """
      subject (empty)
      subjectPublicKeyInfo id-ecPublicKey prime256v1
      basicConstraints critical cA false
      keyUsage critical digitalSignature
      extendedKeyUsage serverAuth
      subjectAltName critical DNS:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.app.test
      """),
          new ProfileRow(
              "client",
              () -> LeafRequest.forClient("alice"),
              """
      subject CN=alice
      subjectPublicKeyInfo id-ecPublicKey prime256v1
      basicConstraints critical cA false
      keyUsage critical digitalSignature
      extendedKeyUsage clientAuth
      """),
          new ProfileRow(
              "client with names",
              () -> LeafRequest.forNames("app.test").forClientAuth().withCommonName("alice"),
              """
      subject CN=alice
      subjectPublicKeyInfo id-ecPublicKey prime256v1
      basicConstraints critical cA false
      keyUsage critical digitalSignature
      extendedKeyUsage clientAuth
      subjectAltName DNS:app.test
      """),
          new ProfileRow(
              "server and client",
              () -> LeafRequest.forNames("app.test").forServerAndClientAuth(),
              """
      subject CN=app.test
      subjectPublicKeyInfo id-ecPublicKey prime256v1
      basicConstraints critical cA false
      keyUsage critical digitalSignature
      extendedKeyUsage serverAuth, clientAuth
      subjectAltName DNS:app.test
      """),
          new ProfileRow(
              "uri",
              () -> LeafRequest.forNamesAndUris("spiffe://app.test/web").forServerAndClientAuth(),
              """
      subject (empty)
      subjectPublicKeyInfo id-ecPublicKey prime256v1
      basicConstraints critical cA false
      keyUsage critical digitalSignature
      extendedKeyUsage serverAuth, clientAuth
      subjectAltName critical URI:spiffe://app.test/web
      """),
          new ProfileRow(
              "email",
              () -> LeafRequest.forNames("alice@app.test"),
              """
      subject CN=alice@app.test
      subjectPublicKeyInfo id-ecPublicKey prime256v1
      basicConstraints critical cA false
      keyUsage critical digitalSignature, keyAgreement
      extendedKeyUsage emailProtection
      subjectAltName email:alice@app.test
      """),
          new ProfileRow(
              "email rsa",
              () -> LeafRequest.forNames("alice@app.test").withKeyType(KeyType.RSA2048),
              """
      subject CN=alice@app.test
      subjectPublicKeyInfo rsaEncryption
      basicConstraints critical cA false
      keyUsage critical digitalSignature, keyEncipherment
      extendedKeyUsage emailProtection
      subjectAltName email:alice@app.test
      """));

  LeafRequest request() {
    return source.get();
  }

  boolean isEd25519() {
    return profile.contains("subjectPublicKeyInfo Ed25519\n");
  }

  /** The purposes by the names of {@link ProfileText}. */
  List<String> purposes() {
    String line =
        profile
            .lines()
            .filter(text -> text.startsWith("extendedKeyUsage "))
            .findFirst()
            .orElseThrow();
    return List.of(line.substring("extendedKeyUsage ".length()).split(", "));
  }

  @Override
  public String toString() {
    return name;
  }
}
