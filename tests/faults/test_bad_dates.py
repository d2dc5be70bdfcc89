"""Dates as people write them: read where they can mean one day only, refused where not, never guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.faults.damaged import CHILD, LIST_1, OTHER, census, child_xml, contacts, dated, workbook
from tests.staged import RECEIVED_ON, Staged, feeds_of, stage

from earlyhelp.pipeline import load
from earlyhelp.store.workspace import create_workspace


def days(staged: Staged) -> list[date]:
    """The days of the accepted requests."""
    return [row["contact_date"] for row in staged.rows("contact")]


SURE = (
    "2025-04-01",
    "01/04/2025",
    "1/4/2025",
    "01-04-2025",
    "01.04.2025",
    "1 April 2025",
    "1-Apr-2025",
    "1st April 2025",
    "Tuesday, 1 April 2025",
    "2025/04/01",
    "20250401",
    "45748",
    "45748.0",
    "2025-04-01T00:00:00",
    "2025-04-01T09:30:00Z",
    "2025-04-01T09:30:00+01:00",
    "2025-04-01 09:30:00.0000000",
    "01/04/2025 09:30",
    " 01/04/2025 ",
    "\u00a001/04/2025",
)
UNSURE = (
    "",
    "not known yet",
    "TBC",
    "N/A",
    "#N/A",
    "#REF!",
    "01/04/25",
    "1-Apr-25",
    "31/02/2025",
    "29/02/2023",
    "31/04/2025",
    "2025-02-30",
    "2025-13-01",
    "04/31/2025",
    "2025-31-04",
    "00/00/0000",
    "0001-01-01",
    "1899-12-31",
    "01/01/1900 12:00 or so",
    "9999-12-31",
    "2262-04-12",
    "12/2025",
    "2025",
    "Spring 2025",
    "01/04/2025 or 02/04/2025",
    "1/4/20255",
    "-45748",
    "999999",
    "1.7434e9",
    "1743465600",
    "NaT",
    "NULL",
)


@pytest.fixture(scope="module")
def sure_and_unsure(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """One column of all these dates, the sure ones first."""
    folder = tmp_path_factory.mktemp("dates")
    return stage(folder, dated(folder, *SURE, *UNSURE))


@pytest.mark.parametrize("text", SURE)
def test_a_date_written_in_any_of_these_ways_is_the_first_of_april(sure_and_unsure: Staged, text: str) -> None:
    days_by_row = {row["row_no"]: row["contact_date"] for row in sure_and_unsure.rows("contact")}
    assert days_by_row.get(SURE.index(text) + 2) == date(2025, 4, 1)


@pytest.mark.parametrize("text", UNSURE)
def test_an_event_without_a_sure_day_goes_to_quarantine(sure_and_unsure: Staged, text: str) -> None:
    assert len(SURE) + UNSURE.index(text) + 2 in sure_and_unsure.set_aside


def test_sure_and_unsure_days_are_all_accounted_for(sure_and_unsure: Staged) -> None:
    assert sure_and_unsure.account == (len(SURE) + len(UNSURE), len(SURE), len(UNSURE))


def test_years_of_two_digits_are_refused_under_their_own_rule(tmp_path: Path) -> None:
    assert stage(tmp_path, dated(tmp_path, "01/04/25")).set_aside == {2: "two_digit_year"}


def test_text_in_a_date_is_refused_under_its_own_rule_and_shown_by_its_shape(tmp_path: Path) -> None:
    staged = stage(tmp_path, dated(tmp_path, "Zebedee Quillfeather"))
    assert staged.set_aside == {2: "not_a_date"}
    assert staged.quarantine[0]["found"].startswith("Aaaaaaa Aaa")


def test_one_date_with_month_and_day_swapped_is_refused_and_its_neighbours_are_read(tmp_path: Path) -> None:
    staged = stage(tmp_path, dated(tmp_path, "25/03/2025", "26/03/2025", "03/27/2025", "04/03/2025"))
    assert staged.set_aside == {4: "day_and_month_swapped"}
    assert days(staged) == [date(2025, 3, 25), date(2025, 3, 26), date(2025, 3, 4)]


MONTH_FIRST = ("03/25/2025", "03/26/2025", "03/04/2025", "12/11/2025", "05/05/2025", "2025-03-28", "27/03/2025")


def test_in_a_column_with_the_month_first_no_date_is_guessed(tmp_path: Path) -> None:
    """Two can only be month first, which is wrong for the declared order; two could be either, which is unclear."""
    staged = stage(tmp_path, dated(tmp_path, *MONTH_FIRST))
    assert staged.account == (7, 3, 4)
    assert staged.set_aside == {
        2: "day_and_month_swapped",
        3: "day_and_month_swapped",
        4: "ambiguous_date",
        5: "ambiguous_date",
    }
    assert days(staged) == [date(2025, 5, 5), date(2025, 3, 28), date(2025, 3, 27)]


BOTH_ORDERS = ("25/04/2025", "26/04/2025", "27/04/2025", "04/28/2025", "04/29/2025", "05/06/2025", "09/09/2025")


def test_in_a_column_with_both_orders_no_date_is_guessed_though_most_have_the_day_first(tmp_path: Path) -> None:
    """Three have the day first, two the month, one could be either; the ninth of September is one day in both orders."""
    staged = stage(tmp_path, dated(tmp_path, *BOTH_ORDERS))
    assert staged.account == (7, 4, 3)
    assert staged.set_aside == {5: "day_and_month_swapped", 6: "day_and_month_swapped", 7: "ambiguous_date"}
    assert days(staged) == [*(date(2025, 4, day) for day in (25, 26, 27)), date(2025, 9, 9)]


def test_a_column_with_both_orders_is_read_as_the_council_has_said(tmp_path: Path) -> None:
    """What contradicts the council's word stays aside."""
    workspace = create_workspace(tmp_path / "council", "E09000032")
    settings = tmp_path / "council" / "council.toml"
    settings.write_text(settings.read_text() + '\n[sources.standard]\ndate_order = "day-first"\n')
    (staged,) = feeds_of(workspace, load(workspace, [dated(tmp_path, *BOTH_ORDERS)], RECEIVED_ON))
    assert staged.set_aside == {5: "day_and_month_swapped", 6: "day_and_month_swapped"}
    assert days(staged)[3] == date(2025, 6, 5)


