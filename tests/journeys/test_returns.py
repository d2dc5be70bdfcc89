"""Returns as a user makes them: on the example council, and read again by the program itself."""

from __future__ import annotations

import csv
import json
import stat
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from tests.journeys.conftest import Ended, earlyhelp

from earlyhelp.reports.returns import RETURNS
from earlyhelp.reports.returns.carried import BIRTH_MONTH

AS_AT = "2026-03-31"
NOT_KEPT = {
    "fami_table_id": "only the number of the row",
    "link_table_id": "only the number of the row",
    "pers_send_flag": "asks only for a plan: N is read as not known, since a child may have support without one",
    "link_valid_from_date": "a pupil number is told in two tables, and the telling read last, without dates, stands",
    "pers_upn": "of two current numbers of one child either may stand, where neither has a date",
}
"""Columns of the SSD that are not compared after a round trip, each with the reason."""
ENDINGS = [(each.name, ending) for each in RETURNS.values() for ending in each.endings]


def make(folder: Path, name: str, out: Path, *more: object) -> Ended:
    """Make a return with a reason; one that has faults is written all the same."""
    validated = ["--with-errors"] if RETURNS[name].validated else []
    return earlyhelp("report", folder, name, "--out", out, "--reason", "inspection", *validated, *more, "--json")


def sheet(path: Path, name: str) -> list[list[Any]]:
    book = openpyxl.load_workbook(path, read_only=True)
    return [list(row) for row in book[name].iter_rows(values_only=True)]


def archive(path: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each file of an archive, by the table's name."""
    with ZipFile(path) as held:
        texts = {name[:-4]: held.read(name).decode() for name in held.namelist() if name.endswith(".csv")}
    return {name: list(csv.DictReader(StringIO(text))) for name, text in texts.items()}


def read_again(folder: Path, *files: Path) -> dict[str, Any]:
    """A new workspace into which nothing but the files was loaded; what the run said."""
    assert earlyhelp("init", folder, "--council", "E06000999").code == 0
    for file in files:
        (folder / "inbox" / file.name).write_bytes(file.read_bytes())
    ended = earlyhelp("run", folder, "--as-at", AS_AT, "--json")
    assert ended.code == 0, ended.err or ended.out
    told: dict[str, Any] = ended.json
    assert sum(table["rows_quarantined"] for feed in told["feeds"] for table in feed["tables"]) == 0
    return told


def unpacked(path: Path, into: Path) -> list[Path]:
    into.mkdir()
    with ZipFile(path) as held:
        held.extractall(into)
    return sorted(into.iterdir())


def test_what_there_is_is_listed_with_and_without_a_workspace(workspace: Path):
    listed = earlyhelp("report", "--list", "--json")
    assert listed.code == 0
    assert [each["name"] for each in listed.json["reports"]] == list(RETURNS)
    assert earlyhelp("report", workspace, "--json").json == listed.json
    assert all(name in earlyhelp("report").out for name in RETURNS)


@pytest.mark.parametrize(("name", "ending"), ENDINGS, ids=[f"{name}{ending}" for name, ending in ENDINGS])
def test_a_return_of_the_example_is_for_its_owner_alone_and_on_record(thornbridge: Path, tmp_path: Path, name, ending):
    out = tmp_path / f"out{ending}"
    ended = make(thornbridge, name, out)
    assert ended.code == 0, ended.err
    assert ended.json["path"] == str(out)
    assert any(ended.json["rows"].values())
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    last = json.loads((thornbridge / "log" / "audit.jsonl").read_text().splitlines()[-1])
    told = {key: last[key] for key in ("event", "report", "reason", "file", "snapshot")}
    assert told == {
        "event": "report",
        "report": name,
        "reason": "inspection",
        "file": f"out{ending}",
        "snapshot": ended.json["snapshot"],
    }
    assert last["account"]


def test_list_2_of_the_example_is_read_again_and_drawn_again_with_the_same_rows(thornbridge: Path, tmp_path: Path):
    out, again = tmp_path / f"annex_a_{AS_AT}.xlsx", tmp_path / "again.xlsx"
    make(thornbridge, "annex-a-list-2", out)
    told = read_again(tmp_path / "other", out)
    assert [feed["source"] for feed in told["feeds"]] == ["annex_a"]
    make(tmp_path / "other", "annex-a-list-2", again)
    rows = sheet(out, "List_2")
    assert len(rows) > 20
    assert sorted(map(str, sheet(again, "List_2"))) == sorted(map(str, rows))


def test_the_ssd_tables_of_the_example_are_read_again_and_drawn_again_with_the_same_rows(
    thornbridge: Path, tmp_path: Path
):
    out, again = tmp_path / "ssd.zip", tmp_path / "again.zip"
    make(thornbridge, "ssd-early-help", out)
    told = read_again(tmp_path / "other", *unpacked(out, tmp_path / "parts"))
    assert {feed["source"] for feed in told["feeds"]} == {"ssd"}
    make(tmp_path / "other", "ssd-early-help", again)
    before, after = archive(out), archive(again)
    assert all(before.values())
    for name, rows in before.items():
        assert len(after[name]) == len(rows), name
        assert _counted(rows) - _counted(after[name]) == Counter(), name


def test_a_workbook_of_the_ssd_tables_is_read_like_the_archive(sound: Path, tmp_path: Path):
    out, same = tmp_path / "ssd.xlsx", tmp_path / "ssd.zip"
    make(sound, "ssd-early-help", out)
    make(sound, "ssd-early-help", same)
    told = read_again(tmp_path / "other", out)
    read = {part["part"]: part["rows_read"] for feed in told["feeds"] for t in feed["tables"] for part in t["parts"]}
    assert {name: read.get(name, 0) for name in archive(same)} == {
        name: len(rows) for name, rows in archive(same).items()
    }


def _counted(rows: list[dict[str, str]]) -> Counter[tuple[tuple[str, str], ...]]:
    """Rows without what the layout, or reading it, cannot keep.

    A child of whom only the number is known is left out too: linkage may find out who that is.
    """
    told = [[(k, v) for k, v in row.items() if k not in NOT_KEPT] for row in rows]
    return Counter(tuple(row) for row in told if sum(bool(value) for _, value in row) > 1)


def test_the_national_return_of_the_example_is_read_again_as_the_standard_with_every_row(
    thornbridge: Path, tmp_path: Path
):
    out = tmp_path / "national.zip"
    make(thornbridge, "national-return", out)
    told = read_again(tmp_path / "other", *unpacked(out, tmp_path / "parts"))
    assert {feed["source"] for feed in told["feeds"]} == {"standard"}
    for name, rows in archive(out).items():
        target = tmp_path / f"{name}.csv"
        earlyhelp("export", tmp_path / "other", name, "--out", target)
        found = list(csv.DictReader(StringIO(target.read_text("utf-8"))))
        shown = [column for column in (rows[0] if rows else {}) if column != BIRTH_MONTH]
        assert _of(shown, found) == _of(shown, rows), name


def _of(columns: list[str], rows: list[dict[str, str]]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row[column] for column in columns) for row in rows)


