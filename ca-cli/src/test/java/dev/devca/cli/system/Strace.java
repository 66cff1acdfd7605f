package dev.devca.cli.system;

import java.util.ArrayList;
import java.util.List;

/** The packaged command under strace, which lists its calls or makes one of them fail. */
final class Strace {

  private static final String LOG = "/run/faults/strace.log";

  // A call that waits is the log's last line, without its end. It may be that of another process,
  // which has come to as many calls.
  private static final String KILL_WHERE_IT_WAITS =
      """
      rm -f "$0"
      of=$1
      shift
      "$@" &
      while kill -0 $! 2> /dev/null; do
        if [ -n "$(tail -c 1 "$0" 2> /dev/null)" ]; then
          line=$(tail -n 1 "$0")
          if grep -qa -e "$of" "/proc/${line%% *}/cmdline" 2> /dev/null; then
            kill -9 "${line%% *}"
            break
          fi
        fi
        sleep 0.05
      done
      wait $!
      """;

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
    run(line(List.of("-s", "0"), List.of("-e", "trace=" + FileCall.TRACED), arguments)).ok();
    return FileCall.parse(caller.sandbox().read(LOG));
  }

  /** Ends the process that comes to this call, before the call is made: devca's, if it is its. */
  CommandResult kill(FileCall call, String... arguments) {
    // strace 6.1 sends no signal under --seccomp-bpf, without which a JVM takes a minute to start.
    String of = call.isDevcas() ? "dev.devca.cli.Main" : ".";
    List<String> line = new ArrayList<>(List.of("sh", "-c", KILL_WHERE_IT_WAITS, LOG, of));
    line.addAll(line(List.of("-D"), inject(call, "delay_enter=1s"), arguments));
    return run(line);
  }

  /** Has this call fail with an error such as {@code ENOSPC}, without being made. */
  CommandResult fail(FileCall call, String error, String... arguments) {
    return run(line(List.of(), inject(call, "error=" + error), arguments));
  }

  /** Whether the last fault befell a call: a run may differ from the one that was listed. */
  boolean hasStruck() {
    String log = caller.sandbox().read(LOG);
    return log.contains("(INJECTED)") || log.contains("+++ killed by SIGKILL");
  }

  private static List<String> inject(FileCall call, String fault) {
    String rule = "inject=" + call.name() + ":" + fault + ":when=" + call.ordinal();
    List<String> options = new ArrayList<>(List.of("-e", "trace=" + call.name(), "-e", rule));
    if (!call.path().isEmpty()) {
      options.addAll(List.of("-P", call.path()));
    }
    return options;
  }

  private static List<String> line(List<String> first, List<String> options, String... arguments) {
    // On one processor: what devca does side by side elsewhere comes in the same order each time.
    List<String> line =
        new ArrayList<>(List.of("taskset", "-c", "0", "strace", "-f", "--seccomp-bpf", "-q", "-y"));
    line.addAll(first);
    line.addAll(List.of("-o", LOG));
    line.addAll(options);
    line.add(Caller.LAUNCHER);
    line.addAll(List.of(arguments));
    return line;
  }

  private CommandResult run(List<String> line) {
    return caller
        .env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java")
        .run(line.toArray(String[]::new));
  }
}
