package dev.devca.cli.system;

/** What stands in a database of NSS. Its bytes differ after each write, its rows do not. */
final class NssRows {

  private NssRows() {}

  /** All rows of the database's files, as SQL, in the order of the text. */
  static String read(Sandbox sandbox, String folder) {
    Prerequisite.program(sandbox, "/usr/bin/python3", "python3");
    String script =
        """
        import sqlite3, sys
        for name in "cert9.db", "key4.db":
            database = sqlite3.connect("file:%s/%s?mode=ro" % (sys.argv[1], name), uri=True)
            print(name, *sorted(database.iterdump()), sep="\\n")
        """;
    return sandbox.run("/usr/bin/python3", "-c", script, folder).ok().stdout();
  }
}
