package dev.devca.cli;

import dev.devca.ca.Pem;
import dev.devca.truststore.Rights;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The CA folder of the user for whom this process is root, touched with that user's rights. */
final class WorkerCa implements CaAccess {
  private final Worker worker;

  WorkerCa(Worker worker) {
    this.worker = worker;
  }

  @Override
  public Optional<CaView> find() throws IOException {
    Map<String, Object> answer = ask(WorkerCommand.FIND_CA);
    return answer.containsKey("root") ? Optional.of(view(answer)) : Optional.empty();
  }

  @Override
  public CaView openOrCreate(List<String> permit) throws IOException {
    return view(
        worker.ask(
            Rights.INVOKING_USER,
            Map.of("do", WorkerCommand.OPEN_CA, WorkerCommand.PERMIT, permit)));
  }

  @Override
  public String delete() throws IOException {
    return String.valueOf(ask(WorkerCommand.DELETE_CA).get("said"));
  }

  @Override
  public List<X509Certificate> installedRoots() throws IOException {
    return Pem.certificates(String.valueOf(ask(WorkerCommand.INSTALLED).get("roots")));
  }

  @Override
  public Map<String, String> variables() throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    ask(WorkerCommand.VARIABLES)
        .forEach((name, value) -> variables.put(name, String.valueOf(value)));
    return variables;
  }

  @Override
  public String link() throws IOException {
    return String.valueOf(ask(WorkerCommand.LINK).get("said"));
  }

  @Override
  public String unlink() throws IOException {
    return String.valueOf(ask(WorkerCommand.UNLINK).get("said"));
  }

  private Map<String, Object> ask(String what) throws IOException {
    return worker.ask(Rights.INVOKING_USER, Map.of("do", what));
  }

  private static CaView view(Map<String, Object> answer) throws IOException {
    return new CaView(
        Pem.certificates(String.valueOf(answer.get("root"))).get(0),
        String.valueOf(answer.get("directory")),
        Boolean.TRUE.equals(answer.get("new")),
        answer.get("notes") instanceof List<?> notes
            ? notes.stream().map(String::valueOf).toList()
            : List.of(),
        Pem.certificates(String.valueOf(answer.getOrDefault("others", ""))));
  }
}