def test_a_column_with_the_month_first_is_read_once_the_council_has_said_so(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "council", "E09000032")
    settings = tmp_path / "council" / "council.toml"
    settings.write_text(settings.read_text() + '\n[sources.standard]\ndate_order = "month-first"\n')
    (staged,) = feeds_of(workspace, load(workspace, [dated(tmp_path, *MONTH_FIRST[:6])], RECEIVED_ON))
    assert staged.account == (6, 6, 0)
    assert days(staged)[2:4] == [date(2025, 3, 4), date(2025, 12, 11)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("31/02/2025", "impossible_date"),
        ("02/04/25", "two_digit_year"),
        ("04/31/2025", "day_and_month_swapped"),
        ("soon", "not_a_date"),
        ("#N/A", "spreadsheet_error"),
    ],
)
def test_a_bad_date_that_is_not_the_events_own_is_left_empty_and_flagged(tmp_path: Path, text: str, rule: str) -> None:
    headings = "contact_id,person_key,contact_date,source_code,decision_date"
    staged = stage(tmp_path, contacts(tmp_path, f"1,a,2025-04-01,6,{text}", headings=headings))
    assert staged.account == (1, 1, 0)
    assert staged.rows("contact")[0]["decision_date"] is None
    assert staged.flagged == {(2, rule)}


def test_an_end_before_its_start_stays_and_is_flagged(tmp_path: Path) -> None:
    headings = "contact_id,person_key,contact_date,source_code,decision_date"
    staged = stage(tmp_path, contacts(tmp_path, "1,a,2025-04-01,6,2025-03-01", headings=headings))
    assert str(staged.rows("contact")[0]["decision_date"]) == "2025-03-01"
    assert staged.flagged == {(2, "before_other_date")}


