package dev.devca.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the whole command once more as the user who called sudo: a command that needs no rights of
 * root has none.
 */
final class AsUser {
  private AsUser() {}

  static int run(
      InvokingUser user, Map<String, String> environment, Commands command, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("/usr/bin/sudo", "-n"));
    words.addAll(Worker.asUser(user, environment));
    words.addAll(Worker.thisProgram());
    words.addAll(command.words());
    words.addAll(arguments);
    Process process = new ProcessBuilder(words).inheritIO().start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
