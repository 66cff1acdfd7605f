package dev.devca.cli;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.files.DirectoryLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code devca renew}. */
final class RenewCommand implements Command {
  private static final String KEEP_KEY = "--keep-key";
  private static final String HOOK = "--hook";
  private static final String HOOK_ARGUMENT = "--hook-arg";
  private static final String SCHEDULE = "--schedule";
  private static final String UNSCHEDULE = "--unschedule";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "renew",
            "Issues again what is running out: the same names, uses, files and modes.",
            "  devca renew",
            "  devca renew app.test --keep-key",
            "  devca renew --all --hook nginx --hook-arg -s --hook-arg reload",
            "  devca renew --schedule",
            "",
            ExitCode.TEXT);
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("NAME")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .description("those with this name, or of this file, whenever they end")
            .build());
    spec.addOption(
            CommonOptions.value(
                RenewChoice.WITHIN,
                "TIME",
                "what ends within this time; if nothing is said, 30d or the last third of its life"))
        .addOption(
            CommonOptions.flag(RenewChoice.ALL, "all that devca list shows, whenever it ends"))
        .addOption(CommonOptions.flag(KEEP_KEY, "with the key that it has"))
        .addOption(Passphrases.option())
        .addOption(
            CommonOptions.value(
                HOOK, "PROGRAM", "run this at the end if anything was renewed; no shell"))
        .addOption(
            OptionSpec.builder(HOOK_ARGUMENT)
                .paramLabel("ARG")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("an argument for it; may be repeated")
                .build())
        .addOption(
            CommonOptions.flag(
                SCHEDULE, "do it every day: sets up a timer of systemd, or prints a line for cron"))
        .addOption(CommonOptions.flag(UNSCHEDULE, "take that timer down"));
    // What another program is told may look like an option of ours.
    spec.parser().allowOptionsAsOptionParameters(true);
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    RenewChoice choice = RenewChoice.of(parsed);
    List<String> hook = hook(parsed);
    if (parsed.has(SCHEDULE) || parsed.has(UNSCHEDULE)) {
      return schedule(parsed, session);
    }
    CertificateAuthority ca =
        CertificateAuthority.find(session.caDirectory()).orElseThrow(session::noCa);
    ca.notes().forEach(session::say);
    IssuedRecords records = new IssuedRecords(ca.directory().orElseThrow());
    IssuedRecords.Content content = records.read();
    content.damaged().forEach(session.console()::say);
    Instant now = Instant.now();
    RenewRun run = new RenewRun(session, records, now);
    if (!due(choice, content, ca, now).isEmpty()) {
      // Before the lock: a person may take long to type it.
      CertificateAuthority open = Passphrases.unlocked(ca, parsed, session);
      Reissue reissue = new Reissue(session, open, parsed.has(KEEP_KEY));
      try (DirectoryLock lock = records.lock()) {
        // Another process may have renewed them meanwhile.
        for (Map.Entry<IssuedRecord, Standing> due :
            due(choice, records.read(), open, now).entrySet()) {
          run.renew(reissue, due.getKey(), due.getValue(), choice.isByName());
        }
      }
    }
    if (run.isEmpty()) {
      session.say("Nothing is to be renewed.");
    }
    boolean hooked = hook.isEmpty() || !run.hasRenewed() || RenewHook.run(session, hook);
    if (session.json()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("certificates", run.reports());
      report.put("damaged", content.damaged());
      report.put("hookFailed", !hooked);
      session.console().write(Json.write(report));
    }
    return hooked && !run.hasFailed() ? ExitCode.DONE : ExitCode.IN_PART;
  }

  private static Map<IssuedRecord, Standing> due(
      RenewChoice choice, IssuedRecords.Content content, CertificateAuthority ca, Instant now)
      throws IOException {
    Map<IssuedRecord, Standing> due = new LinkedHashMap<>();
    for (IssuedRecord record : choice.named(content.records())) {
      Standing standing = Standing.of(record, ca, now);
      if (choice.isDue(record, standing, now)) {
        due.put(record, standing);
      }
    }
    return due;
  }

  private static List<String> hook(Arguments parsed) {
    List<String> command = new ArrayList<>();
    if (parsed.has(HOOK)) {
      command.add(parsed.value(HOOK, ""));
      command.addAll(parsed.value(HOOK_ARGUMENT, List.<String>of()));
      if (command.get(0).isBlank()) {
        throw wrong(HOOK + " is empty");
      }
    } else if (parsed.has(HOOK_ARGUMENT)) {
      throw wrong(HOOK_ARGUMENT + " is for " + HOOK);
    }
    return command;
  }

  private static int schedule(Arguments parsed, Session session) throws IOException {
    boolean up = parsed.has(SCHEDULE);
    if (up && parsed.has(UNSCHEDULE)) {
      throw wrong(SCHEDULE + " and " + UNSCHEDULE + " exclude each other");
    }
    if (parsed.has(HOOK)) {
      throw wrong("a hook is never written down; add it with systemctl --user edit");
    }
    List<String> options = timerOptions(parsed);
    if (!parsed.words().isEmpty() || parsed.has(RenewChoice.ALL) || (!up && !options.isEmpty())) {
      throw wrong("a timer renews whatever is running out");
    }
    if (up) {
      CertificateAuthority ca =
          CertificateAuthority.find(session.caDirectory()).orElseThrow(session::noCa);
      if (ca.key().isLocked() && !parsed.has(Passphrases.FILE)) {
        session.say(
            "The CA's key has a passphrase, which nobody types for a timer: add "
                + Passphrases.FILE
                + " FILE.");
      }
      RenewTimer.of(session, options).setUp();
    } else {
      RenewTimer.of(session, options).takeDown();
    }
    return ExitCode.DONE;
  }

  /** What the timer is to pass on. */
  private static List<String> timerOptions(Arguments parsed) {
    List<String> options = new ArrayList<>();
    if (parsed.has(KEEP_KEY)) {
      options.add(KEEP_KEY);
    }
    if (parsed.has(RenewChoice.WITHIN)) {
      options.addAll(List.of(RenewChoice.WITHIN, parsed.value(RenewChoice.WITHIN, "")));
    }
    if (parsed.has(Passphrases.FILE)) {
      Path file = Path.of(parsed.value(Passphrases.FILE, ""));
      options.addAll(List.of(Passphrases.FILE, file.toAbsolutePath().toString()));
    }
    return options;
  }

  static UsageException wrong(String why) {
    return new UsageException("cannot renew: " + why, "devca renew --help");
  }
}
