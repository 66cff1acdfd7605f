package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;

/** Why a file operation failed, in words: the JDK's message is often the path alone. */
public final class Reasons {
  // Of ProcessBuilder: Cannot run program "x": error=2, No such file or directory.
  private static final String NOT_RUN = "Cannot run program ";
  private static final String ERROR_NUMBER = "error=";

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
    int number = message.startsWith(NOT_RUN) ? message.lastIndexOf(ERROR_NUMBER) : -1;
    int reason = number < 0 ? -1 : message.indexOf(", ", number);
    if (reason > 0) {
      return message.substring(reason + 2);
    }
    return failure instanceof IOException || failure instanceof IllegalArgumentException
        ? message
        : failure.getClass().getSimpleName() + ": " + message;
  }
}
