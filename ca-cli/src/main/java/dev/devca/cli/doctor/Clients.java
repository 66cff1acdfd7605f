package dev.devca.cli.doctor;

import dev.devca.truststore.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The clients of a machine. A new kind is a class and a line here. */
final class Clients {
  // Each is a process that works for a moment and then waits for another.
  private static final int AT_ONCE = 4;

  static final List<String> KINDS =
      List.of(
          "curl",
          "wget",
          "git",
          "openssl",
          "gnutls",
          "go",
          "python",
          "requests",
          "pip",
          "node",
          "java",
          "nss");

  private Clients() {}

  static List<Client> on(Host host) {
    List<Client> clients = new ArrayList<>();
    clients.addAll(Curl.on(host));
    clients.addAll(Wget.on(host));
    clients.addAll(Git.on(host));
    clients.addAll(OpenSsl.on(host));
    clients.addAll(GnuTls.on(host));
    clients.addAll(GoBundle.on(host));
    clients.addAll(Python.on(host));
    clients.addAll(Node.on(host));
    clients.addAll(Java.on(host));
    clients.addAll(NssClient.on(host));
    return List.copyOf(clients);
  }

  /** Examines each, some at once; the answers in the order of the clients. */
  static List<ClientReport> examine(
      List<Client> clients, Function<Client, Optional<ClientReport>> examination) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            AT_ONCE,
            task -> {
              Thread thread = new Thread(task, "devca-doctor");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<CompletableFuture<Optional<ClientReport>>> answers =
          clients.stream()
              .map(c -> CompletableFuture.supplyAsync(() -> examination.apply(c), threads))
              .toList();
      return answers.stream().flatMap(answer -> answer.join().stream()).toList();
    } finally {
      threads.shutdownNow();
    }
  }
}
