"""The plain figures that the product's are held against, on rows small enough to be counted by eye."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.synthetic.true_figures.counted import Thing
from earlyhelp.synthetic.true_figures.figures import median_of
from earlyhelp.synthetic.true_figures.records import merged

DAY = date(2024, 1, 1)


def lasting(*days: int, ended: bool = True) -> list[Thing]:
    return [Thing(number, DAY, ended, days=each) for number, each in enumerate(days)]


@pytest.mark.parametrize(
    ("things", "median"),
    [
        (lasting(1, 2, 3), 2),
        (lasting(1, 2, 3, 4), 2.5),
        (lasting(1, 2) + lasting(9, 9, ended=False), 5.5),
        (lasting(5) + lasting(1, ended=False), 5),
        (lasting(1) + lasting(2, 3, ended=False), None),
        (lasting(7, ended=False), None),
    ],
)
def test_the_median_is_the_first_day_by_which_half_have_ended_or_the_middle_of_a_level_stretch(things, median):
    assert median_of(things) == median


def row(start: str, end: str | None) -> dict[str, object]:
    return {"episode_id": start, "start_date": date.fromisoformat(start), "end_date": end and date.fromisoformat(end)}


@pytest.mark.parametrize(
    ("rows", "spells"),
    [
        ([row("2024-01-01", "2024-02-01"), row("2024-02-01", "2024-03-01")], [("2024-01-01", "2024-03-01")]),
        (
            [row("2024-01-01", "2024-02-01"), row("2024-02-02", "2024-03-01")],
            [("2024-01-01", "2024-02-01"), ("2024-02-02", "2024-03-01")],
        ),
        ([row("2024-01-01", None), row("2024-05-01", "2024-06-01")], [("2024-01-01", None)]),
        ([row("2024-01-01", "2024-09-01"), row("2024-05-01", "2024-06-01")], [("2024-01-01", "2024-09-01")]),
        ([row("2024-05-01", None), row("2024-01-01", "2024-06-01")], [("2024-01-01", None)]),
    ],
)
def test_records_that_share_a_day_are_one_spell(rows, spells):
    found = [(spell.start.isoformat(), spell.end and spell.end.isoformat()) for spell in merged(rows)]
    assert found == spells
