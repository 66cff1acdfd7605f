package dev.devca.cli.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A system call by which a command changes a file.
 *
 * @param name as strace calls it
 * @param ordinal how many calls of that name its thread had made then, itself included; from 1
 * @param line what strace wrote of it
 */
record FileCall(String name, int ordinal, String line) {

  /** Those that make, change, move or remove a file, beside opening one for writing. */
  private static final List<String> CHANGES =
      List.of(
          "write",
          "pwrite64",
          "writev",
          "ftruncate",
          "fallocate",
          "fsync",
          "fdatasync",
          "rename",
          "renameat",
          "renameat2",
          "unlink",
          "unlinkat",
          "mkdir",
          "mkdirat",
          "rmdir",
          "link",
          "linkat",
          "symlink",
          "symlinkat",
          "chmod",
          "fchmod",
          "fchmodat",
          "chown",
          "fchown",
          "lchown",
          "fchownat",
          "utimensat");

  /** Every call that is traced, for strace's {@code -e}. */
  static final String TRACED = "openat," + String.join(",", CHANGES);

  private static final Pattern ENTRY = Pattern.compile("(\\d+) +(\\w+)\\((.*)");
  private static final Pattern WRITING = Pattern.compile("O_WRONLY|O_RDWR");
  // Pipes, sockets and terminals have no path, and these folders no disk.
  private static final Pattern ON_DISK = Pattern.compile("(?:\"|\\d+<)/(?!dev/|proc/|sys/|run/)");

  /** The calls in the order of strace's log, each name and ordinal once. */
  static List<FileCall> parse(String log) {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, FileCall> calls = new LinkedHashMap<>();
    for (String line : log.lines().toList()) {
      Matcher entry = ENTRY.matcher(line);
      if (!entry.matches()) {
        continue;
      }
      String name = entry.group(2);
      int ordinal = counts.merge(entry.group(1) + name, 1, Integer::sum);
      boolean opens = name.equals("openat");
      String rest = entry.group(3);
      if ((opens ? WRITING.matcher(rest).find() : CHANGES.contains(name))
          && (ON_DISK.matcher(rest).find() || rest.startsWith("\""))) {
        calls.putIfAbsent(name + ordinal, new FileCall(name, ordinal, line));
      }
    }
    return new ArrayList<>(calls.values());
  }

  @Override
  public String toString() {
    return name + " " + ordinal + ": " + line;
  }
}
