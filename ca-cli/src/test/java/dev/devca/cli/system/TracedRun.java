package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command with all its descendants as strace saw them: who ran what, and who wrote where. */
final class TracedRun {
  private static final String LOG = "/run/trace.log";
  private static final String CALLS =
      "execve,clone,clone3,fork,vfork,openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,"
          + "symlink,symlinkat,link,linkat,mkdir,mkdirat,rmdir,truncate,ftruncate,chmod,fchmodat";
  private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\((.*)\\) += (-?\\w+).*");
  private static final Pattern UNFINISHED =
      Pattern.compile("(\\d+) +(\\w+\\(.*) <unfinished \\.\\.\\.>");
  private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern NO_DISK = Pattern.compile("/(dev|proc|sys|run)/.*");

  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, List<List<String>>> programs = new HashMap<>();
  private final Set<String> folders = new HashSet<>();
  // Process and path.
  private final List<Map.Entry<String, String>> written = new ArrayList<>();

  private TracedRun() {}

  /** Runs a command as a user, whose sudo works in it, and follows all that it starts. */
  static TracedRun of(Sandbox sandbox, Caller user, String... command) {
    Prerequisite.program(sandbox, "strace", "strace");
    List<String> line = new ArrayList<>(List.of("strace", "-f", "-qq", "-s", "8192", "-o", LOG));
    line.addAll(List.of("-e", "trace=" + CALLS, "-u", user.user()));
    line.addAll(List.of(command));
    // Each call stops, of Debian's script with its thousands of processes too.
    Caller root = sandbox.root().in(user.directory()).limit(Duration.ofMinutes(5));
    for (Map.Entry<String, String> variable : user.environment().entrySet()) {
      root = root.env(variable.getKey(), variable.getValue());
    }
    root.run(line.toArray(String[]::new)).ok();
    TracedRun run = new TracedRun();
    Map<String, String> begun = new HashMap<>();
    // Most calls only read, and a command's output has its limit.
    String log = sandbox.run("grep", "-vE", "ENOENT|O_RDONLY", LOG).ok().stdout();
    assertThat(log.length()).isLessThan(Capture.LIMIT);
    for (String text : log.lines().toList()) {
      Matcher unfinished = UNFINISHED.matcher(text);
      Matcher resumed = RESUMED.matcher(text);
      if (unfinished.matches()) {
        begun.put(unfinished.group(1), unfinished.group(2));
      } else if (resumed.matches()) {
        String process = resumed.group(1);
        run.add(process + " " + begun.remove(process) + resumed.group(2).strip());
      } else {
        run.add(text);
      }
    }
    return run;
  }

  private void add(String line) {
    Matcher call = CALL.matcher(line);
    if (!call.matches() || call.group(4).startsWith("-1")) {
      return;
    }
    String process = call.group(1);
    List<String> texts = TEXT.matcher(call.group(3)).results().map(m -> m.group(1)).toList();
    switch (call.group(2)) {
      case "clone", "clone3", "fork", "vfork" -> parents.put(call.group(4), process);
      case "execve" ->
          programs.computeIfAbsent(process, p -> new ArrayList<>()).add(arguments(call.group(3)));
      case "openat", "open", "creat" -> {
        if (Pattern.compile("O_WRONLY|O_RDWR|O_CREAT").matcher(call.group(3)).find()) {
          written.add(Map.entry(process, texts.get(0)));
        }
      }
      case "rename", "renameat", "renameat2" -> {
        written.add(Map.entry(process, texts.get(1)));
        written.removeIf(entry -> entry.getValue().equals(texts.get(0)));
      }
      case "unlink", "unlinkat" -> {
        if (!written.removeIf(entry -> entry.getValue().equals(texts.get(0)))) {
          written.add(Map.entry(process, texts.get(0)));
        }
      }
      case "symlink", "symlinkat", "link", "linkat" ->
          written.add(Map.entry(process, texts.get(1)));
      case "mkdir", "mkdirat", "rmdir" -> folders.add(texts.get(0));
      default -> {
        if (!texts.isEmpty()) {
          written.add(Map.entry(process, texts.get(0)));
        }
      }
    }
  }

  private static List<String> arguments(String call) {
    String list = call.substring(call.indexOf('[') + 1, call.lastIndexOf(']'));
    return TEXT.matcher(list).results().map(m -> m.group(1)).toList();
  }

  /** All that was run, by any of the processes. */
  Set<List<String>> programs() {
    Set<List<String>> all = new HashSet<>();
    programs.values().forEach(all::addAll);
    return all;
  }

  /** The files on disk that were written by processes other than these and what they started. */
  Set<String> writtenWithout(Set<List<String>> others) {
    Set<String> files = new TreeSet<>();
    for (Map.Entry<String, String> entry : written) {
      if (!NO_DISK.matcher(entry.getValue()).matches() && !descends(entry.getKey(), others)) {
        files.add(entry.getValue());
      }
    }
    // A folder comes with what is written in it, its mode too.
    files.removeAll(folders);
    return files;
  }

  private boolean descends(String process, Set<List<String>> others) {
    for (String p = process; p != null; p = parents.get(p)) {
      if (programs.getOrDefault(p, List.of()).stream().anyMatch(others::contains)) {
        return true;
      }
    }
    return false;
  }
}
