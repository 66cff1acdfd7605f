package dev.devca.benchmarks;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.KeyType;
import dev.devca.ca.LeafRequest;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Leaves a second: a new key and a certificate for three names, signed by a key of the same kind.
 * Each of them does that work; the two raw ones make a key and sign as many bytes as a leaf has,
 * without a certificate.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class Leaves {
  // What a P-256 leaf of devca has to be signed.
  private static final int SIGNED_BYTES = 440;
  private static final int RSA_BITS = 2048;

  /** The kind of key of issuer and leaf. */
  public enum Kind {
    P256("EC", "SHA256withECDSA", CertificateBuilder.Algorithm.ecp256),
    ED25519("Ed25519", "Ed25519", CertificateBuilder.Algorithm.ed25519),
    RSA2048("RSA", "SHA256withRSA", CertificateBuilder.Algorithm.rsa2048);

    final String key;
    final String signature;
    final CertificateBuilder.Algorithm netty;

    Kind(String key, String signature, CertificateBuilder.Algorithm netty) {
      this.key = key;
      this.signature = signature;
      this.netty = netty;
    }
  }

  @Param({"P256", "ED25519", "RSA2048"})
  public Kind kind;

  private CertificateAuthority ca;
  private X509Bundle nettyRoot;
  private HeldCertificate okhttpRoot;

  // Netty's builder declares Exception, here and below.
  @Setup
  public void prepare() throws Exception {
    ca =
        CertificateAuthority.inMemory(
            CaOptions.defaults().withKeyType(KeyType.valueOf(kind.name())));
    nettyRoot =
        new CertificateBuilder()
            .subject("CN=root")
            .setIsCertificateAuthority(true)
            .algorithm(kind.netty)
            .buildSelfSigned();
    if (kind != Kind.ED25519) {
      okhttpRoot = okhttp("root").certificateAuthority(1).build();
    }
  }

  private HeldCertificate.Builder okhttp(String name) {
    HeldCertificate.Builder builder = new HeldCertificate.Builder().commonName(name);
    return kind == Kind.RSA2048 ? builder.rsa2048() : builder.ecdsa256();
  }

  /** Makes keys and signs, with objects of its own, as none of them is for two threads. */
  private static final class Raw {
    private final KeyPairGenerator generator;
    private final Signature signature;
    private final PrivateKey issuer;
    private final byte[] bytes = new byte[SIGNED_BYTES];

    Raw(Kind kind, Optional<Provider> provider) throws GeneralSecurityException {
      if (provider.isPresent()) {
        generator = KeyPairGenerator.getInstance(kind.key, provider.get());
        signature = Signature.getInstance(kind.signature, provider.get());
      } else {
        generator = KeyPairGenerator.getInstance(kind.key);
        signature = Signature.getInstance(kind.signature);
      }
      SecureRandom random = new SecureRandom();
      if (kind == Kind.P256) {
        // By its name: by its size Bouncy Castle has another arithmetic, ten times as slow.
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      } else if (kind == Kind.RSA2048) {
        generator.initialize(RSA_BITS, random);
      }
      issuer = generator.generateKeyPair().getPrivate();
    }

    Object leaf() throws GeneralSecurityException {
      KeyPair pair = generator.generateKeyPair();
      signature.initSign(issuer);
      signature.update(bytes);
      return new Object[] {pair, signature.sign()};
    }
  }

  /** With Bouncy Castle. */
  @State(Scope.Thread)
  public static class BouncyCastle {
    private Raw raw;

    @Setup
    public void prepare(Leaves leaves) throws GeneralSecurityException {
      raw = new Raw(leaves.kind, Optional.of(new BouncyCastleProvider()));
    }
  }

  /** With what the JDK takes by default. */
  @State(Scope.Thread)
  public static class Jdk {
    private Raw raw;

    @Setup
    public void prepare(Leaves leaves) throws GeneralSecurityException {
      raw = new Raw(leaves.kind, Optional.empty());
    }
  }

  @Benchmark
  public IssuedCertificate devca() throws IOException {
    return ca.issue(
        LeafRequest.forNames("localhost", "127.0.0.1", "::1")
            .withKeyType(KeyType.valueOf(kind.name())));
  }

  /** The limit of P-256 and Ed25519: the fastest primitives there are for a JVM, and no more. */
  @Benchmark
  public Object rawBouncyCastle(BouncyCastle primitives) throws GeneralSecurityException {
    return primitives.raw.leaf();
  }

  /** The limit of RSA: devca makes RSA keys by the JDK. */
  @Benchmark
  public Object rawJdk(Jdk primitives) throws GeneralSecurityException {
    return primitives.raw.leaf();
  }

  @Benchmark
  public X509Bundle netty() throws Exception {
    return new CertificateBuilder()
        .subject("CN=localhost")
        .addSanDnsName("localhost")
        .addSanIpAddress("127.0.0.1")
        .addSanIpAddress("::1")
        .algorithm(kind.netty)
        .buildIssuedBy(nettyRoot);
  }

  @Benchmark
  public HeldCertificate okhttp() {
    if (kind == Kind.ED25519) {
      throw new UnsupportedOperationException("okhttp-tls has no Ed25519");
    }
    return okhttp("localhost")
        .addSubjectAlternativeName("localhost")
        .addSubjectAlternativeName("127.0.0.1")
        .addSubjectAlternativeName("::1")
        .signedBy(okhttpRoot)
        .build();
  }
}
