"""The share of demand that follows a sign of poverty, against a count by hand and families by lot."""

from __future__ import annotations

import numpy as np
import pytest

from earlyhelp.evaluate.poverty.demand import ANY, demand
from earlyhelp.evaluate.poverty.families import Families
from earlyhelp.evaluate.poverty.follow_up import Events
from earlyhelp.evaluate.poverty.shocks import Shocks
from unit.evaluate.poverty_council import KINDS, drawn, happened

SIGN = ("rent_arrears",)


def signs(known: Families, flags: np.ndarray) -> Shocks:
    """Signs of one kind from flags (months, families)."""
    nothing = np.zeros_like(flags)
    return Shocks(SIGN, happened(flags[None], SIGN), nothing[None], nothing)


def with_acceptances(events: Events, flags: np.ndarray) -> Events:
    """The same events with other acceptances."""
    all_flags = np.diff(events.upto.astype(int), axis=1) > 0
    all_flags[KINDS.index("accepted")] = flags
    return happened(all_flags, KINDS)


def test_a_sign_in_one_of_the_six_months_before_counts_and_one_in_the_same_month_does_not():
    known, events = drawn(1, families=20)
    known.children[:] = 1
    accepted, struck = np.zeros((2, 40, 20), bool)
    accepted[30, :4] = True
    struck[24, 0] = struck[29, 1] = struck[30, 2] = struck[23, 3] = True
    both, one = demand(known, with_acceptances(events, accepted), signs(known, struck))
    assert (both.shock, one.shock) == (ANY, "rent_arrears")
    assert (both.accepted, both.after, both.months) == (4, 2, 34)
    assert both.share == 0.5
    assert both.families == 34 * 20


def test_what_is_expected_is_the_rate_of_like_families_without_a_sign():
    known, events = drawn(2, families=40, chance=0.0)
    for each in (known.children, known.adults, known.decile, known.area):
        each[:] = 1
    known.youngest[:] = 6
    accepted, struck = np.zeros((2, 40, 40), bool)
    struck[10, :10] = True  # ten of forty are in the months after a sign, from month 11 to 16
    accepted[12, 10:16] = True  # six of the thirty without one
    accepted[12, :5] = True  # five of the ten with one
    found = demand(known, with_acceptances(events, accepted), signs(known, struck))[0]
    assert (found.after, found.compared) == (5, 5)
    assert found.expected == pytest.approx(10 * 6 / 30)
    assert found.beyond.estimate == pytest.approx((5 - 2) / 11)
    assert found.beyond.standard_error == pytest.approx(np.sqrt(5 + (10 / 30) ** 2 * 6) / 11)


def test_where_signs_fall_by_lot_nothing_is_beyond_what_is_expected():
    z = []
    for seed in range(20):
        known, events = drawn(seed, families=200)
        struck = np.random.default_rng(seed).random((40, 200)) < 0.02
        found = demand(known, events, signs(known, struck))[0]
        z.append(found.beyond.estimate / found.beyond.standard_error)
    assert abs(np.mean(z)) < 3 / np.sqrt(20)
    assert np.mean(np.abs(z) > 1.96) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 20)


def test_without_acceptances_there_is_nothing_to_tell():
    known, events = drawn(1, families=20)
    nothing = np.zeros((40, 20), bool)
    assert demand(known, with_acceptances(events, nothing), signs(known, nothing)) == []
