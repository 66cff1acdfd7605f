package dev.devca.cli.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDK in a sandbox.
 *
 * @param home its folder
 * @param version its feature release
 */
record Jdk(String home, int version) {

  /** The floor, and the newest long-term release: what devca is tested on. */
  private static final Set<Integer> WANTED = Set.of(17, 25);

  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  /** The JDKs of Debian's folder that matter, one of each; 17 must be there. */
  static List<Jdk> installed(Sandbox sandbox) {
    List<Jdk> jdks = new ArrayList<>();
    String find = "for r in /usr/lib/jvm/*/release; do realpath \"$r\"; done | sort -u";
    for (String release : sandbox.run("sh", "-c", find).stdout().lines().toList()) {
      String home = release.substring(0, release.lastIndexOf('/'));
      Matcher matcher = VERSION.matcher(sandbox.read(release));
      if (!matcher.find()) {
        continue;
      }
      int version = Integer.parseInt(matcher.group(1));
      if (WANTED.contains(version) && jdks.stream().noneMatch(jdk -> jdk.version() == version)) {
        jdks.add(new Jdk(home, version));
      }
    }
    if (jdks.stream().noneMatch(jdk -> jdk.version() == 17)) {
      Prerequisite.missing(
          "no JDK 17 below /usr/lib/jvm", "apt-get install openjdk-17-jdk-headless");
    }
    return jdks;
  }

  /**
   * The same JDK as an archive from its maker has it: with a cacerts of its own. All but that, and
   * the files by which the launcher finds its home, are links.
   */
  Jdk withOwnCacerts(Sandbox sandbox) {
    return withOwnCacerts(sandbox, "/usr/lib/jvm/own-cacerts-" + version);
  }

  /** The same in another folder. */
  Jdk withOwnCacerts(Sandbox sandbox, String own) {
    String script =
        """
        set -eu
        mkdir -p "$2/bin" "$2/lib/security"
        for file in "$1"/* "$1"/lib/* "$1"/lib/security/*; do
          [ -e "$2/${file#"$1"/}" ] || ln -s "$file" "$2/${file#"$1"/}"
        done
        ln -s "$1"/bin/* "$2/bin"
        for file in bin/java lib/libjli.so lib/libjava.so lib/server lib/security/cacerts; do
          rm "$2/$file"
          cp -rL "$1/$file" "$2/$file"
        done
        """;
    sandbox.run("sh", "-c", script, "sh", home, own).ok();
    return new Jdk(own, version);
  }
}
