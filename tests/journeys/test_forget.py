"""A council erases one person from the example council, as its data protection officer would ask for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.journeys.conftest import EXAMPLE, earlyhelp

CHILD = "4196142"
WHO = ("--system", "ssd", "--id", CHILD, "--reason", "request 17")


@pytest.fixture(scope="module")
def council(thornbridge: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example council, which these tests change one after the other."""
    folder = tmp_path_factory.mktemp("forget") / "thornbridge"
    shutil.copytree(thornbridge, folder)
    return folder


@pytest.fixture(scope="module")
def erased(council: Path) -> dict:
    """What the erasure told."""
    assert earlyhelp("cube", council, "--json").code == 0
    looked = earlyhelp("forget", council, *WHO, "--also-linked", "--dry-run", "--json")
    assert looked.code == 0, looked.out
    assert looked.json["dry_run"]
    assert _files_with(council, CHILD) != []
    done = earlyhelp("forget", council, *WHO, "--also-linked", "--yes", "--json")
    assert done.code == 0, done.out
    assert {name: done.json[name] for name in ("rows", "feeds", "originals")} == {
        name: looked.json[name] for name in ("rows", "feeds", "originals")
    }
    return done.json


def test_a_looked_after_child_is_gone_from_every_source_and_every_file(council, erased):
    assert erased["rows"]["social_care_event"] == 13
    assert {"annex_a_2026-03.xlsx", "cin_2025-26.xml", "ssda903_2025-26_header.csv", "person.csv"} <= {
        each["path"] for each in erased["feeds"]
    }
    assert _files_with(council, CHILD) == []


def test_workbooks_and_xml_go_and_text_loses_rows_alone(council, erased):
    fates = {each["path"]: (each["rows_cut"], each["why_deleted"] != "") for each in erased["originals"]}
    assert fates["annex_a_2026-03.xlsx"] == (0, True)
    assert fates["cin_2025-26.xml"] == (0, True)
    assert fates["ssd_contacts.csv"] == (3, False)
    (kept,) = (council / "store" / "received").glob("*/ssd_contacts.csv")
    was = (EXAMPLE / "ssd_contacts.csv").read_bytes().splitlines()
    became = kept.read_bytes().splitlines()
    assert became == [line if CHILD.encode() not in line else b"" for line in was]


def test_figures_that_were_counted_ahead_with_the_child_are_gone(council, erased):
    assert list((council / "store" / "cubes").iterdir()) == []


def test_the_current_snapshot_is_another_and_is_sound(council, erased):
    (renamed,) = erased["snapshots"]
    assert [path.name for path in (council / "store" / "snapshots").iterdir()] == [renamed["new"]]
    assert (council / "store" / "current").read_text().strip() == renamed["new"]
    assert earlyhelp("doctor", council).code == 0


def test_a_measure_counts_the_persons_records_no_more_and_all_others_still(thornbridge, council, erased):
    told = [
        earlyhelp("measure", folder, "A1", "--period", "year", "--json").json["rows"]
        for folder in (thornbridge, council)
    ]
    was, became = (sum(row["numerator"] or 0 for row in rows) for rows in told)
    assert 0 < was - became <= erased["rows"]["contact"]


def test_asked_again_there_is_nothing_to_do_and_an_unknown_id_is_refused(council, erased):
    assert earlyhelp("forget", council, *WHO, "--yes").code == 5
    unknown = earlyhelp("forget", council, "--system", "ssd", "--id", "0000000", "--reason", "r", "--yes", "--json")
    assert unknown.code == 3
    assert "0000000" not in unknown.out


def test_an_extract_that_still_holds_the_person_is_read_without_them(council, erased, tmp_path):
    extract = tmp_path / "ssd_person.csv"
    lines = (EXAMPLE / "ssd_person.csv").read_bytes().splitlines()
    extract.write_bytes(b"\n".join([*lines, b"4999999" + lines[-1][7:]]))
    loaded = earlyhelp("load", council, extract, EXAMPLE / "annex_a_2026-03.xlsx", "--json")
    assert loaded.code == 0
    new, again = loaded.json["feeds"]
    assert {issue["rule"]: issue["count"] for issue in new["tables"][0]["issues"]}["erased"] == 1
    assert again["already_loaded"]
    assert _files_with(council, CHILD) == []


@pytest.mark.parametrize(
    "words",
    [
        ("--system", "ssd", "--reason", "r", "--yes"),
        ("--reason", "r", "--yes"),
        ("--system", "ssd", "--id", "1", "--person-id", "P1", "--reason", "r", "--yes"),
        ("--system", "ssd", "--id", "1", "--reason", " ", "--yes"),
        ("--system", "ssd", "--id", "1", "--yes"),
        ("--system", "ssd", "--id", "1", "--reason", "r"),
    ],
)
def test_words_that_do_not_say_who_or_why_or_that_it_is_meant_are_refused(thornbridge, words):
    assert earlyhelp("forget", thornbridge, *words).code == 2


def test_what_is_printed_for_a_person_names_nobody(thornbridge):
    told = earlyhelp("forget", thornbridge, "--system", "ssd", "--id", "4980738", "--reason", "request 18", "--dry-run")
    assert told.code == 0
    assert "Rows would be erased" in told.out
    assert "4980738" not in told.out + told.err


def _files_with(folder: Path, word: str) -> list[str]:
    """Files in which the word stands; Parquet packs short text as it is, so its bytes tell, too."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "inbox"]
    return [path.name for path in files if word.encode() in path.read_bytes()]
