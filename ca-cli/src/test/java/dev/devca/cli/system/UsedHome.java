package dev.devca.cli.system;

import java.util.List;

/**
 * The home of {@code dev} who has worked with it: a Firefox profile, Chromium's database, and a JDK
 * of their own, each with something in it that is none of ours.
 */
final class UsedHome {

  static final String HOME = "/home/dev";
  static final String FIREFOX = HOME + "/.mozilla/firefox/abcdefgh.default-esr";
  static final String CHROMIUM = HOME + "/.pki/nssdb";
  static final String JDK = HOME + "/jdk";
  static final String CACERTS = JDK + "/lib/security/cacerts";

  /** The databases of NSS. */
  static final List<String> DATABASES = List.of(FIREFOX, CHROMIUM);

  private UsedHome() {}

  /** Fills the home, which must be new; the caller returned knows the JDK. */
  static Caller fill(Sandbox sandbox) {
    Prerequisite.program(sandbox, "certutil", "libnss3-tools");
    Prerequisite.program(sandbox, "firefox-esr", "firefox-esr");
    Prerequisite.program(sandbox, "chromium", "chromium");
    Prerequisite.program(sandbox, "openssl", "openssl");
    Caller dev = sandbox.as("dev");
    String script =
        """
        set -eu
        firefox=$1 chromium=$2 jdk=$3
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \\
          -subj /CN=other -keyout other.key -out other.pem 2> other.log
        for database in "$firefox" "$chromium"; do
          mkdir -p "$database"
          certutil -N -d "sql:$database" --empty-password
          certutil -A -d "sql:$database" -n other -t CT,C, -i other.pem
        done
        printf '%s\\n' '[Profile0]' Name=default IsRelative=1 "Path=${firefox##*/}" \\
          > "${firefox%/*}/profiles.ini"
        mkdir -p "$jdk/bin" "$jdk/lib/security"
        echo 'JAVA_VERSION="17.0.1"' > "$jdk/release"
        cp /etc/ssl/certs/java/cacerts "$jdk/lib/security"
        chmod 644 "$jdk/lib/security/cacerts"
        echo '# My own.' >> .bashrc
        """;
    dev.run("sh", "-c", script, "sh", FIREFOX, CHROMIUM, JDK).ok();
    return dev.env("JAVA_HOME", JDK)
        .env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java");
  }

  /** Gives the Firefox profile a primary password. */
  static void lockFirefox(Sandbox sandbox) {
    String script =
        """
        rm "$1"/*.db
        echo geheim-17 > password
        certutil -N -d "sql:$1" -f password
        """;
    sandbox.as("dev").run("sh", "-ec", script, "sh", FIREFOX).ok();
  }
}
