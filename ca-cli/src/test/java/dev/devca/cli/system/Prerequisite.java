package dev.devca.cli.system;

import org.opentest4j.TestAbortedException;

/** What a system test needs of the machine: skipped by name where it is missing, never on CI. */
final class Prerequisite {

  private Prerequisite() {}

  /** Fails on CI, where a skipped system test would hide that nothing was shown; else skips. */
  static void missing(String what, String remedy) {
    String message = what + ": " + remedy;
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    throw new TestAbortedException(message);
  }

  /** The program must be on the sandbox's path; {@code debianPackage} is where it comes from. */
  static void program(Sandbox sandbox, String program, String debianPackage) {
    if (sandbox.root().run("sh", "-c", "command -v \"$1\"", "sh", program).exitCode() != 0) {
      missing(program + " is not installed", "apt-get install " + debianPackage);
    }
  }

  /** Users other than root cannot exist where this machine let us be root only by mapping. */
  static void realUsers(Sandbox sandbox) {
    if (!sandbox.hasRealUsers()) {
      missing("a second user needs real root rights", "run the tests as root");
    }
  }
}
