"""Pseudonyms: a keyed hash of a source's id, so that analysis sees who is the same person and never who it is.

HMAC-SHA256 over purpose, source and id, 128 bits shown (NIST SP 800-107 r1, 5.3.4). A plain hash would not do: all NHS
numbers can be tried in minutes. The key lies in a file of its own that only the owner can read.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
from hashlib import sha256
from pathlib import Path

from earlyhelp.errors import EarlyHelpError, InputRefused


class Pseudonyms:
    """Turns ids into pseudonyms with one council's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, purpose: str, *parts: str) -> str:
        """32 hexadecimal characters, the same for the same purpose and parts, and for no others in practice."""
        message = "\x1f".join((purpose, *parts)).encode()
        return hmac.new(self._key, message, sha256).hexdigest()[:32]


def make_key(path: Path) -> None:
    """Write a new key, readable by its owner alone; an existing key is never replaced."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as stream:
        stream.write(secrets.token_hex(32) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def read_key(path: Path) -> Pseudonyms:
    """The council's pseudonyms. Raises when the key is missing, damaged, or readable by others than its owner."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise InputRefused(
            "The workspace has no key for pseudonyms.",
            where=f"{path.parent.name}/{path.name}",
            fix="Restore it from its backup: with a new key nobody in this store could be recognised again.",
        ) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise EarlyHelpError(
            "The key for pseudonyms can be read by others than its owner.",
            where=f"{path.parent.name}/{path.name}",
            fix=f"chmod 600 {path.parent.name}/{path.name}",
        )
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise EarlyHelpError("The key for pseudonyms is damaged.", where=path.name, fix="Restore it from its backup.")
    return Pseudonyms(key)
