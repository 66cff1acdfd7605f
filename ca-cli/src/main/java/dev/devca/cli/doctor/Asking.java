package dev.devca.cli.doctor;

import dev.devca.ca.files.Reasons;
import dev.devca.truststore.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Starts clients with the user's environment, or with that and a change. */
final class Asking {
  /** After which a client is to give up by itself. */
  static final String SECONDS = "20";

  /** After which it is stopped: many JVMs start at once on a machine that may be busy. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final byte[] NO_INPUT = {};

  private final Map<String, String> environment;
  private final Function<Map<String, String>, CommandRunner> runners;
  private final boolean unix;
  private final Target target;

  /**
   * For one server.
   *
   * @param environment the user's
   * @param runners makes a runner for an environment
   * @param unix whether there is an {@code env}
   */
  Asking(
      Map<String, String> environment,
      Function<Map<String, String>, CommandRunner> runners,
      boolean unix,
      Target target) {
    this.environment = Map.copyOf(environment);
    this.runners = runners;
    this.unix = unix;
    this.target = target;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** As its user starts it. */
  Answer ask(Client client) {
    return ask(client, Set.of(), Map.of());
  }

  /** As its user would start it without some variables, or with others. */
  Answer ask(Client client, Set<String> without, Map<String, String> with) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.keySet().removeAll(without);
    changed.putAll(with);
    // Nobody is there to type a password.
    changed.put("GIT_TERMINAL_PROMPT", "0");
    changed.put("GIT_ASKPASS", "true");
    List<String> command = new ArrayList<>();
    if (unix) {
      // Messages in English, but paths of the variables in UTF-8: a JVM under "C" cannot open them.
      command.addAll(List.of("/usr/bin/env", "LC_ALL=C.UTF-8"));
    }
    command.addAll(client.command(target));
    try {
      return answer(
          client, runners.apply(changed).run(new CommandRunner.Command(command, NO_INPUT, LIMIT)));
    } catch (IOException e) {
      return new Answer(Answer.State.UNASKED, Optional.empty(), Reasons.of(e));
    }
  }

  private static Answer answer(Client client, CommandRunner.Result result) {
    if (client.missing(result)) {
      return new Answer(Answer.State.MISSING, Optional.empty(), result.lastLine());
    }
    if (client.connected(result)) {
      return new Answer(Answer.State.TRUSTS, Optional.empty(), "");
    }
    String output = new String(result.errors(), StandardCharsets.UTF_8) + "\n" + result.text();
    return Refusal.in(output)
        .map(said -> new Answer(Answer.State.REFUSES, Optional.of(said.why()), said.words()))
        .orElseGet(
            () ->
                new Answer(
                    Answer.State.UNASKED, Optional.empty(), Refusal.shorten(result.lastLine())));
  }
}
