"""The audit log: who read rows about people, when and why, each record chained to the one before.

A record carries a keyed hash of itself and of its predecessor's hash, so that taking out, changing or reordering one is
seen. It is on the disk before what it allows is shown.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from earlyhelp.store.keys import Pseudonyms

START = "0" * 32


def record(path: Path, pseudonyms: Pseudonyms, event: Mapping[str, Any]) -> None:
    """Append one event and make it durable. Raises OSError when that fails: then nothing may be shown."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+", encoding="utf-8") as log:
        fcntl.flock(log, fcntl.LOCK_EX)
        last = START
        for line in log:
            last = json.loads(line)["seal"]
        log.write(json.dumps({**event, "seal": _seal(pseudonyms, event, last)}, sort_keys=True) + "\n")
        log.flush()
        os.fsync(log.fileno())


def first_broken(path: Path, pseudonyms: Pseudonyms) -> int | None:
    """Number of the first record (from 1) that does not follow from the one before it; None when the log is whole."""
    last = START
    if not path.exists():
        return None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            event = json.loads(line)
            seal = event.pop("seal")
        except (ValueError, KeyError, AttributeError):
            return number
        if seal != _seal(pseudonyms, event, last):
            return number
        last = seal
    return None


def _seal(pseudonyms: Pseudonyms, event: Mapping[str, Any], last: str) -> str:
    return pseudonyms.of("audit", last, json.dumps(event, sort_keys=True, default=str))
