package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.InstalledPrograms;
import java.nio.file.Path;
import java.util.List;

/** A JDK or JRE, running {@link JavaProbe}. */
record Java(Path program) implements Client {

  static List<Client> on(Host host) {
    return InstalledPrograms.javas(host).stream().<Client>map(Java::new).toList();
  }

  @Override
  public String kind() {
    return "java";
  }

  @Override
  public String name() {
    Path bin = program.getParent();
    return "Java (" + (bin == null ? program : bin.getParent()) + ")";
  }

  @Override
  public List<String> command(Target target) {
    return List.of(
        program.toString(),
        "-cp",
        System.getProperty("java.class.path"),
        "dev.devca.cli.doctor.JavaProbe",
        target.host(),
        Integer.toString(target.port()));
  }

  @Override
  public boolean connected(CommandRunner.Result result) {
    return result.exitCode() == 0;
  }

  @Override
  public List<String> variables() {
    return List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
  }
}
