package dev.devca.cli;

import dev.devca.ca.Pem;
import dev.devca.ca.files.Reasons;
import dev.devca.truststore.Elevation;
import dev.devca.truststore.Host;
import dev.devca.truststore.OperatingSystem;
import dev.devca.truststore.Operation;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.Rights;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustStore;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Has a {@link Worker} do what this process may not. */
final class WorkerElevation implements Elevation {
  private final Worker worker;
  private final Session.Words words;
  private final Host host;
  private final Optional<String> javaPassword;
  private final Optional<String> caFolder;
  private final Optional<String> caName;

  WorkerElevation(
      Worker worker,
      Session.Words words,
      Host host,
      Optional<String> javaPassword,
      Optional<String> caFolder,
      Optional<String> caName) {
    this.worker = worker;
    this.words = words;
    this.host = host;
    this.javaPassword = javaPassword;
    this.caFolder = caFolder;
    this.caName = caName;
  }

  @Override
  public List<Outcome> run(
      Rights rights, Operation operation, List<TrustStore> stores, X509Certificate root) {
    if (host.os() == OperatingSystem.WINDOWS) {
      return all(
          stores, "it needs the rights of an administrator", byAdministrator(stores, operation));
    }
    if (!Worker.sudoIsThere()) {
      return all(
          stores, "it needs the rights of root, and there is no sudo", byRoot(stores, operation));
    }
    if (rights == Rights.ROOT && Worker.terminalIsThere()) {
      words.say(
          "For "
              + stores.stream().map(TrustStore::displayName).collect(Collectors.joining(", "))
              + " root's rights are needed; sudo may ask for your password.");
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("do", operation.toString());
    request.put("root", Pem.encode(root));
    request.put("stores", stores.stream().map(TrustStore::id).toList());
    request.put("machine", host.machineStores());
    request.put(WorkerCommand.PROGRESS, words.areHeard() && Worker.terminalIsThere());
    javaPassword.ifPresent(password -> request.put("password", password));
    try {
      Map<String, Object> answer = worker.ask(rights, request);
      WorkerCommand.strings(answer.get("notices")).forEach(words::say);
      return Report.outcomes(answer, stores);
    } catch (IOException e) {
      return all(
          stores, "it needs the rights of root: " + Reasons.of(e), byRoot(stores, operation));
    }
  }

  private String byRoot(List<TrustStore> stores, Operation operation) {
    return (Worker.sudoIsThere() ? "sudo " : "as root: ")
        // Or that run would make and trust another CA.
        + caFolder.map(folder -> "DEVCA_HOME=" + Shell.quote(folder) + " ").orElse("")
        + Shell.quote(Session.program())
        + " "
        + operation
        + options(stores, Shell::quote);
  }

  private String byAdministrator(List<TrustStore> stores, Operation operation) {
    return "in a terminal of an administrator: "
        + caFolder.map(folder -> "set \"DEVCA_HOME=" + folder + "\" && ").orElse("")
        + Shell.quoteForCmd(Session.program())
        + " "
        + operation
        + options(stores, Shell::quoteForCmd);
  }

  private String options(List<TrustStore> stores, UnaryOperator<String> quote) {
    return stores.stream()
            .map(store -> " --only " + quote.apply(store.id()))
            .collect(Collectors.joining())
        + (host.machineStores() ? " --machine" : "")
        + caName.map(name -> " --ca " + name).orElse("");
  }

  private static List<Outcome> all(List<TrustStore> stores, String reason, String remedy) {
    return stores.stream()
        .map(
            store ->
                new Outcome(
                    store.id(), store.displayName(), new TrustResult.Unavailable(reason, remedy)))
        .toList();
  }
}
