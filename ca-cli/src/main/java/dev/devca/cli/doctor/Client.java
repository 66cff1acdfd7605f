package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import java.util.List;

/** A program that connects, started as its user starts it. */
interface Client {

  /** The kind of program: the same word on every machine. */
  String kind();

  /** What to call it before a person: which of its kind it is. */
  String name();

  /** The program and its arguments. */
  List<String> command(Target target);

  /** Whether the result says that the handshake was completed. */
  boolean connected(CommandRunner.Result result);

  /** Whether the result says that there is no such client after all. */
  default boolean missing(CommandRunner.Result result) {
    // How env and shells say that the program is not to be found, or is none.
    return result.exitCode() == 126 || result.exitCode() == 127;
  }

  /** The variables by which it is told what to trust. */
  List<String> variables();

  /** The variables that, where they are set, keep it from checking anything. */
  default List<String> blindfolds() {
    return List.of();
  }
}
