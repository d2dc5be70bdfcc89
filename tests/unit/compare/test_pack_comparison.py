"""Councils side by side: one definition or no comparison, what is missing kept apart from zero, limits of chance, no rank."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from earlyhelp.compare import PACK_POLICY, Comparison, LeftOut, Pack, compared
from earlyhelp.evaluate.methods.pooling import pool
from earlyhelp.measures import Estimate
from earlyhelp.standard.local_standards import default_standards
from earlyhelp.statistics.funnel import share_limits
from earlyhelp.statistics.intervals import wilson
from unit.compare.swapped_packs import asked, drafted, figure

CODES = [f"E0900{n:04}" for n in range(1, 12)]


def pack(code: str, *measures, **more: object) -> Pack:
    return drafted(*measures, council=code, **more).pack


def shares(*counts: tuple[int, int]) -> list[Pack]:
    return [pack(code, asked("A2", figure(*each))) for code, each in zip(CODES, counts, strict=False)]


def the_measure(found: Comparison):
    [measure] = found.measures
    return measure


def test_the_own_figure_comes_first_and_the_others_by_code_never_by_value():
    packs = shares((50, 100), (90, 100), (10, 100), (70, 100))
    found = the_measure(compared(packs[1], [packs[3], packs[0], packs[2]]))
    assert [line.council for line in found.lines] == [CODES[1], CODES[0], CODES[2], CODES[3]]


def test_another_definition_is_named_with_what_differs_and_not_compared():
    own = pack(CODES[0], asked("A6", figure(50, 100)))
    other = pack(CODES[1], asked("A6", figure(90, 100)), local={**default_standards(), "decision_working_days": 3})
    found = the_measure(compared(own, [other]))
    line = found.lines[1]
    assert (line.status, line.value) == ("other_definition", None)
    assert line.differs_in == ("decision_working_days is 3 there and 1 here",)
    assert found.target is None


def test_a_family_counted_otherwise_is_another_definition():
    own = pack(CODES[0], asked("C1", figure(50)))
    found = the_measure(compared(own, [drafted(asked("C1", figure(50)), council=CODES[1], name="").pack]))
    assert found.lines[1].status == "ok"
    from dataclasses import replace

    changed = replace(
        own, council=CODES[1], measures={k: replace(m, meaning="0" * 64) for k, m in own.measures.items()}
    )
    line = the_measure(compared(own, [changed])).lines[1]
    assert line.differs_in == ("its rule, its families or the version of its software are others",)


def test_missing_suppressed_not_mature_no_data_and_zero_are_five_different_things():
    own = pack(CODES[0], asked("G2", figure(50, 100)))
    others = [
        pack(CODES[1], asked("A2", figure(50, 100))),
        pack(CODES[2], asked("G2", figure(3, 100))),
        pack(CODES[3], asked("G2", figure(50, 100, mature=False))),
        pack(CODES[4], asked("G2")),
        pack(CODES[5], asked("G2", figure(0, 100))),
    ]
    found = the_measure(compared(own, others))
    assert [line.status for line in found.lines] == ["ok", "missing", "suppressed", "not_mature", "no_data", "ok"]
    assert [line.value for line in found.lines] == [0.5, None, None, None, None, 0.0]
    assert found.target == pytest.approx(50 / 200)


def test_limits_are_those_of_chance_around_all_together():
    packs = shares((50, 100), (50, 100), (95, 100), (10, 100), (60, 100))
    found = the_measure(compared(packs[0], packs[1:]))
    assert found.target == pytest.approx(265 / 500)
    assert found.lines[0].limits_95 == pytest.approx(tuple(share_limits(100.0, 0.53, 0.95)), abs=1e-4)
    assert [line.place for line in found.lines] == ["inside", "inside", "above 99.8", "below 99.8", "inside"]


def test_limits_widen_only_where_ten_or_more_councils_vary_more_than_by_chance():
    spread = [(100 + 80 * n, 1000) for n in range(10)]
    wide = the_measure(compared(shares(*spread)[0], shares(*spread)[1:]))
    alike = shares(*[(500, 1000)] * 10)
    assert wide.dispersion > 1
    assert the_measure(compared(alike[0], alike[1:])).dispersion is None
    few = shares(*spread[:9])
    assert the_measure(compared(few[0], few[1:])).dispersion is None


def test_the_pooled_value_is_that_of_the_released_intervals():
    counts = [(40, 100), (50, 100), (60, 120), (30, 90), (80, 150)]
    packs = shares(*counts)
    found = the_measure(compared(packs[0], packs[1:])).pooled
    lower, upper = wilson(*(np.array(each, float) for each in zip(*counts, strict=True)))
    values = [above / below for above, below in counts]
    expected = pool(values, (upper - lower) / (2 * 1.959964), interval="modified_hartung_knapp")
    assert (found.mean, found.lower, found.upper) == pytest.approx(
        (expected.mean, expected.lower, expected.upper), abs=2e-4
    )
    assert found.councils == 5


def test_four_councils_are_too_few_to_pool_and_counts_never_are():
    packs = shares(*[(40, 100)] * 4)
    assert "5 are needed" in the_measure(compared(packs[0], packs[1:])).not_pooled
    counts = [pack(code, asked("B1", figure(40))) for code in CODES[:6]]
    found = the_measure(compared(counts[0], counts[1:]))
    assert found.pooled is None
    assert "not pooled" in found.not_pooled
    assert found.target is None


def test_a_median_is_compared_and_pooled_without_limits_of_chance():
    packs = [
        pack(code, asked("B2", figure(40, 50, estimate=Estimate(10.0 + n, 8.0, 25.0))))
        for n, code in enumerate(CODES[:5])
    ]
    found = the_measure(compared(packs[0], packs[1:]))
    assert found.target is None
    assert found.lines[0].place == ""
    assert found.pooled.councils == 5
    assert found.spread.median == 12.0


def test_a_year_that_another_council_does_not_tell_is_missing():
    own = pack(CODES[0], asked("A2", figure(50, 100)))
    from dataclasses import replace

    earlier = replace(own, council=CODES[1], measures={k: replace(m, rows=()) for k, m in own.measures.items()})
    assert the_measure(compared(own, [earlier])).lines[1].status == "missing"


def test_groups_of_a_mix_are_compared_one_by_one():
    packs = [
        pack(code, asked("A3", figure(60, 100, decision_code="advice"), figure(40, 100, decision_code="nfa")))
        for code in CODES[:3]
    ]
    found = compared(packs[0], packs[1:]).measures
    assert [dict(each.dims) for each in found] == [{"decision_code": "advice"}, {"decision_code": "nfa"}]


def test_what_was_left_out_is_named():
    packs = shares((50, 100), (60, 100))
    found = compared(packs[0], packs[1:], [LeftOut("bad.json", "It was changed.")])
    assert list(found.as_dict()["left_out"]) == [{"file": "bad.json", "why": "It was changed."}]


@pytest.mark.parametrize("members", [*combinations(range(5), 1), *combinations(range(5), 2)], ids=str)
def test_from_the_seat_of_each_member_and_each_pair_no_more_is_seen_than_the_others_packs_show(members):
    """True counts differ from the packs' by rounding; whoever subtracts what they know from all together is left with it.

    The members know their own exact counts. The comparison does not move with the others' exact counts as long as their
    packs do not: nothing in it was made of anything else.
    """
    exact = [(33, 98), (41, 99), (58, 101), (29, 88), (77, 148)]
    moved = [pair if place in members else _as_sent(pair) for place, pair in enumerate(exact)]
    assert moved != exact
    one, other = (compared(packs[0], packs[1:]) for packs in (shares(*exact), shares(*moved)))
    assert one == other


def _as_sent(counts: tuple[int, int]) -> tuple[int, int]:
    """Other true counts of which the same pack is made: the rounded ones themselves."""
    above, below = (int(PACK_POLICY.rounded(count)) for count in counts)
    return above, below
