package dev.devca.cli;

import dev.devca.ca.Fingerprint;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca status}. */
final class StatusCommand implements Command {
  @Override
  public CommandSpec spec() {
    return CommonOptions.addTo(
        StoreOptions.addTo(
            CommonOptions.command(
                "status",
                "Shows the CA and which stores trust it. Changes nothing.",
                "  devca status",
                "  devca status --json",
                "",
                ExitCode.TEXT)));
  }

  @Override
  public Optional<Arguments> plainly(List<String> words) {
    return PlainArguments.none(words);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    TrustStores stores = StoreOptions.chosen(parsed, session);
    CaView ca = session.ca().find().orElseThrow(session::noCa);
    ca.announce(session);
    List<Outcome> outcomes;
    try (WorkLine line = WorkLine.of(session)) {
      outcomes = stores.withProgress(line).status(ca.root());
    }
    if (session.json()) {
      Report.print(session, ca, outcomes);
    }
    session.say("CA in " + ca.directory());
    session.say("  fingerprint " + Fingerprint.of(ca.root()));
    session.say("  valid until " + ca.root().getNotAfter().toInstant());
    Report.say(session, outcomes);
    return Report.exitCode(outcomes, TrustResult.Kind.TRUSTED) == ExitCode.DONE
        ? ExitCode.DONE
        : ExitCode.IN_PART;
  }
}
