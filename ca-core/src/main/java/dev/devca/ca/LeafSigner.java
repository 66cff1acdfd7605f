package dev.devca.ca;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Issues leaves for public keys by the root or by its intermediate, within that one's validity. */
record LeafSigner(Issuer root, Issuer signer, SecureRandom random) {

  SignedCertificate sign(LeafRequest request, SubjectPublicKeyInfo key, Instant now)
      throws CaException {
    Optional<NameLimits> limits = signer.limits();
    if (limits.isPresent()) {
      limits.get().check(request.names());
    }
    Validity wanted = request.validity(now);
    Validity validity = clamped(wanted);
    try {
      return new SignedCertificate(
          chain(CertificateProfile.leaf(request, key, signer, validity, random)),
          root.der(),
          request,
          validity,
          LeafNotes.of(request, key, wanted, validity, now));
    } catch (IOException e) {
      throw new IllegalStateException("a leaf has no encoding", e);
    }
  }

  private List<byte[]> chain(byte[] leaf) {
    return root.isCertificate(signer.der()) ? List.of(leaf) : List.of(leaf, signer.der());
  }

  private Validity clamped(Validity wanted) throws CaException {
    if (wanted.notBefore().isAfter(signer.validity().notAfter())) {
      throw new CaException(
          "cannot issue a certificate: it would begin after the end of the root, "
              + signer.validity().notAfter(),
          "ask for a validity that begins earlier");
    }
    return wanted.endingWith(signer.validity());
  }
}
