package dev.devca.cli.system;

/** What stands in a database of NSS. Its bytes differ after each write, its rows do not. */
final class NssRows {

  private NssRows() {}

  /** All rows of the database's files, as SQL, in the order of the text. */
  static String read(Sandbox sandbox, String folder) {
    return dump(sandbox, folder, "");
  }

  /**
   * The rows that mean something. NSS writes the signature of an object's attribute into one file
   * and then the object into the other: killed between the two it leaves a signature of nothing,
   * which it never reads and has no command to delete.
   */
  static String readMeaningful(Sandbox sandbox, String folder) {
    return dump(
        sandbox,
        folder,
        """
        certificates = sqlite3.connect("file:%s/cert9.db?mode=ro" % sys.argv[1], uri=True)
        objects = {"%08x" % id for (id,) in certificates.execute("SELECT id FROM nssPublic")}
        lost = lambda row: (m := signature.search(row)) and m[1] not in objects
        """);
  }

  private static String dump(Sandbox sandbox, String folder, String definitions) {
    Prerequisite.program(sandbox, "/usr/bin/python3", "python3");
    String script =
        """
        import re, sqlite3, sys
        signature = re.compile(r"VALUES\\('sig_cert_([0-9a-f]{8})_")
        lost = lambda row: False
        %s
        for name in "cert9.db", "key4.db":
            database = sqlite3.connect("file:%%s/%%s?mode=ro" %% (sys.argv[1], name), uri=True)
            print(name, *sorted(r for r in database.iterdump() if not lost(r)), sep="\\n")
        """
            .formatted(definitions);
    return sandbox.run("/usr/bin/python3", "-c", script, folder).ok().stdout();
  }
}
