package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.Pem;
import dev.devca.ca.files.Reasons;
import dev.devca.truststore.Elevation;
import dev.devca.truststore.Host;
import dev.devca.truststore.Operation;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The other end of {@link Worker}: does one request with the rights that it was started with. */
final class WorkerCommand implements Command {
  static final String FIND_CA = "find-ca";
  static final String OPEN_CA = "open-ca";
  static final String DELETE_CA = "delete-ca";
  static final String INSTALLED = "installed-roots";
  static final String VARIABLES = "variables";
  static final String LINK = "link";
  static final String PERMIT = "permit";
  static final String UNLINK = "unlink";
  static final String PROGRESS = "progress";

  // A request holds one certificate and some ids.
  private static final int REQUEST_LIMIT = 1024 * 1024;

  @Override
  public CommandSpec spec() {
    return CommonOptions.addTo(CommonOptions.command(Worker.NAME, "For devca itself."));
  }

  @Override
  public Optional<Arguments> plainly(List<String> words) {
    return PlainArguments.none(words);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>();
    try {
      Map<String, Object> request =
          Json.readObject(session.console().in().readNBytes(REQUEST_LIMIT));
      answer.putAll(answer(request, session));
    } catch (CaException e) {
      answer.put("error", String.valueOf(e.getMessage()));
      answer.put("remedy", e.remedy());
    } catch (IOException | RuntimeException e) {
      answer.put("error", Reasons.of(e));
    }
    session.console().write(Json.write(answer));
    return ExitCode.DONE;
  }

  private static Map<String, Object> answer(Map<String, Object> request, Session session)
      throws IOException {
    // Never for a user in turn: what was to be done with other rights is done here.
    LocalCa ca = new LocalCa(session);
    String what = String.valueOf(request.get("do"));
    return switch (what) {
      case FIND_CA -> ca.find().map(WorkerCommand::describe).orElse(Map.of());
      case OPEN_CA -> describe(ca.openOrCreate(strings(request.get(PERMIT))));
      case DELETE_CA -> Map.of("said", ca.delete());
      case INSTALLED -> {
        yield Map.of("roots", pem(ca.installedRoots()));
      }
      case LINK -> {
        ClassArchive.begin().ifPresent(ArchiveMaking::close);
        yield Map.of("said", ca.link());
      }
      case VARIABLES -> Map.copyOf(ca.variables());
      case UNLINK -> Map.of("said", ca.unlink());
      default -> stores(Operation.valueOf(what.toUpperCase(Locale.ROOT)), request, session);
    };
  }

  static List<String> strings(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  private static String pem(List<X509Certificate> roots) {
    return roots.stream().map(Pem::encode).collect(Collectors.joining());
  }

  private static Map<String, Object> describe(CaView view) {
    return Map.of(
        "root", Pem.encode(view.root()),
        "directory", view.directory(),
        "new", view.isNew(),
        "notes", view.notes(),
        "others", pem(view.others()));
  }

  private static Map<String, Object> stores(
      Operation operation, Map<String, Object> request, Session session) throws IOException {
    X509Certificate root = Pem.certificates(String.valueOf(request.get("root"))).get(0);
    String[] ids = strings(request.get("stores")).toArray(String[]::new);
    // What this process may not do either, it hands to nobody: they could hand it back.
    Set<String> notices = Collections.synchronizedSet(new LinkedHashSet<>());
    Host host = session.host().withElevation(Elevation.none()).withNotices(notices::add);
    if (request.get("password") instanceof String password) {
      host = host.withJavaPassword(password);
    }
    if (Boolean.TRUE.equals(request.get("machine"))) {
      host = host.withMachineStores();
    }
    List<Outcome> outcomes;
    try (WorkLine line = WorkLine.ofTerminal(Boolean.TRUE.equals(request.get(PROGRESS)))) {
      outcomes = TrustStores.exactly(host, ids).withProgress(line).run(operation, root);
    }
    return Map.of(
        "stores",
        outcomes.stream().map(Report::describe).toList(),
        "notices",
        List.copyOf(notices));
  }
}
