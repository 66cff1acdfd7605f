package dev.devca.truststore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs that trust by variables which name a file. A new kind is one constant here.
 *
 * @param id the id of the store
 * @param programs what to call them before a person
 * @param variables the variables that are set
 * @param alsoRead variables by which they go where those are not set
 * @param fileName the name of the file that devca makes
 * @param replacesOthers whether that file takes the place of the roots that they trust else; they
 *     fail where it is missing
 * @param onPath names of such programs
 * @param inHome where version managers keep what is on the PATH of some shells only
 * @param absence what to say where there is none
 */
record VariableClient(
    String id,
    String programs,
    List<String> variables,
    List<String> alsoRead,
    String fileName,
    boolean replacesOthers,
    List<String> onPath,
    List<String> inHome,
    String absence) {

  static final VariableClient NODE =
      new VariableClient(
          "node",
          "Node.js",
          List.of("NODE_EXTRA_CA_CERTS"),
          List.of(),
          "node-extra-ca.pem",
          false,
          // Editors and assistants bring a Node of their own.
          List.of("node", "nodejs", "bun", "deno", "code", "cursor", "claude"),
          List.of(
              ".nvm/versions/node",
              ".volta/bin",
              ".local/share/fnm",
              ".asdf/installs/nodejs",
              ".local/share/mise/installs/node",
              ".bun/bin",
              ".deno/bin",
              ".local/bin/claude"),
          "no program was found that reads NODE_EXTRA_CA_CERTS, such as node, bun, deno or claude");

  static final VariableClient PYTHON =
      new VariableClient(
          "python",
          "Python",
          List.of("REQUESTS_CA_BUNDLE", PipConfig.VARIABLE),
          List.of("CURL_CA_BUNDLE"),
          "ca-bundle.pem",
          true,
          List.of("python3", "python", "pip3", "pip"),
          List.of(
              ".pyenv/versions",
              ".asdf/installs/python",
              ".local/share/mise/installs/python",
              ".local/share/uv/python",
              "miniconda3",
              "miniforge3",
              "anaconda3"),
          "no python3 or pip was found");

  static final List<VariableClient> ALL = List.of(NODE, PYTHON);

  String displayName() {
    return programs + " (" + String.join(", ", variables) + ")";
  }

  /** The variables by which a user may have named a file before. */
  List<String> readVariables() {
    return Stream.concat(variables.stream(), alsoRead.stream()).toList();
  }

  boolean isOn(Host host, Path home) {
    return onPath.stream().anyMatch(name -> host.program(name).isPresent())
        || inHome.stream().anyMatch(path -> Files.exists(home.resolve(path)));
  }
}
