package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.truststore.Outcome;
import dev.devca.truststore.Rights;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustStore;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportTest {
  static Stream<TrustResult> results() {
    return Stream.of(
        new TrustResult.Trusted(true, "open a new terminal"),
        new TrustResult.Trusted(false),
        new TrustResult.NotTrusted(true),
        new TrustResult.NotTrusted(false),
        new TrustResult.Absent("it is not there"),
        new TrustResult.Absent("it is not there", "start it once"),
        new TrustResult.Unavailable("it is locked", "close it"),
        new TrustResult.Failed("it broke", "mend it"));
  }

  @ParameterizedTest
  @MethodSource("results")
  void outcomes_ofWhatDescribeWrote_areTheSame(TrustResult result) throws IOException {
    Outcome outcome = new Outcome("some:store", "Some store", result);
    byte[] json = Json.write(Map.of("stores", List.of(Report.describe(outcome))));

    assertThat(Report.outcomes(Json.readObject(json), List.of(new SomeStore())))
        .containsExactly(outcome);
  }

  private record SomeStore() implements TrustStore {
    @Override
    public String id() {
      return "some:store";
    }

    @Override
    public String displayName() {
      return "Some store";
    }

    @Override
    public Rights rights() {
      return Rights.OWN;
    }

    @Override
    public TrustResult status(X509Certificate root) {
      throw new UnsupportedOperationException("a report does nothing to a store");
    }

    @Override
    public TrustResult install(X509Certificate root) {
      throw new UnsupportedOperationException("a report does nothing to a store");
    }

    @Override
    public TrustResult uninstall(X509Certificate root) {
      throw new UnsupportedOperationException("a report does nothing to a store");
    }
  }
}
