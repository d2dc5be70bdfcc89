"""A row that sums up others is set aside where that is certain, flagged where it is not, and never counted once more."""

from __future__ import annotations

import pytest

from staged import Staged, stage

LEDGER = "financial_year,service_id,team,budget_line,kind,amount"
TERMS = "person_key,academic_year,term,possible,authorised,unauthorised"


@pytest.fixture
def read(tmp_path):
    """What comes of a file of the standard's own layout, written as headings and rows of a table."""

    def of(table: str, headings: str, *rows: str) -> Staged:
        file = tmp_path / f"{table}.csv"
        file.write_text("\n".join([headings, *rows]) + "\n", "utf-8")
        return stage(tmp_path, file)

    return of


@pytest.mark.parametrize(
    "word", ["TOTAL", "Grand total", "Total:", "Sub total", "Sub-Total", "Subtotal", "Sum", "Total 2024/25"]
)
def test_a_line_of_a_ledger_that_names_nothing_but_a_total_is_no_spending(read, word):
    lines = ["2024-25,A,,Pay,actual,100", "2024-25,B,,Rent,actual,50", f"2024-25,,,{word},actual,150"]
    staged = read("spend", LEDGER, *lines)
    assert (staged.account, staged.set_aside) == ((3, 2, 1), {4: "total_row"})
    assert sum(row["amount"] for row in staged.rows("spend")) == 150
    assert staged.quarantine[0]["column_name"] == "budget_line"


def test_each_year_of_a_ledger_may_have_its_total_and_need_not_add_up(read):
    lines = [
        "2023-24,A,,Pay,actual,100",
        "2023-24,,,TOTAL,actual,175",
        "2024-25,A,,Pay,actual,90",
        ",,,TOTAL,actual,265",
    ]
    staged = read("spend", LEDGER, *lines)
    assert staged.set_aside == {3: "total_row", 5: "total_row"}


def test_a_total_of_a_team_or_a_service_is_set_aside_where_it_is_the_sum_of_the_lines_above_it(read):
    lines = [
        '2024-25,A,North,Pay,actual,"1,100.40"',
        "2024-25,A,North,Rent,actual,£50",
        "2024-25,A,North,Sub total,actual,1150",
        "2024-25,B,South,Pay,actual,70",
        "2024-25,B,South,Rent,actual,-20",
        "2024-25,B,South,Sub total,actual,50",
        "2024-25,All,All,Grand total,actual,1200.40",
    ]
    staged = read("spend", LEDGER, *lines)
    assert staged.set_aside == dict.fromkeys((4, 7, 8), "total_row")
    assert (staged.account, staged.flagged) == ((7, 4, 3), set())


def test_a_line_called_total_that_names_its_service_and_is_no_sum_stays_and_is_flagged(read):
    staged = read(
        "spend", LEDGER, "2024-25,A,,Pay,actual,100", "2024-25,B,,Rent,actual,50", "2024-25,C,,Total,actual,70"
    )
    assert (staged.account, staged.flagged) == ((3, 3, 0), {(4, "may_be_total")})


def test_a_ledger_of_totals_alone_keeps_its_lines(read):
    staged = read("spend", LEDGER, "2023-24,,,Total,actual,100", "2024-25,,,Total,actual,110")
    assert (staged.account, staged.flagged) == ((2, 2, 0), set())


def test_a_published_line_whose_name_begins_with_total_is_a_line(read):
    staged = read("spend", LEDGER, "2024-25,,,Total Sure Start,actual,100", "2024-25,,,Residential,actual,50")
    assert (staged.account, staged.flagged) == ((2, 2, 0), set())


def test_under_another_list_a_total_is_set_aside_where_its_numbers_are_sums_and_else_flagged(read):
    rows = ["A,2024-25,autumn,120,4,1", "B,2024-25,autumn,100,6,0"]
    staged = read("attendance_period", TERMS, *rows, "Total,2024-25,,220,10,1")
    assert (staged.account, staged.set_aside) == ((3, 2, 1), {4: "total_row"})


def test_under_another_list_a_total_that_is_no_sum_is_flagged(read):
    rows = ["A,2024-25,autumn,120,4,1", "B,2024-25,autumn,100,6,0"]
    staged = read("attendance_period", TERMS, *rows, "Total,2024-25,,220,10,2")
    assert (staged.account[1], (4, "may_be_total") in staged.flagged) == (3, True)


def test_a_family_whose_name_is_sum_is_no_total(read):
    staged = read("person", "person_key,source_person_id,surname", "1,1,Lee", "2,2,Sum")
    assert (staged.account, staged.flagged) == ((2, 2, 0), set())
