package dev.devca.benchmarks;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** The first CA and leaf of a JVM that has run nothing before: what a test run waits for. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(15)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FirstLeaf {
  @Benchmark
  public Object devca() throws IOException {
    return CertificateAuthority.inMemory(CaOptions.defaults())
        .issue(LeafRequest.forNames("localhost", "127.0.0.1", "::1"));
  }
}
