package dev.devca.truststore;

/** A program that was started, with those that it has started itself. */
public final class ProcessTree {
  private ProcessTree() {}

  /**
   * Kills them all; where the machine does not say which they are, the program alone.
   *
   * @param process a program of ours; one that has ended has none of its own any more
   */
  public static void kill(Process process) {
    if (!process.isAlive()) {
      return;
    }
    try {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    } catch (RuntimeException e) {
      // The JDK's answer where there is no /proc, or none for us (ProcessHandleImpl.children).
    }
    process.destroyForcibly();
  }
}
