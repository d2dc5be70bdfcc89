"""The audit log: who read rows about people, when and why, each record chained to the one before.

A record carries a keyed hash of itself and of its predecessor's hash, so that taking out, changing or reordering one is
seen. How long the log is stands beside it, sealed with the same key, so that cutting off its end is seen, too. A record is on
the disk before what it allows is shown.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from earlyhelp.store.files import write_text
from earlyhelp.store.keys import Pseudonyms

START = "0" * 32
_BLOCK = 4096


def record(path: Path, pseudonyms: Pseudonyms, event: Mapping[str, Any]) -> None:
    """Append one event and make it durable. Raises OSError when that fails: then nothing may be shown.

    Only the last record is read, from the end, so that an append takes as long in the tenth year as on the first day.
    Raises ValueError where the log ends within a record, in something else, or before its noted end: nothing is written
    after that.
    """
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as log:
        fcntl.flock(log, fcntl.LOCK_EX)
        seal = _seal(pseudonyms, event, _last_seal(log))
        if log.seek(0, os.SEEK_END) < _noted_end(path, pseudonyms):
            raise ValueError("the end of the audit log is missing: restore the folder log from its backup")
        log.write(json.dumps({**event, "seal": seal}, sort_keys=True).encode() + b"\n")
        log.flush()
        os.fsync(log.fileno())
        _note_end(path, pseudonyms, log.tell())


def _note_end(log: Path, pseudonyms: Pseudonyms, length: int) -> None:
    """Keep beside the log how many bytes it has, sealed."""
    noted = _beside(log)
    write_text(noted, f"{length} {pseudonyms.of('audit end', str(length))}\n")
    noted.chmod(0o600)


def _noted_end(log: Path, pseudonyms: Pseudonyms) -> float:
    """How many bytes the log has had; 0 where nothing is noted, as of a log of an older version, no end where it was changed."""
    noted = _beside(log)
    if not noted.exists():
        return 0
    length, _, seal = noted.read_text(encoding="utf-8").strip().partition(" ")
    return int(length) if length.isdecimal() and seal == pseudonyms.of("audit end", length) else float("inf")


def _beside(log: Path) -> Path:
    return log.with_suffix(".end")


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
    """Number of the first record (from 1) that is missing at the end, or does not follow from the one before it.

    None when the log is whole.
    """
    end = _noted_end(path, pseudonyms)  # read before the log, which may grow meanwhile
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    last, lines = START, text.splitlines()
    for number, line in enumerate(lines, start=1):
        try:
            event = json.loads(line)
            seal = event.pop("seal")
        except (ValueError, KeyError, AttributeError):
            return number
        if seal != _seal(pseudonyms, event, last):
            return number
        last = seal
    return len(lines) + 1 if len(text.encode()) < end else None


def _seal(pseudonyms: Pseudonyms, event: Mapping[str, Any], last: str) -> str:
    return pseudonyms.of("audit", last, json.dumps(event, sort_keys=True, default=str))
