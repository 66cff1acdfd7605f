package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.cli.system.Client.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Real browsers of a developer: what they load by itself and from another server's page, before
 * {@code devca install}, after it, and after {@code devca uninstall}.
 */
@Timeout(300)
final class BrowsersIT {

  private static final URI SERVER = NginxServer.BY_ADDRESS;
  private static final String HOME = "/home/dev";

  @AutoClose private Sandbox sandbox;
  private Caller dev;

  /** The servers end with the sandbox. */
  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    Prerequisite.program(sandbox, "sudo", "sudo");
    Prerequisite.program(sandbox, "certutil", "libnss3-tools");
    // A browser's first start takes its time on a machine that is busy.
    dev = sandbox.as("dev").limit(Duration.ofMinutes(2));
    sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) NOPASSWD: ALL\n");
    dev.devca("issue", Sandbox.ADDRESS, "--cert-file", "chain.pem", "--key-file", "key.pem").ok();
    NginxServer.start(sandbox, HOME + "/chain.pem", HOME + "/key.pem");
    CorsPage.serve(sandbox);
  }

  private Map<String, Answer> ask(List<Client> browsers) {
    Map<String, Answer> answers = new TreeMap<>();
    browsers.forEach(browser -> answers.put(browser.name(), browser.ask(dev, SERVER)));
    return answers;
  }

  @Test
  void usedHome_browsersTrustFromInstallToUninstall() {
    List<Client> browsers = Browsers.all(sandbox);
    // Their first start, which makes a profile and the databases.
    assertThat(ask(browsers)).containsValue(Answer.REFUSED).doesNotContainValue(Answer.TRUSTED);

    dev.devca("install").ok();
    assertThat(ask(browsers)).containsValue(Answer.TRUSTED).doesNotContainValue(Answer.REFUSED);

    dev.devca("uninstall").ok();
    assertThat(ask(browsers)).containsValue(Answer.REFUSED).doesNotContainValue(Answer.TRUSTED);
  }

  @Test
  void freshHome_chromiumTrustsAtItsFirstStartAndFirefoxIsToStartFirst() {
    Moment before = sandbox.now();

    dev.devca("install").ok();
    assertThat(dev.devca("status").ok().stderr())
        .contains("Firefox has no profile yet")
        .contains("Try: start Firefox once, then devca install");
    assertThat(dev.run("find", "-name", "cert9.db").ok().stdout())
        .isEqualTo("./.local/share/pki/nssdb/cert9.db\n");
    assertThat(dev.run("find", "-iname", "*mozilla*").ok().stdout()).isEmpty();
    dev.devca("uninstall").ok();
    assertThat(homeSince(before)).as("a home without a trace").isEmpty();

    dev.devca("install").ok();
    List<Client> chromium = List.of(Browsers.chromium(sandbox));
    assertThat(ask(chromium)).containsValue(Answer.TRUSTED);
    dev.devca("uninstall").ok();
    assertThat(dev.run("find", ".local", "-name", "pki").ok().stdout()).isEmpty();
    assertThat(ask(chromium)).containsValue(Answer.REFUSED);
  }

  private List<String> homeSince(Moment before) {
    return FileChanges.between(before, sandbox.now())
        .except("/**/devca/.lock", "each holder writes its mark into a lock")
        .paths()
        .stream()
        .filter(path -> path.startsWith(HOME))
        .toList();
  }
}
