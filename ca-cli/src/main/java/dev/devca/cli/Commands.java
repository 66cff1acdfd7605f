package dev.devca.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands by name. A command's class is loaded only when it is asked for. */
enum Commands {
  INSTALL("install", "make every program of this machine trust the CA"),
  ISSUE("issue", "issue a certificate for names and addresses"),
  STATUS("status", "show which stores trust the CA"),
  UNINSTALL("uninstall", "take the CA out of every store again"),
  ROOT("root", "print where the root certificate is, or the certificate"),
  ENV("env", "print lines that set variables for this shell"),
  WORKER(Worker.NAME, "");

  private final String id;
  private final String summary;

  Commands(String id, String summary) {
    this.id = id;
    this.summary = summary;
  }

  static Optional<Commands> named(String id) {
    for (Commands command : values()) {
      if (command.id.equals(id)) {
        return Optional.of(command);
      }
    }
    return Optional.empty();
  }

  /** The commands that a person calls. */
  static List<Commands> visible() {
    List<Commands> visible = new ArrayList<>(List.of(values()));
    visible.removeIf(command -> command.summary.isEmpty());
    return visible;
  }

  /** Whether root has something to do in it; all else is done as the user who called sudo. */
  boolean needsRoot() {
    return switch (this) {
      case INSTALL, STATUS, UNINSTALL, WORKER -> true;
      case ISSUE, ROOT, ENV -> false;
    };
  }

  String id() {
    return id;
  }

  String summary() {
    return summary;
  }

  Command make() {
    return switch (this) {
      case INSTALL -> new InstallCommand();
      case ISSUE -> new IssueCommand();
      case STATUS -> new StatusCommand();
      case UNINSTALL -> new UninstallCommand();
      case ROOT -> new RootCommand();
      case ENV -> new EnvCommand();
      case WORKER -> new WorkerCommand();
    };
  }
}
