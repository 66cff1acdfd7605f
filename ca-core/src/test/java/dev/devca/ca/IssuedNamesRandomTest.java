package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;

/**
 * For any argument list: a refusal of one line, or a certificate that holds the arguments in normal
 * form and nothing else. That the form is normal, {@link NameParserRandomTest} shows.
 */
class IssuedNamesRandomTest {
  private static final int ROUNDS = 6_000;

  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());

  @Test
  void issue_anyArguments_certificateHasExactlyThemOrOneLine() throws Exception {
    long seed = Seed.get();
    Random random = new Random(seed);
    int issued = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String[] arguments = NameParserRandomTest.arguments(random).toArray(String[]::new);
      LeafRequest request;
      try {
        request =
            random.nextBoolean()
                ? LeafRequest.forNames(arguments)
                : LeafRequest.forNamesAndUris(arguments);
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).as("seed %d", seed).startsWith("cannot use the name ");
        assertThat(e.getMessage().lines()).as("seed %d", seed).hasSize(1);
        continue;
      }
      issued++;
      X509Certificate leaf = ca.issue(request).chain().get(0);
      assertThat(names(leaf)).as("seed %d", seed).isEqualTo(expected(request.names()));
      String subject = commonName(leaf);
      assertThat(subject).as("seed %d", seed).isIn(texts(request.names()));
      assertThat(leaf.getCriticalExtensionOIDs().contains("2.5.29.17"))
          .as("seed %d", seed)
          .isEqualTo(subject.isEmpty());
    }
    assertThat(issued).as("certificates, seed %d", seed).isGreaterThan(ROUNDS / 50);
  }

  private static List<String> names(X509Certificate leaf) throws Exception {
    return CertificateAssertions.altNames(leaf);
  }

  /** What the JDK reads of such a name. */
  private static List<String> expected(List<SubjectAltName> names) throws Exception {
    List<String> expected = new ArrayList<>();
    for (SubjectAltName name : names) {
      String value = name.value();
      if (name instanceof SubjectAltName.DnsName) {
        expected.add("dns:" + value);
      } else if (name instanceof SubjectAltName.IpAddress) {
        expected.add("ip:" + InetAddress.getByName(value).getHostAddress());
      } else if (name instanceof SubjectAltName.EmailAddress) {
        expected.add("email:" + value);
      } else {
        expected.add("uri:" + value);
      }
    }
    return expected;
  }

  /** The text of the subject's one attribute, without any escape; "" if there is none. */
  private static String commonName(X509Certificate leaf) {
    RDN[] subject =
        X500Name.getInstance(leaf.getSubjectX500Principal().getEncoded()).getRDNs(BCStyle.CN);
    return subject.length == 0
        ? ""
        : ASN1String.class.cast(subject[0].getFirst().getValue()).getString();
  }

  /** The subjects that such names may give. */
  private static List<String> texts(List<SubjectAltName> names) {
    List<String> texts = new ArrayList<>();
    texts.add("");
    names.forEach(name -> texts.add(name.value()));
    return texts;
  }
}
