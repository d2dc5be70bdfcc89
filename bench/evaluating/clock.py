"""How a tool is timed inside its own process: the call alone, after the reading of files and the loading of libraries."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping

ENOUGH = 15.0
"""Seconds after which a tool is not run again: its fastest run stands as it is."""

AT_LEAST = 1.0
"""Seconds for which a quick tool is run again and again: of many short runs one is likely to be undisturbed."""


def told(call: Callable[[], Mapping[str, object]], warm: Callable[[], object], runs: int) -> None:
    """Print one line: the seconds of each run, and the last answer. `warm` is run first and not counted: a small case that
    makes a tool load and compile what it loads and compiles late.
    """
    warm()
    seconds: list[float] = []
    answer: Mapping[str, object] = {}
    while (len(seconds) < runs or sum(seconds) < AT_LEAST) and sum(seconds) < ENOUGH:
        start = time.perf_counter()
        answer = call()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, **answer}))
