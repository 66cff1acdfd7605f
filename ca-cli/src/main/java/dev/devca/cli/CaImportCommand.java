package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CaImport;
import dev.devca.ca.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca ca import}. */
final class CaImportCommand implements Command {
  private static final String CERT = "--cert";
  private static final String KEY = "--key";
  private static final String MKCERT = "--mkcert";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "ca import",
            "Takes over a CA that another program made. Its files are copied, and stay.",
            "  devca ca import --mkcert",
            "  devca ca import --ca team --cert root.pem",
            "  devca ca import --cert root.crt --key root.key",
            "",
            ExitCode.TEXT);
    spec.addOption(CommonOptions.value(CERT, "FILE", "the root certificate, in PEM or DER"))
        .addOption(
            CommonOptions.value(
                KEY, "FILE", "its key, in PEM, perhaps encrypted; default: the one in that file"))
        .addOption(CommonOptions.flag(MKCERT, "the CA of mkcert, from CAROOT or where it lies"))
        .addOption(Passphrases.option());
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    boolean mkcert = parsed.has(MKCERT);
    Optional<Path> certificate = file(parsed, CERT);
    Optional<Path> key = file(parsed, KEY);
    if (mkcert == certificate.isPresent() || (mkcert && key.isPresent())) {
      throw new UsageException(
          "cannot import a CA: give either " + CERT + " FILE or " + MKCERT,
          "devca ca import --help");
    }
    if (mkcert) {
      Path folder = session.mkcertDirectory();
      certificate = Optional.of(folder.resolve("rootCA.pem"));
      key = Optional.of(folder.resolve("rootCA-key.pem")).filter(Files::exists);
      if (!Files.exists(certificate.get())) {
        throw new CaException(
            "cannot import the CA of mkcert: there is none in " + folder,
            "set CAROOT to what mkcert -CAROOT prints");
      }
    }
    CertificateAuthority ca =
        CaImport.into(
            session.caDirectory(),
            certificate.get(),
            key,
            () -> Passphrases.current(parsed, session, "the key that is imported"));
    session.say(
        "Imported "
            + certificate.get()
            + " into "
            + ca.directory().map(Path::toString).orElse("")
            + ", fingerprint "
            + ca.fingerprint());
    if (ca.key().file().isEmpty()) {
      session.say("Without its key it can be installed, but issues no certificates.");
    }
    if (session.json()) {
      session.console().write(Json.write(CaInfoCommand.describe(ca)));
    }
    session.say("Next: devca install" + session.caOption());
    return ExitCode.DONE;
  }

  private static Optional<Path> file(Arguments parsed, String option) {
    return parsed.find(option).map(Path::of);
  }
}
