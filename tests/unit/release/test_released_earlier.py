"""What came before step-ups, on its way out: nothing rests on few families, and no hidden count can be worked back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.evaluate.earlier import Earlier, Missed, Recorded, Sequence, Share, Span, Timing, Unseen, Watched
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.release import Status, policy
from earlyhelp.release.earlier import nothing_earlier, publish_earlier, too_few

NONE, DFE, FIVES = policy("none"), policy("dfe"), policy("dfe", 5)
AS_AT = date(2026, 3, 31)
QUARTER = (date(2026, 1, 1), AS_AT)


def earlier(**changes: object) -> Earlier:
    """A council of 400 step-ups, with one row of everything."""
    found = Earlier(
        AS_AT,
        Span(date(2020, 4, 1), date(2022, 4, 1), AS_AT),
        14,
        recorded=(Recorded(0, 80, 400, 200, 2000, None),),
        sequences=(Sequence((0,), 40, 400, 120, 2000, 500, 30),),
        timing=Timing(300, 100.0, 200.0, 300.0),
        missed=tuple(Missed("turned_down", date(year, 4, 1), 100, 20 + year % 3, year < 2025) for year in range(2021, 2026)),
        shares=(Share("turned_down", 60, 400), Share("any", 90, 400)),
        unseen=(
            Unseen("all", "", "", "", 400, 100), Unseen("locality", "North", "North", "", 250, 50),
            Unseen("locality", "South", "South", "", 150, 50),
        ),
        watched=(Watched("step_ups", "W1", "Northwell", "North", *QUARTER, 30, (8,) * 12, 8.0, 0.001),),
    )  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type]


def test_what_many_families_stand_behind_is_shown_with_its_interval():
    [row] = publish_earlier(earlier(), DFE).recorded
    assert (row["step_ups"], row["share"], row["like_share"]) == (80, 0.2, 0.1)
    assert row["ratio"] == pytest.approx(2.0)
    assert row["ratio_lower"] < 2 < row["ratio_upper"]
    [order] = publish_earlier(earlier(), DFE).sequences
    assert (order["families_with_it"], order["stepped_up"], order["did_not"], order["of_100"]) == (500, 30, 470, 6.0)


@pytest.mark.parametrize(
    "few",
    [Recorded(0, 3, 400, 200, 2000, None), Recorded(0, 397, 400, 200, 2000, None), Recorded(0, 80, 400, 4, 2000, None)],
)
def test_few_with_a_sign_few_without_and_few_like_families_hide_all_figures_of_it(few: Recorded):
    [row] = publish_earlier(earlier(recorded=(few,)), DFE).recorded
    assert row["status"] == Status.SUPPRESSED
    assert {row[name] for name in ("step_ups", "share", "like_share", "ratio", "ratio_lower", "ratio_upper")} == {None}


def test_a_history_after_which_few_stepped_up_is_told_without_how_many_did():
    [row] = publish_earlier(earlier(sequences=(Sequence((0,), 40, 400, 120, 2000, 500, 2),)), DFE).sequences
    assert row["step_ups"] == 40
    assert {row[name] for name in ("families_with_it", "stepped_up", "did_not", "of_100")} == {None}


def test_that_there_is_a_history_of_few_is_not_told_at_all():
    assert publish_earlier(earlier(sequences=(Sequence((0, 1, 2), 3, 400, 120, 2000, 500, 30),)), DFE).sequences == ()


def test_zero_is_shown_and_is_not_few():
    [row] = publish_earlier(earlier(sequences=(Sequence((0,), 40, 400, 120, 2000, 500, 0),)), DFE).sequences
    assert (row["stepped_up"], row["did_not"], row["of_100"]) == (0, 500, 0.0)


def test_a_year_that_cannot_be_followed_yet_is_not_mature_and_has_no_figure():
    rows = publish_earlier(earlier(), DFE).missed
    assert [str(row["status"]) for row in rows] == ["ok"] * 4 + ["not_mature"]
    assert (rows[-1]["families"], rows[-1]["share"]) == (None, None)


def test_there_is_no_trend_over_a_year_that_is_hidden_or_missing():
    whole = publish_earlier(earlier(), DFE).rules[0]
    assert whole["change_lower"] < whole["change_a_year"] < whole["change_upper"]
    years = list(earlier().missed)
    for changed in (years[:1] + years[2:], [years[0]._replace(followed=2), *years[1:]]):
        assert publish_earlier(earlier(missed=tuple(changed)), DFE).rules[0]["change_a_year"] is None


def test_a_ward_is_no_warning_where_its_count_may_not_be_shown():
    [shown] = publish_earlier(earlier(), DFE).watched
    assert (shown["signal"], shown["events"], shown["expected"]) == (True, 30, 8.0)
    few = earlier().watched[0]._replace(events=4, past=(0,) * 11 + (2,))
    [hidden] = publish_earlier(earlier(watched=(few,)), DFE).watched
    assert (hidden["signal"], hidden["events"], hidden["expected"]) == (False, None, None)


def test_an_expected_count_that_would_tell_of_a_small_past_is_hidden_alone():
    quiet = earlier().watched[0]._replace(past=(0,) * 11 + (2,), expected=0.2)
    [row] = publish_earlier(earlier(watched=(quiet,)), DFE).watched
    assert (row["events"], row["expected"]) == (30, None)


def test_shares_are_of_the_counts_that_are_shown():
    found = publish_earlier(earlier(recorded=(Recorded(0, 82, 401, 203, 2001, None),)), FIVES)
    [row] = found.recorded
    assert (row["step_ups"], row["of_step_ups"], row["share"]) == (80, 400, 0.2)
    assert [(each["step_ups"], each["unseen"], each["share"]) for each in found.unseen][1:] == [
        (250, 50, 0.2),
        (150, 50, 1 / 3),
    ]


def test_how_long_before_is_told_of_many_families_alone():
    assert publish_earlier(earlier(), DFE).timing == (100.0, 200.0, 300.0)
    assert publish_earlier(earlier(timing=Timing(24, 1.0, 2.0, 3.0)), DFE).timing == (1.0, 2.0, 3.0)
    assert publish_earlier(earlier(timing=Timing(23, 1.0, 2.0, 3.0)), DFE).timing is None, "a quarter of them are few"
    assert publish_earlier(earlier(timing=Timing(3, 1.0, 2.0, 3.0)), DFE).timing is None
    assert publish_earlier(earlier(timing=Timing(0, None, None, None)), NONE).timing is None


def areas(of_north: list[tuple[int, int]], of_south: list[tuple[int, int]]) -> list[Unseen]:
    """The whole, two localities and their wards, from step-ups and unseen ones of each ward."""

    def total(rows: list[tuple[int, int]]) -> tuple[int, int]:
        return sum(a for a, _ in rows), sum(b for _, b in rows)

    found = [Unseen("all", "", "", "", *total(of_north + of_south))]
    found += [
        Unseen("locality", name, name, "", *total(rows)) for name, rows in (("North", of_north), ("South", of_south))
    ]
    for name, rows in (("North", of_north), ("South", of_south)):
        found += [Unseen("ward_code", f"{name}{n}", f"{name}{n}", name, *each) for n, each in enumerate(rows)]
    return found


ward = st.tuples(st.integers(0, 40), st.integers(0, 20)).map(lambda each: (each[0] + each[1], each[1]))
wards = st.lists(ward, min_size=2, max_size=5)


@given(wards, wards)
def test_no_hidden_ward_or_locality_can_be_worked_back_from_what_is_shown(
    north: list[tuple[int, int]], south: list[tuple[int, int]]
):
    """Where a sum is shown, none of its parts is hidden alone; where a sum is hidden, its parts are not all shown."""
    groups = areas(north, south)
    hidden = dict(zip([each.group for each in groups], too_few(groups, DFE), strict=True))
    for each in groups:
        if any(DFE.hides(count) for count in (each.step_ups, each.unseen, each.step_ups - each.unseen)):
            assert hidden[each.group]
    for larger in ("North", "South"):
        parts = [hidden[each.group] for each in groups if each.within == larger]
        assert sum(parts) != 1 or len(parts) == 1 or hidden[larger]
        assert not hidden[larger] or any(parts)
    assert hidden["North"] == hidden["South"] or hidden[""]


def test_two_groups_of_which_one_each_is_unseen_are_not_told_by_what_is_left_of_the_whole():
    """24 unseen in all, 22 of them in North: without hiding it, 2 are left for two groups of 1 or more."""
    parts = [("North", 90, 22), ("East", 70, 1), ("South", 60, 1)]
    groups = [Unseen("all", "", "", "", 220, 24), *(Unseen("locality", name, name, "", *each) for name, *each in parts)]
    assert too_few(groups, DFE) == [False, True, True, True]


def test_a_few_families_whose_place_is_not_known_are_not_told_by_what_is_left_of_the_whole():
    """201 step-ups in all, 199 of them at a known place."""
    parts = [("North", 95, 22), ("East", 70, 11), ("South", 34, 7)]
    groups = [Unseen("all", "", "", "", 201, 40), *(Unseen("locality", name, name, "", *each) for name, *each in parts)]
    assert too_few(groups, DFE) == [False, False, False, True]


def test_under_no_policy_nothing_is_hidden():
    assert not any(too_few(areas([(3, 1), (2, 2)], [(9, 9), (1, 0)]), NONE))


def test_what_cannot_be_told_says_what_is_missing():
    found = nothing_earlier(NotEstimable("No requests are held.", "Load them."))
    assert (found.status, found.why_no_data) == (Status.NO_DATA, "No requests are held. Load them.")


def test_a_share_of_nobody_is_no_figure_and_nobody_is_told_as_none():
    empty = Missed("turned_down", date(2024, 4, 1), 0, 0, True)
    [row] = publish_earlier(earlier(missed=(empty,)), DFE).missed
    assert (row["families"], row["followed"], row["share"], row["share_lower"], str(row["status"])) == (
        0,
        0,
        None,
        None,
        "ok",
    )


def test_where_all_groups_are_alike_no_share_is_shrunken():
    """None was unseen anywhere: there is nothing by which groups could differ."""
    groups = (
        Unseen("all", "", "", "", 400, 0), Unseen("locality", "North", "North", "", 250, 0),
        Unseen("locality", "South", "South", "", 150, 0),
    )  # fmt: skip
    found = publish_earlier(earlier(unseen=groups), DFE).unseen
    assert [(row["share"], row["shrunken"]) for row in found] == [(0.0, None)] * 3


def test_a_group_of_few_has_no_figure_and_takes_the_other_that_would_tell_it():
    groups = (
        Unseen("all", "", "", "", 400, 100), Unseen("locality", "North", "North", "", 250, 97),
        Unseen("locality", "South", "South", "", 150, 3),
    )  # fmt: skip
    everybody, *hidden = publish_earlier(earlier(unseen=groups), DFE).unseen
    assert (everybody["step_ups"], everybody["unseen"], everybody["share"]) == (400, 100, 0.25)
    assert [(row["group"], row["step_ups"], row["share"], str(row["status"])) for row in hidden] == [
        ("North", None, None, "suppressed"),
        ("South", None, None, "suppressed"),
    ]


def test_the_share_that_a_rule_came_before_is_told_of_many_families_alone():
    shares = (Share("turned_down", 60, 400), Share("any", 3, 400))
    rules = {row["rule"]: row for row in publish_earlier(earlier(shares=shares), DFE).rules}
    assert (rules["turned_down"]["share"], str(rules["turned_down"]["status"])) == (0.15, "ok")
    assert rules["turned_down"]["share_lower"] < 0.15 < rules["turned_down"]["share_upper"]
    assert [rules["any"][name] for name in ("share", "share_lower", "share_upper")] == [None] * 3
    assert str(rules["any"]["status"]) == "suppressed"


def test_the_whole_is_labelled_as_all_and_a_group_by_its_own_name():
    assert [row["group_label"] for row in publish_earlier(earlier(), DFE).unseen] == ["all", "North", "South"]


def test_the_group_hidden_besides_is_one_with_somebody_unseen_and_of_those_the_smallest():
    """In West nobody was unseen: hiding it would protect nobody."""
    parts = [("North", 100, 3), ("East", 70, 20), ("South", 90, 30), ("West", 50, 0)]
    groups = [Unseen("all", "", "", "", 310, 53), *(Unseen("locality", name, name, "", *each) for name, *each in parts)]
    assert too_few(groups, DFE) == [False, True, True, False, False]


def test_a_part_of_a_locality_that_is_hidden_is_hidden_with_it_and_parts_of_another_are_not():
    """North and South are few and hidden; every ward of North alone would add up to it."""
    groups = [
        Unseen("all", "", "", "", 300, 100),
        Unseen("locality", "North", "North", "", 200, 4),
        Unseen("locality", "South", "South", "", 100, 96),
        Unseen("ward_code", "N1", "N1", "North", 120, 0),
        Unseen("ward_code", "N2", "N2", "North", 80, 0),
    ]
    assert too_few(groups, DFE)[1:] == [True, True, False, True]


def test_parts_of_a_locality_that_is_shown_stay_shown_though_two_others_are_hidden():
    groups = [
        Unseen("all", "", "", "", 600, 160),
        Unseen("locality", "North", "North", "", 200, 4),
        Unseen("locality", "South", "South", "", 100, 26),
        Unseen("locality", "East", "East", "", 300, 130),
        Unseen("ward_code", "E1", "E1", "East", 180, 70),
        Unseen("ward_code", "E2", "E2", "East", 120, 60),
    ]
    assert too_few(groups, DFE) == [False, True, True, False, False, False]


def test_a_ward_without_a_signal_is_shown_as_none():
    quiet = earlier().watched[0]._replace(events=8, q=0.6)
    [row] = publish_earlier(earlier(watched=(quiet,)), DFE).watched
    assert (row["events"], row["signal"], str(row["status"])) == (8, False, "ok")


def test_a_quarter_of_families_stepped_up_on_the_very_day_of_the_first_sign():
    assert publish_earlier(earlier(timing=Timing(300, 0.0, 5.0, 9.0)), DFE).timing == (0.0, 5.0, 9.0)


def test_the_days_within_which_help_should_begin_are_told_and_none_where_nothing_can_be_told():
    assert publish_earlier(earlier(), DFE).standard == 14
    assert nothing_earlier(NotEstimable("Nothing.", "Load.")).standard == 0


def test_wards_with_a_warning_come_first():
    quiet = earlier().watched[0]._replace(ward_code="W0", q=0.6)
    rows = publish_earlier(earlier(watched=(quiet, earlier().watched[0])), DFE).watched
    assert [(row["ward_code"], row["signal"]) for row in rows] == [("W1", True), ("W0", False)]


def test_shares_after_signs_of_nobody_are_no_figure():
    """Nobody of 400 had the sign, and nobody like them: no ratio can be told."""
    [row] = publish_earlier(earlier(recorded=(Recorded(0, 0, 400, 0, 2000, None),)), DFE).recorded
    assert (row["step_ups"], row["share"], row["like_share"], row["ratio"]) == (0, 0.0, 0.0, None)
    [empty] = publish_earlier(earlier(recorded=(Recorded(0, 0, 0, 0, 0, None),)), DFE).recorded
    assert (empty["of_step_ups"], empty["share"], empty["like_share"]) == (0, None, None)


def test_what_became_of_families_with_a_history_is_told_in_a_hundred_with_its_bounds():
    [row] = publish_earlier(earlier(), DFE).sequences
    assert row["of_100_lower"] < 6.0 < row["of_100_upper"] < 10


def test_an_expected_count_is_hidden_with_the_count_it_stands_beside():
    few = earlier().watched[0]._replace(events=4)
    [row] = publish_earlier(earlier(watched=(few,)), DFE).watched
    assert (row["events"], row["expected"], str(row["status"])) == (None, None, "suppressed")


def test_how_a_rule_moved_is_told_of_its_own_years_that_could_be_followed():
    turned_down, anything = publish_earlier(earlier(), DFE).rules
    assert (turned_down["step_ups_after"], anything["step_ups_after"]) == (60, 90)
    assert turned_down["change_a_year"] is not None
    assert anything["change_a_year"] is None, "no year of it is told"
    *years, last = earlier().missed
    later = publish_earlier(earlier(missed=(*years, last._replace(followed=90))), DFE).rules[0]
    assert later["change_a_year"] == turned_down["change_a_year"], "the last year cannot be followed yet"
    few = publish_earlier(earlier(shares=(Share("turned_down", 3, 400),)), DFE).rules[0]
    assert few["step_ups_after"] is None
