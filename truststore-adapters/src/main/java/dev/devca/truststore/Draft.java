package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the files of a host would be after the plans made so far: stores share files, and one may
 * feed another. Used by one thread, for one round of plans.
 */
public final class Draft {
  private final Map<Path, Optional<byte[]>> contents = new HashMap<>();
  private final Set<Path> folders = new HashSet<>();
  private final Set<Path> fed = new HashSet<>();

  /** A draft in which nothing is planned yet. */
  public Draft() {}

  /**
   * Whether a program that another store plans to run gives the root to a file.
   *
   * @param file the file
   * @return whether the file will have the root without a step of its own
   */
  public boolean feeds(Path file) {
    return fed.contains(file);
  }

  /** Takes over what the programs of a plan do. */
  void add(Plan plan) {
    for (Step step : plan.steps()) {
      if (step instanceof Step.Run run) {
        fed.addAll(run.feeds());
      }
    }
  }

  /**
   * What the {@link Journal} would do to text files, found by the same edits.
   *
   * @throws CaException if a file cannot be read or an edit refuses
   */
  List<Step> steps(List<Journal.Change> changes) throws CaException {
    List<Step> steps = new ArrayList<>();
    for (Journal.Change change : changes) {
      try {
        steps.addAll(steps(change.file(), change.edit()));
      } catch (IOException e) {
        throw new CaException(
            "cannot change " + change.file() + ": " + Reasons.of(e), change.remedy(), e);
      }
    }
    return steps;
  }

  /** What one edit would do. */
  List<Step> steps(Path file, Journal.Edit edit) throws IOException {
    Path real = AtomicFile.behindLinks(file);
    Optional<byte[]> before =
        contents.containsKey(real)
            ? contents.get(real)
            : BoundedFiles.readIfPresent(file, BoundedFiles.STORE_LIMIT);
    Optional<byte[]> after = edit.apply(before);
    contents.put(real, after);
    List<Step> steps = new ArrayList<>();
    if (after.isEmpty()) {
      before.ifPresent(bytes -> steps.add(new Step.Remove(file)));
    } else if (before.isEmpty()) {
      steps.addAll(folderOf(real));
      steps.add(new Step.Write(file, shown(lines(after.get()))));
    } else if (!Arrays.equals(before.get(), after.get())) {
      steps.add(edit(file, lines(before.get()), lines(after.get())));
    }
    return steps;
  }

  /** What it takes for the folder of a file to be there. */
  List<Step> folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder != null && !Files.isDirectory(folder) && folders.add(folder)
        ? List.of(new Step.MakeFolder(folder))
        : List.of();
  }

  /** All between the lines that are the same at the beginning and those at the end. */
  private static Step.Edit edit(Path file, List<String> before, List<String> after) {
    int most = Math.min(before.size(), after.size());
    int first = 0;
    while (first < most && before.get(first).equals(after.get(first))) {
      first++;
    }
    int last = 0;
    while (last < most - first
        && before.get(before.size() - 1 - last).equals(after.get(after.size() - 1 - last))) {
      last++;
    }
    return new Step.Edit(
        file,
        first + 1,
        shown(before.subList(first, before.size() - last)),
        shown(after.subList(first, after.size() - last)));
  }

  private static List<String> lines(byte[] content) {
    return ShellLines.split(ShellLines.decode(content));
  }

  private static List<String> shown(List<String> lines) {
    return lines.stream()
        .map(line -> line.endsWith("\n") ? line.substring(0, line.length() - 1) : line)
        .map(line -> new String(ShellLines.encode(line), StandardCharsets.UTF_8))
        .toList();
  }
}
