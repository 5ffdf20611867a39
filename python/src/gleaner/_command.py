"""The command `gleaner`, as it comes with the package."""

import signal
import sys

from gleaner._gleaner import command


def main() -> int:
    """Runs the command with the process's arguments. Its signals are its own, not the interpreter's."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return command(["gleaner", *sys.argv[1:]])
