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
    FIRST_ISSUE("", "issue a.test"),
    ISSUE("issue", "issue a.test"),
    RENEW("issue", "renew --all"),
    INSTALL("", "install --only " + OF_THE_HOME),
    ROTATE("install issue", "ca rotate --only " + OF_THE_HOME),
    UNINSTALL("install issue", "uninstall --delete-ca --only " + OF_THE_HOME),
    INSTALL_AS_ROOT("", "install"),
    UNINSTALL_AS_ROOT("install", "uninstall --delete-ca");

    private final String before;
    private final String line;

    Command(String before, String line) {
      this.before = before;
      this.line = line;
    }

    String[] arguments() {
      return line.split(" ", -1);
    }

    boolean isRoots() {
      return name().endsWith("_AS_ROOT");
    }

    private boolean takesBack() {
      return line.startsWith("uninstall");
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
  // Such files are swept by their age. The list of all that was written is the overlay's own.
  private static final String AGE_WHAT_IS_HALF_WRITTEN =
      """
      find /proc/1/cwd/upper -name '.devca-*.tmp' -printf '/%P\\0' \\
        | xargs -0 -r sh -c 'for file; do
            [ ! -e "$file" ] || mv "$file" "${file%/*}/.devca-00000001${file#*/.devca-????????}"
          done' sh
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
    Caller caller = command.isRoots() ? sandbox.root() : dev;
    caller = caller.env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java");
    return new FaultScene(command, sandbox, caller.in(caller.directory()));
  }

  Caller caller() {
    return caller;
  }

  /** Brings about what the command needs. */
  void prepare() {
    if (command.before.contains("install")) {
      install();
    }
    if (command.before.contains("issue")) {
      caller.devca("issue", "a.test").ok();
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

  /** Whatever the command left: it works when it is run again, and all of it can be taken back. */
  void assertWorksAndRestores() {
    sandbox.run("sh", "-c", AGE_WHAT_IS_HALF_WRITTEN).ok();
    if (!command.takesBack()) {
      caller.devca(command.arguments()).ok();
      if (command.line.startsWith("install")) {
        caller.devca("issue", "a.test").ok();
      }
      assertVerifies("a.test");
      install();
    }
    caller.devca("uninstall", "--delete-ca").ok();
    caller.run("rm", "-f", "a.test.pem", "a.test-key.pem").ok();
    // Debian's script ends where nobody reads it any more, and leaves two empty files.
    sandbox.run("sh", "-c", "rm -f /tmp/ca-certificates.tmp.*").ok();
    assertThat(rows()).isEqualTo(rows);
    assertThat(
            FileChanges.between(before, sandbox.now())
                .except("/home/dev/{.mozilla,.pki}/**.db", "its rows are compared, not its bytes")
                .except(
                    "/var/log/dpkg.log", "Debian's hook for Java starts dpkg, which keeps a log"))
        .isEmpty();
  }

  private void install() {
    String[] arguments =
        command.isRoots()
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
