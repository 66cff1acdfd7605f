package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.KeyStoreFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The password of a key store: from a file, a variable, or the terminal. */
final class StorePassword {
  static final String FILE = "--password-file";
  static final String VARIABLE = "--password-env";

  private StorePassword() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
            CommonOptions.value(FILE, "FILE", "the key store's password: the first line of a file"))
        .addOption(CommonOptions.value(VARIABLE, "NAME", "the same, from a variable"));
  }

  /** Whether nobody need be asked. */
  static boolean isGiven(Arguments parsed) {
    return parsed.has(FILE) || parsed.has(VARIABLE);
  }

  static char[] of(Arguments parsed, Session session) throws IOException {
    boolean file = parsed.has(FILE);
    boolean variable = parsed.has(VARIABLE);
    if (file && variable) {
      throw OutputFiles.wrong(FILE + " and " + VARIABLE + " exclude each other");
    }
    char[] password;
    if (file) {
      password = SecretFile.read("password", parsed.value(FILE, "")).toCharArray();
    } else if (variable) {
      password = variable(parsed.value(VARIABLE, ""), session);
    } else {
      password = asked(session.console());
    }
    try {
      KeyStoreFormat.checkPassword(password);
    } catch (IllegalArgumentException e) {
      throw new CaException(
          "cannot write the key store: " + e.getMessage(), "choose another password");
    }
    return password;
  }

  private static char[] variable(String name, Session session) throws CaException {
    return session
        .host()
        .variable(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new CaException(
                    "cannot write the key store: the variable " + name + " has no value",
                    "export it, or use " + FILE + ": sudo passes no variables on"))
        .toCharArray();
  }

  private static char[] asked(Console console) throws IOException {
    Optional<char[]> password = Terminal.ask(console, "Password for the key store: ");
    if (password.isEmpty()) {
      throw new CaException(
          "cannot write the key store: it needs a password, and there is no terminal to ask at",
          "use " + FILE + " FILE or " + VARIABLE + " NAME");
    }
    Optional<char[]> again = Terminal.ask(console, "The same again: ");
    if (again.isEmpty() || !Arrays.equals(password.get(), again.get())) {
      throw new CaException(
          "cannot write the key store: the two passwords are not the same",
          "run the same command again");
    }
    return password.get();
  }
}
