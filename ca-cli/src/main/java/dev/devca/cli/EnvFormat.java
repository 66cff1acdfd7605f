package dev.devca.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How variables are written for whoever reads them. */
enum EnvFormat {
  BASH,
  ZSH,
  FISH,
  POWERSHELL,
  CMD,
  DOTENV,
  DOCKER;

  // Where a container gets what the variables name; in no image there is such a folder.
  private static final String IN_CONTAINER = "/etc/ssl/devca/";

  static Optional<EnvFormat> of(String name) {
    return Stream.of(values()).filter(format -> format.toString().equals(name)).findFirst();
  }

  /** The names, for a person. */
  static String known() {
    return Stream.of(values()).map(EnvFormat::toString).collect(Collectors.joining(", "));
  }

  /** One line each; for containers, options of docker and podman in one line. */
  List<String> lines(Map<String, String> variables) {
    if (this == DOCKER) {
      return List.of(options(variables));
    }
    return variables.entrySet().stream().map(e -> line(e.getKey(), e.getValue())).toList();
  }

  private String line(String name, String value) {
    return switch (this) {
      case BASH, ZSH, DOCKER -> "export " + name + "=" + Shell.quote(value);
      case FISH -> "set -gx " + name + " " + Shell.quoteForFish(value);
      case POWERSHELL -> "$env:" + name + " = " + Shell.quoteForPowerShell(value);
      // Inside these quotes nothing is special, and a path has none of them.
      case CMD -> "set \"" + name + "=" + value + "\"";
      case DOTENV -> name + "=" + dotenv(value);
    };
  }

  /** Single quotes keep all as it is; within double quotes readers differ on all but these. */
  private static String dotenv(String value) {
    return value.contains("'")
        ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + '"'
        : "'" + value + "'";
  }

  /** The files are mounted: what stands in an image is not enough, and may have no such file. */
  private static String options(Map<String, String> variables) {
    Map<String, String> places = new LinkedHashMap<>();
    List<String> options = new ArrayList<>();
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String file = variable.getValue();
      String place =
          places.computeIfAbsent(
              file, f -> IN_CONTAINER + f.substring(Math.max(f.lastIndexOf('/'), 0) + 1));
      options.add("--env=" + variable.getKey() + "=" + place);
    }
    Stream<String> mounts =
        places.entrySet().stream()
            .map(e -> Shell.quote("--volume=" + e.getKey() + ":" + e.getValue() + ":ro"));
    return Stream.concat(mounts, options.stream()).collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
