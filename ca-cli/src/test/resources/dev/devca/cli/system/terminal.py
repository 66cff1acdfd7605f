# Runs a command on a terminal of its own, and types a password at each prompt for one:
#   terminal.py PROMPT PASSWORD COMMAND...
# Prints what the terminal shows, and ends as the command ends. Typed ahead it would be lost: sudo
# empties the terminal before it asks.
import os
import pty
import sys

prompt, password, command = sys.argv[1].encode(), sys.argv[2].encode(), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
shown = answered = b""
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:  # how Linux tells that nobody has it open any more
        break
    if not piece:
        break
    shown += piece
    os.write(1, piece)
    if shown[len(answered) :].rstrip().endswith(prompt):
        answered = shown
        os.write(terminal, password + b"\n")
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
