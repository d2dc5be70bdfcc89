"""A council's folder: where everything lies, who may write, and which snapshot is current."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.errors import EarlyHelpError, InputRefused, UsageProblem
from earlyhelp.store.files import flush_folder, private_folder, read_json, write_text
from earlyhelp.store.keys import Pseudonyms, make_key, read_key
from earlyhelp.store.settings import ONS_CODE, Settings, read_settings, template

MEMORY_LIMIT = 1_500_000_000
"""Bytes that a connection takes before it spills, where nobody asks for more."""
_UNITS = {"KiB": 1024, "MiB": 1024**2, "GiB": 1024**3, "TiB": 1024**4}


class Workspace:
    """The folder of one council. Paths only; nothing is read until it is asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.inbox = root / "inbox"
        self.maps = root / "maps"
        self.store = root / "store"
        self.log = root / "log"
        self.feeds = self.store / "feeds"
        self.received = self.store / "received"
        self.snapshots = self.store / "snapshots"
        self.cubes = self.store / "cubes"
        self.work = self.store / "work"
        self.counting = self.store / "counting"
        self.current_pointer = self.store / "current"
        self.certificates = self.store / "certificates.sqlite3"
        self._key_file = root / "keys" / "pseudonyms.key"

    @property
    def settings(self) -> Settings:
        """The council's settings as they stand in `council.toml`."""
        return read_settings(self.root / "council.toml")

    @property
    def pseudonyms(self) -> Pseudonyms:
        """The council's pseudonyms; raises when the key is missing or not private."""
        return read_key(self._key_file)

    def snapshot_folder(self, snapshot: str | None = None) -> Path:
        """The folder of a snapshot, of the current one by default. Raises InputRefused when there is none."""
        name = snapshot or self.current
        if name is None:
            raise InputRefused(
                "Nothing has been published in this workspace yet.",
                where=str(self.root),
                fix="Put extracts into inbox/ and run: earlyhelp run DIR",
            )
        folder = self.snapshots / name
        if Path(name).name != name or not folder.is_dir():
            raise InputRefused(f"There is no snapshot {name}.", where=str(self.snapshots), fix="earlyhelp doctor DIR")
        return folder

    @property
    def current(self) -> str | None:
        """Name of the current snapshot, or None."""
        try:
            return self.current_pointer.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def manifest(self, snapshot: str | None = None) -> dict[str, Any]:
        """The manifest of a snapshot: inputs, row accounts, stages, versions."""
        content: dict[str, Any] = read_json(self.snapshot_folder(snapshot) / "manifest.json")
        return content

    def point_to(self, snapshot: str) -> None:
        """Make a complete snapshot the current one, in one step."""
        write_text(self.current_pointer, snapshot + "\n")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace against other writers, and sweep what a killed run left. Readers are never held up."""
        private_folder(self.store)
        with (self.store / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise EarlyHelpError(
                    "Another run is writing to this workspace.", where=str(self.root), fix="Wait until it has ended."
                ) from None
            if self.work.exists():
                shutil.rmtree(self.work)
            private_folder(self.work)
            yield

    def scratch(self, name: str) -> Path:
        """A private folder for the working files of one step; swept at the next start at the latest."""
        folder = self.work / f"{name}.{os.getpid()}"
        if folder.exists():
            shutil.rmtree(folder)
        return private_folder(folder)


def open_workspace(root: Path) -> Workspace:
    """The workspace in a folder. Raises InputRefused when the folder is not one."""
    if not root.is_dir():
        raise InputRefused("There is no such folder.", where=str(root), fix="Make a workspace: earlyhelp init DIR")
    workspace = Workspace(root)
    workspace.settings  # noqa: B018 - a folder without readable settings is not a workspace
    return workspace


def create_workspace(root: Path, council: str, name: str = "") -> Workspace:
    """A new workspace. Raises UsageProblem for a code that is no council's, InputRefused where files lie already."""
    if not ONS_CODE.fullmatch(council):
        raise UsageProblem(
            f"{council!r} is not the code of an English council.",
            where="--council",
            fix="Give the ONS code, for example E09000032 for Wandsworth.",
        )
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise InputRefused("The folder exists and is not empty.", where=str(root), fix="Name a new folder.")
    root.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(root)
    for folder in (workspace.store, workspace.inbox, workspace.log):
        private_folder(folder)
    workspace.maps.mkdir(exist_ok=True)
    make_key(root / "keys" / "pseudonyms.key")
    write_text(root / "council.toml", template(name, council))
    flush_folder(root)
    return workspace


def connect(scratch: Path, threads: int | None = None, memory: int = MEMORY_LIMIT) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB that spills, encrypted, into `scratch` and reaches nothing else outside the process.

    `threads`: how many work on one query; as many as the machine has where nobody says. `memory`: bytes that it takes before
    it spills.
    """
    con = duckdb.connect(
        config={
            **({"threads": threads} if threads else {}),
            "memory_limit": f"{memory}B",
            # DuckDB makes one folder and no parents: where the scratch folder is not there it becomes that folder itself.
            "temp_directory": str(scratch / "spill" if scratch.is_dir() else scratch),
            "temp_file_encryption": "true",
            # Without the extension httpfs, DuckDB encrypts only with a key from a plain generator of random numbers, and
            # only when told so. It keeps names out of the spilled bytes; the folder itself is its owner's alone.
            "force_mbedtls_unsafe": "true",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
        }
    )
    con.execute("SET TimeZone = 'UTC'")
    return con


def half_of_the_memory() -> int:
    """Bytes: half of what the engine itself would take, which knows of the machine and of a container's limit."""
    with duckdb.connect() as con:
        [(told,)] = con.execute("SELECT current_setting('memory_limit')").fetchall()
    number, unit = told.split()
    return int(float(number) * _UNITS[unit]) // 2
