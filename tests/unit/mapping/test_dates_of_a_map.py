"""Dates that can be read two ways are asked about, what is answered stands in the map, and the file is read by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.mapping import SavedList, SavedMap, read_map, read_maps, write_map
from earlyhelp.ingest.mapping.dates import Asks, questions_of
from earlyhelp.ingest.mapping.desk import look_at
from earlyhelp.ingest.mapping.faulty_rows import faulty_rows
from earlyhelp.ingest.values import DateOrder, DayNumbers, HowWritten, ShortYears, Written, read_date
from earlyhelp.pipeline import load, map_file
from earlyhelp.standard import eh_episode
from earlyhelp.store.workspace import connect, create_workspace
from staged import feeds_of

START = eh_episode.start_date
CASES = SavedList(
    "cases",
    eh_episode,
    {
        "Case": (eh_episode.episode_id,),
        "Child": (eh_episode.person_key,),
        "Opened": (START,),
        "Why": (eh_episode.end_reason_code,),
    },
)
OPENED = ("03/04/2025", "05/02/2025", "11/12/2024")


def asked(*texts: str, said: tuple[HowWritten, ...] = ()) -> list[tuple[str, int, str | None]]:
    times = {text: texts.count(text) for text in texts}
    return [(each.asks, each.rows, each.likely) for each in questions_of("Opened", START, times, said)]


@pytest.mark.parametrize(
    ("texts", "questions"),
    [
        (["01/02/2025", "03/04/2025"], [(Asks.ORDER, 2, None)]),
        (["01/02/2025", "13/04/2025"], []),  # the thirteenth settles it: the day stands first
        (["01/02/2025", "04/13/2025"], [(Asks.ORDER, 1, "month-first")]),
        (["04/13/2025"], [(Asks.ORDER, 1, "month-first")]),
        (["13/04/2025", "14/04/2025", "04/13/2025", "01/02/2025"], []),  # one slip of the pen settles nothing
        (["13/04/2025"] * 3 + ["04/13/2025"] * 2 + ["01/02/2025"], [(Asks.ORDER, 1, None)]),  # two are no slips
        (["05/05/2025", "2025-02-01", "1 March 2025", "", "n/a"], []),  # each is one day whichever way it is read
        (["45383", "45383", "45384.5"], [(Asks.NUMBERS, 3, None)]),
        (["20250401", "12", "900000"], []),
        (["01/02/2025", "45383"], [(Asks.ORDER, 1, None), (Asks.NUMBERS, 1, None)]),
        ([" 01/02/2025\u00a0"], [(Asks.ORDER, 1, None)]),
        (["19-MAY-15", "1 June 2016"], [(Asks.YEARS, 1, "short-years")]),
        (["31/05/15 10:00", "13/04/16"], [(Asks.YEARS, 2, "short-years")]),
    ],
)
def test_what_a_column_of_dates_leaves_open_is_asked_and_nothing_else(texts, questions):
    assert asked(*texts) == questions


def test_what_was_said_before_stands_as_the_likely_answer():
    assert asked("01/02/2025", said=(DateOrder.DAY_FIRST,)) == [(Asks.ORDER, 1, "day-first")]
    assert asked("45383", said=(DayNumbers.NO_DATES,)) == [(Asks.NUMBERS, 1, "no-dates")]
    assert asked("31/05/15", said=(ShortYears.NONE,)) == [(Asks.YEARS, 1, "no-short-years")]


def test_the_most_frequent_dates_are_the_examples_and_no_more_than_three():
    times = {"01/02/2025": 1, "03/04/2025": 9, "05/06/2025": 5, "07/08/2025": 5, "31/07/2025": 0}
    [question] = questions_of("Opened", START, {**times, "31/07/2025": 0})
    assert question.examples == ("03/04/2025", "05/06/2025", "07/08/2025")


def test_a_heading_that_holds_no_dates_is_not_asked_about():
    assert list(questions_of("Case", eh_episode.episode_id, {"01/02/2025": 4, "45383": 2})) == []


def test_a_day_number_counts_from_the_year_that_was_said():
    """Microsoft gives 1 July 2011 as 40725 and, counted from 1904, as 39263: 1,462 days apart."""
    assert read_date("40725").value == date(2011, 7, 1)
    assert read_date("39263", Written(numbers=DayNumbers.SINCE_1904)).value == date(2011, 7, 1)
    assert read_date("40725", Written(numbers=DayNumbers.NO_DATES)) == (None, "not_a_date")


def test_what_was_said_last_of_an_order_or_of_numbers_holds():
    usual = Written(DateOrder.MONTH_FIRST)
    assert usual.as_said(()) == usual
    assert usual.as_said((DayNumbers.SINCE_1904,)) == Written(DateOrder.MONTH_FIRST, DayNumbers.SINCE_1904)
    assert usual.as_said((DateOrder.DAY_FIRST,)).order is DateOrder.DAY_FIRST


def test_the_answers_are_saved_and_read_back(tmp_path):
    said = CASES.with_dates({"Opened": (DateOrder.MONTH_FIRST, DayNumbers.SINCE_1904), "Gone": (DateOrder.DAY_FIRST,)})
    path = write_map(SavedMap("tracker", (said,)), tmp_path)
    assert '[list.dates]\n"Opened" = ["month-first", "since-1904"]\n' in path.read_text("utf-8")
    assert read_map(path).lists == (said,)
    assert set(said.dates) == {"Opened"}, "of a heading that the list has not, nothing is kept"


def test_an_answer_that_there_is_not_is_told_with_its_line(tmp_path):
    path = write_map(SavedMap("tracker", (CASES.with_dates({"Opened": (DateOrder.DAY_FIRST,)}),)), tmp_path)
    path.write_text(path.read_text("utf-8").replace('"day-first"', '"year-first"'), "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_map(path)
    assert refused.value.error == "What is said of the dates under 'Opened' is not known."
    assert "month-first" in refused.value.fix


def write_cases(folder: Path, *opened: str, why: str = "Needs met") -> Path:
    file = folder / "cases.csv"
    rows = [f"C{number},P{number},{day},{why}" for number, day in enumerate(opened)]
    file.write_text("\n".join(["Case,Child,Opened,Why", *rows]) + "\n", "utf-8")
    return file


def read_by(folder: Path, *said: HowWritten, opened: tuple[str, ...] = OPENED) -> list[date]:
    workspace = create_workspace(folder / "w", "E06000999")
    write_map(SavedMap("cases", (CASES.with_dates({"Opened": said}),)), workspace.maps)
    [feed] = feeds_of(workspace, load(workspace, [write_cases(folder, *opened)], date(2026, 4, 1)))
    return [each["start_date"] for each in feed.rows("eh_episode")]


def test_a_file_is_read_as_its_map_says_of_each_heading(tmp_path):
    for name in ("none", "day", "month", "old mac"):
        (tmp_path / name).mkdir()
    day_first = [date(2025, 4, 3), date(2025, 2, 5), date(2024, 12, 11)]
    assert read_by(tmp_path / "none") == day_first
    assert read_by(tmp_path / "day", DateOrder.DAY_FIRST) == day_first
    month_first = [date(2025, 3, 4), date(2025, 5, 2), date(2024, 11, 12)]
    assert read_by(tmp_path / "month", DateOrder.MONTH_FIRST) == month_first
    (tmp_path / "short").mkdir()
    assert read_by(tmp_path / "short", ShortYears.LAST, opened=("03-APR-25",)) == [date(2025, 4, 3)]
    assert read_by(tmp_path / "old mac", DayNumbers.SINCE_1904, opened=("43921",)) == [date(2024, 4, 1)]


def test_a_heading_with_both_orders_is_read_once_its_map_says_which(tmp_path):
    """Of three days with the day first, two with the month first and one that could be either, the map decides the last."""
    opened = ("25/04/2025", "26/04/2025", "27/04/2025", "04/28/2025", "04/29/2025", "05/06/2025")
    sure = [date(2025, 4, day) for day in (25, 26, 27)]
    for name in ("none", "day"):
        (tmp_path / name).mkdir()
    assert read_by(tmp_path / "none", opened=opened) == sure
    assert read_by(tmp_path / "day", DateOrder.DAY_FIRST, opened=opened) == [*sure, date(2025, 6, 5)]


def test_looking_at_a_file_again_keeps_what_its_map_says_of_dates(tmp_path):
    workspace = create_workspace(tmp_path / "w", "E06000999")
    write_map(SavedMap("cases", (CASES.with_dates({"Opened": (DateOrder.MONTH_FIRST,)}),)), workspace.maps)
    con = connect(tmp_path)
    try:
        mapped = look_at(write_cases(tmp_path, *OPENED), read_maps(workspace.maps), con, tmp_path)
    finally:
        con.close()
    assert mapped.saved.lists[0].dates == {"Opened": (DateOrder.MONTH_FIRST,)}
    assert mapped.told(accepted=False)["dates"] == [
        {"heading": "Opened", "column": "eh_episode.start_date", "asks": "order", "rows": 3, "likely": "month-first"}
    ]


@pytest.fixture
def faults(tmp_path):
    """The faulty rows of a file of three, of which one has no usable date and one a word that nobody knows."""
    workspace = create_workspace(tmp_path / "w", "E06000999")
    file = write_cases(tmp_path, "03/04/2025", "31/02/2025", "05/02/2025")
    file.write_text(file.read_text("utf-8").replace("C2,P2,05/02/2025,Needs met", "C2,P2,05/02/2025,=Zorg()"), "utf-8")

    def found(identity: bool, name: str) -> list[tuple[object, ...]]:
        draft, day = SavedMap("cases", (CASES,)), date(2026, 4, 1)
        told = faulty_rows(workspace, file, tmp_path / name, draft, day, identity=identity)
        assert told["faults"] == len(told["rows"])
        return [tuple(each[name] for name in ("row", "heading", "rule", "value", "dropped")) for each in told["rows"]]

    return found


def test_faulty_rows_are_told_with_their_row_and_what_stands_there_for_who_may_see_it(faults):
    assert faults(True, "one") == [
        (3, "Opened", "impossible_date", "31/02/2025", True),
        (4, "Why", "unmapped_value", "=Zorg()", False),
    ]
    assert faults(False, "other") == [
        (3, "Opened", "impossible_date", "99/99/9999", True),
        (4, "Why", "unmapped_value", "=Aaaa()", False),
    ]


def test_of_somebody_who_was_erased_nothing_is_told_but_that(tmp_path, monkeypatch):
    from earlyhelp.ingest import erased

    workspace = create_workspace(tmp_path / "w", "E06000999")
    file = write_cases(tmp_path, "03/04/2025", why="Zorg")
    monkeypatch.setattr(erased, "about_erased", lambda filling, marks, source: "TRUE")
    told = faulty_rows(workspace, file, tmp_path / "s", SavedMap("cases", (CASES,)), date(2026, 4, 1), identity=True)
    assert {each["rule"] for each in told["rows"]} >= {"erased"}
    assert "Zorg" not in str(told)


def test_the_first_list_alone_is_changed_where_two_have_a_heading_of_one_name():
    both = SavedMap("tracker", (CASES, replace(CASES, title="more")))
    said = both.with_dates({("cases", "Opened"): (DateOrder.MONTH_FIRST,)})
    assert [dict(each.dates) for each in said.lists] == [{"Opened": (DateOrder.MONTH_FIRST,)}, {}]


def test_days_as_excel_counts_them_fit_a_date_where_the_heading_is_one_of_dates(tmp_path):
    file = tmp_path / "cases.csv"
    rows = [f"C{number},P{number},2025-04-0{number},{45_700 + number},{45_700 + number}" for number in range(1, 9)]
    file.write_text("\n".join(["Case No,Child Ref,Started On,Closed On,Ledger", *rows]) + "\n", "utf-8")
    con = connect(tmp_path)
    try:
        looked = look_at(file, read_maps(tmp_path / "maps"), con, tmp_path).lists[0]
    finally:
        con.close()
    columns = {each.heading: each.column for each in looked.columns}
    assert columns["Closed On"] == eh_episode.end_date
    assert columns["Ledger"] is None
    assert [(each.heading, each.asks) for each in looked.dates] == [("Closed On", Asks.NUMBERS)]


def test_accepted_proposals_take_years_of_two_digits_for_the_last_that_end_so(tmp_path):
    workspace = create_workspace(tmp_path / "w", "E06000999")
    file = write_cases(tmp_path, "03-APR-25", "14-APR-25")
    for said, kept in ((None, ("short-years",)), (ShortYears.NONE, ("no-short-years",))):
        if said:
            write_map(
                read_map(workspace.maps / "cases.toml").with_dates({("cases", "Opened"): (said,)}), workspace.maps
            )
        map_file(workspace, file, accept=True)
        assert read_map(workspace.maps / "cases.toml").lists[0].dates == {"Opened": kept}
