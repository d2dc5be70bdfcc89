"""The style sheets and scripts that this package carries."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "earlyhelp"


def fingerprint() -> str:
    """One hash over all of them."""
    whole = sha256()
    for each in sorted(FOLDER.glob("*")):
        if each.is_file():
            whole.update(each.name.encode() + each.read_bytes())
    return whole.hexdigest()[:16]
