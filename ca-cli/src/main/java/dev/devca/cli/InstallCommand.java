package dev.devca.cli;

import dev.devca.ca.Fingerprint;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca install}. */
final class InstallCommand implements Command {
  private static final String PRINT = "--print-commands";

  /** Whether nothing is to be done, so that it takes nobody's rights. */
  static boolean onlyPrints(Arguments parsed) {
    return parsed.has(PRINT);
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "install",
            "Makes every program of this machine trust the CA, which is made if there is none.",
            "  devca install",
            "  devca install --only java",
            "  devca install --user-only",
            "  devca install --print-commands",
            "  devca install --permit test --permit 127.0.0.0/8 --permit ::1",
            "",
            ExitCode.TEXT);
    spec.addOption(PermitOption.option());
    spec.addOption(
        CommonOptions.flag(PRINT, "do nothing, and print what would be run and written"));
    return CommonOptions.addTo(StoreOptions.addTo(spec));
  }

  @Override
  public Optional<Arguments> plainly(List<String> words) {
    return PlainArguments.none(words);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    // First, so that a wrong id makes no CA.
    TrustStores stores = StoreOptions.chosen(parsed, session);
    List<String> permit = PermitOption.of(parsed);
    if (onlyPrints(parsed)) {
      return PlannedInstall.of(session, permit).print(stores);
    }
    CaView ca = session.ca().openOrCreate(permit);
    ca.announce(session);
    session.say(
        "Installing the root of "
            + ca.directory()
            + " ("
            + Fingerprint.of(ca.root()).shortHex()
            + "):");
    // Of a user for whom this is root, that user's worker makes it.
    Optional<ArchiveMaking> archive =
        session.invokingUser().isPresent() ? Optional.empty() : ClassArchive.begin();
    List<Outcome> outcomes;
    try (WorkLine line = WorkLine.of(session)) {
      outcomes = stores.withCaFolder(Path.of(ca.directory())).withProgress(line).install(ca.root());
    }
    if (session.json()) {
      Report.print(session, ca, outcomes);
    }
    Report.say(session, outcomes);
    String link = session.ca().link();
    if (!link.isEmpty()) {
      session.say(link);
    }
    if (outcomes.stream().anyMatch(o -> o.result().kind() == TrustResult.Kind.TRUSTED)) {
      session.say(
          "Next: devca issue"
              + session.caOption()
              + (permit.isEmpty()
                  ? " localhost 127.0.0.1"
                  : " NAME, within " + String.join(", ", permit)));
    }
    archive.ifPresent(ArchiveMaking::close);
    return Report.exitCode(outcomes, TrustResult.Kind.TRUSTED);
  }
}
