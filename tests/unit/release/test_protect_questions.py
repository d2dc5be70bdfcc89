"""The door protects the figures of one question together, as if every total of them were known."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.measures import CATALOGUE, Estimate, Figure, Figures, Grain, Period
from earlyhelp.measures.periods import periods
from earlyhelp.release import policy, publish
from earlyhelp.release.protect.attack import audit, released
from earlyhelp.release.protect.questions import totals
from earlyhelp.release.protect.tables import Relation, groups_of_months

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
MONTHS = periods(YEAR.start, YEAR.end, Grain.MONTH)


SMALL = settings(max_examples=25, deadline=None, derandomize=True)


def by_place(counts, measure="A1", below=None, spans=(YEAR,), **how):
    """Released rows of counts by locality, one after the other, period by period."""
    rows = [
        Figure(span, {"locality": f"P{place}"}, count, below[place] if below else None)
        for span, each in zip(spans, counts if len(spans) > 1 else [counts], strict=True)
        for place, count in enumerate(each)
    ]
    return publish(Figures(CATALOGUE[measure], ("locality",), rows), policy(how.pop("name", "dfe"), **how)).rows


def shown(rows) -> list[float | None]:
    return [row.numerator for row in rows]


def test_a_single_small_count_takes_the_next_smallest_with_it():
    rows = by_place([3, 20, 12, 40])
    assert shown(rows) == [None, 20, None, 40]
    assert [row.status for row in rows] == ["suppressed", "ok", "suppressed", "ok"]
    assert rows[0].status == rows[2].status  # one symbol, so that nobody can tell which is small


def test_a_zero_is_still_shown_and_protects_nobody():
    assert shown(by_place([3, 0, 12, 40])) == [None, 0, None, 40]


def test_two_small_counts_whose_sum_is_not_small_protect_each_other():
    assert shown(by_place([5, 4, 12, 40])) == [None, None, 12, 40]


def test_two_small_counts_that_sum_to_little_are_proved_small_and_take_a_third():
    assert shown(by_place([3, 3, 12, 40])) == [None, None, None, 40]


def test_where_the_total_is_small_too_nothing_more_is_hidden():
    assert shown(by_place([3, 0, 0])) == [None, 0, 0]


def test_the_zeros_of_a_total_that_is_hardly_more_than_its_small_parts_are_hidden_too():
    assert shown(by_place([3, 3, 0, 0])) == [None] * 4


def test_without_a_split_there_is_no_total_to_take_away_from():
    [row] = publish(Figures(CATALOGUE["A1"], (), [Figure(YEAR, {}, 3, None)]), policy("dfe")).rows
    assert row.status == "suppressed"


def test_a_small_month_takes_another_of_its_quarter_with_it():
    counts = [30, 3, 20, 40, 41, 42, 50, 51, 52, 60, 61, 62]
    figures = [Figure(month, {}, count, None) for month, count in zip(MONTHS, counts, strict=True)]
    rows = publish(Figures(CATALOGUE["A1"], (), figures), policy("dfe")).rows
    assert shown(rows) == [30, None, None, *counts[3:]]


def test_what_is_open_at_the_end_of_months_does_not_add_up():
    figures = [Figure(month, {}, 3 if place == 1 else 30, None) for place, month in enumerate(MONTHS)]
    rows = publish(Figures(CATALOGUE["C1"], (), figures), policy("dfe")).rows
    assert shown(rows).count(None) == 1


def test_codes_of_which_a_child_may_have_several_are_hidden_one_by_one():
    figures = [
        Figure(YEAR, {"disability": code}, count, None) for code, count in (("AUT", 3), ("BEH", 30), ("HAND", 40))
    ]
    rows = publish(Figures(CATALOGUE["A1"], ("disability",), figures), policy("dfe")).rows
    assert shown(rows) == [None, 30, 40]


def test_where_no_choice_of_rows_protects_all_are_hidden():
    assert shown(by_place([3, 3])) == [None, None]
    spans = [Period(date(2024, 4, 1), date(2024, 4, 30)), Period(date(2024, 5, 1), date(2024, 5, 31))]
    assert shown(by_place([[3, 3], [40, 50]], spans=spans)) == [None] * 4


def test_of_a_share_the_numerator_takes_another_and_denominators_stay():
    rows = by_place([3, 20, 12], measure="B6", below=[40, 50, 60])
    assert shown(rows) == [None, 20, None]
    assert [row.denominator for row in rows] == [40, 50, 60]
    assert [row.value for row in rows] == [None, 0.4, None]


def test_a_small_denominator_takes_another_and_its_whole_row():
    rows = by_place([0, 20, 12], measure="B6", below=[4, 50, 60])
    assert [(row.numerator, row.denominator, row.value) for row in rows] == [
        (None, None, None),
        (None, None, None),
        (12, 60, 0.2),
    ]


def test_of_what_is_no_count_of_people_the_denominators_alone_are_protected():
    figures = [
        Figure(YEAR, {"team": f"T{place}"}, pounds, families)
        for place, (pounds, families) in enumerate([(1000.0, 4), (2000.0, 50), (3000.0, 60)])
    ]
    rows = publish(Figures(CATALOGUE["J1"], ("team",), figures), policy("dfe")).rows
    assert [(row.numerator, row.denominator) for row in rows] == [(None, None), (None, None), (3000, 60)]


def test_a_net_goes_with_the_part_that_was_hidden_besides():
    figures = []
    for place, started, ended in (("P0", 3, 30), ("P1", 20, 40), ("P2", 50, 60)):
        figures += [
            Figure(YEAR, {"locality": place, "flow": "ended"}, ended, None),
            Figure(YEAR, {"locality": place, "flow": "net"}, started - ended, None, net_of=(started, ended)),
            Figure(YEAR, {"locality": place, "flow": "started"}, started, None),
        ]
    rows = publish(Figures(CATALOGUE["C2"], ("locality",), figures), policy("dfe")).rows
    assert shown(rows) == [30, None, None, 40, None, None, 60, -10, 50]


@pytest.mark.parametrize(("name", "base"), [("nhs", 0), ("dfe", 5), ("none", 0), ("internal", 0)])
def test_rounded_counts_and_counts_for_inside_eyes_need_no_further_ones(name, base):
    rows = by_place([3, 20, 12, 40], name=name, round_to=base)
    assert shown(rows).count(None) == (0 if name in ("none", "internal") else 1)


def test_figures_that_are_not_mature_are_no_part_of_a_total():
    figures = [
        Figure(YEAR, {"locality": "P0"}, 3, 40, mature=False),
        Figure(YEAR, {"locality": "P1"}, 3, 40),
        Figure(YEAR, {"locality": "P2"}, 20, 40),
    ]
    rows = publish(Figures(CATALOGUE["G3"], ("locality",), figures), policy("dfe")).rows
    assert [row.status for row in rows] == ["not_mature", "suppressed", "suppressed"]


def test_of_two_small_numerators_both_must_be_safe_before_no_more_are_hidden():
    """5 of 40 and 5 of 6: the second may be 1 to 6, but the first is 4 at least, until a third can take what it gives."""
    rows = by_place([5, 5, 8, 30], measure="B6", below=[40, 6, 20, 50])
    assert shown(rows) == [None, None, None, 30]
    assert shown(by_place([5, 5, 8, 30], measure="B6", below=[40, 9, 20, 50])) == [None, None, 8, 30]


def test_a_row_hidden_for_its_few_families_may_be_nobody_and_protects_no_other():
    """Of its 4 families none or some did: 3 beside it could not be more than the sum of both, 3."""
    rows = by_place([0, 3, 12, 40], measure="B6", below=[4, 50, 60, 70])
    assert [row.numerator for row in rows] == [None, None, None, 40]


def test_a_small_numerator_beside_one_that_is_nearly_all_is_hidden_with_it():
    """4 of 40 beside 21 of 22: the other can rise by one, so that the small one is known to be 3 at least."""
    assert shown(by_place([4, 21], measure="B6", below=[40, 22])) == [None, None]


def test_a_small_month_takes_one_of_its_own_quarter_though_another_quarter_has_a_smaller_one():
    counts = [30, 3, 25, 10, 41, 42, 50, 51, 52, 60, 61, 62]
    figures = [Figure(month, {}, count, None) for month, count in zip(MONTHS, counts, strict=True)]
    rows = publish(Figures(CATALOGUE["A1"], (), figures), policy("dfe")).rows
    assert shown(rows) == [30, None, None, *counts[3:]]


def test_the_group_that_others_are_compared_with_is_never_hidden_to_protect_them():
    """It is the smallest beside the hidden one, and without it no ratio could be told."""
    figures = [
        Figure(YEAR, {"ethnicity": code}, count, 4_000, against=(20.0, 4_000.0))
        for code, count in (("AIND", 3), ("WBRI", 20), ("ABAN", 30), ("APKN", 40))
    ]
    rows = publish(Figures(CATALOGUE["H2"], ("ethnicity",), figures), policy("dfe")).rows
    assert shown(rows) == [None, 20, None, 40]


def test_where_two_small_groups_stand_beside_the_reference_alone_all_are_hidden():
    """2 and 4 of six beside a reference that may not be taken: no zero is hidden, so that nobody need suppose one."""
    figures = [
        Figure(YEAR, {"ethnicity": code}, count, 4_000, against=(7.0, 4_000.0))
        for code, count in (("AIND", 2), ("WBRI", 7), ("ABAN", 4))
    ]
    rows = publish(Figures(CATALOGUE["H2"], ("ethnicity",), figures), policy("dfe")).rows
    assert shown(rows) == [None, None, None]


def test_what_a_mean_sums_up_is_no_count_of_people_and_takes_no_further_row():
    """Of scores that sum to 3 and 1 two rows are hidden for their few families, and the third stays."""
    figures = [
        Figure(YEAR, {"locality": place}, total, families, estimate=Estimate(total / families, 0, 1))
        for place, total, families in (("P0", 3, 4), ("P1", 1, 50), ("P2", 200, 60))
    ]
    rows = publish(Figures(CATALOGUE["C10"], ("locality",), figures), policy("dfe")).rows
    assert [row.status for row in rows] == ["suppressed", "suppressed", "ok"]


@pytest.mark.parametrize(
    ("counts", "expected"), [([4, 3, 0], [None] * 3), ([4, 4, 0], [None, None, 0]), ([5, 5, 0, 0], [None, None, 0, 0])]
)
def test_zeros_are_hidden_up_to_a_total_that_leaves_little_more_than_one_for_each_part(counts, expected):
    """4 and 3 and nobody of 7: with one in each of the other two, the first could be 5 at most."""
    assert shown(by_place(counts)) == expected


def in_order(counts: list[int]) -> list[int]:
    """The places of further rows in the order in which they are taken: the smallest first, then the first."""
    return sorted((place for place, count in enumerate(counts) if count > 5), key=lambda place: counts[place])


@SMALL
@given(counts=st.lists(st.integers(0, 14), min_size=2, max_size=7))
def test_of_one_total_the_smallest_further_rows_are_hidden_until_a_small_one_may_be_six(counts):
    """What is hidden is at least 1 each, so that one of k of them is at most their sum less k - 1."""
    total = sum(counts)
    small = {place for place, count in enumerate(counts) if 1 <= count <= 5}
    if not small or 1 <= total <= 5 or total - (len(counts) - 1) <= 5:
        return
    hidden, waiting = set(small), in_order(counts)
    while sum(counts[place] for place in hidden) - (len(hidden) - 1) < 6:
        hidden.add(waiting.pop(0))
    assert {place for place, count in enumerate(shown(by_place(counts))) if count is None} == hidden


@SMALL
@given(
    counts=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=3, max_size=3),
    small=st.integers(1, 5),
    of=st.integers(6, 14),
)
def test_of_shares_the_smallest_further_rows_are_hidden_until_every_table_that_fits_says_so(counts, small, of):
    """Against every table: numerators of 1 to their denominator, of which those that are hidden keep their sum."""
    above = [small, *(6 + count for count, _ in counts)]
    below = [of, *(6 + count + more for count, more in counts)]
    for many in range(1, 4):
        hidden = [0, *in_order(above)[:many]]
        fitting = [
            first
            for first, *others in product(*(range(1, below[place] + 1) for place in hidden))
            if first + sum(others) == sum(above[place] for place in hidden)
        ]
        if min(fitting) == 1 and max(fitting) >= 6:
            found = shown(by_place(above, measure="B6", below=below))
            assert {place for place, count in enumerate(found) if count is None} == set(hidden)
            return


@SMALL
@given(
    counted=st.lists(st.booleans(), min_size=24, max_size=24),
    mature=st.lists(st.integers(0, 9), min_size=24, max_size=24),
)
def test_the_totals_that_can_be_asked_for_are_those_that_plain_sets_find(counted, mature):
    """Every total over places, over names, over both, and over months of a quarter, a year and all, of two rows or more."""
    months, all_places = MONTHS[2:6], ("P0", "P1", "P2")
    cells = list(product(months, all_places, ("a", "b")))
    figures = [
        Figure(month, {"locality": place, "requestor_organisation": name}, 1, None, mature=each > 0)
        for (month, place, name), each in zip(cells, mature, strict=True)
    ]
    spans = [{month} for month in months]
    longer = [{months[each] for each in group} for group in groups_of_months(months)]
    wanted = set()
    for by_place_, by_name in product((True, False), repeat=2):
        for span in (*spans, *longer):
            for place, name in product(all_places if by_place_ else (None,), ("a", "b") if by_name else (None,)):
                rows = frozenset(
                    at
                    for at, cell in enumerate(cells)
                    if counted[at]
                    and cell[0] in span
                    and cell[1] in (place or cell[1])
                    and cell[2] in (name or cell[2])
                )
                if len(rows) > 1 and all(figures[at].mature for at in rows):
                    wanted.add(rows)
    found = totals(CATALOGUE["A1"], figures, np.array(counted))
    assert {frozenset(group.tolist()) for group in found} == wanted
    within = totals(CATALOGUE["A1"], figures, np.array(counted), over_time=False)
    assert {frozenset(each.tolist()) for each in within} == {
        rows for rows in wanted if len({cells[at][0] for at in rows}) == 1
    }


@SMALL
@given(counts=st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=4))
def test_with_all_totals_of_a_split_by_two_nothing_hidden_can_be_worked_out_or_proved_small(counts):
    """Unless all is hidden: then nothing was released."""
    places = list(product([f"P{place}" for place in range(len(counts))], ["a", "b", "c"]))
    flat_counts = [count for each in counts for count in each]
    figures = [
        Figure(YEAR, {"locality": place, "requestor_organisation": name}, count, None)
        for (place, name), count in zip(places, flat_counts, strict=True)
    ]
    rows = publish(Figures(CATALOGUE["A1"], ("locality", "requestor_organisation"), figures), policy("dfe")).rows
    cells = dict(zip(places, shown(rows), strict=True))
    if all(value is None for value in cells.values()):
        return
    zeros = any(value is None and count == 0 for value, count in zip(cells.values(), flat_counts, strict=True))
    totals, relations = with_totals(dict(zip(places, flat_counts, strict=True)))
    found = audit(released(cells | totals, relations, policy("dfe"), zeros_too=zeros))
    assert found.passed, (counts, found)


def with_totals(counts):
    """Every total that is not small itself, with the cells that it is the sum of."""
    parts = {("total", "total"): tuple(counts)}
    for key in counts:
        for total in ((key[0], "total"), ("total", key[1])):
            parts[total] = (*parts.get(total, ()), key)
    sums = {total: float(sum(counts[key] for key in keys)) for total, keys in parts.items()}
    totals = {total: None if policy("dfe").hides(value) else value for total, value in sums.items()}
    return totals, [Relation(total, keys) for total, keys in parts.items()]


def test_a_question_of_fifty_cells_hides_no_more_than_twice_its_small_ones():
    rng = np.random.default_rng(7)
    counts = rng.poisson(rng.gamma(0.6, 30, 50))
    places = list(product([f"P{place}" for place in range(10)], "abcde"))
    figures = [
        Figure(YEAR, {"locality": place, "requestor_organisation": name}, int(count), None)
        for (place, name), count in zip(places, counts, strict=True)
    ]
    rows = publish(Figures(CATALOGUE["A1"], ("locality", "requestor_organisation"), figures), policy("dfe")).rows
    small = int(((counts > 0) & (counts < 6)).sum())
    assert small < shown(rows).count(None) <= 2 * small


# Two splits at once ------------------------------------------------------------------------------------------


def two_way(counts: dict[str, list[float]]) -> dict[str, list[float | None]]:
    """Released requests by name and place."""
    figures = [
        Figure(YEAR, {"locality": f"P{place}", "requestor_organisation": name}, count, None)
        for name, each in counts.items()
        for place, count in enumerate(each)
    ]
    rows = publish(Figures(CATALOGUE["A1"], ("locality", "requestor_organisation"), figures), policy("dfe")).rows
    found = {(row.dims["requestor_organisation"], row.dims["locality"]): row.numerator for row in rows}
    return {name: [found[name, f"P{place}"] for place in range(len(each))] for name, each in counts.items()}


def test_of_a_split_by_two_a_square_of_four_is_hidden_and_a_zero_in_it_is_not():
    """Though the zero is the least of all, whoever looks knows that zeros are shown."""
    assert two_way({"a": [3, 0, 20], "b": [30, 9, 25], "c": [50, 60, 70]}) == {
        "a": [None, 0, None],
        "b": [None, 9, None],
        "c": [50, 60, 70],
    }


def test_a_tight_total_hides_its_own_zeros_and_none_of_another_period():
    """Seven of three places on the first day: with the zero shown the four would be six at most, and it is hidden too."""
    rows = by_place([[4, 3, 0], [20, 0, 40]], measure="C1", spans=MONTHS[:2])
    assert shown(rows) == [None, None, None, 20, 0, 40]


def test_a_place_without_a_denominator_does_not_leave_the_others_unprotected():
    rows = by_place([0, 20, 12, 9], measure="B6", below=[4, 50, 60, None])
    assert [(row.numerator, row.denominator) for row in rows] == [(None, None), (None, None), (12, 60), (None, None)]


def test_a_row_of_nobody_hidden_for_its_few_families_leaves_two_small_ones_as_safe_as_they_are():
    """Three and four of seven: either may be six, whether or not somebody of the four families is in it."""
    rows = by_place([3, 4, 0, 30], measure="B6", below=[40, 50, 4, 60])
    assert [row.numerator for row in rows] == [None, None, None, 30]


def test_a_numerator_over_a_hidden_denominator_may_be_of_any_number():
    """21 of 22, but the 22 are hidden beside 2: for all that is told the 21 may rise, and the 5 fall to 1."""
    rows = by_place([5, 0, 21, 40], measure="B6", below=[40, 2, 22, 60])
    assert [row.denominator for row in rows] == [40, None, None, 60]
    assert [row.numerator for row in rows] == [None, None, None, 40]


RATE = CATALOGUE["C1"].defined_as("rate")


def rates_by_ward(counts: list[list[int]], unmet: int) -> list[Figure]:
    """Rates by ward and month, of wards with somebody in some month; then of so many wards that never have anybody."""
    rows = [(f"W{place}", each, True) for place, each in enumerate(counts)]
    rows += [(f"X{place}", [0] * len(counts[0]), False) for place in range(unmet)]
    return [
        Figure(MONTHS[month], {"ward_code": ward}, count, 1_000, met=met)
        for ward, each, met in rows
        for month, count in enumerate(each)
    ]


def released_by_ward(figures: list[Figure]):
    return publish(Figures(RATE, ("ward_code",), figures), policy("dfe")).rows


@SMALL
@given(st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=1, max_size=6))
def test_wards_where_nobody_is_helped_are_zeros_that_change_nothing_in_what_else_is_hidden(counts):
    alone, beside = (released_by_ward(rates_by_ward(counts, unmet)) for unmet in (0, 30))
    assert beside[: len(alone)] == alone
    assert {(row.numerator, row.denominator, row.status) for row in beside[len(alone) :]} == {(0, 1_000, "ok")}
    assert beside[-1].upper == pytest.approx(36.9, abs=0.05)
