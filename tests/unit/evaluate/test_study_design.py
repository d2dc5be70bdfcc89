"""Who is compared with whom: squares and products are made alike too, as far as the families can carry it."""

from __future__ import annotations

import pytest

from earlyhelp.evaluate.methods.balance import LEAST_EFFECTIVE, MOST_DIFFERENCE
from earlyhelp.evaluate.studies.design import CHANCE, Design, like_with_like
from unit.evaluate.studied_families import YEAR, families


def _farthest(design: Design) -> float:
    """The largest difference of a square or product; the last row is the earlier outcome."""
    return max(abs(row.after) for row in design.beyond[:-1])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("number", [300, 800, 2_000])
def test_from_a_hundred_families_offered_on_every_square_and_product_is_within_the_limit_itself(number: int, seed: int):
    design = like_with_like(families(seed, number), "S01", YEAR)
    assert design.treated.sum() > 100
    assert _farthest(design) < MOST_DIFFERENCE
    assert design.gate.passed
    assert design.gate.effective.share >= LEAST_EFFECTIVE


def test_the_earlier_outcome_is_never_among_what_is_balanced():
    design = like_with_like(families(1, 300), "S01", YEAR)
    assert design.beyond[-1].name not in design.names
    assert design.beyond[-1].after != 0


@pytest.mark.parametrize("seed", [0, 3])
def test_where_the_limit_itself_would_leave_less_than_half_of_the_compared_chance_is_allowed_for(seed: int):
    design = like_with_like(families(seed, 200), "S01", YEAR)
    assert design.gate.passed
    assert design.gate.effective.share >= LEAST_EFFECTIVE
    assert MOST_DIFFERENCE < _farthest(design) < CHANCE * design.gate.by_chance
