package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.cli.system.RecipePage.Block;
import dev.devca.cli.system.RecipePage.Step;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Types what {@code docs/recipes.md} says, and sees what it says is printed. */
@Timeout(600)
final class RecipesDocIT {
  private static final List<String> RECIPES =
      List.of("nginx, with CORS, on a bare IP address", "Node", "Python", "Go", "git", "Postgres");
  private static final String INSTALL = "devca install";
  private static final String HOME = "/home/dev";

  private final List<Running> servers = new ArrayList<>();
  private Sandbox sandbox;

  @Test
  void recipes_asTheyAreWritten_failAndThenWork() throws IOException {
    RecipePage page = RecipePage.read();
    sandbox = Sandbox.open();
    try {
      List<Recipe> recipes = RECIPES.stream().map(name -> new Recipe(page.section(name))).toList();
      Caller user = user();
      recipes.forEach(recipe -> recipe.play(user, false));
      user.devca("install").ok();
      recipes.forEach(recipe -> recipe.play(user, true));
    } finally {
      servers.forEach(Running::close);
      sandbox.close();
    }
  }

  private Caller user() {
    for (String program : List.of("nginx", "node", "caddy", "git", "psql", "sudo", "curl")) {
      Prerequisite.program(sandbox, program, program.equals("psql") ? "postgresql" : program);
    }
    sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) NOPASSWD: ALL\n");
    sandbox.run("ln", "-sf", Caller.LAUNCHER, "/usr/local/bin/devca").ok();
    return sandbox.as("dev").limit(Duration.ofMinutes(2));
  }

  /** A recipe in a folder of its own; the root is installed once for all, between two parts. */
  private final class Recipe {
    private final String section;
    private final String folder;
    private final String[] addresses;
    private String settings = "";

    Recipe(String section) {
      this.section = section;
      this.addresses = RecipePage.addresses(section);
      this.folder = HOME + "/recipe-" + addresses[0].replaceAll(".*/", "");
    }

    /** The part before the root is installed, or the one after it. */
    void play(Caller user, boolean installed) {
      user.run("mkdir", "-p", folder).ok();
      boolean now = !installed;
      for (Block block : RecipePage.blocks(section)) {
        if (now && block.mark().equals("file")) {
          user.in(folder).input(block.text()).run("tee", block.name()).ok();
        } else if (block.language().equals("console")) {
          for (Step step : block.steps()) {
            if (step.command().equals(INSTALL)) {
              now = !now;
            } else if (now) {
              take(user.in(folder), step);
            }
          }
        }
      }
    }

    private void take(Caller user, Step step) {
      String command = step.command();
      if (command.matches("[A-Z]+=.*")) {
        settings += command + "\n";
      } else if (command.endsWith(" &")) {
        awaitGone();
        servers.add(inNewTerminal(user, command.substring(0, command.length() - 2)));
        assertThat(sandbox.awaitListening(addresses)).as(command).isTrue();
      } else {
        CommandResult result = inNewTerminal(user, command).await();
        if (command.startsWith("sudo nginx")) {
          assertThat(sandbox.awaitListening(addresses)).as("%s", result).isTrue();
        }
        String said = result.stdout() + result.stderr();
        step.printed().forEach(line -> assertThat(said).as(command).contains(line));
      }
    }

    private Running inNewTerminal(Caller user, String command) {
      return user.start("bash", "-lc", settings + command);
    }

    /** What was told to end takes a moment for it. */
    private void awaitGone() {
      String script =
          "for a in \"$@\"; do while (exec 3<> /dev/tcp/$a) 2> /dev/null; do sleep 0.05; done; done";
      List<String> command = new ArrayList<>(List.of("timeout", "20", "bash", "-c", script, "-"));
      command.addAll(Arrays.asList(addresses));
      sandbox.run(command.toArray(String[]::new)).ok();
    }
  }

  @Test
  void linesForDebianImages_onDebian_letClientsTrust() throws IOException {
    String section = RecipePage.read().section("Debian and Ubuntu images");
    try (Sandbox image = Sandbox.open()) {
      Caller root = image.root().in("/srv");
      root.devca("issue", Sandbox.ADDRESS, "localhost").ok();
      image.write("/srv/devca.crt", root.devca("root", "--pem").ok().stdout());
      List<Client> clients =
          List.of(
              Clients.curl(image),
              Clients.wget(image),
              Clients.node(image),
              Clients.requests(image));
      try (NginxServer server =
          NginxServer.start(image, "/srv/172.16.99.32+1.pem", "/srv/172.16.99.32+1-key.pem")) {
        assertThat(answers(clients, root)).containsOnly(Client.Answer.REFUSED);

        for (Block block : RecipePage.blocks(section)) {
          assertThat(block.mark()).isEqualTo("image");
          for (String line : block.text().lines().toList()) {
            root = build(root, line.split(" ", 2));
          }
        }

        assertThat(answers(clients, root)).containsOnly(Client.Answer.TRUSTED);
      }
    }
  }

  private static Caller build(Caller root, String[] instruction) {
    String words = instruction[1];
    switch (instruction[0]) {
      case "COPY" -> root.run("sh", "-c", "cp " + words).ok();
      case "RUN" -> root.run("sh", "-c", words).ok();
      case "ENV" -> {
        String[] variable = words.split("=", 2);
        return root.env(variable[0], variable[1]);
      }
      default -> throw new AssertionError(instruction[0]);
    }
    return root;
  }

  private static List<Client.Answer> answers(List<Client> clients, Caller caller) {
    URI server = NginxServer.BY_ADDRESS;
    return clients.stream().map(client -> client.ask(caller, server)).toList();
  }
}
