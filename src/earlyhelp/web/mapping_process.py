"""Looking at a file that somebody sent, in a process of its own with limits: what its headings mean, what a map makes of it.

Run as a module by `of_file`: the question as JSON on standard input, the answer on standard output. Values of rows go
through that pipe to the page that asked, and nowhere else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from earlyhelp import own_process
from earlyhelp.errors import EarlyHelpError, InputRefused

MOST_MEMORY = 6 * 2**30
MOST_SECONDS = 120


def of_file(root: Path, path: Path, folder: Path, **asked: Any) -> dict[str, Any]:
    """The answer about a file of the workspace at `root`. `folder`: where it may work, and leaves nothing.

    Raises InputRefused for a file that cannot be read, or that needs more than the limits.
    """
    from earlyhelp.web.confined import limited

    folder.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(dir=folder) as scratch:
        question = {**asked, "root": str(root), "path": str(path), "scratch": scratch}
        try:
            done = subprocess.run(
                limited([sys.executable, "-P", "-m", "earlyhelp.web.mapping_process"], MOST_MEMORY, MOST_SECONDS),
                input=json.dumps(question),
                capture_output=True,
                text=True,
                timeout=MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _too_much(path) from None
    if done.returncode == 3:
        raise InputRefused(**json.loads(done.stdout))
    if done.returncode:
        raise _too_much(path)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _too_much(path: Path) -> InputRefused:
    return InputRefused(
        "Reading the file needed more memory or time than is allowed, or made the reader stop.",
        where=path.name,
        fix="Split it into smaller files, or map it on the command line: earlyhelp map DIR FILE.",
    )


def main() -> int:
    """Entry of the process: 0 with the answer, 3 with the refusal, both as JSON on standard output."""
    told = json.load(sys.stdin)
    try:
        answer = _answer(told)
    except EarlyHelpError as refused:
        sys.stdout.write(json.dumps(refused.as_dict()))
        return 3
    sys.stdout.write(json.dumps(answer, default=str))
    return 0


def _answer(told: Mapping[str, Any]) -> dict[str, Any]:
    from earlyhelp.ingest.mapping.faulty_rows import faulty_rows
    from earlyhelp.ingest.mapping.map_files import map_in
    from earlyhelp.ingest.mapping.trial import look, try_out
    from earlyhelp.store.workspace import open_workspace

    workspace, scratch, path = open_workspace(Path(told["root"])), Path(told["scratch"]) / "trial", Path(told["path"])
    draft = map_in(told["draft"], "draft") if told.get("draft") else None
    identity = bool(told.get("identity"))
    if draft is None or told["what"] == "look":
        return look(workspace, path, scratch, draft, told.get("tables"), identity=identity)
    received_on = date.fromisoformat(told["received_on"])
    if told["what"] == "faults":
        return faulty_rows(workspace, path, scratch, draft, received_on, identity=identity)
    return try_out(workspace, path, scratch, draft, received_on)


if __name__ == "__main__":
    own_process.begin()
    sys.exit(main())
