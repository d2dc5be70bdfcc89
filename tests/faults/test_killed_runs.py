"""A run killed at any moment loses nothing and doubles nothing: the next run ends where an undisturbed one does."""

from __future__ import annotations

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from earlyhelp.pipeline import export
from earlyhelp.store.workspace import open_workspace

EXAMPLE = Path(__file__).parents[2] / "examples" / "thornbridge" / "inbox"
FILES = ("annex_a_2026-03.xlsx", "cin_2025-26.xml", "contact.csv", "person.csv", "ssd_early_help_episodes.csv")
TABLES = ("contact", "eh_assessment", "eh_episode", "feed", "person", "person_link", "social_care_event")
MOMENTS, MOMENTS_AT_ONCE = 50, 20
"""Moments in the long suite, and those of them in every run of the tests: each is a run killed and a run again."""


@dataclass(frozen=True)
class Undisturbed:
    """A workspace before its run, how long the run takes, and what it exports."""

    before: Path
    seconds: float
    exports: dict[str, list[str]]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("kill")
    before = folder / "before"
    _earlyhelp("init", before, "--council", "E06000999").check_returncode()
    for name in FILES:
        shutil.copy(EXAMPLE / name, before / "inbox")
    whole = folder / "whole"
    shutil.copytree(before, whole)
    start = time.monotonic()
    _earlyhelp("run", whole).check_returncode()
    return Undisturbed(before, time.monotonic() - start, _exports(whole, folder))


@pytest.mark.parametrize(
    "moment",
    [
        *range(MOMENTS_AT_ONCE),
        *(pytest.param(later, marks=pytest.mark.long) for later in range(MOMENTS_AT_ONCE, MOMENTS)),
    ],
)
def test_a_killed_run_is_made_good_by_the_next(undisturbed: Undisturbed, tmp_path: Path, moment: int) -> None:
    workspace = tmp_path / "council"
    shutil.copytree(undisturbed.before, workspace)
    _run_and_kill(workspace, undisturbed.seconds * random.Random(moment).uniform(0.1, 1.1))
    again = _earlyhelp("run", workspace)
    assert again.returncode in (0, 5), again.stderr
    assert _exports(workspace, tmp_path) == undisturbed.exports
    assert not list((workspace / "inbox").iterdir())
    assert not list((workspace / "store" / "work").iterdir())


def _run_and_kill(workspace: Path, after: float) -> None:
    """Start a run in a process group of its own and kill all of it, the confined reader included."""
    command = [sys.executable, "-m", "earlyhelp", "run", str(workspace), "--quiet"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True) as process:
        time.sleep(after)
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def _earlyhelp(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "earlyhelp", *map(str, arguments), "--quiet"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _exports(workspace: Path, folder: Path) -> dict[str, list[str]]:
    """Every table's rows as exported with identity."""
    opened = open_workspace(workspace)
    found = {}
    for table in TABLES:
        out = folder / f"{table}.csv"
        export(opened, table, out, identity=True, account="test", reason="kill test", when="2026-01-01T00:00:00")
        with out.open(encoding="utf-8", newline="") as stream:
            found[table] = [",".join(row) for row in csv.reader(stream)]
    return found
