package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A sandbox in which one command meets faults again and again: a used home, the command's own
 * preparation, and what must hold afterwards. Each round ends with an uninstall, after which every
 * file is as it was: so one round cannot spoil the next without being seen.
 */
final class FaultScene implements AutoCloseable {

  /** The command that meets the fault, and as whom. */
  enum Command {
    FIRST_ISSUE(false, "issue", "a.test"),
    ISSUE(false, "issue", "a.test"),
    INSTALL(false, "install", "--only", OF_THE_HOME),
    UNINSTALL(false, "uninstall", "--only", OF_THE_HOME, "--delete-ca"),
    INSTALL_AS_ROOT(true, "install"),
    UNINSTALL_AS_ROOT(true, "uninstall", "--delete-ca");

    final boolean asRoot;
    private final String line;

    Command(boolean asRoot, String... arguments) {
      this.asRoot = asRoot;
      this.line = String.join(" ", arguments);
    }

    String[] arguments() {
      return line.split(" ", -1);
    }

    private boolean installsFirst() {
      return this == UNINSTALL || this == UNINSTALL_AS_ROOT;
    }
  }

  // What takes no other rights than the user's.
  private static final String OF_THE_HOME = "nss,node,java:" + UsedHome.CACERTS;

  // Its time is when the scene began. Below /run, which is not looked through.
  private static final String BEGINNING = "/run/scene-began";

  private static final String KEYS_OPEN_TO_OTHERS =
      """
      find "$1" /tmp /var/lib/devca -xdev -type f -cnewer "$2" -perm /077 2> /dev/null \\
        | grep -v /.mozilla/ | xargs -r -d '\\n' grep -lsa -e 'PRIVATE KEY'
      """;
  private static final String VERIFY =
      """
      openssl verify -x509_strict -CAfile "$("$1" root)" "$2.pem"
      [ "$(openssl x509 -in "$2.pem" -noout -pubkey)" = "$(openssl pkey -in "$2-key.pem" -pubout)" ]
      """;

  private final Command command;
  private final Sandbox sandbox;
  private final Caller caller;
  private final Map<String, String> rows;
  private final Moment before;

  private FaultScene(Command command, Sandbox sandbox, Caller caller) {
    this.command = command;
    this.sandbox = sandbox;
    this.caller = caller;
    this.rows = rows();
    this.before = sandbox.now();
  }

  static FaultScene open(Command command) {
    Sandbox sandbox = Sandbox.open();
    Caller dev = UsedHome.fill(sandbox);
    // What else waits for the next run of this must not count as ours.
    sandbox.run("update-ca-certificates").ok();
    sandbox.run("touch", BEGINNING).ok();
    Caller caller = command.asRoot ? sandbox.root() : dev;
    caller = caller.env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java");
    return new FaultScene(command, sandbox, caller.in(caller.directory()));
  }

  Caller caller() {
    return caller;
  }

  /** Brings about what the command needs. */
  void prepare() {
    if (command.installsFirst()) {
      install();
    } else if (command == Command.ISSUE) {
      caller.devca(command.arguments()).ok();
    }
  }

  /** Nothing secret lies open to others, even before anything is mended. */
  void assertKeysOwnerOnly() {
    assertThat(
            sandbox
                .run("sh", "-c", KEYS_OPEN_TO_OTHERS, "sh", caller.directory(), BEGINNING)
                .stdout())
        .as("files with keys that others may read")
        .isEmpty();
  }

  /** A leaf chains to the root that devca names, and has its key beside it. */
  void assertVerifies(String name) {
    caller.run("sh", "-euc", VERIFY, "sh", Caller.LAUNCHER, name).ok();
  }

  /** Starts the packaged command. */
  Running start(String... arguments) {
    String[] line = new String[arguments.length + 1];
    line[0] = Caller.LAUNCHER;
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return caller.start(line);
  }

  private static final String NOTES =
      "what devca notes for itself, where it was killed as it took that away at last";

  /** Whatever the command left, devca works as ever, and takes back all that it did. */
  void assertWorksAndRestores() {
    // What is left half done is swept by its age.
    sandbox.run(
        "find",
        "/home",
        "/root",
        "-name",
        ".devca-*.tmp",
        "-exec",
        "touch",
        "-d",
        "-2 hours",
        "{}",
        "+");
    if (!command.installsFirst()) {
      install();
      caller.devca("issue", "a.test").ok();
      assertVerifies("a.test");
    }
    caller.devca("uninstall", "--delete-ca").ok();
    caller.run("rm", "-f", "a.test.pem", "a.test-key.pem").ok();
    assertThat(rows()).isEqualTo(rows);
    FileChanges left =
        FileChanges.between(before, sandbox.now())
            .except("/home/dev/{.mozilla,.pki}/**.db", "its rows are compared, not its bytes")
            .except("/**/devca/.lock", "each holder writes its mark into a lock")
            .except("/{home/dev/.local/state,root/.local/state,var/lib}/devca", NOTES)
            .except("/{home/dev/.local/state,root/.local/state,var/lib}/devca/**", NOTES)
            .except("/var/log/dpkg.log", "Debian's hook for Java starts dpkg, which keeps a log");
    assertThat(left.stream().filter(change -> !isMadeFolder(change))).isEmpty();
  }

  /** Killed right after making it, before anything could say whose it is: a folder stays. */
  private static boolean isMadeFolder(FileChanges.Change change) {
    return !change.before().exists() && change.toString().contains("-> folder");
  }

  private void install() {
    String[] arguments =
        command.asRoot
            ? new String[] {"install", "--json"}
            : new String[] {"install", "--only", OF_THE_HOME, "--json"};
    Map<String, String> states = StoreStates.of(caller.devca(arguments).ok());
    assertThat(states.values()).isNotEmpty().allMatch(StoreStates.TRUSTED::equals);
  }

  private Map<String, String> rows() {
    return UsedHome.DATABASES.stream()
        .collect(
            Collectors.toMap(folder -> folder, folder -> NssRows.readMeaningful(sandbox, folder)));
  }

  List<FileCall> calls() {
    prepare();
    List<FileCall> calls = Strace.of(caller).calls(command.arguments());
    assertWorksAndRestores();
    return calls;
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
