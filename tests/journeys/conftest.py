"""The command line as a user meets it: arguments in, exit code and two streams out."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from earlyhelp.__main__ import commands
from earlyhelp.cli.frame import run

EXAMPLE = Path(__file__).parents[2] / "examples" / "thornbridge" / "inbox"


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What `--json` printed."""
        return json.loads(self.out)


Command = Callable[..., Ended]


def earlyhelp(*arguments: object) -> Ended:
    """Run one command and catch what it prints."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(commands, [str(each) for each in arguments])
    return Ended(int(code), out.getvalue(), err.getvalue())


def exported(workspace: Path, folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table as they are exported, who people are among them."""
    out = folder / f"{table}.csv"
    out.unlink(missing_ok=True)
    earlyhelp("export", workspace, table, "--out", out, "--identity", "--reason", "to look at")
    return list(csv.DictReader(out.read_text("utf-8").splitlines()))


@pytest.fixture(scope="session")
def thornbridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The example council, loaded and run. Tests read it; none changes it."""
    folder = tmp_path_factory.mktemp("councils") / "thornbridge"
    assert earlyhelp("init", folder, "--council", "E06000999").code == 0
    for file in EXAMPLE.iterdir():
        shutil.copy(file, folder / "inbox")
    ended = earlyhelp("run", folder, "--json")
    assert ended.code in (0, 3), ended.err or ended.out
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty workspace."""
    folder = tmp_path / "council"
    assert earlyhelp("init", folder, "--council", "E09000032", "--name", "Testing").code == 0
    return folder
