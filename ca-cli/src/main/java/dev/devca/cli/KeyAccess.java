package dev.devca.cli;

import dev.devca.ca.files.FileAccess;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Who may read the files with a key, where it is not their owner alone: a container's user, say.
 */
final class KeyAccess {
  static final String MODE = "--key-mode";
  static final String GROUP = "--key-group";
  private static final int OWNER_READ = 0400;
  // Who runs a key, or writes another one in its place, has no good reason.
  private static final int NEVER = 0133;
  // What a group is named for.
  private static final int GROUP_READS = 0640;

  private KeyAccess() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
            CommonOptions.value(MODE, "MODE", "the mode of files with a key, 0600 if not given"))
        .addOption(
            CommonOptions.value(GROUP, "GROUP", "their group, which may read them: 0640 then"));
  }

  static Optional<FileAccess> of(Arguments parsed, OutputFiles files) {
    boolean mode = parsed.has(MODE);
    boolean group = parsed.has(GROUP);
    if (!mode && !group) {
      return Optional.empty();
    }
    if (!files.haveSecret()) {
      throw OutputFiles.wrong(
          (mode ? MODE : GROUP) + " is for files with a key, and none is asked for");
    }
    String name = parsed.value(GROUP, "");
    if (group && name.isBlank()) {
      throw OutputFiles.wrong(GROUP + " is empty");
    }
    return Optional.of(
        new FileAccess(
            permissions(mode ? bits(parsed.value(MODE, "")) : GROUP_READS),
            group ? Optional.of(name) : Optional.empty()));
  }

  private static int bits(String text) {
    boolean octal =
        text.length() >= 3
            && text.length() <= 4
            && text.chars().allMatch(c -> c >= '0' && c <= '7');
    int bits = octal ? Integer.parseInt(text, 8) : 0;
    if (bits > 0777 || (bits & OWNER_READ) == 0) {
      throw OutputFiles.wrong(MODE + " is an octal mode such as 0640, and lets the owner read");
    }
    if ((bits & NEVER) != 0) {
      throw OutputFiles.wrong(
          MODE + " lets others read a key at most: nobody runs it, and its owner alone writes it");
    }
    return bits;
  }

  private static Set<PosixFilePermission> permissions(int bits) {
    StringBuilder text = new StringBuilder();
    for (int i = 8; i >= 0; i--) {
      text.append((bits >> i & 1) == 1 ? "rwx".charAt(2 - i % 3) : '-');
    }
    return PosixFilePermissions.fromString(text.toString());
  }
}
