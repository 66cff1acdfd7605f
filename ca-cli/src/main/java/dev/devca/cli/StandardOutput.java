package dev.devca.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Standard output, which knows whether its reader has gone, such as {@code head} in a pipe. */
final class StandardOutput extends FileOutputStream {
  // EPIPE in the words of strerror(3); the JDK passes on nothing else of it.
  private static final String NO_READER = "Broken pipe";

  private boolean noReader;

  StandardOutput() {
    super(FileDescriptor.out);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      super.write(bytes, offset, length);
    } catch (IOException e) {
      noReader |= NO_READER.equals(e.getMessage());
      throw e;
    }
  }

  boolean hasNoReader() {
    return noReader;
  }
}
