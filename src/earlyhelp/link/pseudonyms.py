"""Keyed hashes computed by the engine itself: HMAC-SHA256 as SQL, for columns too long to hash one by one."""

from __future__ import annotations

from hashlib import sha256

ID_SIGNS = 24
"""Hexadecimal signs of an id: 96 bits, so that no two of a nation's people or families share one."""
_BLOCK = 64
"""Bytes of a block of SHA-256 (FIPS 180-4), to which RFC 2104 fills up a key."""


def hmac_sql(key: str, text: str, signs: int) -> str:
    """SQL for the first `signs` hexadecimal signs of the HMAC-SHA256 (RFC 2104) of SQL `text` under a key."""
    raw = key.encode()
    filled = (sha256(raw).digest() if len(raw) > _BLOCK else raw).ljust(_BLOCK, b"\0")
    inner, outer = (_blob(bytes(byte ^ pad for byte in filled)) for pad in (0x36, 0x5C))
    return f"left(sha256({outer} || unhex(sha256({inner} || encode({text})))), {signs})"


def _blob(content: bytes) -> str:
    return f"unhex('{content.hex()}')"
