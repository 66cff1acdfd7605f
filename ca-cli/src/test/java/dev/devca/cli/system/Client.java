package dev.devca.cli.system;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A program that people connect with, started as they start it: nothing in its command or
 * environment weakens or widens what it trusts.
 *
 * @param name for messages
 * @param command the command line that gets an address
 * @param trusted whether the result says that the page came
 * @param refused whether the result says that the issuer is unknown; a wrong name or date is no
 *     refusal
 */
record Client(
    String name,
    Function<URI, List<String>> command,
    Predicate<CommandResult> trusted,
    Predicate<CommandResult> refused) {

  /** One whose exit code says whether the page came. */
  Client(String name, Function<URI, List<String>> command, Predicate<CommandResult> refused) {
    this(name, command, result -> result.exitCode() == 0, refused);
  }

  /** What a client says of a server. */
  enum Answer {
    TRUSTED,
    REFUSED
  }

  /** Connects; an error if neither the page nor a refusal of the certificate came back. */
  Answer ask(Caller caller, URI address) {
    CommandResult result = caller.run(command.apply(address).toArray(String[]::new));
    if (trusted.test(result)) {
      return Answer.TRUSTED;
    }
    if (refused.test(result)) {
      return Answer.REFUSED;
    }
    throw new AssertionError(name + " could not be asked for " + address + ": " + result);
  }

  @Override
  public String toString() {
    return name;
  }
}
