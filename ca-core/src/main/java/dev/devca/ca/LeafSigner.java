package dev.devca.ca;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Issues leaves for public keys, within the validity of their issuer. */
record LeafSigner(Issuer issuer, SecureRandom random) {

  SignedCertificate sign(LeafRequest request, SubjectPublicKeyInfo key, Instant now)
      throws CaException {
    Validity wanted = request.validity(now);
    Validity validity = clamped(wanted);
    try {
      return new SignedCertificate(
          List.of(CertificateProfile.leaf(request, key, issuer, validity, random)),
          issuer.der(),
          request,
          validity,
          LeafNotes.of(request, wanted, validity, now));
    } catch (IOException e) {
      throw new IllegalStateException("a leaf has no encoding", e);
    }
  }

  private Validity clamped(Validity wanted) throws CaException {
    if (wanted.notBefore().isAfter(issuer.validity().notAfter())) {
      throw new CaException(
          "cannot issue a certificate: it would begin after the end of the root, "
              + issuer.validity().notAfter(),
          "ask for a validity that begins earlier");
    }
    return wanted.endingWith(issuer.validity());
  }
}
