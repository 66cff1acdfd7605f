package dev.devca.cli;

import dev.devca.ca.Fingerprint;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustResult.Absent;
import dev.devca.truststore.TrustResult.Failed;
import dev.devca.truststore.TrustResult.NotTrusted;
import dev.devca.truststore.TrustResult.Trusted;
import dev.devca.truststore.TrustResult.Unavailable;
import dev.devca.truststore.TrustStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was done to the stores: for a person, for a program, and as an exit code. */
final class Report {
  private Report() {}

  /** A line a store, what mends it below, and at the end what to do for it to take effect. */
  static void say(Session session, List<Outcome> outcomes) {
    int width = outcomes.stream().mapToInt(o -> o.displayName().length()).max().orElse(0);
    Set<String> hints = new LinkedHashSet<>();
    for (Outcome outcome : outcomes) {
      TrustResult result = outcome.result();
      String remedy = remedy(result);
      if (isPassedOver(session, result)) {
        continue;
      }
      String name = outcome.displayName();
      session.say("  " + name + " ".repeat(width - name.length()) + "  " + words(result));
      if (!remedy.isEmpty()) {
        session.say("  " + " ".repeat(width) + "  Try: " + remedy);
      }
      if (result instanceof Trusted trusted && !trusted.hint().isEmpty()) {
        hints.add(trusted.hint());
      }
    }
    hints.forEach(session::say);
  }

  /** Whether a store is worth no word: it is not there, and nobody would expect it. */
  static boolean isPassedOver(Session session, TrustResult result) {
    return result instanceof Absent && remedy(result).isEmpty() && !session.verbose();
  }

  static String words(TrustResult result) {
    if (result instanceof Trusted trusted) {
      return trusted.changed() ? "trusted now" : "trusted";
    }
    if (result instanceof NotTrusted not) {
      return not.changed() ? "removed" : "not trusted";
    }
    return result.kind() + ": " + reason(result);
  }

  /** Why it is not as wanted; empty where it is. */
  static String reason(TrustResult result) {
    if (result instanceof Absent absent) {
      return absent.reason();
    }
    if (result instanceof Unavailable unavailable) {
      return unavailable.reason();
    }
    return result instanceof Failed failed ? failed.reason() : "";
  }

  static String remedy(TrustResult result) {
    if (result instanceof Absent absent) {
      return absent.remedy();
    }
    if (result instanceof Unavailable unavailable) {
      return unavailable.remedy();
    }
    return result instanceof Failed failed ? failed.remedy() : "";
  }

  /** 0 if every store that is there is as wanted, 1 if all failed, 3 for all between. */
  static int exitCode(List<Outcome> outcomes, TrustResult.Kind wanted) {
    List<TrustResult.Kind> there =
        outcomes.stream()
            .map(outcome -> outcome.result().kind())
            .filter(kind -> kind != TrustResult.Kind.ABSENT)
            .toList();
    long good = there.stream().filter(kind -> kind == wanted).count();
    if (good == there.size()) {
      return ExitCode.DONE;
    }
    boolean failed = there.stream().allMatch(kind -> kind == TrustResult.Kind.FAILED);
    return good == 0 && failed ? ExitCode.FAILED : ExitCode.IN_PART;
  }

  /** The result for a program. */
  static void print(Session session, CaView ca, List<Outcome> outcomes) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("fingerprint", Fingerprint.of(ca.root()).hex());
    report.put("directory", ca.directory());
    report.put("notAfter", Utc.text(ca.root().getNotAfter().toInstant()));
    report.put("stores", outcomes.stream().map(Report::describe).toList());
    session.console().write(Json.write(report));
  }

  static Map<String, Object> describe(Outcome outcome) {
    TrustResult result = outcome.result();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", outcome.storeId());
    map.put("name", outcome.displayName());
    map.put("state", result.kind().toString());
    if (result instanceof Trusted trusted) {
      map.put("changed", trusted.changed());
      map.put("hint", trusted.hint());
    } else if (result instanceof NotTrusted not) {
      map.put("changed", not.changed());
    } else {
      map.put("reason", reason(result));
      map.put("remedy", remedy(result));
    }
    return map;
  }

  /** Reads what {@link #describe} wrote, one outcome for each store. */
  static List<Outcome> outcomes(Map<String, Object> answer, List<TrustStore> stores)
      throws IOException {
    Map<String, TrustResult> byId = new LinkedHashMap<>();
    if (answer.get("stores") instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map) {
          byId.put(String.valueOf(map.get("id")), result(map));
        }
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (TrustStore store : stores) {
      TrustResult result = byId.get(store.id());
      if (result == null) {
        throw new IOException("it did not answer for " + store.id());
      }
      outcomes.add(new Outcome(store.id(), store.displayName(), result));
    }
    return outcomes;
  }

  private static TrustResult result(Map<?, ?> map) {
    boolean changed = Boolean.TRUE.equals(map.get("changed"));
    String state = String.valueOf(map.get("state"));
    String reason = String.valueOf(map.get("reason"));
    if (state.equals(TrustResult.Kind.TRUSTED.toString())) {
      return new Trusted(changed, String.valueOf(map.get("hint")));
    }
    if (state.equals(TrustResult.Kind.NOT_TRUSTED.toString())) {
      return new NotTrusted(changed);
    }
    String remedy = String.valueOf(map.get("remedy"));
    if (state.equals(TrustResult.Kind.ABSENT.toString())) {
      return new Absent(reason, remedy);
    }
    return state.equals(TrustResult.Kind.UNAVAILABLE.toString())
        ? new Unavailable(reason, remedy)
        : new Failed(reason, remedy);
  }
}
