package dev.devca.ca;

import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Tells a leaf of a CA, beside its key, from anything else. */
final class OwnFiles {
  private OwnFiles() {}

  static boolean match(Issuer issuer, Path chainFile, Path keyFile) {
    if (!isRegular(chainFile) || !isRegular(keyFile)) {
      return false;
    }
    try {
      var leaf = Pem.certificate(first(chainFile, "CERTIFICATE"));
      leaf.verify(Pem.certificate(issuer.der()).getPublicKey());
      SigningKey key = SigningKey.fromPkcs8(first(keyFile, "PRIVATE KEY"));
      return SubjectPublicKeyInfo.getInstance(leaf.getPublicKey().getEncoded())
          .equals(key.publicKey());
    } catch (IOException | GeneralSecurityException e) {
      // Whatever it is, it is not ours.
      return false;
    }
  }

  private static boolean isRegular(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static byte[] first(Path file, String label) throws IOException {
    String pem =
        new String(BoundedFiles.read(file, BoundedFiles.PEM_LIMIT), StandardCharsets.ISO_8859_1);
    return Pem.blocks(pem).stream()
        .filter(block -> block.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IOException("it has no " + label))
        .der();
  }
}
