package dev.devca.cli;

import dev.devca.ca.CertificateAuthority;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca ca passphrase}. */
final class CaPassphraseCommand implements Command {
  private static final String REMOVE = "--remove";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "ca passphrase",
            "Sets, changes or removes the passphrase of the CA's key, which is asked for.",
            "  devca ca passphrase",
            "  devca ca passphrase --remove",
            "",
            ExitCode.TEXT);
    spec.addOption(CommonOptions.flag(REMOVE, "keep the key without a passphrase again"))
        .addOption(Passphrases.option())
        .addOption(Passphrases.newOption());
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    CertificateAuthority ca =
        CertificateAuthority.find(session.caDirectory()).orElseThrow(session::noCa);
    ca.notes().forEach(session::say);
    boolean was = ca.key().isLocked();
    boolean remove = parsed.has(REMOVE);
    if (remove && !was) {
      session.say("The CA's key has no passphrase.");
    } else {
      CertificateAuthority open = Passphrases.unlocked(ca, parsed, session);
      if (remove) {
        open.key().removePassphrase();
        session.say("Removed the passphrase: the CA's key is protected by its file mode alone.");
      } else {
        set(open, Passphrases.chosen(parsed, session));
        session.say(
            was
                ? "Changed the passphrase of the CA's key."
                : "Set the passphrase. Copies of the key that were made before, such as backups, have none.");
      }
    }
    if (session.json()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("directory", ca.directory().map(Object::toString).orElse(""));
      report.put("passphrase", !remove);
      session.console().write(Json.write(report));
    }
    return ExitCode.DONE;
  }

  private static void set(CertificateAuthority ca, char[] passphrase) throws IOException {
    try {
      ca.key().setPassphrase(passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }
}
