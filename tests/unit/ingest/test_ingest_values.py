"""What a cell is read as, or which rule it breaks: dates, moments, yes and no, numbers, postcodes, shapes."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.ingest.cells import Dates, doubtful_dates, half_converted, reader_of, unclear_dates
from earlyhelp.ingest.feeding import Feeding
from earlyhelp.ingest.values import (
    DateOrder,
    ShortYears,
    Written,
    has_short_year,
    is_day_number,
    read_boolean,
    read_date,
    read_integer,
    read_moment,
    read_number,
    read_postcode,
    read_year,
    shape,
)
from earlyhelp.standard import Date, Key, eh_episode, person

LATEST = date(2036, 12, 31)
MARCH_1 = date(2024, 3, 1)
MONTH_FIRST = Written(DateOrder.MONTH_FIRST)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-01",
        "2024/03/01",
        "2024-3-1",
        "01/03/2024",
        "1/3/2024",
        "01-03-2024",
        "01.03.2024",
        "1 March 2024",
        "1st March 2024",
        "Friday 1 March 2024",
        "Fri, 1 Mar 2024",
        "01-Mar-2024",
        "1 mar 2024",
        "March 1, 2024",
        "2024-Mar-01",
        "20240301",
        "45352",
        "45352.5",
        "2024-03-01 00:00:00",
        "2024-03-01T09:30:00Z",
        "2024-03-01 09:30:00+00",
        "2024-03-01T23:59:59.123456+00:00",
        "2024-03-01 03:30:00+0200",
        "01/03/2024 09:30",
        "01/03/2024 9:30:00 PM",
        " 01/03/2024 ",
    ],
)
def test_a_date_written_in_any_clear_way_is_that_day(text):
    assert read_date(text) == (MARCH_1, None)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("01/03/24", "two_digit_year"),
        ("1-Mar-24", "two_digit_year"),
        ("31/02/2024", "impossible_date"),
        ("2023-02-29", "impossible_date"),
        ("32/01/2024", "impossible_date"),
        ("00/01/2024", "impossible_date"),
        ("2024-13-01", "impossible_date"),
        ("13/13/2024", "impossible_date"),
        ("01/01/0024", "impossible_date"),
        ("31/12/1899", "impossible_date"),
        ("12/31/2024", "day_and_month_swapped"),
        ("1 Smarch 2024", "not_a_date"),
        ("last Tuesday", "not_a_date"),
        ("2024", "not_a_date"),
        ("12345", "not_a_date"),
        ("1234567", "not_a_date"),
        ("03/2024", "not_a_date"),
        ("-", "not_a_date"),
    ],
)
def test_a_date_that_is_none_or_could_be_two_is_refused_and_never_guessed(text, rule):
    assert read_date(text) == (None, rule)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-20T23:00:00Z", date(2024, 6, 21)),  # midnight of the 21st, by English clocks
        ("2024-06-21 00:00:00+01", date(2024, 6, 21)),
        ("2024-12-20T23:00:00Z", date(2024, 12, 20)),
        ("2024-06-21 00:00:00", date(2024, 6, 21)),  # says no zone, and so means the clock on the wall
        ("2024-03-31T00:30:00-01:00", date(2024, 3, 31)),
    ],
)
def test_a_moment_that_says_its_zone_is_the_day_it_was_in_england(text, day):
    assert read_date(text) == (day, None)
    assert read_moment(text)[0].date() == day


@pytest.mark.parametrize("text", ["2024-02-30T00:00:00Z", "2024-02-03T25:00:00+00", "9999-12-31T23:59:59-23"])
def test_no_moment_with_a_zone_makes_the_reader_stumble(text):
    value, problem = read_date(text)
    assert (value is None) != (problem is None)


def test_a_year_of_two_digits_is_the_last_that_ends_so_where_that_was_said():
    until = date(2026, 12, 31)
    short = Written(years=ShortYears.LAST)
    for text, day in {
        "19-MAY-15": date(2015, 5, 19),
        "31/12/26": date(2026, 12, 31),
        "01/01/27": date(1927, 1, 1),
        "5.3.99": date(1999, 3, 5),
        "29/02/00": date(2000, 2, 29),
        "1 Jan 2024": date(2024, 1, 1),
    }.items():
        assert read_date(text, short, until) == (day, None)
    assert read_date("29/02/01", short, until) == (None, "impossible_date")
    assert read_date("19-MAY-15", short) == (None, "two_digit_year")


@pytest.mark.parametrize(("text", "is_one"), [("20000", True), ("73050", True), ("19999", False), ("73051", False)])
def test_numbers_of_five_digits_are_days_from_1954_to_2100(text, is_one):
    assert is_day_number(text) is is_one


def test_days_up_to_ten_years_ahead_are_taken_for_days():
    assert Feeding("f", 1, "s", date(2026, 4, 1), str).latest == date(2036, 12, 31)


@pytest.mark.parametrize(("length", "whole"), [(24, True), (25, False)])
def test_the_shape_of_a_text_is_cut_where_it_grows_long(length, whole):
    assert (shape("a" * length) == "a" * length) is whole


def test_the_century_is_the_one_that_the_last_day_lies_in():
    short = Written(years=ShortYears.LAST)
    assert read_date("01/02/03", short, date(2105, 6, 1)) == (date(2103, 2, 1), None)
    assert read_date("01/02/07", short, date(2105, 6, 1)) == (date(2007, 2, 1), None)


@pytest.mark.parametrize(
    ("text", "short"),
    [("19-MAY-15", True), ("31/05/15 10:00", True), ("19-MAY-2015", False), ("2015-05-19", False), ("Wk 12", False)],
)
def test_a_date_with_a_year_of_two_digits_is_told_from_others(text, short):
    assert has_short_year(text) is short


def test_a_moment_with_a_zone_keeps_its_time_to_the_second():
    assert read_moment("2024-06-20T23:05:45.5Z") == (datetime(2024, 6, 21, 0, 5, 45), None)
    assert read_moment("2024-06-20 23:05+02:30") == (datetime(2024, 6, 20, 21, 35), None)
    assert read_moment("2024-12-20 23:05-02:30") == (datetime(2024, 12, 21, 1, 35), None)


@pytest.mark.parametrize("column", [person.dob, eh_episode.start_date])
def test_a_life_lies_behind_us_and_a_plan_may_lie_ahead(column):
    feeding = Feeding("f", 1, "s", date(2026, 4, 1), str, dates={("l", "h"): (ShortYears.LAST,)})
    day, _ = reader_of(Date, feeding.dates_of(column, "l", "h"))("01/05/30")
    assert day.year == (1930 if column is person.dob else 2030)


def test_of_births_the_first_day_of_1900_is_kept_for_it_is_a_fault_to_mend():
    assert reader_of(Date, Dates(LATEST, of_birth=True))("01/01/1900") == (date(1900, 1, 1), None)


def test_the_declared_order_decides_what_numbers_mean():
    assert read_date("03/01/2024", MONTH_FIRST) == (MARCH_1, None)
    assert read_date("31/12/2024", MONTH_FIRST) == (None, "day_and_month_swapped")
    assert read_date("2024-03-01", MONTH_FIRST) == (MARCH_1, None)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_from_each_plain_way_of_writing_it(day):
    for written in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d %B %Y}", f"{day:%d-%b-%Y}", f"{day:%Y%m%d}"):
        assert read_date(written) == (day, None)


@given(st.text(max_size=30))
def test_no_text_makes_the_reader_of_dates_stumble(text):
    value, problem = read_date(text)
    assert (value is None) != (problem is None)


@pytest.mark.parametrize(
    ("times", "unclear"),
    [
        ({"13/05/2024": 3, "05/04/2024": 1}, set()),
        ({"05/13/2024": 3, "05/04/2024": 1}, {"05/04/2024"}),
        ({"13/05/2024": 3, "05/13/2024": 1, "05/04/2024": 1}, set()),
        ({"13/05/2024": 1, "05/13/2024": 1, "05/04/2024": 1, "06/06/2024": 1}, {"05/04/2024"}),
        ({"05/04/2024": 9, "2024-05-13": 9}, set()),
        ({"13/05/2024": 3, "05/13/2024": 2, "05/04/2024": 1, "06/06/2024": 1}, {"05/04/2024"}),
        ({"13/05/2024": 198, "05/13/2024": 2, "05/04/2024": 1}, set()),
        ({"13/05/2024": 197, "05/13/2024": 3, "05/04/2024": 1}, {"05/04/2024"}),
    ],
)
def test_dates_that_could_be_two_days_are_refused_where_their_column_speaks_against_the_order(times, unclear):
    """Two days only where day and month differ; a slip, or one in a hundred, casts no doubt on the others: more are no slips."""
    assert unclear_dates(times, DateOrder.DAY_FIRST) == unclear


@given(st.integers(0, 300), st.integers(0, 300), st.booleans())
def test_a_column_is_doubted_alike_whichever_order_is_the_declared_one(day_first, month_first, said):
    """Turned round, every date and the declared order, the same texts are unclear; and saying the order never adds doubt."""
    usual = {"13/05/2024": day_first, "05/13/2024": month_first, "05/04/2024": 1}
    turned = {"05/13/2024": day_first, "13/05/2024": month_first, "05/04/2024": 1}
    unclear = unclear_dates(usual, DateOrder.DAY_FIRST, said=said)
    assert unclear == unclear_dates(turned, DateOrder.MONTH_FIRST, said=said)
    assert unclear >= unclear_dates(usual, DateOrder.DAY_FIRST, said=True)
    assert bool(unclear) or month_first <= max(1, day_first if said else (day_first + month_first) / 100)


WRITTEN = ("01/02/2024", "03/04/2024", "05/05/2024", "06/07/2024", "08/09/2024", "10/11/2024", "12/01/2024")
LATE = ("13/02/2024", "25/04/2024", "31/05/2024", "16/07/2024", "18/09/2024", "30/11/2024")


def _as_excel_takes(text: str) -> str:
    """What Excel makes of a text that it reads with the month first: a real date where there is such a month, else the text."""
    month, day, year = text.split("/")
    return f"{year}-{month}-{day}" if int(month) <= 12 else text


def test_real_dates_that_excel_made_of_a_column_with_the_day_first_are_not_believed():
    column = Counter(_as_excel_takes(text) for text in WRITTEN + LATE)
    turned = {"2024-01-02", "2024-03-04", "2024-06-07", "2024-08-09", "2024-10-11", "2024-12-01"}
    assert half_converted(column) == turned  # the fifth of May is one day either way
    assert doubtful_dates(column, DateOrder.DAY_FIRST) == dict.fromkeys(turned, "half_converted_date")
    assert doubtful_dates(column, DateOrder.DAY_FIRST, said=True) == {}


@pytest.mark.parametrize("besides", ["2024-05-13", "04/05/2024"])
def test_one_real_date_late_in_a_month_or_one_text_early_in_it_shows_that_nothing_was_turned_round(besides: str):
    assert half_converted(Counter([*map(_as_excel_takes, WRITTEN + LATE), besides])) == set()


@pytest.mark.parametrize(("written", "late"), [(5, 6), (7, 5), (7, 0), (0, 6)])
def test_of_few_real_dates_or_few_texts_nothing_is_told(written: int, late: int):
    assert half_converted(Counter(map(_as_excel_takes, WRITTEN[:written] + LATE[:late]))) == set()


@given(st.lists(st.dates(date(2020, 1, 1), date(2026, 12, 31)), min_size=60, max_size=120, unique=True))
def test_what_excel_half_converts_is_doubted_whatever_the_days_and_what_it_converts_whole_is_not(days):
    written = [f"{day:%d/%m/%Y}" for day in days]
    early = {day for day in days if day.day <= 12}
    half = half_converted(Counter(map(_as_excel_takes, written)))
    enough = min(len(early), len(days) - len(early)) >= 6
    assert half == ({f"{day:%Y-%d-%m}" for day in early if day.day != day.month} if enough else set())
    assert half_converted(Counter(day.isoformat() for day in days)) == half_converted(Counter(written)) == set()


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("2024-03-01", (MARCH_1, None)),
        ("45352", (MARCH_1, "date_rewritten")),
        ("1 March 2024", (MARCH_1, "date_rewritten")),
        ("2037-01-01", (None, "impossible_date")),
        ("1900-01-01", (None, "placeholder_date")),
        ("01/01/1900 00:00", (None, "placeholder_date")),
        ("9999-12-31", (None, "placeholder_date")),
        ("31/12/9999", (None, "placeholder_date")),
        ("", (None, None)),
        ("NULL", (None, None)),
        ("n/a", (None, None)),
        ("#N/A", (None, "spreadsheet_error")),
        ("#FORMULA", (None, "spreadsheet_error")),
    ],
)
def test_a_cell_of_a_date_column_is_a_day_nothing_or_a_problem(text, reading):
    assert reader_of(Date, Dates(LATEST))(text) == reading


@pytest.mark.parametrize(("text", "key"), [("1001", "1001"), ("NULL", None), ("Null ", None), ("N/A", None)])
def test_a_word_that_stands_for_nothing_is_no_key(text, key):
    assert reader_of(Key, Dates(LATEST))(text) == (key, None)


def test_a_moment_keeps_its_time_and_a_day_is_its_midnight():
    assert read_moment("2024-03-01 09:30:15") == (datetime(2024, 3, 1, 9, 30, 15), None)
    assert read_moment("01/03/2024") == (datetime(2024, 3, 1), None)
    assert read_moment("01/03/24") == (None, "two_digit_year")


@pytest.mark.parametrize("text", ["Y", "yes", "TRUE", "true", "1", "1.0", "a) Yes", "t"])
def test_the_usual_ways_of_saying_yes(text):
    assert read_boolean(text) == (True, None)


@pytest.mark.parametrize("text", ["N", "no", "FALSE", "0", "0.0", "b) No"])
def test_the_usual_ways_of_saying_no(text):
    assert read_boolean(text) == (False, None)


@pytest.mark.parametrize(("text", "problem"), [("Unknown", None), ("not known", None), ("perhaps", "not_yes_or_no")])
def test_unknown_is_neither_yes_nor_no_and_anything_else_is_a_problem(text, problem):
    assert read_boolean(text) == (None, problem)


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3.0), ("-3.5", -3.5), ("1,234.50", 1234.5), ("£1,200", 1200.0), ("45%", 45.0), (".5", 0.5), ("1e3", 1000.0)],
)
def test_a_number_with_commas_a_pound_or_a_per_cent_sign(text, number):
    assert read_number(text) == (number, None)


@pytest.mark.parametrize("text", ["three", "3-4", "1.2.3", "", "nan", "inf", "0x10", "1e999"])
def test_what_is_no_number_is_a_problem(text):
    assert read_number(text) == (None, "not_a_number")


@pytest.mark.parametrize(
    ("text", "reading"), [("3.0", (3, None)), ("3.5", (None, "not_a_whole_number")), ("x", (None, "not_a_number"))]
)
def test_a_whole_number_may_be_written_with_a_point(text, reading):
    assert read_integer(text) == reading


@pytest.mark.parametrize(
    ("text", "postcode"),
    [("sw18 2pu", "SW18 2PU"), ("SW182PU", "SW18 2PU"), ("w1a1aa", "W1A 1AA"), (" M1 1AE ", "M1 1AE")],
)
def test_a_postcode_is_written_in_capitals_with_one_space(text, postcode):
    assert read_postcode(text) == (postcode, None)


@pytest.mark.parametrize("text", ["SW18", "no fixed abode", "12345"])
def test_what_has_not_the_shape_of_a_postcode_is_a_problem(text):
    assert read_postcode(text) == (None, "not_a_postcode")


def test_a_shape_shows_where_letters_and_digits_stand_and_none_of_them():
    assert shape("31/02/2024") == "99/99/9999"
    assert shape("Ann O'Shea-7é") == "Aaa A'Aaaa-9a"
    assert shape("x" * 30) == f"{'a' * 24}... (30 characters)"


@given(st.text(max_size=40))
def test_a_shape_holds_no_letter_but_a_and_no_digit_but_9(text):
    shown = shape(text, longest=40)
    assert {each for each in shown if each.isalpha()} <= {"a", "A"}
    assert {each for each in shown if each.isdigit()} <= {"9"}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023-24", "2023-24"),
        ("2023/24", "2023-24"),
        ("2023/2024", "2023-24"),
        ("2023 - 2024", "2023-24"),
        ("2023\u201324", "2023-24"),
        ("2023 to 2024", "2023-24"),
        ("23/24", "2023-24"),
        ("202324", "2023-24"),
        ("202021", "2020-21"),
        ("FY2324", "2023-24"),
        ("F.Y. 23/24", "2023-24"),
        ("AY 2023/24", "2023-24"),
        ("Academic year 2023/24", "2023-24"),
        ("Financial Year: 2023-24", "2023-24"),
        ("2023/24 school year", "2023-24"),
        ("99/00", "1999-00"),
    ],
)
def test_a_year_of_two_calendar_years_is_written_one_way(text, year):
    assert read_year(text) == (year, None)


@pytest.mark.parametrize(
    "text", ["2023", "2021", "FY2021", "24", "2023/25", "2024/23", "2023/4", "01/04/2023", "Autumn", "x" * 200]
)
def test_one_year_alone_and_years_that_do_not_follow_each_other_are_no_year(text):
    assert read_year(text) == (None, "not_a_year")
