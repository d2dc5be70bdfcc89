"""What lies in the inbox and has not been read yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from earlyhelp.pipeline import IGNORED

_LEFT_OUT = (".", "~$")


@dataclass(frozen=True)
class Lying:
    """A file in the inbox. `key` stands for it in addresses, which hold no names; `folder`: of the inbox, where in one."""

    path: Path
    key: str
    name: str
    folder: str
    size: int
    came: datetime

    @property
    def shown(self) -> str:
        """Its name, with the folder that it lies in."""
        return f"{self.folder}/{self.name}" if self.folder else self.name

    @property
    def size_words(self) -> str:
        """How large it is, in words."""
        if self.size < 2**20:
            return f"{max(1, round(self.size / 1024)):,} KB"
        return f"{self.size / 2**20:,.1f} MB"


def lying(inbox: Path) -> list[Lying]:
    """The files of the inbox that a run would read, in its order."""
    if not inbox.is_dir():
        return []
    return [
        _told(inbox, path)
        for path in sorted(inbox.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not path.name.startswith(_LEFT_OUT)
        and path.name.casefold() not in IGNORED
    ]


def _told(inbox: Path, path: Path) -> Lying:
    within = path.relative_to(inbox)
    about = path.stat()
    folder = "" if within.parent == Path() else str(within.parent)
    came = datetime.fromtimestamp(about.st_mtime, UTC)
    return Lying(path, key_of(within), path.name, folder, about.st_size, came)


def key_of(within: Path) -> str:
    """What stands for a file in addresses."""
    return sha256(str(within).encode(errors="surrogateescape")).hexdigest()[:12]
