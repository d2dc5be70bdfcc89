"""Headings under a row of spanning ones: what is repeated, or says little, is told apart by what spans it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.ingest.grid import Grid


def titled(*rows):
    top = [(number, row) for number, row in enumerate(rows, start=1)]
    return [cells for _, cells in Grid("tracker", "raw_0", max(map(len, rows)), top).titled]


SPANS = ["Child", "", "Referral", "", "Closure", "", ""]
HEADINGS = ["EHM ID", "DOB", "Date", "Source", "Date", "Reason", "Team around"]


def test_repeated_headings_have_what_spans_them_before_them_and_so_has_what_says_little():
    wanted = ["EHM ID", "DOB", "Referral Date", "Referral Source", "Closure Date", "Closure Reason", "Team around"]
    assert titled(["North tracker 2025"], SPANS, HEADINGS) == [["North tracker 2025"], SPANS, wanted]


def test_without_a_repeated_heading_all_stay_as_they_are():
    headings = ["EHM ID", "DOB", "Date", "Source", "Closed", "Reason", "Team"]
    assert titled(SPANS, headings)[1] == headings


@pytest.mark.parametrize(
    "above",
    [
        ["Early help tracker", "", "", ""],
        ["", "", "Referral", ""],
        ["Referral", "", "referral", ""],
        ["", "", "", ""],
    ],
)
def test_what_does_not_tell_two_headings_apart_is_not_put_before_them(above):
    headings = ["Date", "Source", "Date", "Reason"]
    assert titled(above, headings)[1] == headings


def test_rows_of_data_are_no_headings_under_the_headings():
    data = ["C1", "DV", "DV", "DV"]
    assert titled(["Case", "Need 1", "Need 2", "Need 3"], data)[1] == data


def test_what_spans_is_read_however_it_is_written():
    assert titled([" Child  1", "", "Child 2 ", ""], ["Name ", "DOB", "name", "DOB"])[1] == [
        "Child  1 Name",
        "Child  1 DOB",
        "Child 2 name",
        "Child 2 DOB",
    ]


CELLS = st.lists(st.sampled_from(["", " ", "Date", "date", "Reason", "Child", "Referral", "Closure"]), max_size=6)


@given(CELLS, CELLS)
def test_a_heading_ends_as_it_was_and_blank_cells_stay_blank(above, row):
    grid = Grid("tracker", "raw_0", 6, [(1, above), (2, row)])
    cells = grid.titled[1][1]
    assert len(cells) == len(row)
    assert all(
        new.strip().endswith(old.strip()) and bool(new.strip()) == bool(old.strip())
        for new, old in zip(cells, row, strict=True)
    )
