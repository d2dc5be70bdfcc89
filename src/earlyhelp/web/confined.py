"""Limits of the processes that the application starts: memory, time, no core file, and none outlives who started it.

A process takes its limits in a Python of its own, run by this very file, which then becomes the program that was meant. The
application itself is too large and has too many threads for anything to be done between fork and exec.

usage: python confined.py PARENT MEMORY SECONDS PROGRAM [ARGUMENT ...]
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Sequence

_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
CANNOT_BE_RUN = (126, 127)
"""How it ends where the program may not be run, or is not there: as a shell ends."""


def limited(words: Sequence[str], memory: int, seconds: int) -> list[str]:
    """The command that runs a command under limits: bytes of memory, and seconds of work."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(memory), str(seconds), *words]


def main(parent: int, memory: int, seconds: int, words: list[str]) -> int:
    """Take the limits and become the program; comes back only where it cannot be run, or the parent has ended by now."""
    system = ctypes.CDLL(None)
    if hasattr(system, "prctl"):
        system.prctl(_DIES_WITH_PARENT, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        return 128 + signal.SIGTERM
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    may_not, is_not_there = CANNOT_BE_RUN
    try:
        os.execvp(words[0], words)
    except FileNotFoundError:
        return is_not_there
    except OSError:
        return may_not


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
