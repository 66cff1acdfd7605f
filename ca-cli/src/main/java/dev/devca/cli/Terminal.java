package dev.devca.cli;

import dev.devca.ca.CaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a person for a secret on the terminal, without showing what is typed. */
final class Terminal {
  // As much as a line of a terminal takes.
  private static final int MOST_BYTES = 4096;
  private static final long STTY_SECONDS = 10;

  private Terminal() {}

  /** The line that was typed; empty where nobody is there to type. */
  @SuppressWarnings("SystemConsoleNull") // From JDK 22 on it reads what is piped in, or its end.
  static Optional<char[]> ask(Console console, String prompt) throws IOException {
    if (!Worker.terminalIsThere()) {
      return Optional.empty();
    }
    Thread showAgain = new Thread(() -> showTyping(true), "devca-terminal");
    // Ctrl-C must not leave a terminal that shows nothing.
    Runtime.getRuntime().addShutdownHook(showAgain);
    try {
      if (!showTyping(false)) {
        throw new CaException(
            "cannot ask at the terminal: what is typed would be shown",
            "name a file with the passphrase");
      }
      console.ask(prompt);
      return Optional.of(readLine(console.in()));
    } finally {
      showTyping(true);
      Runtime.getRuntime().removeShutdownHook(showAgain);
      console.say("");
    }
  }

  /** The terminal of standard input; false if it cannot be told. */
  private static boolean showTyping(boolean show) {
    try {
      Process stty =
          new ProcessBuilder("stty", show ? "echo" : "-echo")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS) && stty.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static char[] readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0 && b != '\n' && line.size() < MOST_BYTES) {
      if (b != '\r') {
        line.write(b);
      }
      b = in.read();
    }
    byte[] bytes = line.toByteArray();
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    char[] secret = new char[decoded.remaining()];
    decoded.get(secret);
    Arrays.fill(bytes, (byte) 0);
    return secret;
  }
}
