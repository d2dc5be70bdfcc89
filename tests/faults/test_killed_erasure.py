"""An erasure killed at any moment: the next call carries on or starts again, and ends where an undisturbed one does."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from earlyhelp.build.erasing import forget
from earlyhelp.store.files import read_json
from earlyhelp.store.snapshots import damaged_files
from earlyhelp.store.workspace import Workspace
from erasable import ASKED, WHOM, council, holding, tables

FILES = {
    "person.csv": (
        "person_key,source_person_id,forename,surname,dob,sex\n"
        "child-of-flat-9,child-of-flat-9,Zebedee,Quillfeather,2011-07-19,M\n"
        "sister-of-flat-9,sister-of-flat-9,Araminta,Quillfeather,2013-02-03,F\n"
    ),
    "contact.csv": (
        "contact_id,person_key,contact_date,source_code\nC1,child-of-flat-9,2025-04-01,6\nC2,sister-of-flat-9,2025-04-02,6\n"
    ),
}
KILLED = """
import os, pathlib, shutil, sys
sys.path[:0] = sys.argv[4:]
from earlyhelp.build.erasing import Asked, Whom, forget
from earlyhelp.store.workspace import Workspace
left = int(sys.argv[3])
def counted(what):
    def step(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return what(*arguments, **named)
    return step
erasure = sys.modules["earlyhelp.store.erasure"]
if sys.argv[2] == "preparing":
    feeds = sys.modules["earlyhelp.build.erasing.forget"]
    for name in ("begin", "rewrite_feed", "commit"):
        setattr(feeds, name, counted(getattr(feeds, name)))
else:
    pathlib.Path.replace = counted(pathlib.Path.replace)
    real = shutil.rmtree
    erasure.commit, commit = None, erasure.commit
    def committed(*arguments):
        kept = pathlib.Path.replace
        commit(*arguments)
        global left
        left = int(sys.argv[3])
        shutil.rmtree = counted(real)
    left = 10**9
    sys.modules["earlyhelp.build.erasing.forget"].commit = committed
asked = Asked("tester", "request 17", "2026-04-02T09:00:00+00:00")
forget(Workspace(pathlib.Path(sys.argv[1])), Whom("standard", "child-of-flat-9"), asked)
"""
MOMENTS = [("preparing", 0), ("preparing", 2), *(("putting in place", step) for step in (0, 1, 4, 8, 12, 16))]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return council(tmp_path_factory.mktemp("killed") / "before", FILES).root


@pytest.fixture(scope="module")
def undisturbed(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("undisturbed") / "council"
    shutil.copytree(before, root)
    forget(Workspace(root), WHOM, ASKED)
    return Workspace(root)


@pytest.mark.parametrize(("phase", "steps"), MOMENTS)
def test_a_killed_erasure_is_made_good_by_the_next_call(before, undisturbed, tmp_path, phase, steps):
    root = tmp_path / "council"
    shutil.copytree(before, root)
    command = [sys.executable, "-c", KILLED, str(root), phase, str(steps), *sys.path]
    assert subprocess.run(command, check=False).returncode == 9, "it was to be killed, and ended before"
    workspace = Workspace(root)
    assert damaged_files(workspace.snapshot_folder()) == []  # a reader finds a whole snapshot at any moment
    result = forget(workspace, WHOM, ASKED)
    assert result["still_found_in"] == []
    assert holding(root) == []
    assert not (workspace.store / "erasing").exists()
    assert (workspace.current, tables(workspace)) == (undisturbed.current, tables(undisturbed))
    assert _accounts(workspace) == _accounts(undisturbed)
    assert len((workspace.log / "audit.jsonl").read_text().splitlines()) == 1


def _accounts(workspace: Workspace) -> list[tuple[object, ...]]:
    reports = [read_json(path) for path in sorted(workspace.feeds.glob("*/feed.json"))]
    return [(each["feed_id"], each["tables"], each["erased"], each["received_sha256"]) for each in reports]
