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
from typing import Any, BinaryIO

from earlyhelp.store.keys import Pseudonyms

START = "0" * 32
_BLOCK = 4096


def record(path: Path, pseudonyms: Pseudonyms, event: Mapping[str, Any]) -> None:
    """Append one event and make it durable. Raises OSError when that fails: then nothing may be shown.

    Only the last record is read, from the end, so that an append takes as long in the tenth year as on the first day.
    Raises ValueError where the log ends within a record, or in something else: nothing is written after that.
    """
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as log:
        fcntl.flock(log, fcntl.LOCK_EX)
        seal = _seal(pseudonyms, event, _last_seal(log))
        log.seek(0, os.SEEK_END)
        log.write(json.dumps({**event, "seal": seal}, sort_keys=True).encode() + b"\n")
        log.flush()
        os.fsync(log.fileno())


def _last_seal(log: BinaryIO) -> str:
    """The seal of the last record, read in blocks from the end until a whole line is held."""
    end = log.seek(0, os.SEEK_END)
    start, tail, block = end, b"", _BLOCK
    while start and b"\n" not in tail[:-1]:
        start, block = max(0, start - block), 2 * block
        log.seek(start)
        tail = log.read(end - start)
    if not tail:
        return START
    if not tail.endswith(b"\n"):
        raise ValueError("the audit log ends within a record: restore it from its backup")
    return str(json.loads(tail[:-1].rpartition(b"\n")[2])["seal"])


def records(path: Path) -> list[dict[str, Any]]:
    """Every record without its seal, the oldest first, up to the first that is none; empty where there is no log."""
    found: list[dict[str, Any]] = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            told = json.loads(line)
            found.append({name: told[name] for name in told if name != "seal"})
        except (ValueError, TypeError):
            break
    return found


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
