package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CaOptions;
import dev.devca.ca.CaRotation;
import dev.devca.ca.CertificateAuthority;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca ca rotate}. */
final class CaRotateCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "ca rotate",
            "Puts a new root in the place of the old one: in every store, and in what was issued.",
            "  devca ca rotate",
            "  devca ca rotate --permit test --permit 127.0.0.0/8",
            "",
            ExitCode.TEXT);
    spec.addOption(PermitOption.option()).addOption(Passphrases.option());
    return CommonOptions.addTo(StoreOptions.addTo(spec));
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    TrustStores stores = StoreOptions.chosen(parsed, session);
    List<String> permit = PermitOption.of(parsed);
    CertificateAuthority ca =
        CertificateAuthority.find(session.caDirectory()).orElseThrow(session::noCa);
    boolean locked = ca.key().isLocked();
    if (!ca.canIssue() && !locked) {
      throw new CaException(
          "cannot rotate the CA in " + session.caDirectory() + ": its key is not here",
          "rotate it where its key is, and import the new root here");
    }
    char[] passphrase = locked ? Passphrases.current(parsed, session, "the CA key") : new char[0];
    try (CaRotation rotation = CaRotation.of(session.caDirectory())) {
      // A wrong passphrase is found before anything is made.
      ca.key().unlock(passphrase);
      String again = "devca ca rotate" + session.caOption() + StoreOptions.repeated(parsed);
      RotationRun run = new RotationRun(session, stores, rotation, passphrase, again);
      if (rotation.isSwitched()) {
        session.say("A rotation was interrupted after the new root had come; it goes on.");
        return run.goOn();
      }
      if (rotation.isBegun()) {
        session.say("A rotation was interrupted. First back to where it began.");
        run.takeBack();
      }
      rotation.begin(options(ca, permit), Optional.of(passphrase).filter(p -> p.length > 0));
      return run.begin();
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private static CaOptions options(CertificateAuthority ca, List<String> permit) {
    return PermitOption.apply(CaOptions.like(ca), permit);
  }
}
