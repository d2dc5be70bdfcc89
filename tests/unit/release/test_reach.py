"""Who is not reached, on its way out: nothing rests on few families, no hidden count can be worked back, nothing ranks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.reach import Group, Groups, Need, PublicPicture, Reach, Reached, SilentSchools, SpentEarly
from earlyhelp.evaluate.reach.need import LOW_INCOME
from earlyhelp.reference.profile import Profile, ProfileRow
from earlyhelp.release import Status, policy
from earlyhelp.release.reach import ORDER, publish_picture, publish_reach
from unit.evaluate.reach.reach_council import AS_AT

NONE, DFE = policy("none"), policy("dfe")
COUNTED = ("observed", "ratio", "lower", "upper", "group", "agrees", "group_by_need")


def found(families: list[float], poor: list[float] | None = None, **more: object) -> Reach:
    """Wards with so many families helped, of 1,000 children each."""
    n = len(families)
    names, nothing = tuple(f"Ward {chr(65 + place)}" for place in range(n)), np.full(n, np.nan)
    shares = np.array(poor if poor is not None else [200.0] * n)
    need = Need(
        tuple(f"W{place}" for place in range(n)), names, np.full(n, 1000.0), shares, nothing, nothing, LOW_INCOME
    )
    about: dict = {"need": need, "families": np.array(families, dtype=float)} | more
    return Reach(AS_AT, AS_AT.replace(year=2025), **about)


def wards(reached: Reach, shown=DFE) -> dict[str, dict]:
    return {row["ward_code_label"]: dict(row) for row in publish_reach(reached, shown).wards}


def test_a_ward_comes_with_its_count_what_was_expected_and_what_may_be_said():
    row = wards(found([10, 50, 60]))["Ward A"]
    assert (row["observed"], row["expected"], row["ratio"]) == (10, 40, 0.25)
    assert row["lower"] < 0.25 < row["upper"] < 1
    assert (row["group"], row["status"]) == ("fewer than expected", "ok")
    assert (row["children"], row["low_income_share"], row["violence"]) == (1000, 0.2, None)


def test_wards_come_by_group_and_then_by_name_and_never_by_their_ratio():
    rows = publish_reach(found([80, 12, 10, 60, 38]), NONE).wards
    assert [row["ward_code_label"][-1] for row in rows] == ["B", "C", "E", "A", "D"]
    places = [[str(each) for each in ORDER].index(row["group"]) for row in rows]
    assert places == sorted(places)
    assert rows[0]["ratio"] > rows[1]["ratio"]


def test_a_small_count_is_hidden_with_all_that_is_said_of_it_and_zero_is_shown():
    rows = wards(found([3, 30, 0, 60, 40]))
    assert {name for name, row in rows.items() if row["status"] == "suppressed"} == {"Ward A", "Ward B"}
    assert {rows["Ward A"][name] for name in COUNTED} == {None}
    assert {rows["Ward B"][name] for name in COUNTED} == {None}, "the total less the others would tell it"
    assert (rows["Ward C"]["observed"], rows["Ward C"]["group"]) == (0, "fewer than expected")


def test_hidden_wards_are_told_of_together_which_the_total_leaves_anyway():
    released = publish_reach(found([3, 4, 30, 60, 53]), DFE)
    assert released.total == 150
    row = released.together
    assert row is not None
    assert (row["count"], row["observed"], row["expected"], row["group"]) == (2, 7, 60, "fewer than expected")
    assert row["observed"] == released.total - sum(each["observed"] or 0 for each in released.wards)


def test_hidden_wards_whose_sum_would_tell_that_they_are_small_take_the_next_smallest_with_them():
    released = publish_reach(found([2, 2, 30, 60, 56]), DFE)
    assert released.together is not None
    assert (released.together["count"], released.together["observed"]) == (3, 34)
    assert publish_reach(found([20, 22, 30, 60, 56]), DFE).together is None, "none is hidden"


def test_where_even_all_together_would_tell_too_much_nothing_is_said():
    for families in ([3, 0, 0], [2, 2, 1], [3, 3, 0]):
        released = publish_reach(found([float(each) for each in families]), DFE)
        assert (released.total, released.together) == (None, None)
        assert {row["expected"] for row in released.wards} == {None}, "the expected would add up to the total"
        assert {row["status"] for row in released.wards} == {"suppressed"}
    assert publish_reach(found([3.0, 4.0, 0.0]), DFE).total == 7, "either may have six"


@given(st.lists(st.integers(0, 30), min_size=3, max_size=8))
def test_whoever_adds_up_all_that_is_shown_cannot_tell_that_a_hidden_ward_has_few(families: list[int]):
    """What an outsider knows: the total (from it, or from the sum of those expected), each ward shown, and that zero is shown."""
    released = publish_reach(found([float(each) for each in families]), DFE)
    rows = {row["ward_code"]: row for row in released.wards}
    shown = [rows[f"W{place}"]["observed"] for place in range(len(families))]
    assert not any(count is not None and 1 <= count <= 5 for count in shown)
    assert all(count in (None, families[place]) for place, count in enumerate(shown))
    hidden = [count for count in shown if count is None]
    if released.total is None:
        assert len(hidden) == len(families)
        assert not any(
            row["expected"] or row["ratio"] or row["group"] for row in released.wards if row["status"] != "ok"
        )
    elif hidden:
        rest = released.total - sum(count or 0 for count in shown)
        most = rest - (len(hidden) - 1)
        assert len(hidden) >= 2
        assert most > 5, "each may be larger than what is hidden"
        assert released.together is not None
        assert released.together["observed"] == rest


@settings(deadline=None)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=3))
def test_hidden_wards_could_trade_families_and_nothing_shown_would_change(small: list[int]):
    """Twelve wards or more of unlike need, so that slope and spread are told; the hidden ones have as many together."""
    others = [9.0, 30, 30, 45, 60, 25, 33, 48, 52, 12, 70]
    poor = [100.0 + 40 * place for place in range(len(small) + len(others))]
    one, other = ([*map(float, each), *others] for each in (small, sorted(small, reverse=True)))
    first, second = (publish_reach(found(each, poor), DFE) for each in (one, other))
    assert first.slope is not None
    assert first == second


def test_zeros_are_shown_beside_whatever_is_hidden_with_the_small():
    released = publish_reach(found([2, 2, 0, 30, 60]), DFE)
    assert [row["observed"] for row in released.wards if row["status"] == "ok"] == [0, 60]


def test_what_wards_differ_by_beyond_chance_widens_what_is_expected_of_those_hidden_together():
    """Ten wards of 20 or 60 families, and one of 4 where 6 are due; with the smallest, 24 where some 45 would be expected."""
    families, poor = [4.0, *[20.0, 60.0] * 5], [30.0, *[200.0] * 10]
    wide = publish_reach(found(families, poor), DFE)
    assert wide.spread is not None
    assert wide.spread > 0.3
    assert wide.together is not None
    assert (wide.together["count"], wide.together["observed"], wide.together["group"]) == (2, 24, "as expected")
    narrow = publish_reach(found([4.0, 20.0, *[40.0] * 9], poor), DFE)
    assert narrow.together is not None
    assert (narrow.together["observed"], narrow.together["group"]) == (24, "fewer than expected")


def test_of_many_hidden_together_what_each_differs_by_evens_out():
    families, poor = [*[4.0] * 6, *[20.0, 60.0] * 5], [*[50.0] * 6, *[200.0] * 10]
    released = publish_reach(found(families, poor), DFE)
    assert released.together is not None
    assert (released.together["count"], released.together["observed"], released.together["group"]) == (
        6,
        24,
        "fewer than expected",
    )


def test_those_hidden_together_are_shared_out_by_need_so_that_slope_and_spread_are_those_of_all_wards():
    """Every ward helps one in five of its poor children; two and six are hidden, and eight is shared out as 2 and 6."""
    families = [2.0, 6.0, 9, 12, 15, 20, 25, 30, 35, 40, 45, 50, 60]
    reached = found(families, [5 * each for each in families])
    exact, hidden = publish_reach(reached, NONE), publish_reach(reached, DFE)
    assert [row["observed"] for row in hidden.wards].count(None) == 2
    assert hidden.slope == exact.slope is not None
    assert hidden.spread == exact.spread


def test_where_the_policy_rounds_everything_is_worked_out_from_rounded_counts():
    rows = wards(found([41, 33, 22, 64]), policy("nhs"))
    assert [rows[f"Ward {name}"]["observed"] for name in "ABCD"] == [40, 35, 20, 65]
    assert {row["expected"] for row in rows.values()} == {40.0}
    assert rows["Ward C"]["ratio"] == 0.5
    assert publish_reach(found([41, 33, 22, 64]), policy("nhs")).total == 160


def test_a_policy_that_hides_everything_leaves_public_figures_alone():
    closed = replace(DFE, highest=10_000_000)
    kind = Groups("sex", (Group("F", "Girls", 50, 50, 500), Group("M", "Boys", 50, 50, 500)))
    schools = SilentSchools((("High School", 9.0),), 3, 60)
    released = publish_reach(found([10, 50, 60], groups=(kind,), schools=schools, nowhere=20), closed)
    assert (released.total, released.nowhere, released.together) == (None, None, None)
    assert {row[name] for row in released.wards for name in COUNTED} == {None}
    assert {row["observed"] for row in released.children} == {None}
    assert (released.schools, released.schools_asked_of) == ((), 0)
    assert released.schools_why_not.startswith("Schools sent too few requests")


def children(unknown: float = 0, families: float = 1000, **helped: float) -> tuple[dict, ...]:
    groups = tuple(Group(code, code, n, min(n, families), 1000) for code, n in helped.items())
    kind = Groups("ethnicity", groups, unknown)
    return tuple(dict(row) for row in publish_reach(found([10, 50, 60], groups=(kind,)), DFE).children)


def test_groups_of_children_stand_beside_their_share_of_the_children_who_live_here():
    rows = children(WBRI=50, APKN=10, BAFR=60)
    assert [(row["code"], row["observed"], row["expected"], row["group"]) for row in rows] == [
        ("APKN", 10, 40, "fewer than expected"),
        ("WBRI", 50, 40, "as expected"),
        ("BAFR", 60, 40, "more than expected"),
    ]
    assert {row["living"] for row in rows} == {1000}


def test_groups_that_are_hidden_are_told_of_together():
    rows = children(20, WBRI=70, APKN=4, BAFR=5, AIND=40)
    assert [(row["code"], row["observed"]) for row in rows] == [
        ("AIND", 40), ("WBRI", 70), ("APKN", None), ("BAFR", None), ("together", 9),
    ]  # fmt: skip
    assert rows[-1]["group"] == "fewer than expected"
    assert rows[-1]["label"] == "2 groups with few, together"


def test_brothers_and_sisters_who_are_helped_together_make_every_interval_wider():
    groups = tuple(Group(code, code, n, n, 1000) for code, n in (("AIND", 40), ("APKN", 4), ("BAFR", 9), ("WBRI", 70)))

    def upper(together: float) -> list[float]:
        rows = publish_reach(found([10, 50, 60], groups=(Groups("ethnicity", groups, 0, together),)), DFE).children
        return [row["upper"] for row in rows if row["upper"] is not None]

    assert all(wide > narrow for wide, narrow in zip(upper(2.0), upper(1.0), strict=True))
    assert len(upper(1.0)) == 3, "of the two hidden together, too"


def test_many_children_of_few_families_are_hidden_too():
    rows = children(families=5, WBRI=70, APKN=40)
    assert {row["observed"] for row in rows if row["code"] != "together"} == {None}
    rows = {row["code"]: row for row in children(families=6, WBRI=70, APKN=40)}
    assert rows["APKN"]["observed"] == 40
    alone = children(families=5, WBRI=0, APKN=40)
    assert {row["expected"] for row in alone} == {None}, "the expected would add up to the one group that is hidden"


def test_few_children_who_live_here_are_no_denominator_to_be_shown():
    kind = Groups("ethnicity", (Group("CHNE", "Chinese", 0, 0, 4), Group("WBRI", "White British", 70, 60, 1000)))
    rows = publish_reach(found([10, 50, 60], groups=(kind,)), DFE).children
    assert [(row["code"], row["living"]) for row in rows] == [("WBRI", 1000), ("CHNE", None)]


def test_a_kind_of_group_without_figures_tells_what_is_missing():
    released = publish_reach(found([10, 50, 60], groups=(Groups("age", why_not="Ages are not held."),)), DFE)
    assert released.children == ()
    assert released.missing == ("Ages are not held.",)


def test_silent_schools_are_named_with_about_what_was_expected_of_them():
    schools = SilentSchools((("High School", 9.4),), 3, 60)
    released = publish_reach(found([10, 50, 60], schools=schools), DFE)
    assert released.schools == ({"school": "High School", "expected": 9},)
    assert released.schools_asked_of == 3


def test_a_ward_that_no_public_figure_knows_has_its_count_and_no_group():
    row = wards(found([10, 50, 60], [200, 200, np.nan]))["Ward C"]
    assert (row["observed"], row["ratio"], row["group"], row["status"]) == (60, None, "cannot tell", "no_data")


def test_the_slope_is_told_to_two_places_and_the_spread_beside_it():
    released = publish_reach(found([10.0] * 5 + [20.0] * 5, [100.0] * 5 + [400.0] * 5), DFE)
    assert released.slope is not None
    assert released.slope.value == 0.5
    assert released.seen_from is not None
    assert 0 < released.seen_from < 1
    assert released.spread is not None
    assert publish_reach(found([10, 50, 60]), DFE).slope is None
    assert publish_reach(found([10, 50, 60]), DFE).spread is None


def test_where_nothing_is_held_the_reason_is_all_that_leaves():
    released = publish_reach(Reach(AS_AT, AS_AT, "No episodes of early help are held."), NONE)
    assert (released.status, released.why_no_data) == (Status.NO_DATA, "No episodes of early help are held.")
    assert released.wards == ()
    assert released.of(Reached.FEWER) == []


def test_public_figures_leave_as_published_and_what_is_missing_stays_missing():
    line = ProfileRow(
        "Need", "Children", "children", "children/n", "2024", 4.0, "ok", "", "", None, None, 0, None, "a.csv", ""
    )
    blank = replace(line, value=None, status="missing")
    need = found([1, 1], [3.0, np.nan]).need
    spent = (SpentEarly("E1", "Here", "2024-25", 10.0, "ok"), SpentEarly("E2", "There", "2024-25", None, "missing"))
    profile = Profile("E1", "Here", "London", (line, blank), (("E2", "There"),), ())
    released = publish_picture(PublicPicture("", profile, need, spent))
    assert [(row["value"], row["status"]) for row in released.figures] == [(4.0, "ok"), (None, "missing")], (
        "4 is no small count"
    )
    assert [(row["name"], row["share"], row["neighbour"]) for row in released.spent_early] == [
        ("Here", 10.0, False),
        ("There", None, True),
    ]
    assert [row["low_income_share"] for row in released.wards] == [0.003, None]
    assert released.neighbours == ("There",)
    without = publish_picture(PublicPicture("No public statistics are held."))
    assert (without.status, without.why_not) == (Status.NO_DATA, "No public statistics are held.")


def test_without_a_known_need_the_reason_is_told_and_no_number_stands_in_its_place():
    released = publish_reach(replace(found([10, 50, 60]), need=None, why_no_data="No need is known."), DFE)
    assert (released.status, released.why_no_data) == (Status.NO_DATA, "No need is known.")
    assert (released.nowhere, released.schools_asked_of, released.whole_year) == (0, 0, True)


def test_ratios_are_told_to_a_hundredth_and_shares_of_children_to_a_thousandth():
    families = [11.0, 23, 31, 37, 41, 47, 53, 59, 61, 67, 71, 73]
    released = publish_reach(found(families, [123.4 + 17.3 * place for place in range(12)]), NONE)
    first = next(row for row in released.wards if row["ward_code"] == "W0")
    assert (first["low_income_share"], first["children"]) == (0.123, 1000)
    for row in released.wards:
        told = [row[name] for name in ("ratio", "lower", "upper")]
        assert told == [round(each, 2) for each in told]
    assert released.slope is not None
    assert released.spread is not None
    numbers = [*released.slope, released.spread, released.seen_from]
    assert numbers == [round(each, 2) for each in numbers]
    assert any(each != round(each, 1) for each in numbers)
