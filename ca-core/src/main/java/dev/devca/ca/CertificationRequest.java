package dev.devca.ca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A certification request, PKCS #10 (RFC 2986), whose signature is good: the sender holds the key.
 * Immutable and thread-safe.
 *
 * <p>Only its key, its names and whether it is for servers or clients are ever taken from it; all
 * else that it asks for is left out, and {@link #notes} says so. It cannot ask to be a CA.
 */
public final class CertificationRequest {
  private static final List<String> LABELS =
      List.of("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
  private static final byte DER_SEQUENCE = 0x30;
  private static final String REMEDY =
      "make it anew, such as: openssl req -new -newkey rsa:2048 -noenc -keyout KEY -out FILE"
          + " -subj /CN=NAME";

  private final SubjectPublicKeyInfo key;
  private final Optional<String> commonName;
  private final RequestedExtensions extensions;
  private final Set<LeafRequest.Use> uses;
  private final List<String> notes;

  private CertificationRequest(
      SubjectPublicKeyInfo key,
      Optional<String> commonName,
      RequestedExtensions extensions,
      Set<LeafRequest.Use> uses,
      List<String> notes) {
    this.key = key;
    this.commonName = commonName;
    this.extensions = extensions;
    this.uses = uses;
    this.notes = List.copyOf(notes);
  }

  /**
   * Reads a request and checks its signature and its key.
   *
   * @param pemOrDer one PEM block, perhaps with text around it, or DER
   * @return the request
   * @throws CaException if it is malformed, not signed by its own key, or has a key that is too
   *     weak (RSA below 2048 bits) or of another kind than RSA, P-256, P-384, P-521, Ed25519 and
   *     Ed448
   */
  public static CertificationRequest read(byte[] pemOrDer) throws CaException {
    try {
      PKCS10CertificationRequest parsed = parsed(der(pemOrDer));
      SubjectPublicKeyInfo key = parsed.getSubjectPublicKeyInfo();
      PublicKey verifier = RequestedKey.checked(key);
      if (!parsed.isSignatureValid(new JcaContentVerifierProviderBuilder().build(verifier))) {
        throw new IOException("its signature is not of its key, or it was changed");
      }
      RequestedExtensions extensions = RequestedExtensions.of(parsed);
      return new CertificationRequest(
          key,
          commonName(parsed),
          extensions,
          extensions.uses(),
          extensions.notes(parsed.getSubject()));
    } catch (IOException e) {
      throw cannotSign(String.valueOf(e.getMessage()), REMEDY, e);
    } catch (OperatorCreationException | PKCSException | RuntimeException e) {
      // The parsers say what bytes they met in many ways; none would help a person.
      throw cannotSign("it is no PKCS #10 request with a signature of a known kind", REMEDY, e);
    }
  }

  private static PKCS10CertificationRequest parsed(byte[] der) throws IOException {
    try {
      return new PKCS10CertificationRequest(der);
    } catch (IOException e) {
      // The parser would name classes of its own.
      throw new IOException("it is no PKCS #10 request", e);
    }
  }

  private static byte[] der(byte[] pemOrDer) throws IOException {
    if (pemOrDer.length > 0 && pemOrDer[0] == DER_SEQUENCE) {
      return pemOrDer;
    }
    List<Pem.Block> blocks = Pem.blocks(new String(pemOrDer, StandardCharsets.ISO_8859_1));
    if (blocks.size() != 1) {
      throw new IOException("expected one PEM block or DER, found " + blocks.size() + " blocks");
    }
    if (!LABELS.contains(blocks.get(0).label())) {
      throw new IOException("expected " + LABELS.get(0) + ", found " + blocks.get(0).label());
    }
    return blocks.get(0).der();
  }

  private static Optional<String> commonName(PKCS10CertificationRequest parsed) {
    RDN[] rdns = parsed.getSubject().getRDNs(BCStyle.CN);
    if (rdns.length == 0) {
      return Optional.empty();
    }
    ASN1Encodable value = rdns[rdns.length - 1].getFirst().getValue();
    return value instanceof ASN1String text ? Optional.of(text.getString()) : Optional.empty();
  }

  private static CaException cannotSign(String why, String remedy, Throwable cause) {
    return new CaException("cannot sign the certification request: " + why, remedy, cause);
  }

  /**
   * The same request for TLS servers, whatever it asks for itself.
   *
   * @return a copy
   */
  public CertificationRequest forServerAuth() {
    return withUses(EnumSet.of(LeafRequest.Use.SERVER));
  }

  /**
   * The same request for TLS clients, whatever it asks for itself.
   *
   * @return a copy
   */
  public CertificationRequest forClientAuth() {
    return withUses(EnumSet.of(LeafRequest.Use.CLIENT));
  }

  /**
   * The same request for TLS servers and clients, whatever it asks for itself.
   *
   * @return a copy
   */
  public CertificationRequest forServerAndClientAuth() {
    return withUses(EnumSet.allOf(LeafRequest.Use.class));
  }

  private CertificationRequest withUses(Set<LeafRequest.Use> other) {
    return new CertificationRequest(key, commonName, extensions, other, notes);
  }

  /**
   * What a leaf for this request says: the subject alternative names that it asks for, without them
   * its common name; for servers, unless it asks for clients.
   *
   * <p>Its common name is kept if it is one of the names, or if the leaf is for clients alone, who
   * may be known by it.
   *
   * @return a request, to be given to {@link CertificateAuthority#sign} as it is or changed
   * @throws CaException if it names nothing, or something that cannot be in a certificate
   */
  public LeafRequest leafRequest() throws CaException {
    try {
      return RequestedNames.of(commonName, extensions.names()).leafRequest(uses);
    } catch (BadName | IllegalArgumentException e) {
      throw cannotSign(String.valueOf(e.getMessage()), "give its names with --name", e);
    }
  }

  /**
   * What it asks for and does not get.
   *
   * @return a sentence each, for a person; often none
   */
  public List<String> notes() {
    return notes;
  }

  SubjectPublicKeyInfo key() {
    return key;
  }

  /**
   * Whether it is for TLS servers.
   *
   * @return true unless it is for clients alone
   */
  public boolean isForServers() {
    return uses.contains(LeafRequest.Use.SERVER);
  }

  /**
   * Whether it is for TLS clients.
   *
   * @return true if it asks for that, or was told so
   */
  public boolean isForClients() {
    return uses.contains(LeafRequest.Use.CLIENT);
  }
}
