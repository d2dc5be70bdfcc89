"""Signatures of packs: Ed25519. The private key stays in the workspace; public keys are exchanged as small files."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from earlyhelp.compare.pack import canonical, parsed
from earlyhelp.errors import EarlyHelpError, InputRefused

_PURPOSE = b"earlyhelp pack\n"
"""Goes before what is signed, so that a signature given for anything else is none of a pack."""
_HEX_KEY = re.compile(r"[0-9a-f]{64}")
_KEY_FORMAT = "earlyhelp-pack-key"
_LARGEST_KEY_FILE = 2_000


@dataclass(frozen=True)
class PublicKey:
    """A council's public key: 32 bytes as 64 hexadecimal characters."""

    council: str
    key: str

    @property
    def fingerprint(self) -> str:
        """What two people read to each other over the telephone: 16 characters in groups of four."""
        digest = sha256(bytes.fromhex(self.key)).hexdigest()[:16]
        return " ".join(digest[place : place + 4] for place in range(0, 16, 4))

    def file_bytes(self) -> bytes:
        """The key as the file that is sent to other councils."""
        return canonical({"council": self.council, "format": _KEY_FORMAT, "key": self.key})


def read_public_key(content: bytes, where: str) -> PublicKey:
    """The key in a file. Raises InputRefused for a file that holds none."""
    told = parsed(content) if len(content) <= _LARGEST_KEY_FILE else None
    if (
        not isinstance(told, dict)
        or set(told) != {"council", "format", "key"}
        or told["format"] != _KEY_FORMAT
        or not re.fullmatch(r"E[0-9]{8}", str(told["council"]))
        or not _HEX_KEY.fullmatch(str(told["key"]))
    ):
        raise InputRefused(
            "The file holds no public key.", where=where, fix="Ask for the file that `earlyhelp pack keys` writes."
        )
    return PublicKey(told["council"], told["key"])


def signing_key(path: Path) -> bytes:
    """The council's private key, made where there is none; never replaced. Raises when others than its owner can read it."""
    if not path.exists():
        _make(path)
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        place = f"{path.parent.name}/{path.name}"
        raise EarlyHelpError("The key that signs packs can be read by others.", where=place, fix=f"chmod 600 {place}")
    text = path.read_text(encoding="ascii", errors="replace").strip()
    if not _HEX_KEY.fullmatch(text):
        raise EarlyHelpError("The key that signs packs is damaged.", where=path.name, fix="Restore it from its backup.")
    return bytes.fromhex(text)


def public_of(private: bytes, council: str) -> PublicKey:
    """The public key that belongs to a private one."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return PublicKey(council, Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex())


def signature(private: bytes, content: bytes) -> str:
    """The signature of a pack's canonical bytes: 128 hexadecimal characters.

    Source: RFC 8032 (Ed25519). Known answer, of the key pair: tests/unit/compare/test_pack_signatures.py.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).sign(_PURPOSE + content).hex()


def is_signed(public: str, content: bytes, signed: str) -> bool:
    """Whether that key gave that signature for exactly these bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signed), _PURPOSE + content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _make(path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
