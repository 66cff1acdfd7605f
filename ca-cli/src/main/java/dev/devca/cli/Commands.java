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
  EXEC("exec", "run a command with those variables"),
  LIST("list", "list the certificates that were issued"),
  RENEW("renew", "issue again what is running out"),
  CA_INFO("ca info", "show a CA, and which others there are"),
  CA_CREATE("ca create", "make a CA, with a name, key and length of your choice"),
  CA_IMPORT("ca import", "take over a CA that another program made, such as mkcert's"),
  CA_EXPORT("ca export", "write the root for another machine or a phone"),
  CA_ROTATE("ca rotate", "put a new root in the place of the old one, everywhere"),
  CA_PASSPHRASE("ca passphrase", "set, change or remove the passphrase of the CA's key"),
  DOCTOR("doctor", "find out which programs trust a server, and why others do not"),
  WORKER(Worker.NAME, ""),
  ARCHIVE(ArchiveCommand.NAME, "");

  private final String id;
  private final String summary;

  Commands(String id, String summary) {
    this.id = id;
    this.summary = summary;
  }

  /** The command that an argument list begins with. */
  static Optional<Commands> named(List<String> arguments) {
    for (Commands command : values()) {
      List<String> words = command.words();
      if (words.size() <= arguments.size() && words.equals(arguments.subList(0, words.size()))) {
        return Optional.of(command);
      }
    }
    return Optional.empty();
  }

  /** What is typed after the program's name: one word, or two. */
  List<String> words() {
    return List.of(id.split(" "));
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
      case INSTALL, STATUS, UNINSTALL, EXEC, WORKER -> true;
      default -> false;
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
      case EXEC -> new ExecCommand();
      case LIST -> new ListCommand();
      case RENEW -> new RenewCommand();
      case CA_INFO -> new CaInfoCommand();
      case CA_CREATE -> new CaCreateCommand();
      case CA_IMPORT -> new CaImportCommand();
      case CA_EXPORT -> new CaExportCommand();
      case CA_ROTATE -> new CaRotateCommand();
      case CA_PASSPHRASE -> new CaPassphraseCommand();
      case DOCTOR -> new DoctorCommand();
      case WORKER -> new WorkerCommand();
      case ARCHIVE -> new ArchiveCommand();
    };
  }
}