def test_a_national_return_with_faults_is_not_written_and_each_fault_is_listed_with_what_to_do(
    thornbridge: Path, tmp_path: Path
):
    out = tmp_path / "national.zip"
    ended = earlyhelp("report", thornbridge, "national-return", "--out", out, "--json")
    assert ended.code == 4
    assert ended.json["path"] is None
    assert not out.exists()
    listed = Path(ended.json["list"])
    lines = list(csv.DictReader(StringIO(listed.read_text("utf-8"))))
    assert len(lines) == ended.json["faults"] == sum(each["records"] for each in ended.json["invalid"]) > 0
    assert all(line["what to do"] and line["record"] and line["file"] for line in lines)
    assert stat.S_IMODE(listed.stat().st_mode) == 0o600
    assert 0 < ended.json["readiness"]["score"] <= 1
    said = earlyhelp("report", thornbridge, "national-return", "--out", out)
    assert said.code == 4
    assert "--with-errors" in said.out


SOUND = {
    "eh_episode": "episode_id,person_key,start_date,end_date\n1,a,2025-05-01,2026-01-31\n",
    "person": "person_key,source_person_id,forename,sex\na,7,Zebedee,F\n",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council without a fault. Tests read it; none changes it."""
    folder = tmp_path_factory.mktemp("sound") / "council"
    assert earlyhelp("init", folder, "--council", "E09000032", "--name", "Testing").code == 0
    for name, text in SOUND.items():
        (folder / "inbox" / f"{name}.csv").write_text(text)
    assert earlyhelp("run", folder, "--as-at", AS_AT).code == 0
    return folder


def test_the_same_return_made_twice_is_the_same_file(sound: Path, tmp_path: Path):
    for name, ending in {ending: (name, ending) for name, ending in ENDINGS}.values():
        one, other = tmp_path / f"one{ending}", tmp_path / f"other{ending}"
        make(sound, name, one)
        make(sound, name, other)
        assert one.read_bytes() == other.read_bytes(), name


def test_a_national_return_without_faults_is_written_and_there_is_no_list(sound: Path, tmp_path: Path):
    ended = earlyhelp("report", sound, "national-return", "--out", tmp_path / "out.zip")
    assert ended.code == 0
    assert "Every row of the return is valid." in ended.out
    assert [file.name for file in tmp_path.glob("out*")] == ["out.zip"]


@pytest.mark.parametrize(
    ("arguments", "code", "where"),
    [
        (["annex-b", "--out", "out.xlsx"], 2, "NAME"),
        (["annex-a-list-2"], 2, "--out"),
        (["annex-a-list-2", "--out", "out.docx"], 2, "out.docx"),
        (["annex-a-list-2", "--out", "out.xlsx", "--to", "2026-04-01"], 2, "--to"),
        (["annex-a-list-2", "--out", "out.xlsx", "--from", "2026-01-01"], 2, "--from"),
        (["ssd-early-help", "--out", "out.zip", "--from", "2026-02-01", "--to", "2026-01-31"], 2, "--from"),
        (["ssd-early-help", "--out", "nowhere/out.zip"], 2, "nowhere"),
    ],
)
def test_a_mistake_is_told_with_what_to_do_and_leaves_no_file(
    sound: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], code: int, where: str
):
    monkeypatch.chdir(tmp_path)
    ended = earlyhelp("report", sound, *arguments, "--json")
    assert (ended.code, ended.json["where"]) == (code, where)
    assert ended.json["fix"]
    assert list(tmp_path.glob("out*")) == []


def test_before_the_first_run_there_is_nothing_to_report(workspace: Path, tmp_path: Path):
    ended = earlyhelp("report", workspace, "annex-a-list-2", "--out", tmp_path / "out.xlsx", "--json")
    assert ended.code == 3
    assert "earlyhelp run" in ended.json["fix"]


def test_what_the_command_prints_names_nobody(sound: Path, tmp_path: Path):
    for name, ending in dict(ENDINGS).items():
        ended = earlyhelp("report", sound, name, "--out", tmp_path / f"out{ending}")
        assert "Zebedee" not in ended.out + ended.err
    assert "Zebedee" not in (sound / "log" / "audit.jsonl").read_text()
