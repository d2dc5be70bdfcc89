"""A small council with a person to erase, who stands in every kind of file, and a look at all that its store holds."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.build.erasing import Asked, Whom
from earlyhelp.pipeline import run
from earlyhelp.store.workspace import Workspace, create_workspace

READER = duckdb.connect(config={"threads": 1})
DAY = date(2026, 4, 1)
ASKED = Asked("tester", "request 17", "2026-04-02T09:00:00+00:00")
WHOM = Whom("standard", "child-of-flat-9")
PERSONAL = ("Zebedee", "9434765919", "Q801200001001", "child-of-flat-9", "2011-07-19", "Quillfeather called")
FILES = {
    "person.csv": (
        "person_key,source_person_id,forename,surname,dob,sex,is_duplicate_of\n"
        "child-of-flat-9,child-of-flat-9,Zebedee,Quillfeather,2011-07-19,M,\n"
        "sister-of-flat-9,sister-of-flat-9,Araminta,Quillfeather,2013-02-03,F,\n"
        "somebody-else,somebody-else,Perpetua,Hawksmoor,2012-05-06,F,\n"
        '"other\nchild","other child",Barnaby,Thistlewood,2014-08-09,M,\n'
    ),
    "person_identifier.csv": (
        "person_key,type,value\n"
        "child-of-flat-9,nhs_number,9434765919\n"
        "child-of-flat-9,upn,Q801200001001\n"
        "sister-of-flat-9,nhs_number,9434765870\n"
        "sister-of-flat-9,upn,Q801200001002\n"
    ),
    "family_member.csv": (
        "family_key,person_key,role,from_date\n"
        "flat-9,child-of-flat-9,child,2020-01-01\n"
        "flat-9,sister-of-flat-9,child,2020-01-01\n"
    ),
    "contact.csv": (
        "contact_id,person_key,contact_date,source_code,reason_raw\n"
        "C1,child-of-flat-9,2025-04-01,6,Quillfeather called about Zebedee\n"
        "C2,sister-of-flat-9,2025-04-02,6,\n"
        "C3,child-of-flat-9,no day,6,Quillfeather called again\n"
        "C4,somebody-else,2025-05-02,1A,\n"
    ),
    "eh_episode.csv": (
        "episode_id,person_key,start_date,end_date,end_reason_code\n"
        "E1,child-of-flat-9,2025-04-10,2025-08-10,needs met\n"
        "E2,sister-of-flat-9,2025-04-10,,\n"
        "E3,somebody-else,2025-06-10,2025-09-10,needs met\n"
    ),
    "feedback.csv": "feedback_id,episode_id,respondent,asked_date\nF1,E1,child,2025-08-11\nF2,E3,parent,2025-09-11\n",
    "allocation.csv": "episode_id,worker_id,from_date\nE1,W1,2025-04-11\nE2,W1,2025-04-11\n",
}


def council(root: Path, files: dict[str, str] | None = None) -> Workspace:
    """A workspace in `root` into which the files were loaded and run."""
    workspace = create_workspace(root, "E09000032")
    receive(workspace, files or FILES)
    return workspace


def receive(workspace: Workspace, files: dict[str, str]) -> None:
    """Put files into the inbox and run."""
    for name, text in files.items():
        (workspace.inbox / name).write_text(text, encoding="utf-8", newline="")
    run(workspace, DAY)


def rows(file: Path) -> Counter[Any]:
    """The rows of a Parquet file, each as often as it occurs."""
    return Counter(READER.execute("SELECT * FROM read_parquet(?)", [str(file)]).fetchall())


def tables(workspace: Workspace) -> dict[str, Counter[Any]]:
    """Every table of the current snapshot, both sides."""
    folder = workspace.snapshot_folder()
    return {str(path.relative_to(folder)): rows(path) for path in sorted(folder.rglob("*.parquet"))}


def holding(root: Path, words: tuple[str, ...] = PERSONAL) -> list[str]:
    """The files under a folder in which any of the words stands: Parquet by its values, anything else by its bytes."""
    found = []
    for path in sorted(each for each in root.rglob("*") if each.is_file()):
        text = str(rows(path)) if path.suffix == ".parquet" else path.read_bytes().decode("utf-8", "replace")
        if any(word in text for word in words):
            found.append(str(path.relative_to(root)))
    return found
