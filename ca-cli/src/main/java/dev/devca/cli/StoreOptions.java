package dev.devca.cli;

import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that choose stores. */
final class StoreOptions {
  private static final String ONLY = "--only";
  private static final String SKIP = "--skip";
  private static final String MACHINE = "--machine";
  private static final String USER_ONLY = "--user-only";
  private static final String PASSWORD_FILE = "--java-password-file";
  private static final String PASSWORD_VARIABLE = "DEVCA_JAVA_PASSWORD";

  private StoreOptions() {}

  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            list(ONLY, "work on these stores only, such as debian, java, nss, node, python"))
        .addOption(
            list(SKIP, "leave these stores alone; --skip node,python leaves shell profiles alone"))
        .addOption(
            CommonOptions.flag(
                MACHINE, "the roots of all users, not yours, where the system keeps both"))
        .addOption(
            CommonOptions.flag(
                USER_ONLY, "work only on what lies in your home and needs no other rights"))
        .addOption(
            OptionSpec.builder(PASSWORD_FILE)
                .paramLabel("FILE")
                .type(String.class)
                .description(
                    "a file with the password of Java trust stores (or "
                        + PASSWORD_VARIABLE
                        + "); default: changeit")
                .build());
  }

  private static OptionSpec list(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("STORE")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .splitRegex(",")
        .description(description)
        .build();
  }

  /** The stores of the session that were chosen. */
  static TrustStores chosen(Arguments parsed, Session session) throws UsageException {
    TrustStores all = TrustStores.on(session.host());
    TrustStores stores = parsed.has(USER_ONLY) ? all.userOnly() : all;
    try {
      List<String> only = parsed.value(ONLY, List.of());
      List<String> skip = parsed.value(SKIP, List.of());
      if (!only.isEmpty()) {
        stores = stores.only(only.toArray(String[]::new));
      }
      if (!skip.isEmpty()) {
        stores = stores.skip(skip.toArray(String[]::new));
      }
      if (stores.stores().isEmpty() && !only.isEmpty()) {
        checkWhatLeftNone(all.only(only.toArray(String[]::new)), parsed.has(USER_ONLY));
      }
      return stores;
    } catch (IllegalArgumentException e) {
      throw new UsageException("cannot choose stores: " + e.getMessage(), "devca status");
    }
  }

  /** A kind of store that a machine has none of is no mistake; to name one and leave it out is. */
  private static void checkWhatLeftNone(TrustStores named, boolean userOnly) {
    if (!named.stores().isEmpty()) {
      throw new IllegalArgumentException(
          userOnly && named.userOnly().stores().isEmpty()
              ? "none of those lies in your home alone, as " + USER_ONLY + " asks"
              : "none is left");
    }
  }

  /** The choice as it was typed, for the same command with more to it; begins with a blank. */
  static String repeated(Arguments parsed) {
    StringBuilder words = new StringBuilder();
    for (String flag : List.of(MACHINE, USER_ONLY)) {
      words.append(parsed.has(flag) ? " " + flag : "");
    }
    for (String list : List.of(ONLY, SKIP)) {
      for (String store : parsed.<List<String>>value(list, List.of())) {
        words.append(' ').append(list).append(' ').append(Shell.quote(store));
      }
    }
    return words.toString();
  }

  /** Whether the stores of all users are meant. */
  static boolean machine(Arguments parsed) {
    return parsed.has(MACHINE);
  }

  /** The password for Java trust stores, if one was given. */
  static Optional<String> javaPassword(Arguments parsed, Map<String, String> environment)
      throws IOException {
    String file = parsed.value(PASSWORD_FILE, "");
    if (file.isEmpty()) {
      return Optional.ofNullable(environment.get(PASSWORD_VARIABLE)).filter(p -> !p.isEmpty());
    }
    return Optional.of(SecretFile.read("password", file));
  }
}
