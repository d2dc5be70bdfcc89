"""England's bank holidays against the list that gov.uk publishes, and the years in which a proclamation changed it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from earlyhelp.standard.calendar import add_working_days, is_working_day, working_days_between


def weekdays_off(year: int) -> list[str]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return [f"{d.day} {d:%b}" for d in days if d.year == year and d.weekday() < 5 and not is_working_day(d)]


@pytest.mark.parametrize(
    ("year", "published"),
    [
        (2019, "1 Jan, 19 Apr, 22 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec"),
        (2020, "1 Jan, 10 Apr, 13 Apr, 8 May, 25 May, 31 Aug, 25 Dec, 28 Dec"),
        (2021, "1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec"),
        (2022, "3 Jan, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 29 Aug, 19 Sep, 26 Dec, 27 Dec"),
        (2023, "2 Jan, 7 Apr, 10 Apr, 1 May, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec"),
        (2024, "1 Jan, 29 Mar, 1 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec"),
        (2025, "1 Jan, 18 Apr, 21 Apr, 5 May, 26 May, 25 Aug, 25 Dec, 26 Dec"),
        (2026, "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec"),
        (2027, "1 Jan, 26 Mar, 29 Mar, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec"),
    ],
)
def test_the_weekdays_off_in_a_year_are_those_that_gov_uk_lists_for_england(year, published):
    assert ", ".join(weekdays_off(year)) == published


@pytest.mark.parametrize(
    ("reason", "off", "not_off"),
    [
        ("50 years of VE Day: May Day moved", date(1995, 5, 8), date(1995, 5, 1)),
        ("the eve of the year 2000", date(1999, 12, 31), date(1998, 12, 31)),
        ("Golden Jubilee: spring bank holiday moved", date(2002, 6, 4), date(2002, 5, 27)),
        ("Golden Jubilee: the day added", date(2002, 6, 3), date(2002, 6, 5)),
        ("the royal wedding", date(2011, 4, 29), date(2011, 4, 28)),
        ("Diamond Jubilee: spring bank holiday moved", date(2012, 6, 4), date(2012, 5, 28)),
        ("Diamond Jubilee: the day added", date(2012, 6, 5), date(2012, 6, 6)),
        ("75 years of VE Day: May Day moved", date(2020, 5, 8), date(2020, 5, 4)),
        ("Platinum Jubilee: spring bank holiday moved", date(2022, 6, 2), date(2022, 5, 30)),
        ("Platinum Jubilee: the day added", date(2022, 6, 3), date(2022, 6, 1)),
        ("the state funeral of Queen Elizabeth II", date(2022, 9, 19), date(2022, 9, 20)),
        ("the coronation of King Charles III", date(2023, 5, 8), date(2023, 5, 9)),
        ("2 January is a holiday in Scotland alone", date(2024, 1, 1), date(2024, 1, 2)),
        ("St Patrick's Day is a holiday in Northern Ireland alone", date(2025, 4, 21), date(2025, 3, 17)),
    ],
)
def test_a_proclaimed_holiday_is_off_and_the_day_it_replaced_is_not(reason, off, not_off):
    assert not is_working_day(off), reason
    assert is_working_day(not_off), reason


def test_a_decision_due_over_christmas_2021_waits_for_the_holidays_that_stand_in():
    # Friday 24 received; 25 and 26 the weekend; 27 and 28 stand in for Christmas Day and Boxing Day; 29, 30, 31 work.
    received = date(2021, 12, 24)
    assert add_working_days(received, 2) == date(2021, 12, 30)
    assert add_working_days(received, 3) == date(2021, 12, 31)
    assert working_days_between(received, date(2021, 12, 28)) == 0


@pytest.mark.parametrize(("year", "working_days"), [(2022, 250), (2023, 251), (2024, 254), (2025, 253)])
def test_a_year_has_its_weekdays_less_its_bank_holidays(year, working_days):
    assert working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == working_days
