# Starts Firefox without a window, has it load each ADDRESS, and prints what the page shows then:
#   firefox.py ADDRESS...
# A page that Firefox itself put in place of the wanted one is told by its error code. Firefox is
# steered through Marionette, its own remote control, which by default accepts no bad certificate.
import json
import socket
import subprocess
import sys
import time

MARIONETTE = ("127.0.0.1", 2828)
LIMIT = 40  # seconds, for each wait
POLL = 0.1

# The error page alone has the function, and a page that still asks says so in its title.
SHOWN = """
    const failed = document.getFailedCertSecurityInfo?.();
    if (failed) return "refused " + failed.errorCodeString;
    return document.title + "\\n" + document.body.textContent.trim();
"""


def until(attempt):
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        result = attempt()
        if result is not None:
            return result
        time.sleep(POLL)
    sys.exit("nothing came within %d s" % LIMIT)


def connect():
    try:
        return socket.create_connection(MARIONETTE, LIMIT)
    except OSError:
        return None


class Marionette:
    """Messages are JSON behind their length: [0, id, command, parameters], [1, id, error, result]."""

    def __init__(self):
        self.wire = until(connect).makefile("rwb")
        self.read()

    def read(self):
        length = b""
        while not length.endswith(b":"):
            length += self.wire.read(1) or sys.exit("Firefox ended")
        return json.loads(self.wire.read(int(length[:-1])))

    def call(self, command, **parameters):
        message = json.dumps([0, 1, command, parameters]).encode()
        self.wire.write(b"%d:%s" % (len(message), message))
        self.wire.flush()
        _, _, error, result = self.read()
        # The error page counts as loaded too.
        if error and error["error"] != "insecure certificate":
            sys.exit("%s: %s" % (command, error))
        return result

    def shown(self, address):
        self.call("WebDriver:Navigate", url=address)

        def text():
            shown = self.call("WebDriver:ExecuteScript", script=SHOWN)["value"]
            return None if shown.startswith("asking") else shown

        return until(text)


firefox = subprocess.Popen(["firefox-esr", "--headless", "--marionette"], stdout=sys.stderr)
try:
    marionette = Marionette()
    marionette.call("WebDriver:NewSession")
    for address in sys.argv[1:]:
        print(marionette.shown(address), flush=True)
    marionette.call("Marionette:Quit")
    firefox.wait(LIMIT)
finally:
    firefox.kill()
