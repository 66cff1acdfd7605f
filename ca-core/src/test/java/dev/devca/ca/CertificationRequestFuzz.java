package dev.devca.ca;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Certification requests of others, also beyond the signature that no fuzzer can make. */
public final class CertificationRequestFuzz {
  private static final CertificateAuthority CA =
      CertificateAuthority.inMemory(CaOptions.defaults());

  private CertificationRequestFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      CertificationRequest request = CertificationRequest.read(data);
      CA.sign(request, request.leafRequest());
    } catch (CaException e) {
      // Declared.
    }
    List<GeneralName> names;
    try {
      PKCS10CertificationRequest parsed = new PKCS10CertificationRequest(data);
      RequestedExtensions extensions = RequestedExtensions.of(parsed);
      extensions.notes(parsed.getSubject());
      names = extensions.names();
    } catch (IOException | RuntimeException e) {
      // Made one of the declared by read().
      return;
    }
    try {
      RequestedNames.of(Optional.empty(), names).leafRequest(EnumSet.of(LeafRequest.Use.SERVER));
    } catch (BadName | IllegalArgumentException e) {
      // Made one of the declared by leafRequest().
    }
  }
}
