"""Making invented councils from the command line: the same bytes each time, whole or not at all, and the truth apart."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.journeys.conftest import Ended, earlyhelp

SMALL = ("--children", 300, "--seed", 11)


def synthesise(folder: Path, *arguments: object) -> Ended:
    return earlyhelp("synthesise", folder, *SMALL, *arguments)


def content(folder: Path) -> dict[str, str]:
    """The fingerprint of every file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small council with every extract."""
    folder = tmp_path_factory.mktemp("synthetic") / "made"
    assert synthesise(folder, "--like", "Leeds").code == 0
    return folder


@pytest.mark.parametrize("layout", [("--layout", "standard"), ("--layout", "standard", "--format", "parquet"), ()])
def test_the_same_arguments_give_the_same_bytes(tmp_path: Path, layout: tuple[str, ...]) -> None:
    for name in ("one", "other"):
        assert synthesise(tmp_path / name, "--like", "Leeds", *layout).code == 0
    assert content(tmp_path / "one") == content(tmp_path / "other")


def test_another_seed_gives_another_council(tmp_path: Path) -> None:
    for seed in (1, 2):
        earlyhelp("synthesise", tmp_path / str(seed), "--children", 300, "--seed", seed, "--layout", "standard")
    one, other = (content(tmp_path / seed / "01-wandlebury") for seed in ("1", "2"))
    assert one.keys() == other.keys()
    drawn = {name for name in one if Path(name).stem in ("person", "contact", "place", "social_care_event")}
    assert drawn
    assert not any(one[name] == other[name] for name in drawn)


def test_councils_resemble_those_that_are_named_in_turn_and_have_codes_of_their_own(tmp_path: Path) -> None:
    made = synthesise(
        tmp_path / "made", "--councils", 3, "--like", "bristol", "--like", "E09000028", "--layout", "standard"
    )
    assert made.code == 2
    assert "no profile" in made.err
    told = synthesise(
        tmp_path / "made", "--councils", 3, "--like", "bristol", "--like", "Leeds", "--layout", "standard", "--json"
    )
    councils = told.json["councils"]
    assert [each["resembles"] for each in councils] == ["Bristol", "Leeds", "Bristol"]
    assert len({each["code"] for each in councils}) == len({each["name"] for each in councils}) == 3


def test_the_truth_lies_apart_from_the_extracts(extracts: Path) -> None:
    council = next(path for path in extracts.iterdir() if path.name.startswith("01-"))
    assert {path.name for path in extracts.iterdir()} == {council.name, "truth", "maps", "synthesis.json"}
    names = {path.stem for path in council.rglob("*") if path.is_file()}
    told = {path.stem for path in (extracts / "truth" / council.name).glob("*.parquet")}
    assert {"offers", "effects", "abuse", "cut", "waits", "planted_faults", "registers"} <= told
    assert not names & told
    assert "No person, address or school in it is real" in (extracts / "truth" / council.name / "README.md").read_text()


def test_every_table_of_the_truth_is_explained(extracts: Path) -> None:
    from earlyhelp.synthetic.truth import MEANINGS

    (truth,) = (extracts / "truth").iterdir()
    written = {path.stem for path in truth.glob("*.parquet")} | {"records"}
    assert written == set(MEANINGS)
    assert all(f"`{name}`" in (truth / "README.md").read_text() for name in written)


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (("--councils", "0"), "--councils"),
        (("--children", "-5"), "--children"),
        (("--children", "many"), "synthesise"),
        (("--seed", "-1"), "--seed"),
        (("--mess", "-0.5"), "--mess"),
        (("--like", "Narnia"), "--like"),
        (("--layout", "xlsx"), "--layout"),
        (("--format", "docx"), "--format"),
        (("--words", "no-such-file.csv"), "--words"),
    ],
)
def test_arguments_that_cannot_be_are_refused_by_name_and_nothing_is_made(
    tmp_path: Path, arguments: tuple[str, str], where: str
) -> None:
    ended = earlyhelp("synthesise", tmp_path / "made", *arguments, "--json")
    assert ended.code == 2
    assert where in ended.json["where"]
    assert ended.json["fix"]
    assert not (tmp_path / "made").exists()


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    refused = synthesise(tmp_path, "--layout", "standard")
    assert refused.code == 3
    assert "not empty" in refused.err
    other_plan = synthesise(tmp_path, "--layout", "standard", "--resume")
    assert other_plan.code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_killed_run_leaves_no_half_council_and_is_carried_on_to_the_same_bytes(tmp_path: Path) -> None:
    plan = ("--councils", 3, "--layout", "standard")
    assert synthesise(tmp_path / "whole", *plan).code == 0
    killed = tmp_path / "killed"
    command = [sys.executable, "-m", "earlyhelp", "synthesise", str(killed), *map(str, SMALL), *map(str, plan)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait_for_a_council(killed)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    whole = content(tmp_path / "whole")
    for council in _councils(killed):
        below = f"{council.name}/"
        assert content(council) == {n.removeprefix(below): mark for n, mark in whole.items() if n.startswith(below)}
    assert synthesise(killed, *plan, "--resume").code == 0
    assert content(killed) == whole


def _wait_for_a_council(folder: Path) -> None:
    """Until the first council stands there and the second is begun, or all are done."""
    for _ in range(1200):
        if _councils(folder):
            return
        time.sleep(0.05)
    raise AssertionError("no council was made within a minute")


def _councils(folder: Path) -> list[Path]:
    return sorted(folder.glob("0*")) if folder.exists() else []


def test_the_standard_layout_loads_without_a_row_in_quarantine_and_with_its_coverage(tmp_path: Path) -> None:
    told = synthesise(tmp_path / "made", "--layout", "standard", "--json").json["councils"][0]
    workspace = tmp_path / "council"
    assert earlyhelp("init", workspace, "--council", told["code"]).code == 0
    shutil.copytree(tmp_path / "made" / told["folder"], workspace / "inbox", dirs_exist_ok=True)
    ended = earlyhelp("run", workspace, "--json")
    assert ended.code == 0
    load = ended.json["stages"][0]
    assert load["rows_quarantined"] == 0
    assert load["rows_read"] == load["rows_accepted"] > told["rows"]  # the feed table stands beside the records
    first = earlyhelp("measure", workspace, "A1", "--period", "year", "--json").json["rows"]
    assert {row["status"] for row in first if row["period_end"] < "2020-04-01"} <= {"no_data"}
    assert json.loads((tmp_path / "made" / "synthesis.json").read_text())["seed"] == 11
