package dev.devca.truststore;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** One step of what a store would do, for a person to read and for another program. */
public sealed interface Step {

  /**
   * Runs a program, without a shell.
   *
   * @param arguments the program's absolute path and its arguments
   * @param input what it reads from standard input; empty for nothing
   * @param feeds files to which it gives the root, and which other stores may look at
   */
  record Run(List<String> arguments, String input, Set<Path> feeds) implements Step {
    /** Takes copies. */
    public Run {
      arguments = List.copyOf(arguments);
      feeds = Set.copyOf(feeds);
    }
  }

  /**
   * Makes a folder, and those above it that are missing.
   *
   * @param folder the folder
   */
  record MakeFolder(Path folder) implements Step {}

  /**
   * Makes a text file.
   *
   * @param file the file, in a folder that is there
   * @param lines all of its lines, without their ends
   */
  record Write(Path file, List<String> lines) implements Step {
    /** Takes a copy. */
    public Write {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Changes a text file at one place.
   *
   * @param file the file
   * @param line the number of the first line that is taken out, or before which lines are put in;
   *     from 1
   * @param removed the lines that go, without their ends
   * @param added the lines that come, without their ends
   */
  record Edit(Path file, int line, List<String> removed, List<String> added) implements Step {
    /** Takes copies. */
    public Edit {
      removed = List.copyOf(removed);
      added = List.copyOf(added);
    }
  }

  /**
   * Replaces a file that is no text.
   *
   * @param file the file
   * @param what what is new in it, one line
   * @param byHand a program and arguments by which a person does the same, which reads the root in
   *     PEM from standard input
   */
  record Replace(Path file, String what, List<String> byHand) implements Step {
    /** Takes a copy. */
    public Replace {
      byHand = List.copyOf(byHand);
    }
  }

  /**
   * Removes a file.
   *
   * @param file the file
   */
  record Remove(Path file) implements Step {}

  /**
   * Something that is neither a program nor a file, or what there is to know of the next step.
   *
   * @param lines words for a person
   */
  record Words(List<String> lines) implements Step {
    /** Takes a copy. */
    public Words {
      lines = List.copyOf(lines);
    }
  }
}
