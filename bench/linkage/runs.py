"""Processes timed from outside, and the tables that pass between them and us."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
OURS = sys.executable
BESIDE = ROOT / ".venv-bench" / "bin" / "python"
PEERS = str(BESIDE) if BESIDE.exists() else sys.executable
"""The interpreter that has the peers (`make .venv-bench/ready` makes it)."""


class Cost(NamedTuple):
    """What one run of a process cost, and what it said of itself on its last line."""

    seconds: float
    cpu: float
    megabytes: float
    told: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.seconds:7.2f} s wall {self.cpu:7.2f} s cpu {self.megabytes:6,.0f} MB"


class NotFinished(Exception):
    """A process failed or was ended at its limit of time."""


def timed(command: Sequence[str | Path], log: Path, limit: float = 3600) -> Cost:
    """Run a process to its end, output to `log`. Raises NotFinished with the end of the log, also after `limit` seconds."""
    start = time.perf_counter()
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [str(each) for each in command], stdout=stream, stderr=subprocess.STDOUT, cwd=log.parent
        )
        guard = threading.Timer(limit, process.kill)
        guard.start()
        _, status, used = os.wait4(process.pid, 0)
        guard.cancel()
    seconds = time.perf_counter() - start
    lines = log.read_text("utf-8", errors="replace").splitlines()
    if status:
        said = lines[-1] if lines else "nothing said"
        raise NotFinished(f"not finished in {limit:.0f} s" if seconds >= limit else f"ended with {status}: {said}")
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, _last_object(lines))


def _last_object(lines: Sequence[str]) -> dict[str, Any]:
    for line in reversed(lines):
        if line.startswith("{"):
            told: dict[str, Any] = json.loads(line)
            return told
    return {}


def fastest(costs: Sequence[Cost]) -> Cost:
    """The run that took least time: what others did meanwhile only ever adds."""
    return min(costs, key=lambda each: each.seconds)


def ours(people: Path, clusters: Path, *more: str | Path, limit: float = 3600) -> Cost:
    """`match_records` on the people of a Parquet file; who belongs together is written to `clusters`. `more`: see ours.py."""
    return timed([OURS, HERE / "ours.py", people, clusters, *more], clusters.with_suffix(".log"), limit)


def peer(script: str, *arguments: str | Path, log: Path, limit: float = 3600) -> Cost:
    """A script of `peers/`, or one given by its whole path, in the peers' own environment."""
    return timed([PEERS, HERE / "peers" / script, *arguments], log, limit)
