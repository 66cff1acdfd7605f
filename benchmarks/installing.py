"""Installs into a machine that is made for it."""

import atexit
import os
import subprocess
import sys

from measure import CHECKOUT, Command, figures, table, take_turns


class Sandbox:
    """The sandbox of the system tests: all that is written in it is gone with it."""

    def __init__(self):
        script = CHECKOUT + "/ca-cli/src/test/resources/dev/devca/cli/system/sandbox.sh"
        words = ["unshare", "--mount", "--net", "--ipc", "--pid", "--fork", "--kill-child"]
        words += ["bash", script, CHECKOUT, "172.16.99.32", "root"]
        self.holder = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.holder.stdout.readline() != "ready\n":
            sys.exit("no sandbox on this machine: run this as root")
        children = f"/proc/{self.holder.pid}/task/{self.holder.pid}/children"
        self.pid = open(children).read().split()[0]

    def words(self, *words):
        return ["nsenter", "--target", self.pid, "--mount", "--net", "--ipc", "--pid", "--wdns=/root", *words]

    def run(self, *words, env=None):
        base = {"PATH": os.environ["PATH"], "HOME": HOME}
        result = subprocess.run(
            self.words(*words), env={**base, **(env or {})}, capture_output=True, text=True
        )
        if result.returncode:
            sys.exit(f"{words} failed: {result.stderr}")

    def close(self):
        self.holder.stdin.close()
        self.holder.wait()


# No Node.js and no Python, which mkcert does nothing for: neither on the PATH nor in the home.
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
HOME = "/root/fresh"
MACHINE = """
set -eu
mkdir -p "$HOME"
for program in node nodejs python3 python pip3 pip; do
  [ ! -e "/usr/bin/$program" ] || mount --bind /dev/null "$(readlink -f "/usr/bin/$program")"
done
for database in "$HOME/.mozilla/firefox/x.default" "$HOME/.pki/nssdb"; do
  mkdir -p "$database"
  certutil -N -d "sql:$database" --empty-password
done
printf '%s\\n' '[Profile0]' Name=default IsRelative=1 Path=x.default > "$HOME/.mozilla/firefox/profiles.ini"
for i in 1 2 3; do
  jdk=/usr/lib/jvm/own-$i
  mkdir -p "$jdk/bin" "$jdk/lib/security"
  for file in "$1"/* "$1"/bin/* "$1"/lib/* "$1"/lib/security/*; do
    [ -e "$jdk/${file#"$1"/}" ] || ln -s "$file" "$jdk/${file#"$1"/}"
  done
  rm -f "$jdk/lib/security/cacerts"
  cp -L "$1/lib/security/cacerts" "$jdk/lib/security/cacerts"
done
"""


def install(app, javas, rounds):
    """Both install into Debian, Firefox and Chromium; devca into three JDKs, mkcert into one."""
    java = javas[0]
    sandbox = Sandbox()
    atexit.register(sandbox.close)
    sandbox.run("sh", "-c", MACHINE, "sh", java.home)
    home = {"HOME": HOME, "DEVCA_JAVA": java.home, "PATH": PATH}
    devca = [app + "/bin/devca"]
    # Each round is the first install of a machine. What mkcert leaves would shorten its next one: a
    # link in Debian's folder, for which update-ca-certificates then sees nothing new, and an entry
    # in Debian's keystore.
    keystore = "/etc/ssl/certs/java/cacerts"
    sandbox.run("cp", "-p", keystore, keystore + ".first")

    def clean():
        sandbox.run(*devca, "uninstall", env=mine)
        sandbox.run("mkcert", "-uninstall", env=mine)
        sandbox.run("find", "/etc/ssl/certs", "-xtype", "l", "-delete")
        sandbox.run("cp", "-p", keystore + ".first", keystore)

    # mkcert knows a JDK by its keytool, which it starts; all programs of this one are links.
    mine = {**home, "JAVA_HOME": "/usr/lib/jvm/own-1"}
    other = Command(
        "mkcert -install: Debian, 1 JDK, Firefox, Chromium",
        sandbox.words("mkcert", "-install"),
        mine,
        before=clean,
    )
    sandbox.run("mkcert", "-install", env=mine)
    own = Command(
        "devca install: Debian, 3 JDKs and more, Firefox, Chromium",
        sandbox.words(*devca, "install"),
        mine,
        before=clean,
    )
    sandbox.run(*devca, "install", env=mine)
    take_turns([other, own], rounds)
    header = ["command", "wall", "CPU", "peak memory", ": mkcert"]
    print(f"Java {java.major}, medians of {rounds} rounds:\n")
    table(header, [[c.name, *figures(c), f"{c.ratio(other):.2f}"] for c in (other, own)])
