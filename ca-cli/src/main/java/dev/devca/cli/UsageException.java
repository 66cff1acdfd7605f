package dev.devca.cli;

/** The command line was wrong; nothing was done. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final String remedy;

  UsageException(String message, String remedy) {
    super(message);
    this.message = message;
    this.remedy = remedy;
  }

  @Override
  public String getMessage() {
    return message;
  }

  String remedy() {
    return remedy;
  }
}
