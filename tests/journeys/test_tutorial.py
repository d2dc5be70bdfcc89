"""The tutorial's commands, run one after the other as a reader would type them."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from tests.journeys.conftest import earlyhelp

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial" / "first-day.md"
MAY_END_WITH = {"run": (0, 3)}


def test_every_command_of_the_tutorial_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    commands = re.findall(r"^\$ (.+)$", PAGE.read_text(), flags=re.MULTILINE)
    assert commands
    for command in commands:
        program, *arguments = shlex.split(command)
        if program == "cp":
            _copy(tmp_path, *arguments)
            continue
        assert program == "earlyhelp"
        ended = earlyhelp(*arguments)
        assert ended.code in MAY_END_WITH.get(arguments[0], (0,)), f"{command}: {ended.err}"
        assert ended.out, command


def _copy(folder: Path, pattern: str, target: str) -> None:
    for file in sorted(folder.glob(pattern)):
        shutil.copy(file, folder / target)
