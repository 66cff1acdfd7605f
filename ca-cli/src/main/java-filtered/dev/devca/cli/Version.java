package dev.devca.cli;

/** The version of this build. */
final class Version {
  /** As Maven knows it. */
  static final String TEXT = "@project.version@";

  private Version() {}
}
