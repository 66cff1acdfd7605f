package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The passphrase of the CA's key: from a file, else a variable, else the terminal. */
final class Passphrases {
  static final String FILE = "--passphrase-file";
  private static final String VARIABLE = "DEVCA_PASSPHRASE";
  private static final String NEW_FILE = "--new-passphrase-file";
  private static final String NEW_VARIABLE = "DEVCA_NEW_PASSPHRASE";

  /** What no other program needs to see. */
  static final List<String> VARIABLES = List.of(VARIABLE, NEW_VARIABLE);

  private Passphrases() {}

  /** The option of every command that needs the key. */
  static OptionSpec option() {
    return CommonOptions.value(
        FILE,
        "FILE",
        "a file with the passphrase of the CA's key, if it has one (or " + VARIABLE + ")");
  }

  static OptionSpec newOption() {
    return CommonOptions.value(
        NEW_FILE, "FILE", "a file with the new passphrase (or " + NEW_VARIABLE + ")");
  }

  /** The CA with its key opened, if that needs a passphrase. */
  static CertificateAuthority unlocked(CertificateAuthority ca, Arguments parsed, Session session)
      throws IOException {
    if (!ca.key().isLocked()) {
      return ca;
    }
    char[] passphrase = current(parsed, session, "the CA key");
    try {
      return ca.key().unlock(passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /** The passphrase of a key that is encrypted. */
  static char[] current(Arguments parsed, Session session, String key) throws IOException {
    Optional<char[]> given = given(parsed, session, FILE, VARIABLE);
    if (given.isEmpty()) {
      given = Terminal.ask(session.console(), "For " + key + ", the passphrase: ");
    }
    return given.orElseThrow(() -> nobody("open " + key + ": it has a passphrase", FILE, VARIABLE));
  }

  /** A new passphrase; asked for twice, since nobody sees what is typed. */
  static char[] chosen(Arguments parsed, Session session) throws IOException {
    Optional<char[]> given = given(parsed, session, NEW_FILE, NEW_VARIABLE);
    if (given.isEmpty()) {
      given = Terminal.ask(session.console(), "New passphrase: ");
      if (given.isPresent()
          && !Arrays.equals(
              given.get(),
              Terminal.ask(session.console(), "Again the new passphrase: ").orElse(new char[0]))) {
        throw new CaException(
            "cannot set the passphrase: the two were not the same", "run the same command again");
      }
    }
    char[] passphrase =
        given.orElseThrow(() -> nobody("set the passphrase", NEW_FILE, NEW_VARIABLE));
    if (passphrase.length == 0) {
      throw new CaException(
          "cannot set the passphrase: it is empty", "to have none: devca ca passphrase --remove");
    }
    return passphrase;
  }

  private static CaException nobody(String what, String option, String variable) {
    return new CaException(
        "cannot " + what + ", and there is no terminal to ask at",
        "use " + option + " FILE, or set " + variable);
  }

  private static Optional<char[]> given(
      Arguments parsed, Session session, String option, String variable) throws IOException {
    String file = parsed.value(option, "");
    return file.isEmpty()
        ? session.host().variable(variable).map(String::toCharArray)
        : Optional.of(SecretFile.read("passphrase", file).toCharArray());
  }
}
