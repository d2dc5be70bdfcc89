"""A list of several kinds of row: every row is of one kind or of none, and rows of a chain tell what other rows say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from earlyhelp.ingest.grid import Grid
from earlyhelp.ingest.kinds import kind_by_kind
from earlyhelp.ingest.recognise import Matched, Recognised, recognise
from earlyhelp.sources import Carried, Fill, Heading, Kind, Part, PersonOf, Source
from earlyhelp.standard import eh_episode
from staged import stage

OPEN, CLOSE = Kind("openings", "Step", ".*(open|plan).*"), Kind("closures", "Step", ".*plan.*closed|closed.*")
HEADINGS = tuple(Heading(name) for name in ("Chain", "Person", "Step", "On", "Why"))


def told_by(kind: Kind) -> Part:
    """The episode as the steps of one kind tell it."""
    cells = {
        eh_episode.episode_id: "Chain",
        eh_episode.person_key: PersonOf("Person"),
        eh_episode.start_date: "began",
        eh_episode.end_date: "ended",
        eh_episode.end_reason_raw: "because",
    }
    carried = {
        "began": Carried("On", (OPEN,), "Chain", by="On"),
        "ended": Carried("On", (CLOSE,), "Chain", by="On", last=True),
        "because": Carried("Why", (CLOSE,), "Chain", by="On", last=True),
    }
    needed = ("Chain", "Person", "Step", "On")
    return Part(f"steps {kind.name}", HEADINGS, (Fill(eh_episode, cells),), needed, kind=kind, carried=carried)


STEPS = Source("steps", "Steps", "Nobody", "proposed", ("csv",), (told_by(CLOSE), told_by(OPEN)))

ROWS = """
row  chain  step           on          why
2    A      Plan closed    01/09/2024  first
3    A      Open           03/02/2024
4    A      Re-open        02/01/2025
5    A      Closed: done   05/03/2025  second
6    A      Telephone      06/03/2025
7    B      Plan           x
8           Open           01/01/2024
9    B      Closed         01/02/2024
"""


@pytest.fixture
def lists() -> dict[str, list[tuple[object, ...]]]:
    """What each kind's list holds: row, and where it is known what the chain says of beginning, end and reason."""
    con = duckdb.connect()
    rows = [
        (
            int(line[:5]),
            line[5:12].strip() or None,
            "P1",
            line[12:27].strip(),
            line[27:39].strip(),
            line[39:].strip() or None,
        )
        for line in ROWS.strip("\n").splitlines()[1:]
    ]
    con.execute("CREATE TABLE t (row_no BIGINT, c0 VARCHAR, c1 VARCHAR, c2 VARCHAR, c3 VARCHAR, c4 VARCHAR)")
    con.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", rows)
    columns = {heading.name: f"c{place}" for place, heading in enumerate(HEADINGS)}
    matched = Matched(Grid("list", "t", 5), STEPS.parts[0], 1, columns, (), ())
    taken = kind_by_kind(Recognised(STEPS, (matched,), ()), con)
    return {each.part.title: _held(con, each) for each in taken.matched}


def _held(con: duckdb.DuckDBPyConnection, matched: Matched) -> list[tuple[object, ...]]:
    return con.execute(f"SELECT row_no, x0, x1, x2 FROM {matched.grid.relation} ORDER BY row_no").fetchall()


def test_a_row_that_two_kinds_would_claim_is_of_the_first_and_every_row_is_in_one_list(lists):
    assert {title: [row[0] for row in rows] for title, rows in lists.items()} == {
        "steps closures": [2, 5, 9],
        "steps openings": [3, 4, 7, 8],
        "steps other kinds": [6],
    }


def test_the_earliest_opening_and_the_latest_closure_of_a_chain_speak_for_all_its_rows(lists):
    told = {row[1:] for rows in lists.values() for row in rows if row[0] in (2, 3, 4, 5)}
    assert told == {("03/02/2024", "05/03/2025", "second")}


def test_a_row_of_no_chain_tells_of_itself_alone_and_a_date_that_is_none_is_still_carried(lists):
    assert (8, None, None, None) in lists["steps openings"]
    assert (9, "x", "01/02/2024", None) in lists["steps closures"]


def test_steps_of_statutory_work_are_set_aside_and_a_file_of_steps_alone_is_read(tmp_path: Path):
    file = tmp_path / "mosaic_workflow_steps.csv"
    file.write_text(
        "Workflow step ID,Workflow ID,Person ID,Step type,Date started,Date completed,Outcome\n"
        "1,W,7,Early Help Plan,04/03/2024,,\n"
        "2,W,7,EHCP review,05/03/2024,,\n"
        "3,W,7,Cafcass referral,05/03/2024,,\n"
        "4,W,7,Staff meeting,05/03/2024,,\n"
        "5,W,7,Child Protection Plan,05/03/2024,,\n"
        "6,W,7,TAF closure,06/03/2024,07/03/2024,Outcomes met\n"
    )
    staged = stage(tmp_path, file)
    assert set(staged.set_aside.items()) == {(row, "unknown_kind") for row in (3, 4, 5, 6)}
    assert {(row["start_date"], row["end_date"], row["end_reason_code"]) for row in staged.rows("eh_episode")} == {
        (date(2024, 3, 4), date(2024, 3, 7), "outcomes_met")
    }


def test_the_number_of_nobody_is_no_person(tmp_path: Path):
    file = tmp_path / "EHM episodes.csv"
    file.write_text("Episode ID,DIM_PERSON_ID,EPISODE_START_DTTM\n1,-1,2024-03-04\n2,7,2024-03-04\n")
    assert stage(tmp_path, file).set_aside == {2: "missing_key"}


def test_what_is_carried_from_a_heading_that_is_not_declared_is_refused_when_the_module_loads():
    carried = {"began": Carried("When", (OPEN,), "Chain", by="On")}
    with pytest.raises(TypeError, match="no heading 'When'"):
        Part(
            "steps",
            HEADINGS,
            (Fill(eh_episode, {eh_episode.episode_id: "Chain"}),),
            ("Chain",),
            kind=OPEN,
            carried=carried,
        )


def test_a_list_of_one_kind_is_left_as_it_is():
    grid = Grid("List_2", "t", 3, headings=("Child Unique ID", "Assessment start date", "Ethnicity"))
    found = recognise([grid], "annex.csv", "annex_a")
    assert kind_by_kind(found, duckdb.connect()) == found
