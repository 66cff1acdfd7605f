package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.CaException;
import dev.devca.ca.CaImport;
import dev.devca.ca.CertificateFile;
import dev.devca.ca.files.Pkcs12Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files made to take all memory, or a day: refused with the reason, before either is taken. */
@Timeout(60)
class HugeFilesTest {
  private static final long GIGABYTE = 1L << 30;
  private static final String OF_PEM = "it is larger than 65536 bytes";
  private static final String OF_STORE = "it is larger than 16777216 bytes";

  @TempDir private Path folder;

  /** A file of a gigabyte that begins so. */
  private Path huge(String name, byte[] head) throws IOException {
    Path file = folder.resolve(name);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(head));
      out.write(ByteBuffer.wrap(new byte[] {'\n'}), GIGABYTE - 1);
    }
    return file;
  }

  @Test
  void pem_ofAGigabyte_isRefused() throws IOException {
    Path file =
        huge("huge.pem", "-----BEGIN CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
    Path ca = folder.resolve("ca");

    assertThatThrownBy(() -> CertificateFile.read(file)).hasMessage(OF_PEM);
    assertThatThrownBy(() -> PemScan.rootsIn(file, root -> true)).hasMessage(OF_STORE);
    assertThatThrownBy(() -> CaImport.into(ca, file, Optional.empty(), () -> new char[0]))
        .isInstanceOf(CaException.class)
        .hasMessage("cannot read the root " + file + ": " + OF_PEM);
    assertThat(ca).doesNotExist();
  }

  @Test
  void keystore_ofAMillionEntries_isUnavailableAndStays() throws IOException {
    X509Certificate root = TestRoots.create();
    byte[] head = {
      (byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed, 0, 0, 0, 2, 0, 0xf, 0x42, 64
    };
    Path cacerts = huge("cacerts", head);
    Host host = InstallAtOnce.host(folder);

    assertThat(JavaCacertsStore.at(host, cacerts).install(root))
        .isInstanceOfSatisfying(
            TrustResult.Unavailable.class,
            result -> assertThat(result.reason()).contains(OF_STORE));
    assertThat(cacerts).hasSize(GIGABYTE);
  }

  @Test
  void keystore_thatSaysMillionsOfEntriesAndHasNone_isDamaged() {
    byte[] bytes = {
      (byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed, 0, 0, 0, 2, 127, -1, -1, -1
    };

    assertThatThrownBy(() -> KeyStoreFile.parse(bytes, List.of())).hasMessage("it is damaged");
  }

  @Test
  void pkcs12_asTheJdkMakesIt_isNotMuchWork() throws IOException {
    byte[] usual = TestKeyStore.PKCS12.of(Map.of("a", TestRoots.create()));

    assertThat(Pkcs12Work.iterations(usual)).isEqualTo(20_000);
    assertThat(KeyStoreFile.parse(usual, List.of()).certificates()).hasSize(1);
  }

  @Test
  void pkcs12_manyPartsOfManyIterations_isRefusedBeforeTheyAreDone() throws IOException {
    // The JDK would do them all, five million for each part being its limit.
    ContentInfo[] parts = new ContentInfo[1000];
    Arrays.fill(parts, part(5_000_000));

    assertThatThrownBy(() -> KeyStoreFile.parse(file(parts), List.of()))
        .hasMessage("its encryption asks for too many iterations: 5000000000");
  }

  private static ContentInfo part(int iterations) {
    AlgorithmIdentifier encryption =
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
            new PKCS12PBEParams(new byte[8], iterations));
    return new ContentInfo(
        PKCSObjectIdentifiers.encryptedData,
        new EncryptedData(PKCSObjectIdentifiers.data, encryption, new DEROctetString(new byte[8])));
  }

  private static byte[] file(ContentInfo... parts) throws IOException {
    DEROctetString safes = new DEROctetString(new AuthenticatedSafe(parts).getEncoded());
    return new Pfx(new ContentInfo(PKCSObjectIdentifiers.data, safes), null).getEncoded();
  }
}
