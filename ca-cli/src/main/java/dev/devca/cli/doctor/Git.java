package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.InstalledPrograms;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Git over HTTPS, which asks for no password here, whatever the server wants. */
record Git(Path program) implements Client {
  // What it says of a server that is no Git server, or that lets only some in.
  private static final Pattern ANSWERED =
      Pattern.compile(
          "is this a git repository|not found|returned error: [0-9]+|Authentication failed"
              + "|could not read Username|Empty reply from server");

  static List<Client> on(Host host) {
    return InstalledPrograms.named(host, "git").stream().<Client>map(Git::new).toList();
  }

  @Override
  public String kind() {
    return "git";
  }

  @Override
  public String name() {
    return "git (" + program + ")";
  }

  @Override
  public List<String> command(Target target) {
    return List.of(
        program.toString(),
        "-c",
        "credential.helper=",
        "-c",
        "core.askPass=true",
        "-c",
        "http.lowSpeedLimit=1",
        "-c",
        "http.lowSpeedTime=" + Asking.SECONDS,
        "ls-remote",
        target.url());
  }

  @Override
  public boolean connected(CommandRunner.Result result) {
    return result.exitCode() == 0 || ANSWERED.matcher(result.lastLine()).find();
  }

  @Override
  public List<String> variables() {
    return List.of("GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "SSL_CERT_FILE", "SSL_CERT_DIR");
  }

  @Override
  public List<String> blindfolds() {
    return List.of("GIT_SSL_NO_VERIFY");
  }
}
