package dev.devca.ca;

import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** Whoever has stolen the key of a CA, and signs with it what devca would not. */
final class Thief {
  private final Issuer signer;
  private final SecureRandom random = new SecureRandom();

  /** Takes the key out of the folder of a CA. */
  Thief(Path folder) throws IOException {
    boolean constrained = Files.exists(folder.resolve("intermediate.pem"));
    String stem = constrained ? "intermediate" : "rootCA";
    byte[] der = Pem.oneCertificate(Files.readString(folder.resolve(stem + ".pem")));
    signer =
        Issuer.of(der)
            .withKey(
                SigningKey.fromPkcs8(
                    Pem.onePrivateKey(Files.readString(folder.resolve(stem + "-key.pem")))));
  }

  /** A chain and key that say these names, for a purpose, in files. */
  Stolen forge(Path folder, String commonName, KeyPurposeId purpose, GeneralName... names)
      throws IOException {
    return forge(folder, false, commonName, purpose, names);
  }

  /** Another CA below, which the path length is to forbid. */
  Stolen forgeBelow(Path folder, GeneralName... names) throws IOException {
    return forge(folder, true, "", KeyPurposeId.id_kp_serverAuth, names);
  }

  private Stolen forge(
      Path folder, boolean below, String commonName, KeyPurposeId purpose, GeneralName... names)
      throws IOException {
    // The root itself belongs in no chain.
    boolean direct = signer.limits().isEmpty();
    StringBuilder chain = new StringBuilder(direct ? "" : Pem.encodeCertificate(signer.der()));
    Issuer issuer = signer;
    if (below) {
      SigningKey key = SigningKey.generate(KeyType.P256, random);
      byte[] der =
          certificate(
              signer,
              "CN=Below",
              key,
              draft -> {
                draft.add(Extension.basicConstraints, true, new BasicConstraints(true));
                draft.add(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
              });
      issuer = Issuer.of(der).withKey(key);
      chain.insert(0, Pem.encodeCertificate(der));
    }
    SigningKey key = SigningKey.generate(KeyType.P256, random);
    byte[] leaf =
        certificate(
            issuer,
            commonName.isEmpty() ? "" : "CN=" + commonName,
            key,
            draft -> {
              draft.add(Extension.basicConstraints, true, new BasicConstraints(false));
              draft.add(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
              draft.add(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
              if (names.length > 0) {
                draft.add(
                    Extension.subjectAlternativeName,
                    commonName.isEmpty(),
                    new GeneralNames(names));
              }
            });
    Stolen files =
        new Stolen(
            folder.resolve("leaf.pem"), folder.resolve("chain.pem"), folder.resolve("key.pem"));
    Files.writeString(files.leaf(), Pem.encodeCertificate(leaf));
    Files.writeString(files.chain(), Pem.encodeCertificate(leaf) + chain);
    Files.writeString(files.key(), Pem.encodePrivateKey(key.pkcs8()));
    return files;
  }

  private interface Extensions {
    void addTo(CertificateDraft draft) throws IOException;
  }

  private byte[] certificate(Issuer issuer, String subject, SigningKey key, Extensions extensions)
      throws IOException {
    Validity validity = Validity.of(Duration.ofDays(90), Instant.now());
    CertificateDraft draft =
        new CertificateDraft(
            issuer.subject(),
            new BigInteger(120, random),
            validity,
            new X500Name(subject).getEncoded(),
            key.publicKey());
    extensions.addTo(draft);
    draft.add(
        Extension.subjectKeyIdentifier,
        false,
        new SubjectKeyIdentifier(
            Arrays.copyOf(Sha256.of(key.publicKey().getPublicKeyData().getBytes()), 20)));
    draft.add(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(issuer.keyIdentifier()));
    return issuer.sign(draft, random);
  }

  static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, new DERIA5String(name));
  }

  static GeneralName ip(String address) {
    return new GeneralName(GeneralName.iPAddress, address);
  }

  static GeneralName email(String address) {
    return new GeneralName(GeneralName.rfc822Name, new DERIA5String(address));
  }

  static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, new DERIA5String(uri));
  }

  /** The files of a forged certificate. */
  record Stolen(Path leaf, Path chain, Path key) {}
}
