package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/** What a new CA may sign, if that is limited. */
final class PermitOption {
  private static final String PERMIT = "--permit";

  private PermitOption() {}

  static OptionSpec option() {
    return OptionSpec.builder(PERMIT)
        .paramLabel("NAME|CIDR")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .splitRegex(",")
        .description(
            "a new CA may sign only these: test (and all below it), 10.0.0.0/8, @app.test,"
                + " spiffe://app.test")
        .build();
  }

  /** The names as given; wrong ones are refused before anything is made. */
  static List<String> of(Arguments parsed) {
    List<String> names = parsed.value(PERMIT, List.of());
    try {
      apply(CaOptions.defaults(), names);
      return names;
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          String.valueOf(e.getMessage()), "devca install --permit test --permit 127.0.0.0/8");
    }
  }

  static CaOptions apply(CaOptions options, List<String> names) {
    return names.isEmpty() ? options : options.withPermitted(names.toArray(String[]::new));
  }

  /** Refuses a CA that was there before with other limits: it is not silently changed. */
  static void check(CertificateAuthority ca, List<String> names, String directory)
      throws CaException {
    if (names.isEmpty() || ca.isNew()) {
      return;
    }
    List<String> wanted = apply(CaOptions.defaults(), names).permitted();
    if (!Set.copyOf(wanted).equals(Set.copyOf(ca.permitted()))) {
      throw new CaException(
          "cannot limit the CA in "
              + directory
              + ": it is there already, and may sign "
              + (ca.permitted().isEmpty() ? "any name" : String.join(", ", ca.permitted())),
          "devca install --ca NAME --permit ... for a second one");
    }
  }
}
