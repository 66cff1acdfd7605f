package dev.devca.cli;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program: the one place with the process's streams, environment and exit. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    // UTF-8 whatever the locale: names and paths are printed as they were given.
    StandardOutput standardOutput = new StandardOutput();
    PrintStream out = printing(standardOutput);
    PrintStream err = printing(new FileOutputStream(FileDescriptor.err));
    // Buffered: a bare FileInputStream asks a pipe for its position, and fails.
    InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
    Console console = new Console(in, out, err);
    int code = new Devca(System.getenv(), console).run(List.of(args));
    err.flush();
    if (out.checkError() && standardOutput.hasNoReader()) {
      code = ExitCode.NO_READER;
    } else if (out.checkError() && code == ExitCode.DONE) {
      // A full disk, or it is closed: what was asked for did not arrive.
      err.println("devca: cannot write to standard output");
      err.println("Try: make room where it goes, or open it");
      err.flush();
      code = ExitCode.FAILED;
    }
    // Not exit: that asks for a logger, which looks through the whole jar. There is nothing to be
    // done at the end, and no thread to be waited for.
    Runtime.getRuntime().halt(code);
  }

  private static PrintStream printing(OutputStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }
}
