package dev.devca.truststore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs that trust by variables which name a file. A new kind is one constant here.
 *
 * @param id the id of the store
 * @param programs what to call them before a person
 * @param variables the variables that are set in each shell
 * @param onRequest those that are set by {@code devca env} and {@code devca exec} alone
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
    List<String> onRequest,
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
          List.of(),
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

  /** Those that find the system's bundle by themselves, where that has the root. */
  static final VariableClient OTHERS =
      new VariableClient(
          "env",
          "curl, git, AWS, Deno, Cargo",
          List.of(),
          List.of(
              "SSL_CERT_FILE",
              "CURL_CA_BUNDLE",
              "GIT_SSL_CAINFO",
              "DENO_CERT",
              "AWS_CA_BUNDLE",
              "CARGO_HTTP_CAINFO"),
          List.of(),
          "env-bundle.pem",
          true,
          List.of(),
          List.of(),
          "devca env names the system's bundle");

  static final List<VariableClient> ALL = List.of(NODE, PYTHON, OTHERS);

  String displayName() {
    return programs + " (" + (isInShells() ? String.join(", ", variables) : "devca env") + ")";
  }

  /** Whether the variables are set in each shell. */
  boolean isInShells() {
    return !variables.isEmpty();
  }

  /** The variables by which a user may have named a file before. */
  List<String> readVariables() {
    return Stream.of(variables, onRequest, alsoRead).flatMap(List::stream).toList();
  }

  /** The PEM file of devca's, perhaps not there. */
  Optional<Path> file(Host host) {
    return HostFolders.data(host).map(folder -> folder.resolve(fileName));
  }

  boolean isOn(Host host, Path home) {
    return !isInShells()
        || onPath.stream().anyMatch(name -> host.program(name).isPresent())
        || inHome.stream().anyMatch(path -> Files.exists(home.resolve(path)));
  }
}
