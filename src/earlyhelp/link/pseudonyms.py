"""Keyed hashes computed by the engine itself, for columns too long to hash one by one."""

from __future__ import annotations

from hashlib import sha256

ID_SIGNS = 24
"""Hexadecimal signs of an id: 96 bits, so that no two of a nation's people or families share one."""
_BLOCK = 64
"""Bytes of a block of SHA-256 (FIPS 180-4), to which RFC 2104 fills up a key."""


_COUNTER = (1).to_bytes(4, "big")
"""What stands before the key in the first (here: the only) round of the derivation."""


def id_sql(key: str, text: str) -> str:
    """SQL for the id that stands for SQL `text` under a key: `ID_SIGNS` hexadecimal signs, which nobody without it can tell.

    SHA-256 over a counter, the key's own hash and the text: one-step key derivation (NIST SP 800-56C rev. 2, 4.1, option 1).
    HMAC takes four times as long over half a million ids. Its second pass keeps a hash that is shown whole from being carried
    on to longer texts; one of which 96 bits of 256 are shown cannot be.
    """
    return f"left(sha256({_blob(_COUNTER + sha256(key.encode()).digest())} || encode({text})), {ID_SIGNS})"


def hmac_sql(key: str, text: str, signs: int) -> str:
    """SQL for the first `signs` hexadecimal signs of the HMAC-SHA256 (RFC 2104) of SQL `text` under a key."""
    raw = key.encode()
    filled = (sha256(raw).digest() if len(raw) > _BLOCK else raw).ljust(_BLOCK, b"\0")
    inner, outer = (_blob(bytes(byte ^ pad for byte in filled)) for pad in (0x36, 0x5C))
    return f"left(sha256({outer} || unhex(sha256({inner} || encode({text})))), {signs})"


def _blob(content: bytes) -> str:
    return f"unhex('{content.hex()}')"
