"""A row that has no number of its own and stands twice, alike in every cell, counts once; what differs in a cell is another."""

from __future__ import annotations

import pytest

from earlyhelp.check.reconcile import accounts
from earlyhelp.ingest.receive import staged_feeds
from earlyhelp.pipeline import run
from earlyhelp.sources import SOURCES, MadeKey
from earlyhelp.standard import TABLES
from earlyhelp.store.workspace import connect, create_workspace
from staged import RECEIVED_ON, Staged

CONTACTS = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source"
AMY, AMY_BY_POLICE, BEN = (
    "1,a) Male,WBRI,01/02/2015,10,03/04/2025,1A",
    "1,a) Male,WBRI,01/02/2015,10,03/04/2025,6",
    "2,a) Male,WBRI,01/02/2016,9,03/04/2025,6",
)
REGISTER = "Pupil ID,Date,Mark"


@pytest.fixture
def counted(tmp_path):
    """What comes of files of these rows in one run: the staged feed of the first, records counted by table, and the account."""
    workspace = create_workspace(tmp_path / "council", "E09000032")

    def of(name: str, headings: str, *files: list[str]):
        for number, rows in enumerate(files):
            (workspace.inbox / str(number)).mkdir()
            (workspace.inbox / str(number) / name).write_text("\n".join([headings, *rows]) + "\n", "utf-8")
        done = run(workspace, RECEIVED_ON)
        feeds = staged_feeds(workspace)
        with connect(workspace.scratch("test")) as con:
            (account,) = accounts(con, workspace.feeds, workspace.snapshot_folder(done.snapshot), feeds)
        return Staged(feeds[0], workspace.feeds / feeds[0]["feed_id"]), account

    return of


def test_a_row_alike_in_every_cell_counts_once_and_is_told_as_repeated(counted):
    staged, account = counted("List 1.csv", CONTACTS, [AMY, BEN, AMY, AMY])
    assert (staged.account, staged.flagged) == ((4, 4, 0), {(4, "repeated_row"), (5, "repeated_row")})
    assert (account["rows_read"], account["repeated"], account["records_counted"], account["not_accounted"]) == (
        4,
        2,
        2,
        0,
    )


def test_a_row_that_differs_in_one_cell_is_another(counted):
    staged, account = counted("List 1.csv", CONTACTS, [AMY, AMY_BY_POLICE])
    assert (staged.flagged, account["repeated"], account["records_counted"]) == (set(), 0, 2)


def test_a_row_keeps_its_key_when_a_later_extract_repeats_the_one_before_it(counted):
    _, account = counted("List 1.csv", CONTACTS, [AMY, AMY_BY_POLICE], [AMY, AMY, AMY_BY_POLICE, BEN])
    assert account["records_counted"] == 3


def test_two_marks_of_one_day_that_do_not_say_which_session_they_are_of_both_count(counted):
    rows = ["S1,2025-04-03,/", "S1,2025-04-03,/"]
    staged, account = counted("attendance register.csv", REGISTER, rows)
    assert (staged.flagged, account["repeated"], account["records_counted"]) == (set(), 0, 2)


@pytest.fixture
def every_made_table():
    """The tables for which some source makes a key."""
    fills = [fill for source in SOURCES.values() for part in source.parts for fill in part.fills]
    return {fill.table for fill in fills if any(isinstance(cell, MadeKey) for cell in fill.cells.values())}


def test_every_table_whose_equal_rows_are_two_says_why():
    assert [str(table) for table in TABLES.values() if table.equal_rows and not table.equal_rows.endswith(".")] == []


def test_a_key_is_made_for_each_table_whose_equal_rows_are_two(every_made_table):
    assert {table for table in TABLES.values() if table.equal_rows} <= every_made_table
