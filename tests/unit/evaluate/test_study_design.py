"""Who is compared with whom: squares and products are made alike too, as far as the families can carry it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from earlyhelp.evaluate.methods.balance import LEAST_EFFECTIVE, MOST_DIFFERENCE
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.studies.cohort import Cohort
from earlyhelp.evaluate.studies.design import CHANCE, FEWEST_OFFERED, Design, like_with_like
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


@pytest.mark.parametrize(("seed", "number"), [(7, 130), (11, 150)])
def test_where_no_weights_make_the_squares_alike_the_means_are_and_no_figure_is_given(seed: int, number: int):
    design = like_with_like(families(seed, number), "S01", YEAR)
    assert max(abs(row.after) for row in design.balance) < MOST_DIFFERENCE
    assert not design.gate.passed


def test_a_square_and_a_product_are_told_about_the_mean_of_those_offered_the_service():
    cohort = families(0, 300)
    design = like_with_like(cohort, "S01", YEAR)
    needs, abuse = (cohort.before[design.rows, cohort.names.index(name)] for name in ("needs", "abuse"))
    apart = {name: each - each[design.treated].mean() for name, each in (("needs", needs), ("abuse", abuse))}
    told = dict(zip(design.names, design.balanced.T, strict=True))
    assert told["needs squared"] == pytest.approx(apart["needs"] ** 2)
    assert told["needs with abuse"] == pytest.approx(apart["needs"] * apart["abuse"])


def _alike(offered: int, others: int) -> Cohort:
    """So many families offered S01 and so many offered S02, with the same facts before: nobody is out of reach."""
    among = families(1, max(offered, others))
    rows = np.concatenate([np.arange(offered), np.arange(others)])
    return replace(
        among,
        service=np.repeat(["S01", "S02"], [offered, others]),
        day=np.full(offered + others, among.day[0]),
        before=among.before[rows],
        earlier=among.earlier[rows],
        ward=among.ward[rows],
    )


def test_as_few_families_as_are_needed_are_compared():
    design = like_with_like(_alike(FEWEST_OFFERED, FEWEST_OFFERED), "S01", YEAR)
    assert (design.treated.sum(), (~design.treated).sum()) == (FEWEST_OFFERED, FEWEST_OFFERED)


@pytest.mark.parametrize(
    ("offered", "others", "which"),
    [(FEWEST_OFFERED - 1, 60, "offered the service"), (FEWEST_OFFERED, FEWEST_OFFERED - 1, "to compare them with")],
)
def test_fewer_families_are_refused_and_it_is_said_which(offered: int, others: int, which: str):
    with pytest.raises(NotEstimable, match=which):
        like_with_like(_alike(offered, others), "S01", YEAR)


def test_a_family_is_followed_whose_window_ends_on_the_day_of_the_records_and_none_whose_window_ends_after():
    cohort = families(1, 600)
    first = int(cohort.day[0])
    days = first + np.arange(600) % 2
    records_end = date(1970, 1, 1) + timedelta(days=first + YEAR)
    design = like_with_like(replace(cohort, day=days, as_at=records_end), "S01", YEAR)
    assert set(days[design.rows]) == {first}


def _moved_to_one_ward(share: float) -> Cohort:
    """Six wards; of the families offered S01 so many live in ward 0, beside a sixth of the others."""
    cohort, luck = families(1), np.random.default_rng(5)
    here = (cohort.service == "S01") & (luck.random(2_000) < share)
    return replace(cohort, ward=np.where(here, "ward 0", cohort.ward))


def test_families_of_a_ward_in_which_nobody_was_offered_the_service_are_not_compared():
    cohort = _moved_to_one_ward(1.0)
    design = like_with_like(replace(cohort, ward=np.where(cohort.ward == "ward 1", "ward 0", cohort.ward)), "S01", YEAR)
    assert set(cohort.ward[design.rows]) == {"ward 0", "ward 1"}
    assert design.gate.passed, "a third of the others live where the service is offered"


def test_where_too_few_of_the_others_live_where_the_service_is_offered_there_is_no_figure():
    cohort = _moved_to_one_ward(1.0)
    others = (cohort.service == "S01") | (cohort.ward != "ward 0") | (np.arange(2_000) % 12 == 0)
    with pytest.raises(NotEstimable, match="to compare them with in the wards in which it is offered"):
        like_with_like(cohort, "S01", YEAR, others & (np.arange(2_000) < 600))


def test_a_ward_that_a_lot_might_have_passed_over_stays_in():
    """Of 39 families in a hundred that are offered S01, a ward of seven lets one expect fewer than three."""
    cohort = families(1)
    seven = np.flatnonzero(cohort.service != "S01")[:7]
    ward = cohort.ward.copy()
    ward[seven] = "ward 9"
    kept = like_with_like(replace(cohort, ward=ward), "S01", YEAR).rows
    assert "ward 9" in ward[kept]
    ward[np.flatnonzero(cohort.service != "S01")[:60]] = "ward 9"
    assert "ward 9" not in ward[like_with_like(replace(cohort, ward=ward), "S01", YEAR).rows]


@pytest.mark.parametrize(("share", "passes"), [(0.8, False), (0.0, True)])
def test_a_service_mostly_of_one_ward_is_not_compared_with_families_of_others(share: float, passes: bool):
    """What is different about a ward would be taken for the service: no fact of a family makes wards alike."""
    gate = like_with_like(_moved_to_one_ward(share), "S01", YEAR).gate
    assert gate.passed is passes
    if not passes:
        assert "live in the same wards" in gate.reasons[-1]


def test_where_no_ward_is_recorded_nothing_is_refused_for_it():
    cohort = families(1)
    assert like_with_like(replace(cohort, ward=np.full(2_000, "")), "S01", YEAR).gate.passed
