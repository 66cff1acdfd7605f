"""Commands that take turns, what their runs took, and the tables of it."""

import glob
import os
import random
import re
import statistics
import subprocess
import sys
import time

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HERE = CHECKOUT + "/benchmarks"
# The flags of the launcher, for what is compared with it.
FLAGS = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-XX:-UsePerfData"]


class Command:
    """A command line with its variables and folder, and what its runs took."""

    def __init__(self, name, words, env=None, folder=None, before=None, ends=(0,)):
        self.name, self.words, self.env = name, words, env or {}
        self.folder, self.before, self.ends = folder, before, ends
        self.runs = []

    def run(self):
        if self.before:
            self.before()
        null = os.open(os.devnull, os.O_RDWR)
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **self.env}
        here = os.getcwd()
        os.chdir(self.folder or here)
        redirects = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
        begin = time.monotonic()
        pid = os.posix_spawnp(self.words[0], self.words, environment, file_actions=redirects)
        _, status, used = os.wait4(pid, 0)
        wall = time.monotonic() - begin
        os.chdir(here)
        os.close(null)
        if os.waitstatus_to_exitcode(status) not in self.ends:
            sys.exit(f"{self.name} ended with {status}: {self.words} {environment}")
        return wall * 1000, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024

    def median(self, figure):
        return statistics.median(run[figure] for run in self.runs)

    def ratio(self, other, figure=0):
        return self.median(figure) / other.median(figure)


def take_turns(commands, rounds):
    for command in commands:
        command.run()
    for _ in range(rounds):
        for command in random.sample(commands, len(commands)):
            command.runs.append(command.run())


def table(header, rows):
    rows = [header, ["---"] + ["---:"] * (len(header) - 1)] + rows
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def figures(command):
    return [f"{command.median(0):.0f} ms", f"{command.median(1):.0f} ms", f"{command.median(2):.0f} MB"]


class Java:
    """A JDK with the programs to compare with, each with its own archive of classes."""

    def __init__(self, home, work, classes):
        self.home, self.work = home, work
        release = open(home + "/release").read()
        self.version = re.search(r'JAVA_RUNTIME_VERSION="(.*)"', release)[1]
        self.major = int(re.search(r'JAVA_VERSION="(\d+)', release)[1])
        self.java = home + "/bin/java"
        self.classes = classes

    def with_archive(self, program, flags):
        linked = self.major >= 25
        file = f"{self.work}/{program}-{self.major}." + ("aot" if linked else "jsa")
        words = [self.java, *flags, "-Xlog:disable", "-cp", self.classes, program]
        make = "-XX:AOTCacheOutput=" if linked else "-XX:ArchiveClassesAtExit="
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([words[0], make + file, *words[1:]], check=True, **quiet)
        use = "-XX:AOTCache=" if linked else "-XX:SharedArchiveFile="
        return [words[0], use + file, *words[1:]]


def jdks(work, app):
    classes = work + "/programs.jar"
    out = work + "/programs"
    homes = {}
    for release in sorted(glob.glob("/usr/lib/jvm/*/release")):
        home = os.path.realpath(os.path.dirname(release))
        major = re.search(r'JAVA_VERSION="(\d+)', open(release).read())
        if major and int(major[1]) in (17, 25) and os.path.exists(home + "/bin/jar"):
            homes.setdefault(int(major[1]), home)
    first = homes[min(homes)]
    sources = [f"{HERE}/{name}.java" for name in ("Hello", "RsaKeyGeneration", "RawLeaves")]
    subprocess.run(
        [first + "/bin/javac", "--release", "17", "-cp", jar(app), "-d", out, *sources], check=True
    )
    subprocess.run([first + "/bin/jar", "-cf", classes, "-C", out, "."], check=True)
    return [Java(homes[major], work, classes) for major in sorted(homes)]


def jar(app):
    return glob.glob(app + "/lib/devca-*.jar")[0]


def folder(work, name):
    path = f"{work}/{name}"
    os.makedirs(path, exist_ok=True)
    return path


def user(work, name):
    """Variables that lead all that devca and mkcert keep into a folder of our own."""
    home = folder(work, name)
    return {"HOME": home, "CAROOT": home + "/mkcert", "XDG_CACHE_HOME": home + "/cache"}
