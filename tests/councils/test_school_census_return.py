"""The school census in XML: messy returns as expected, hostile ones refused, and what is written is read again."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.staged import RECEIVED_ON, Staged, feeds_of, keep_promises, refusal, stage

from earlyhelp.pipeline import load
from earlyhelp.sources.school_terms import term_of_census
from earlyhelp.sources.writing import SCHOOL_CENSUS_AS_XML
from earlyhelp.store.workspace import create_workspace
from earlyhelp.synthetic.council import make_council
from earlyhelp.synthetic.profiles import find_profile
from earlyhelp.synthetic.school_returns import write_school_returns
from unit.sources_writing.true_records import child, connected

FOLDER = Path(__file__).parent / "school_census_return"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Staged]:
    """Every return of the folder, each in a workspace of its own."""
    return {name: stage(tmp_path_factory.mktemp("council"), FOLDER / name) for name in EXPECTED}


def test_every_file_of_the_folder_is_expected() -> None:
    assert {path.name for path in FOLDER.iterdir()} - {"expected.json"} == EXPECTED.keys()


def _bare(part: str) -> str:
    return part.rsplit("_", 1)[-1]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_row_of_a_return_is_accepted_or_set_aside_with_the_reason(name: str, read: dict[str, Staged]) -> None:
    staged, told = read[name], EXPECTED[name]
    keep_promises(staged)
    assert staged.report["source"] == told["source"]
    assert staged.report["extract_date_inferred"] == (told["extract_date"] is None)
    assert told["extract_date"] in (None, staged.report["extract_date"])
    assert {_bare(part): list(counts) for part, counts in staged.parts.items()} == told["parts"]
    kept = {f"{_bare(row['part'])} {row['row_no']} {row['rule']}" for row in staged.quarantine}
    assert sorted(kept) == told["quarantined"]
    aside = {(row["part"], row["row_no"]) for row in staged.quarantine}
    flagged = {
        f"{_bare(i['part'])} {i['row_no']} {i['rule']} {i['column_name']}"
        for i in staged.issues
        if (i["part"], i["row_no"]) not in aside
    }
    assert sorted(flagged) == told["flagged"]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_tables_say_what_the_return_says(name: str, read: dict[str, Staged]) -> None:
    staged, told = read[name], EXPECTED[name]
    tables = ("person", "person_identifier", "person_address", "attendance_period", "attendance_session")
    for table in (*tables, "exclusion", "partner_event", "school"):
        rows = told["told"].get(table, [])
        columns = {column for row in rows for column in row}
        found = [
            {c: v.isoformat() if isinstance(v, date) else v for c, v in row.items() if c in columns and v is not None}
            for row in staged.rows(table)
        ]
        assert sorted(map(json.dumps, map(_ordered, found))) == sorted(map(json.dumps, map(_ordered, rows))), table


def _ordered(row: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(row.items()))


def test_what_was_summed_left_out_or_not_known_is_said(read: dict[str, Staged]) -> None:
    sound, bare = (" ".join(read[name].report["notes"]) for name in EXPECTED)
    assert "absences of 1 pupils were summed from their reasons" in sound
    assert "element SENtype is not read" in sound
    assert "does not say of which term" in bare
    assert "another number than the unique reference number" in bare
    assert "namespace" in bare


def test_no_pupil_number_stands_in_the_numbers_of_sessions_meals_and_exclusions(read: dict[str, Staged]) -> None:
    staged = read["9994321_SC1_999LL25_001.xml"]
    tables = {"attendance_session": "session_id", "partner_event": "event_id", "exclusion": "exclusion_id"}
    numbers = [row[column] for table, column in tables.items() for row in staged.rows(table)]
    assert numbers
    assert not [number for number in numbers if "82043211200" in number]


def test_meals_told_again_in_the_next_census_are_known_to_be_the_same(tmp_path: Path) -> None:
    text = (FOLDER / "9994321_SC1_999LL25_001.xml").read_text(encoding="utf-8")
    later = text.replace("<Term>SPR", "<Term>SUM").replace("2025-01-16", "2025-05-15")
    paths = [tmp_path / "spring.xml", tmp_path / "summer.xml"]
    for path, said in zip(paths, (text, later), strict=True):
        path.write_text(said, encoding="utf-8")
    workspace = create_workspace(tmp_path / "council", "E09000032")
    spring, summer = feeds_of(workspace, load(workspace, paths, RECEIVED_ON))
    assert [row["event_id"] for row in spring.rows("partner_event")] == [
        row["event_id"] for row in summer.rows("partner_event")
    ]
    assert {row["term"] for row in summer.rows("attendance_period")} == {"spring"}
    assert not {r["session_id"] for r in spring.rows("attendance_session")} & {
        r["session_id"] for r in summer.rows("attendance_session")
    }


# Hostile and torn returns ------------------------------------------------------------------------------------

PUPIL = (
    "<PupilOnRoll><PupilIdentifiers><UPN>A820432112001</UPN><DOB>2012-08-19</DOB>{}</PupilIdentifiers></PupilOnRoll>"
)


def _message(inside: str, before: str = "") -> str:
    return f"{before}<Message><Pupils><PupilsOnRoll>{inside}</PupilsOnRoll></Pupils></Message>"


HOSTILE = {
    "an entity": (
        _message(PUPIL.format("&x;"), '<!DOCTYPE Message [<!ENTITY x "Zebedee">]>'),
        "document type",
    ),
    "an outside file": (
        _message(PUPIL.format("&x;"), '<!DOCTYPE Message [<!ENTITY x SYSTEM "secret.txt">]>'),
        "document type",
    ),
    "seventy levels": (_message(PUPIL.format("<a>" * 70 + "</a>" * 70)), "deeper"),
    "a thousand levels": (_message(PUPIL.format("<a>" * 1000 + "</a>" * 1000)), "deeper"),
    "cut short": (_message(PUPIL.format("") * 50)[:2000], "cut short"),
    "no pupils": (_message(""), "no PupilOnRoll element"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_return_that_is_hostile_torn_or_empty_is_refused_with_the_reason(kind: str, tmp_path: Path) -> None:
    text, said = HOSTILE[kind]
    (tmp_path / "secret.txt").write_text("Zebedee Quillfeather")
    file = tmp_path / "return.xml"
    file.write_text(text, encoding="utf-8")
    refused = refusal(tmp_path, file)
    assert said in refused.error
    assert "Zebedee" not in str(refused)


@pytest.mark.parametrize(
    ("said", "day", "term"),
    [
        ("AUT", "", "autumn"),
        ("SPR", "2024-10-03", "spring"),
        ("sum", "", "summer"),
        ("", "2024-10-03", "autumn"),
        ("", "2025-01-16", "spring"),
        ("", "2025-05-15", "summer"),
        ("", "", None),
        ("term 3", "soon", None),
    ],
)
def test_the_term_of_a_census_is_told_by_its_header_or_its_day(said: str, day: str, term: str | None) -> None:
    assert term_of_census(said, day) == term


# What is written is read again -------------------------------------------------------------------------------


def test_a_census_written_as_xml_is_read_again_as_it_was(tmp_path: Path) -> None:
    people = [child(n, forename="Tom & Jo", surname=f"Zoë <{n}>", sen_status="support") for n in (1, 2, 3)]
    told = {"academic_year": "2024-25", "term": "autumn", "possible": 140}
    records = {
        "person": people,
        "person_identifier": [{"person_key": f"P{n}", "type": "upn", "value": f"A82043211200{n}"} for n in (1, 2, 3)],
        "attendance_period": [
            {"person_key": "P1", **told, "authorised": 8, "unauthorised": 4, "school_urn": "134001"},
            {"person_key": "P2", **told, "authorised": 0, "unauthorised": 0, "school_urn": "134002"},
        ],
        "exclusion": [
            {
                "exclusion_id": "X",
                "person_key": "P1",
                "start_date": date(2024, 11, 20),
                "sessions": 6,
                "category": "suspension",
            }
        ],
        "partner_event": [
            {
                "event_id": f"F{n}",
                "person_key": f"P{n}",
                "agency": "school",
                "type": "free_school_meals",
                "event_date": date(2024, 9, n),
                "end_date": end,
            }
            for n, end in ((1, None), (2, date(2024, 12, 1)), (3, None))
        ],
    }
    day = date(2025, 1, 16)
    paths = SCHOOL_CENSUS_AS_XML.write(SCHOOL_CENSUS_AS_XML.lay_out(connected(records), day), tmp_path, day)
    assert [path.name for path in paths] == ["134001_2025_spring.xml", "134002_2025_spring.xml"]
    workspace = create_workspace(tmp_path / "council", "E09000032")
    feeds = feeds_of(workspace, load(workspace, paths, RECEIVED_ON))
    assert [row for feed in feeds for row in feed.quarantine] == []
    found = {table: [row for feed in feeds for row in feed.rows(table)] for table in records}
    assert [(row["forename"], row["surname"], row["sen_status"]) for row in found["person"]] == [
        ("Tom & Jo", f"Zoë <{n}>", "support") for n in (1, 2)
    ]
    periods = [(r["term"], r["possible"], r["authorised"], r["school_urn"]) for r in found["attendance_period"]]
    assert periods == [("autumn", 140, 8, "134001"), ("autumn", 140, 0, "134002")]
    assert [(r["start_date"], r["sessions"], r["category"]) for r in found["exclusion"]] == [
        (date(2024, 11, 20), 6, "suspension")
    ]
    meals = Counter((r["type"], r["event_date"], r["end_date"]) for r in found["partner_event"])
    assert meals == Counter(
        {
            ("free_school_meals", date(2024, 9, 1), None): 1,
            ("free_school_meals", date(2024, 9, 2), date(2024, 12, 1)): 1,
        }
    )


def test_the_returns_of_an_invented_councils_schools_tell_all_sessions_and_meals(tmp_path: Path) -> None:
    council = make_council(find_profile("Lambeth"), 200, 1, 0)
    paths = write_school_returns(council.records, tmp_path, date(2025, 1, 16))
    workspace = create_workspace(tmp_path / "council", "E09000032")
    feeds = feeds_of(workspace, load(workspace, paths, RECEIVED_ON))
    assert [row for feed in feeds for row in feed.quarantine] == []
    periods = [row for feed in feeds for row in feed.rows("attendance_period")]
    told = ("possible", "authorised", "unauthorised", "school_urn")
    true = [
        row
        for row in council.records["attendance_period"].to_pylist()
        if (row["academic_year"], row["term"]) == ("2024-25", "autumn")
    ]
    assert true
    assert Counter(tuple(row[c] for c in told) for row in periods) == Counter(
        tuple(row[c] for c in told) for row in true
    )
    pupils = {row["person_key"] for row in true}
    meals = Counter(
        (row["event_date"], row["end_date"])
        for row in council.records["partner_event"].to_pylist()
        if row["type"] == "free_school_meals" and row["person_key"] in pupils and row["event_date"] <= date(2025, 1, 16)
    )
    found = Counter((row["event_date"], row["end_date"]) for feed in feeds for row in feed.rows("partner_event"))
    assert set(found) <= {(start, end) for start, ended in meals for end in (ended, None)}
    assert found.total() == meals.total()
