package dev.devca.cli;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.KeyType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca ca create}. */
final class CaCreateCommand implements Command {
  private static final String NAME = "--name";
  private static final String KEY = "--key";
  private static final String DAYS = "--days";
  private static final String HELP = "devca ca create --help";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "ca create",
            "Makes a CA, and tells no store of it. There must be none yet.",
            "  devca ca create --ca work --name 'Work CA' --days 365",
            "  devca install --ca work",
            "",
            ExitCode.TEXT);
    spec.addOption(
            CommonOptions.value(
                NAME, "NAME", "the common name of its root; default: devca and eight digits"))
        .addOption(
            CommonOptions.value(
                KEY, "KIND", "the kind of its key: " + keyTypes() + "; default: p256"))
        .addOption(
            CommonOptions.value(DAYS, "N", "how many days its root is valid; default: ten years"));
    spec.addOption(PermitOption.option());
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    CertificateAuthority ca =
        CertificateAuthority.create(
            session.caDirectory(), options(parsed, PermitOption.of(parsed)));
    CaView.of(ca).announce(session);
    if (session.json()) {
      session.console().write(Json.write(CaInfoCommand.describe(ca)));
    }
    session.say("Next: devca install" + session.caOption());
    return ExitCode.DONE;
  }

  private static CaOptions options(Arguments parsed, List<String> permit) {
    try {
      CaOptions options = PermitOption.apply(CaOptions.defaults(), permit);
      Optional<String> name = parsed.find(NAME);
      if (name.isPresent()) {
        options = options.withCommonName(name.get());
      }
      Optional<String> days = parsed.find(DAYS);
      if (days.isPresent()) {
        options = options.withValidity(days(days.get()));
      }
      return options.withKeyType(keyType(parsed.value(KEY, KeyType.P256.id())));
    } catch (IllegalArgumentException e) {
      throw new UsageException("cannot create a CA: " + e.getMessage(), HELP);
    }
  }

  private static Duration days(String text) {
    // RFC 5280 §4.1.2.5 ends with the year 9999.
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(
          DAYS + " takes a number of days from 1 to 99999, not '" + text + "'");
    }
    return Duration.ofDays(Long.parseLong(text));
  }

  private static KeyType keyType(String id) {
    return Stream.of(KeyType.values())
        .filter(type -> type.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no key type '" + id + "'; known are " + keyTypes()));
  }

  private static String keyTypes() {
    return Stream.of(KeyType.values()).map(KeyType::id).collect(Collectors.joining(", "));
  }
}
