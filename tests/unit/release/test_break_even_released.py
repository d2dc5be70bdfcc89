"""Break-even on its way out: pounds to the nearest hundred, families hidden where few, nothing where there is no cost."""

from __future__ import annotations

import pytest

from earlyhelp.economics.break_even import Avoidable
from earlyhelp.release import policy
from earlyhelp.release.scenarios import publish_break_even

CARE = Avoidable("care", "a child looked after", "month", 7_000.0, 12.0)
DFE = policy("dfe", 0)


def test_what_must_be_avoided_is_the_cost_over_the_price_of_a_unit():
    found = publish_break_even("S01", "Family Steps", 84_040.0, "ledger", 40, [CARE], DFE)
    [row] = found.steps
    assert found.annual_cost == 84_000
    assert (row["needed"], row["pounds"], row["avoided"]) == (12.0, 7_000, None)
    assert row["sentence"].endswith("or 1.0 families a year out of 40 who have the service.")


def test_families_too_few_to_show_are_in_no_sentence():
    found = publish_break_even("S01", "Family Steps", 84_000.0, "ledger", 3, [CARE], DFE)
    assert found.families_a_year is None
    assert "out of" not in found.steps[0]["sentence"]


@pytest.mark.parametrize("cost", [None, 0.0, -500.0])
def test_without_a_cost_nothing_is_worked_out_and_that_is_not_nought(cost):
    found = publish_break_even("S01", "Family Steps", cost, "ledger", 40, [CARE], DFE)
    assert (found.annual_cost, found.steps) == (None, ())
