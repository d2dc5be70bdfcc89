"""The latest figure of a measure: one rule for every page, so that two pages cannot tell two figures of one measure."""

from __future__ import annotations

from datetime import date

from earlyhelp.measures import CATALOGUE
from earlyhelp.release import Released, ReleasedRow, Status, policy
from earlyhelp.reports.latest import BY_GROUP, latest_of

MEASURE = CATALOGUE["G3"]


def row(
    year: int, status: Status = Status.OK, value: float | None = None, last: date | None = None, **dims: str
) -> ReleasedRow:
    """A year from April; `last`: the day on which it was cut short."""
    return ReleasedRow(
        "G3", date(year - 1, 4, 1), last or date(year, 3, 31), dims, {}, None, None, value, None, None, status
    )


def released(*rows: ReleasedRow) -> Released:
    return Released(MEASURE, policy("dfe"), rows)


def test_a_year_that_is_not_mature_gives_way_to_the_last_that_is_also_where_that_is_too_few_to_say() -> None:
    found = latest_of(
        released(
            row(2023, value=0.2), row(2024, Status.SUPPRESSED), row(2025, Status.NOT_MATURE, last=date(2025, 1, 5))
        )
    )
    assert (found.value, found.days) == ("too few to say", "year to 31 March 2024")


def test_where_no_year_is_mature_the_last_says_so_with_its_days() -> None:
    found = latest_of(released(row(2025, Status.NOT_MATURE, last=date(2025, 1, 5))))
    assert (found.value, found.days) == ("not mature yet", "1 April 2024 to 5 January 2025")


def test_a_measure_of_groups_alone_is_told_by_group_and_never_by_one_of_them() -> None:
    found = latest_of(released(row(2025, value=0.9, type="cin"), row(2025, value=0.0, type="looked_after")))
    assert (found.value, found.interval, found.row) == (BY_GROUP, "", None)


def test_groups_of_which_none_can_be_told_say_why() -> None:
    few = latest_of(released(row(2025, Status.SUPPRESSED, type="cin"), row(2025, Status.NO_DATA, type="looked_after")))
    young = latest_of(released(row(2025, Status.NOT_MATURE, type="cin")))
    assert (few.value, young.value) == ("too few to say", "not mature yet")


def test_no_rows_at_all_are_no_data() -> None:
    assert latest_of(released())[:3] == ("no data", "", "all days")
