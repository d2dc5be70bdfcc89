"""Making a paper, or proposing it, in a process of its own: both work out studies, which takes longer than a page may.

Run as a module by `jobs`: the question as JSON on standard input, the answer on standard output, each step on standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from earlyhelp import own_process
from earlyhelp.errors import EarlyHelpError, GateClosed


def main() -> int:
    """Entry of the process: 0 with the answer, else the exit code of the refusal, both as JSON on standard output."""
    told = json.load(sys.stdin)
    try:
        answer = _answer(told)
    except EarlyHelpError as refused:
        sys.stdout.write(json.dumps(refused.as_dict()))
        return int(refused.exit_code)
    sys.stdout.write(json.dumps(answer))
    return 0


def _answer(told: Mapping[str, Any]) -> dict[str, Any]:
    from earlyhelp import documenting, proposing
    from earlyhelp.reports.blocks_kept import content_kept
    from earlyhelp.store.workspace import open_workspace

    workspace, name = open_workspace(Path(told["root"])), told["document"]
    if told["what"] == "files":
        return _files(told, workspace.manifest(told["snapshot"])["as_at"])
    _say("opening the snapshot")
    when = told["when"]
    if workspace.current != told["snapshot"]:
        raise GateClosed("The figures have changed since this was asked for.", where=name, fix="Ask for it again.")
    about = documenting.Subject(documenting.document_called(name).about, told["about"])
    if told["what"] == "paper":
        content = documenting.content_for(workspace, name, when, about, progress=_say)
        return {"content": content_kept(content)}
    release = proposing.propose_document(
        workspace, name, told["recipients"], told["account"], when, about, progress=_say
    )
    return {"release": release.id, "state": release.state, "title": release.proposal.title}


def _files(told: Mapping[str, Any], as_at: str) -> dict[str, Any]:
    """A paper that was made written to every kind of file that it can be, each put in its place once it is whole."""
    from earlyhelp.documenting import document_called
    from earlyhelp.reports.blocks_kept import content_from
    from earlyhelp.reports.to_file import write_content
    from earlyhelp.store.files import private_file, private_folder

    folder, content = private_folder(Path(told["folder"])), content_from(told["content"])
    for ending in document_called(told["document"]).endings:
        _say(f"writing it as {ending.lstrip('.')}")
        with private_file(folder / f"paper{ending}") as partial:
            write_content(content, partial, datetime.combine(date.fromisoformat(as_at), time()))
    return {}


def _say(step: str) -> None:
    sys.stderr.write(f"{step}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    own_process.begin()
    sys.exit(main())
