package dev.devca.cli.system;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code --json} says of the stores. */
final class StoreStates {

  static final String TRUSTED = "trusted";

  private static final Pattern STORE =
      Pattern.compile("\"id\" : \"([^\"]*)\".*?\"state\" : \"([^\"]*)\"", Pattern.DOTALL);

  private StoreStates() {}

  /** The state of each store by its id, without those that the machine does not have. */
  static Map<String, String> of(CommandResult result) {
    Map<String, String> states = new TreeMap<>();
    Matcher stores = STORE.matcher(result.stdout());
    while (stores.find()) {
      states.put(stores.group(1), stores.group(2));
    }
    states.values().removeIf("absent"::equals);
    return states;
  }
}
