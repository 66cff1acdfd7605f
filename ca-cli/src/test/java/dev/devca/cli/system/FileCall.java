package dev.devca.cli.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A system call by which a command changes a file.
 *
 * @param name as strace calls it
 * @param path the file by which strace finds it, empty where the file has a new name in each run
 * @param ordinal how many calls of that name, on that path, its thread had made then, itself
 *     included; from 1
 * @param line what strace wrote of it
 * @param alone whether no other process or thread makes a call that looks the same: strace has an
 *     error befall each of them
 */
record FileCall(String name, String path, int ordinal, String line, boolean alone) {

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

  private static final Pattern PATH = Pattern.compile("\"([^\"]+)\"|\\d<(/[^>]*)>");
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "/nssdb|/[.]mozilla/|/etc/ssl/|/var/lib/dpkg|/var/log/dpkg|/var/lib/ca-certificates-java");
  // Of a temporary file, or after the fingerprint of a root.
  private static final Pattern NEW_NAME = Pattern.compile("^/tmp/|[-/_][0-9a-f]{8}(?!.*journal)");

  /**
   * The calls in the order of strace's log. Left out is one that strace could not meet again, since
   * another process or thread makes a call before it that looks the same.
   */
  static List<FileCall> parse(String log) {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Integer> looks = new HashMap<>();
    List<FileCall> calls = new ArrayList<>();
    for (String line : log.lines().toList()) {
      Matcher entry = ENTRY.matcher(line);
      if (!entry.matches()) {
        continue;
      }
      String name = entry.group(2);
      List<FileCall> unseen = new ArrayList<>();
      for (String path : paths(entry.group(3))) {
        int ordinal = counts.merge(entry.group(1) + name + path, 1, Integer::sum);
        if (looks.merge(name + " " + ordinal + path, 1, Integer::sum) == 1) {
          unseen.add(new FileCall(name, path, ordinal, line, true));
        }
      }
      if (changesFile(name, entry.group(3))) {
        unseen.stream().findFirst().ifPresent(calls::add);
      }
    }
    return calls.stream()
        .map(call -> call.alone(looks.get(call.name + " " + call.ordinal + call.path) == 1))
        .toList();
  }

  private FileCall alone(boolean is) {
    return new FileCall(name, path, ordinal, line, is);
  }

  private static boolean changesFile(String name, String arguments) {
    return (name.equals("openat") ? WRITING.matcher(arguments).find() : CHANGES.contains(name))
        && (ON_DISK.matcher(arguments).find() || arguments.startsWith("\""));
  }

  /** By which strace can find a call: the paths that are the same in each run, and none. */
  private static List<String> paths(String arguments) {
    return Stream.concat(
            PATH.matcher(arguments.replaceAll("AT_FDCWD<[^>]*>", ""))
                .results()
                .map(match -> match.group(match.group(1) == null ? 2 : 1))
                .filter(path -> !NEW_NAME.matcher(path).find())
                .distinct(),
            Stream.of(""))
        .toList();
  }

  /** Whether devca makes it, and not a program that it runs: certutil, or Debian's scripts. */
  boolean isDevcas() {
    return !OF_OTHERS.matcher(line).find();
  }

  @Override
  public String toString() {
    return name + " " + ordinal + " " + path + ": " + line;
  }
}
