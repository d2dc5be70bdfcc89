"""The code that an app on a telephone shows, from the secret that it was given (RFC 6238, as RFC 4226 truncates)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct

STEP = 30
"""Seconds for which a code holds."""


def code(secret: str, now: float) -> str:
    """The six digits at a moment, in seconds since 1970. `secret`: in base 32."""
    count = struct.pack(">Q", int(now) // STEP)
    seal = hmac.new(base64.b32decode(secret), count, hashlib.sha1).digest()
    at = seal[-1] & 15
    return str((int.from_bytes(seal[at : at + 4], "big") & 0x7FFFFFFF) % 1_000_000).zfill(6)
