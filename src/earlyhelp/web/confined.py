"""Limits of the processes that the application starts: memory, time, no core file, and none outlives who started it."""

from __future__ import annotations

import ctypes
import resource
import signal
from collections.abc import Callable

_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def limited(memory: int, seconds: int) -> Callable[[], None]:
    """What a process that is being started does before anything else: take its limits. Bytes, and seconds of work."""
    system = ctypes.CDLL(None)  # loaded here: between fork and exec nothing may be
    memory_limit, *others = [
        (what, _lowered(what, most))
        for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0))
    ]

    def take() -> None:
        if hasattr(system, "prctl"):
            system.prctl(_DIES_WITH_PARENT, signal.SIGTERM, 0, 0, 0)
        for what, limits in others:
            resource.setrlimit(what, limits)
        resource.setrlimit(*memory_limit)  # last: of whom has more already, the least thing needed after it would fail

    return take


def _lowered(what: int, most: int) -> tuple[int, int]:
    _, hard = resource.getrlimit(what)
    return (most if hard == resource.RLIM_INFINITY else min(most, hard)), hard
