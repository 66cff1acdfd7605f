package dev.devca.cli.doctor;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out why a client does not trust a server, by starting it again with one thing changed. */
final class Diagnosis {
  private static final String INSTALL = "devca install";
  private static final String ENV = "eval \"$(devca env)\"";

  /** Findings that say that no client can know the issuer. */
  private static final Set<String> OF_THE_ISSUER =
      Set.of(
          "root-as-leaf",
          "intermediate-as-leaf",
          "self-signed",
          "unknown-root",
          "other-root",
          "missing-intermediate",
          "unknown-issuer");

  private final Asking asking;
  private final List<Finding> findings;
  private final Map<String, String> ours;

  /**
   * For one server.
   *
   * @param findings what is wrong with what it presents
   * @param ours the variables that {@code devca env} sets
   */
  Diagnosis(Asking asking, List<Finding> findings, Map<String, String> ours) {
    this.asking = asking;
    this.findings = List.copyOf(findings);
    this.ours = Map.copyOf(ours);
  }

  /** Starts the client; nothing is said of one that is not there. */
  Optional<ClientReport> examine(Client client) {
    Answer answer = asking.ask(client);
    return switch (answer.state()) {
      case MISSING -> Optional.empty();
      case TRUSTS -> Optional.of(report(client, ClientReport.TRUSTS, blindfold(client), ""));
      case UNASKED -> Optional.of(unasked(client, answer));
      case REFUSES ->
          Optional.of(isTheServers(answer) ? refused(client, answer, "") : own(client, answer));
    };
  }

  private static ClientReport report(Client client, String state, String reason, String remedy) {
    return new ClientReport(client.kind(), client.name(), state, reason, remedy);
  }

  private static ClientReport refused(Client client, Answer answer, String remedy) {
    return report(client, ClientReport.REFUSES, answer.words(), remedy);
  }

  /** What makes a client trust everybody. */
  private String blindfold(Client client) {
    return client.blindfolds().stream()
        .filter(this::isSet)
        .findFirst()
        .map(name -> name + " is set: it checks nothing")
        .orElse("");
  }

  private boolean isSet(String variable) {
    return !asking.environment().getOrDefault(variable, "").isEmpty();
  }

  /** Whether a finding says the same as the client: then nothing of the client's is at fault. */
  private boolean isTheServers(Answer answer) {
    boolean issuer = findings.stream().anyMatch(finding -> OF_THE_ISSUER.contains(finding.id()));
    return switch (answer.why().orElse(Refusal.OTHER)) {
      case ISSUER -> issuer;
      // Who looks at these knows the issuer, or does not say.
      case NAME, TIME, OTHER -> !findings.isEmpty();
    };
  }

  private ClientReport unasked(Client client, Answer answer) {
    Optional<ClientReport> variable = withoutVariable(client, answer, ClientReport.UNASKED);
    return variable.orElseGet(
        () -> report(client, ClientReport.UNASKED, answer.words(), proxy(client)));
  }

  private String proxy(Client client) {
    for (String name : List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")) {
      if (isSet(name) && asking.ask(client, Set.of(name), Map.of()).trusts()) {
        return "unset " + name;
      }
    }
    return "";
  }

  /** The client's own trust is at fault. */
  private ClientReport own(Client client, Answer answer) {
    return withoutVariable(client, answer, ClientReport.REFUSES)
        .or(() -> withOurs(client))
        .orElseGet(
            () -> {
              String missing = missingFile(client);
              boolean issuer = answer.why().filter(Refusal.ISSUER::equals).isPresent();
              String reason = answer.words();
              if (!missing.isEmpty()) {
                reason = names(missing);
              } else if (issuer) {
                reason = "the root is not in its store";
              }
              return report(client, ClientReport.REFUSES, reason, INSTALL);
            });
  }

  /** Whether it is for a variable: without it the client trusts. */
  private Optional<ClientReport> withoutVariable(Client client, Answer answer, String state) {
    Set<String> set = new LinkedHashSet<>(client.variables());
    set.removeIf(name -> !isSet(name));
    Set<Set<String>> tries = new LinkedHashSet<>();
    set.forEach(name -> tries.add(Set.of(name)));
    if (!set.isEmpty()) {
      tries.add(set);
    }
    for (Set<String> without : tries) {
      if (asking.ask(client, without, Map.of()).trusts()) {
        String reason =
            without.stream().sorted().map(this::names).collect(Collectors.joining("; "));
        String words = state.equals(ClientReport.UNASKED) ? ": " + answer.words() : "";
        String remedy = "unset " + without.stream().sorted().collect(Collectors.joining(" "));
        return Optional.of(report(client, state, reason + words, remedy));
      }
    }
    return Optional.empty();
  }

  /** Whether it is for want of what {@code devca env} sets. */
  private Optional<ClientReport> withOurs(Client client) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String name : client.variables()) {
      String value = ours.getOrDefault(name, "");
      if (!value.isEmpty() && !isSame(name, value)) {
        wanted.put(name, value);
      }
    }
    for (Map.Entry<String, String> one : wanted.entrySet()) {
      if (asking.ask(client, Set.of(), Map.of(one.getKey(), one.getValue())).trusts()) {
        return Optional.of(report(client, ClientReport.REFUSES, wanting(one.getKey()), ENV));
      }
    }
    if (wanted.size() < 2 || !asking.ask(client, Set.of(), wanted).trusts()) {
      return Optional.empty();
    }
    String reasons = wanted.keySet().stream().map(this::wanting).collect(Collectors.joining("; "));
    return Optional.of(report(client, ClientReport.REFUSES, reasons, ENV));
  }

  private String wanting(String name) {
    return isSet(name) ? names(name) : name + " is not set in this shell";
  }

  private boolean isSame(String name, String value) {
    return value.equals(asking.environment().get(name));
  }

  private String missingFile(Client client) {
    return client.variables().stream()
        .filter(this::isSet)
        .filter(name -> isMissing(asking.environment().getOrDefault(name, "")))
        .findFirst()
        .orElse("");
  }

  private String names(String variable) {
    String value = asking.environment().getOrDefault(variable, "");
    String file = variable + " names " + value;
    if (variable.endsWith("OPTIONS")) {
      return variable + " is " + value;
    }
    return isMissing(value) ? file + ", which is not there" : file + ", which lacks the root";
  }

  private static boolean isMissing(String value) {
    try {
      return value.startsWith("/") && !value.contains(":") && Files.notExists(Path.of(value));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
