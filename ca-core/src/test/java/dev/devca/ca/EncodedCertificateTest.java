package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EncodedCertificateTest {
  private static final CertificateAuthority CA =
      CertificateAuthority.inMemory(CaOptions.defaults().withPermitted("test"));
  private static final IssuedCertificate LEAF = issue();

  private static IssuedCertificate issue() {
    try {
      return CA.issue(LeafRequest.forNames("a.test"));
    } catch (CaException e) {
      throw new AssertionError(e);
    }
  }

  /** A root with limits, and a leaf with names and usages. */
  private static Stream<X509Certificate> parsed() throws Exception {
    return Stream.of(Pem.certificate(CA.rootCertificate().getEncoded()), LEAF.chain().get(0));
  }

  @Test
  void everyQuestion_hasTheAnswerOfTheJdk() throws Exception {
    for (X509Certificate jdk : parsed().toList()) {
      X509Certificate ours = new EncodedCertificate(jdk.getEncoded());
      int asked = 0;
      for (Method question : X509Certificate.class.getMethods()) {
        if (question.getParameterCount() == 0
            && question.getReturnType() != void.class
            && !Modifier.isFinal(question.getModifiers())
            && question.getDeclaringClass() != Object.class) {
          assertThat(question.invoke(ours)).as(question.getName()).isEqualTo(question.invoke(jdk));
          asked++;
        }
      }
      assertThat(asked).isGreaterThan(25);
      for (String oid : jdk.getNonCriticalExtensionOIDs()) {
        assertThat(ours.getExtensionValue(oid)).isEqualTo(jdk.getExtensionValue(oid));
      }
    }
  }

  @Test
  void everyMethodThatCanBeOverridden_isOrGoesByTheEncoding() {
    List<String> byEncoding = List.of("equals", "hashCode", "getType", "writeReplace");
    for (Class<?> type = X509Certificate.class; type != Object.class; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (!Modifier.isStatic(method.getModifiers())
            && !Modifier.isFinal(method.getModifiers())
            && !Modifier.isPrivate(method.getModifiers())
            && !byEncoding.contains(method.getName())) {
          assertThat(EncodedCertificate.class.getDeclaredMethods())
              .anyMatch(
                  own ->
                      own.getName().equals(method.getName())
                          && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
        }
      }
    }
  }

  @Test
  void verifyAndCheckValidity_rightAndWrong_areTheJdks() throws Exception {
    // The intermediate, if there is one.
    X509Certificate issued = LEAF.chain().get(LEAF.chain().size() - 1);
    X509Certificate leaf = new EncodedCertificate(issued.getEncoded());
    PublicKey key = CA.rootCertificate().getPublicKey();

    leaf.verify(key);
    leaf.verify(key, "SunEC");
    leaf.verify(key, Security.getProvider("SunEC"));
    leaf.checkValidity();
    leaf.checkValidity(leaf.getNotAfter());
    assertThatThrownBy(() -> leaf.verify(leaf.getPublicKey()))
        .isInstanceOf(SignatureException.class);
    assertThatThrownBy(
            () -> leaf.checkValidity(Date.from(leaf.getNotAfter().toInstant().plusSeconds(1))))
        .isInstanceOf(CertificateExpiredException.class);
  }

  @Test
  void equals_otherKindsOfCertificate_isByEncoding() throws Exception {
    for (X509Certificate jdk : parsed().toList()) {
      X509Certificate ours = new EncodedCertificate(jdk.getEncoded());
      assertThat(ours).isEqualTo(jdk).hasSameHashCodeAs(jdk);
      assertThat(jdk).isEqualTo(ours);
      assertThat(Set.of(jdk)).contains(ours);
    }
    assertThat(new EncodedCertificate(LEAF.chain().get(0).getEncoded()))
        .isNotEqualTo(CA.rootCertificate());
  }

  @Test
  void getEncoded_changedByTheCaller_staysAsItWas() throws Exception {
    byte[] der = CA.rootCertificate().getEncoded();
    EncodedCertificate certificate = new EncodedCertificate(der);
    byte[] expected = der.clone();

    der[0] ^= 1;
    certificate.getEncoded()[0] ^= 1;

    assertThat(certificate.getEncoded()).isEqualTo(expected);
  }

  @Test
  void serialized_comesBackAsTheJdksOwn() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(CA.rootCertificate());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(CA.rootCertificate());
    }
  }

  @Test
  void asTrustAnchor_ofTheJdk_leadsToItsLeaf() throws Exception {
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(CA.rootCertificate(), null)));
    parameters.setRevocationEnabled(false);

    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(LEAF.chain()), parameters);
  }

  @Test
  void anyQuestion_bytesThatAreNoCertificate_throws() {
    EncodedCertificate none = new EncodedCertificate(new byte[] {0x30, 0});

    assertThat(none.getEncoded()).hasSize(2);
    assertThatThrownBy(none::getPublicKey)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the JDK cannot read the certificate");
  }
}
