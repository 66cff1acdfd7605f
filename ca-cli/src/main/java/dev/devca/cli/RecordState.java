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
  /** It is there, and another of its files is not: a process that replaced them was killed. */
  INCOMPLETE("incomplete"),
  GONE("gone"),
  UNREADABLE("unreadable");

  private final String words;

  RecordState(String words) {
    this.words = words;
  }

  /** Whether devca may write its files again. */
  boolean isOurs() {
    return this == VALID || this == RUNNING_OUT || this == EXPIRED || this == INCOMPLETE;
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
