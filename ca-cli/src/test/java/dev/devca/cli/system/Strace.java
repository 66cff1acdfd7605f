package dev.devca.cli.system;

import java.util.ArrayList;
import java.util.List;

/** The packaged command under strace, which lists its calls or makes one of them fail. */
final class Strace {

  private static final String LOG = "/run/faults/strace.log";

  private final Caller caller;

  private Strace(Caller caller) {
    this.caller = caller;
  }

  static Strace of(Caller caller) {
    Prerequisite.program(caller.sandbox(), "strace", "strace");
    caller.sandbox().run("install", "-d", "-m", "1777", "/run/faults").ok();
    return new Strace(caller);
  }

  /** Runs the command and says by which calls it changed files. */
  List<FileCall> calls(String... arguments) {
    run(List.of("-e", "trace=" + FileCall.TRACED, "-s", "0"), arguments).ok();
    return FileCall.parse(caller.sandbox().read(LOG));
  }

  /** Ends whichever process comes to this call, before the call is made. */
  CommandResult kill(FileCall call, String... arguments) {
    return inject(call, "signal=SIGKILL", arguments);
  }

  /** Has this call fail with an error such as {@code ENOSPC}, without being made. */
  CommandResult fail(FileCall call, String error, String... arguments) {
    return inject(call, "error=" + error, arguments);
  }

  private CommandResult inject(FileCall call, String fault, String... arguments) {
    String rule = "inject=" + call.name() + ":" + fault + ":when=" + call.ordinal();
    return run(List.of("-e", "trace=" + call.name(), "-e", rule), arguments);
  }

  private CommandResult run(List<String> options, String... arguments) {
    List<String> line = new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-qq", "-y"));
    line.addAll(List.of("-o", LOG));
    line.addAll(options);
    line.add(Caller.LAUNCHER);
    line.addAll(List.of(arguments));
    return caller
        .env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java")
        .run(line.toArray(String[]::new));
  }
}
