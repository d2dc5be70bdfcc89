"""The key with which sessions are signed: made once, kept in the workspace, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from earlyhelp.errors import EarlyHelpError


def secret_key(folder: Path) -> str:
    """The key kept in the folder, made at the first call. Raises EarlyHelpError where others can read it."""
    file = folder / "secret.key"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(file)
    with os.fdopen(handle, "w") as stream:
        stream.write(secrets.token_urlsafe(64))
    return _read(file)


def _read(file: Path) -> str:
    if file.stat().st_mode & 0o077:
        raise EarlyHelpError(
            "The web's secret key can be read by others.", where=file.name, fix=f"chmod 600 {file.name}"
        )
    return file.read_text(encoding="ascii").strip()
