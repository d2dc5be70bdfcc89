"""Looking for viruses in what people send, by a command that the council names; without one nothing is looked for.

The command is run on each file before it is taken in, in a process with limits and without this application's environment.
Only its ending with 0 lets a file through: any other ending, or none, refuses it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from earlyhelp.errors import InputRefused
from earlyhelp.web.confined import CANNOT_BE_RUN, limited
from earlyhelp.web.looking import record_act

MOST_MEMORY = 4 * 2**30
MOST_SECONDS = 100
"""Of one file; a scanner that needs longer is stopped, and the file refused."""
REFUSED, NOT_RUN = "refused by the virus scanner", "the virus scanner could not be run"


def command() -> list[str]:
    """The command with its own arguments; none where none is named. Raises ValueError for quotes that do not close."""
    return shlex.split(settings.UPLOAD_SCAN)


def in_words() -> str:
    """Whether uploads are looked at, for whoever looks after this server."""
    if not settings.UPLOAD_SCAN.strip():
        return "Uploads are not looked at by a virus scanner. EARLYHELP_UPLOAD_SCAN names its command."
    program = _program()
    if program is None:
        return "A virus scanner is set (EARLYHELP_UPLOAD_SCAN) and cannot be found: every upload is refused until it can be run."
    return f"Each upload is looked at by a virus scanner before it is taken in: {Path(program).name}."


def is_on() -> bool:
    """Whether a command is named."""
    return bool(settings.UPLOAD_SCAN.strip())


def _program() -> str | None:
    try:
        return shutil.which(command()[0])
    except (ValueError, IndexError):
        return None


def look(upload: UploadedFile, name: str) -> None:
    """Raises InputRefused for a file that the scanner does not let through, or cannot look at; nothing otherwise.

    name: what the file is called in messages; the scanner is not told it. A file that was let through is not looked at again.
    """
    if not is_on() or getattr(upload, "let_through", False):
        return
    with _on_disk(upload) as path:
        ended = _ended(path)
    upload.scan = "" if ended == 0 else NOT_RUN if ended is None else REFUSED
    if ended is None:
        raise InputRefused(
            "The virus scanner of this server could not be run, so the file was not taken in.",
            where=name,
            fix="Tell whoever looks after this server, and send the file again later.",
        )
    if ended:
        raise InputRefused(
            "The virus scanner of this server did not let the file through, so it was not taken in.",
            where=name,
            fix="Do not open it, and tell whoever looks after your computers.",
        )
    upload.let_through = True


def _ended(path: Path) -> int | None:
    """How the scanner ended; None where it could not be run, took too long, or was stopped."""
    try:
        process = subprocess.Popen(
            limited([*command(), str(path)], MOST_MEMORY, MOST_SECONDS),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    try:
        ended = process.wait(MOST_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # what it started as well
        process.wait()
        return None
    return None if ended < 0 or ended in CANNOT_BE_RUN else ended


@contextmanager
def _on_disk(upload: UploadedFile) -> Iterator[Path]:
    """The file's bytes as a file of this application's own user, under a name that says nothing."""
    upload.file.seek(0)
    if hasattr(upload, "temporary_file_path"):
        upload.file.flush()
        yield Path(upload.temporary_file_path())
    else:
        with NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR, suffix=".upload") as copy:
            for piece in upload.chunks(2**20):
                copy.write(piece)
            copy.flush()
            yield Path(copy.name)
    upload.file.seek(0)


def record_refused(request: HttpRequest) -> None:
    """Write into the audit log which files of the request the scanner did not let through, by the names they came with."""
    for field in request.FILES:
        for each in request.FILES.getlist(field):
            if why := _found(each):
                record_act(request, "upload refused", file=str(each.name)[:120], why=why)


def _found(upload: Any) -> str:
    return str(getattr(upload, "scan", ""))
