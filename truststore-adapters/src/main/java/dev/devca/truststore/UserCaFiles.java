package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the files of certificates that a user had named before devca came. */
final class UserCaFiles {
  private UserCaFiles() {}

  /**
   * By variable, the file that the programs would go by without devca. The later of these counts:
   * what was merged before, pip's settings, lines of start files, the environment.
   *
   * @param assigned what lines of start files assign
   * @param isOurs whether a path is no wish of the user
   */
  static Map<String, UserCaFile> read(
      Host host,
      VariableClient client,
      CaBundle before,
      Map<String, Path> assigned,
      Predicate<Path> isOurs)
      throws IOException {
    Map<String, Path> wishes = new LinkedHashMap<>();
    before.merged().forEach((variable, file) -> wishes.put(variable, file.path()));
    if (client.variables().contains(PipConfig.VARIABLE)) {
      PipConfig.certificates(host).ifPresent(path -> wishes.put(PipConfig.VARIABLE, path));
    }
    wishes.putAll(assigned);
    for (String variable : client.readVariables()) {
      Optional<Path> named = host.variable(variable).map(name -> host.path(name).toAbsolutePath());
      named.filter(isOurs.negate()).ifPresent(path -> wishes.put(variable, path));
    }
    Map<String, UserCaFile> files = new LinkedHashMap<>();
    wishes.forEach(
        (variable, path) -> {
          if (!isOurs.test(path)) {
            files.put(variable, UserCaFile.read(path));
          }
        });
    return files;
  }
}
