"""Which pair lies before which reviewer: for a quarter of an hour nobody else is given it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

HELD_FOR = timedelta(minutes=15)


def take(file: Path, pairs: Sequence[str], reviewer: str, now: datetime) -> str | None:
    """The first of the pairs that nobody else holds, held from now on; None where others hold all of them.

    file: where it is kept who holds what, pairs by their random ids. A reviewer holds one pair: the one before is let go.
    """
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        others = _of_others(held.read(), reviewer, now)
        free = next((each for each in pairs if each not in others), None)
        if free is not None:
            others[free] = [reviewer, (now + HELD_FOR).isoformat()]
        held.seek(0)
        held.truncate()
        json.dump(others, held)
    return free


def _of_others(text: str, reviewer: str, now: datetime) -> dict[str, list[str]]:
    try:
        told: dict[str, list[str]] = json.loads(text or "{}")
        return {
            pair: [who, until]
            for pair, (who, until) in told.items()
            if who != reviewer and datetime.fromisoformat(until) > now
        }
    except ValueError:
        return {}
