package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;

/** Why a file operation failed, in words: the JDK's message is often the path alone. */
public final class Reasons {
  private Reasons() {}

  /**
   * The reason of an exception.
   *
   * @param failure what was thrown
   * @return a few words, never empty
   */
  public static String of(Throwable failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof FileAlreadyExistsException e) {
      return e.getFile() + " is in the way";
    }
    if (failure instanceof ReadOnlyFileSystemException) {
      return "the file system is read-only";
    }
    if (failure instanceof FileSystemException e && e.getReason() != null) {
      return e.getReason();
    }
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    if (message.startsWith("Cannot run program ")) {
      return ofProcessBuilder(message.strip());
    }
    return failure instanceof IOException || failure instanceof IllegalArgumentException
        ? message
        : failure.getClass().getSimpleName() + ": " + message;
  }

  /**
   * Of {@code Cannot run program "x": error=2, No such file or directory}, as Java 17 says, or
   * {@code Cannot run program "x": Exec failed, error: 2 (No such file or directory)}, as 25 does.
   */
  private static String ofProcessBuilder(String message) {
    int older = message.lastIndexOf(" error=");
    int newer = message.lastIndexOf(", error: ");
    int begin = older > 0 ? message.indexOf(", ", older) + 1 : message.indexOf('(', newer);
    boolean known = (older > 0 || newer > 0) && begin > 0;
    return known ? message.substring(begin + 1, message.length() - (older > 0 ? 0 : 1)) : message;
  }
}