def test_an_unborn_child_has_an_expected_date_of_birth_and_none_of_birth(tmp_path: Path) -> None:
    """Annex A asks for the expected date in the column of the date of birth."""
    unborn = ("1003", "c) Not stated/recorded (or unborn)", "a) WBRI", date(2026, 6, 12), None)
    rows = [LIST_1, (*CHILD, date(2026, 3, 30), "6"), (*unborn, date(2026, 3, 29), "2A")]
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": rows}))
    born, expected = staged.rows("person")
    assert staged.account == (2, 2, 0)
    assert (born["dob"], born["expected_dob"]) == (date(2011, 7, 19), None)
    assert (expected["dob"], expected["expected_dob"]) == (None, date(2026, 6, 12))


def test_text_where_a_date_of_birth_belongs_is_flagged_and_costs_no_row(tmp_path: Path) -> None:
    texts = ("Unborn", "EDD 12/06/2026", "12/06/26", "31/02/2011", "#N/A", "19 July 201")
    rows = [(number, *OTHER[1:3], text, 11, date(2026, 3, 30), "6") for number, text in enumerate(texts)]
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": [LIST_1, *rows]}))
    assert staged.account == (6, 6, 0)
    assert [row["dob"] for row in staged.rows("person")] == [None] * 6
    assert sorted(row_no for row_no, _ in staged.flagged) == [2, 3, 4, 5, 6, 7]


def test_the_census_has_a_place_for_unborn_children(tmp_path: Path) -> None:
    unborn = child_xml(7).replace("PersonBirthDate", "ExpectedPersonBirthDate").replace("2014-02-03", "2026-06-12")
    file = tmp_path / "cin.xml"
    file.write_text(census(child_xml(6), unborn))
    born, expected = stage(tmp_path, file).rows("person")
    assert (born["dob"], born["expected_dob"]) == (date(2014, 2, 3), None)
    assert (expected["dob"], expected["expected_dob"]) == (None, date(2026, 6, 12))


EARLY = ((2, 1), (4, 3), (7, 6), (9, 8), (11, 10), (1, 12), (5, 5))
LATE = ("13/02/2025", "25/04/2025", "31/05/2025", "16/07/2025", "18/09/2025", "30/11/2025")


def test_dates_of_birth_that_excel_turned_round_in_half_of_a_workbook_are_set_aside_and_the_texts_are_read(
    tmp_path: Path,
) -> None:
    """Somebody opened a CSV in an American Excel: what was 01/02/2011, the first of February, is the second of January now."""
    born = [*(date(2011, month, day) for month, day in EARLY), *(text.replace("2025", "2011") for text in LATE)]
    rows = [(number, *OTHER[1:3], dob, 11, date(2026, 3, 30), "6") for number, dob in enumerate(born, start=1)]
    staged = stage(tmp_path, workbook(tmp_path / "annex_a.xlsx", {"List_1": [LIST_1, *rows]}))
    assert staged.account == (13, 13, 0)
    assert staged.flagged == {(row, "half_converted_date") for row in range(2, 8)}
    assert [row["dob"] is None for row in staged.rows("person")] == [True] * 6 + [False] * 7


def test_dates_of_contact_that_excel_turned_round_put_their_rows_in_quarantine_unless_the_council_vouches_for_them(
    tmp_path: Path,
) -> None:
    told = [*(f"2025-{month:02d}-{day:02d}" for month, day in EARLY), *LATE]
    staged = stage(tmp_path, dated(tmp_path, *told))
    assert staged.account == (13, 7, 6)
    assert set(staged.set_aside.values()) == {"half_converted_date"}

    workspace = create_workspace(tmp_path / "vouching", "E09000032")
    settings = tmp_path / "vouching" / "council.toml"
    settings.write_text(settings.read_text() + '\n[sources.standard]\ndate_order = "day-first"\n')
    (vouched,) = feeds_of(workspace, load(workspace, [dated(tmp_path, *told)], RECEIVED_ON))
    assert vouched.account == (13, 13, 0)
