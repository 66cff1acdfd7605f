package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.LeafRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which certificates {@code devca renew} is asked for.
 *
 * @param all every one
 * @param names a name of each, or its file; empty for any
 * @param within only what ends within this time; if empty, what is running out, or what is named
 */
record RenewChoice(boolean all, List<String> names, Optional<Duration> within) {
  static final String ALL = "--all";
  static final String WITHIN = "--within";

  static RenewChoice of(Arguments parsed) {
    boolean all = parsed.has(ALL);
    List<String> names = parsed.words();
    boolean within = parsed.has(WITHIN);
    if (all && (within || !names.isEmpty())) {
      throw RenewCommand.wrong(ALL + " takes no names and no " + WITHIN);
    }
    try {
      return new RenewChoice(
          all,
          List.copyOf(names),
          within
              ? Optional.of(ValidityOptions.length(parsed.value(WITHIN, ""), WITHIN))
              : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw RenewCommand.wrong(String.valueOf(e.getMessage()));
    }
  }

  /** Whether what was named is to be renewed now, whenever it ends. */
  boolean isByName() {
    return !names.isEmpty() && within.isEmpty();
  }

  /** Those that are named, in their order; each once. */
  Set<IssuedRecord> named(List<IssuedRecord> records) throws CaException {
    if (names.isEmpty()) {
      return new LinkedHashSet<>(records);
    }
    Set<IssuedRecord> named = new LinkedHashSet<>();
    for (String name : names) {
      List<IssuedRecord> found = records.stream().filter(record -> isNamed(record, name)).toList();
      if (found.isEmpty()) {
        throw new CaException(
            "cannot renew '" + name + "': no certificate of that name or file is recorded",
            "devca list");
      }
      named.addAll(found);
    }
    return named;
  }

  private static boolean isNamed(IssuedRecord record, String name) {
    return record.names().contains(name)
        || normal(name).filter(record.names()::contains).isPresent()
        || OutputFile.of(OutputKind.CERTIFICATE, name)
            .real()
            .filter(record.files()::containsKey)
            .isPresent();
  }

  /** As it stands in a certificate, if it can. */
  private static Optional<String> normal(String name) {
    try {
      return Optional.of(LeafRequest.forNames(name).names().get(0).value());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isDue(IssuedRecord record, Standing standing, Instant now) {
    return all
        || isByName()
        || (!isToEndThen(record, standing)
            && (standing.state().isBroken()
                || standing.until().isBefore(now.plus(within.orElseGet(record::soon)))));
  }

  /** As a test may want it: a renewal of every day would fail for it for ever. */
  private static boolean isToEndThen(IssuedRecord record, Standing standing) {
    return record.obstacle().equals(IssueRecorder.DATES_GIVEN) && !standing.state().isGivenUp();
  }
}
