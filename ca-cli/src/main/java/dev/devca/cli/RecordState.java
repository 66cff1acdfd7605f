package dev.devca.cli;

/** What has become of a certificate that devca issued. */
enum RecordState {
  VALID("valid"),
  RUNNING_OUT("running out"),
  EXPIRED("expired"),
  /** Another certificate, not of this CA, is in its file. */
  REPLACED("replaced"),
  /** Its file is this CA's still, but another of its files is not what devca wrote. */
  CHANGED("changed"),
  /** As devca wrote it, and of a root that the CA has no more: a rotation has left it out. */
  OUTDATED("outdated"),
  /** Some of its files are there, and others not: a process that replaced them was killed. */
  INCOMPLETE("incomplete"),
  GONE("gone"),
  UNREADABLE("unreadable");

  private final String words;

  RecordState(String words) {
    this.words = words;
  }

  /** Whether devca may write its files again. */
  boolean isOurs() {
    return switch (this) {
      case VALID, RUNNING_OUT, EXPIRED, OUTDATED, INCOMPLETE -> true;
      default -> false;
    };
  }

  /** Whether it serves nobody as it is, however long it would last. */
  boolean isBroken() {
    return this == OUTDATED || this == INCOMPLETE;
  }

  /** Whether somebody decided that it is no longer wanted: no failure, and not ours to mend. */
  boolean isGivenUp() {
    return this == REPLACED || this == GONE;
  }

  /** For JSON. */
  String id() {
    return words.replace(' ', '-');
  }

  /** For a person. */
  @Override
  public String toString() {
    return words;
  }
}
