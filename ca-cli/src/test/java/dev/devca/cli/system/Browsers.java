package dev.devca.cli.system;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Debian's browsers, without a window. Asked for an address, each loads it, and a {@link CorsPage}
 * that fetches it: trusted is what both show, and refused what both refuse.
 */
final class Browsers {

  private static final Pattern SERVED = Pattern.compile(NginxServer.BODY);

  private Browsers() {}

  static List<Client> all(Sandbox sandbox) {
    return List.of(chromium(sandbox), firefox(sandbox));
  }

  static Client chromium(Sandbox sandbox) {
    Prerequisite.program(sandbox, "chromium", "chromium");
    return browser(
        "Chromium",
        List.of("sh", Sandbox.resource("chromium.sh").toString()),
        result ->
            result.stderr().contains("Page load failed: net::ERR_CERT_AUTHORITY_INVALID")
                && result.stdout().contains("<title>refused TypeError: Failed to fetch</title>"));
  }

  static Client firefox(Sandbox sandbox) {
    Prerequisite.program(sandbox, "firefox-esr", "firefox-esr");
    Prerequisite.program(sandbox, "/usr/bin/python3", "python3");
    return browser(
        "Firefox",
        List.of("/usr/bin/python3", Sandbox.resource("firefox.py").toString()),
        result ->
            result.stdout().contains("refused SEC_ERROR_UNKNOWN_ISSUER\n")
                && result.stdout().contains("refused TypeError: NetworkError when"));
  }

  // A script never learns why a fetch failed; that it is for the issuer, the page loaded beside it
  // says.
  private static Client browser(String name, List<String> start, Predicate<CommandResult> refused) {
    return new Client(
        name,
        uri -> command(start, uri),
        result -> result.exitCode() == 0 && SERVED.matcher(result.stdout()).results().count() == 2,
        result -> refused.test(result) && !SERVED.matcher(result.stdout()).find());
  }

  private static List<String> command(List<String> start, URI uri) {
    List<String> command = new ArrayList<>(start);
    command.add("" + uri);
    command.add("" + CorsPage.fetching(uri));
    return command;
  }
}
