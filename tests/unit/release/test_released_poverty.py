"""The poverty study on its way out: no figure and no sentence rests on few families, and none can be worked back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from earlyhelp.evaluate.methods.effect import NotEstimable, effect
from earlyhelp.evaluate.poverty import Demand, Difference, Followed, Group, Poverty, RuleChecked, RuleForGroup
from earlyhelp.evaluate.poverty.like_families import CHILDREN
from earlyhelp.evaluate.poverty.study import AROUND, Shares
from earlyhelp.release import no_poverty_study, policy, publish_poverty

NONE, DFE = policy("none"), policy("dfe")


def followed(shock: str, outcome: str, shocks: int, after: int, change: float = 0.0, trend: float = 0.0) -> Followed:
    """What followed a kind of shock: like families have an event in a fifth of all years, and the error is 2 in 100."""
    here = Shares(after / shocks if shocks else 0.0, 0.2)
    still = (effect("event_study", each, 0.02) for each in (change, trend, 0.0))
    curve = tuple(Shares(here.struck / 12, 0.02) for _ in AROUND)
    return Followed(shock, outcome, shocks, 0, shocks // 5, after, Shares(0.2, 0.2), here, here, here, *still, curve)


def study(
    after: tuple[Followed, ...],
    q: tuple[float, ...],
    groups: tuple[Group, ...] = (),
    rule: tuple[RuleForGroup, ...] = (),
    accepted: int = 400,
) -> Poverty:
    """A study with the given parts."""
    part = Demand("any", 36, accepted, 60, 50, 40.0, effect("standardised", 0.025, 0.02), 7_000, 100_000)
    few = Demand("benefit_cap", 36, accepted, 3, 3, 1.0, effect("standardised", 0.005, 0.004), 300, 100_000)
    pooled = (followed("any", "request", 500, 120),)
    return Poverty(
        date(2026, 3, 31), 72, after, q, ("homelessness",), ("rent_arrears",), pooled, (1.0,), groups, (), (part, few),
        RuleChecked(40, date(2020, 4, 1), rule),
    )  # fmt: skip


def test_a_change_is_told_as_more_or_fewer_only_where_chance_does_not_explain_it_and_families_were_on_one_path():
    after = (
        followed("rent_arrears", "request", 300, 90, change=0.10),
        followed("rent_arrears", "accepted", 300, 30, change=-0.10),
        followed("rent_arrears", "social_care", 300, 60, change=0.03),
        followed("rent_arrears", "absence", 300, 60, change=0.10, trend=0.06),
        followed("homelessness", "request", 300, 90, change=0.10),
        followed("benefit_cap", "request", 20, 8, change=0.10),
        followed("rent_arrears", "SF10", 300, 60, change=0.03),
        followed("rent_arrears", "SF9", 300, 60, change=0.10),
    )
    found = publish_poverty(study(after, (0.01, 0.01, 0.2, 1.0, 1.0, 1.0, 0.2, 0.01)), NONE)
    assert {(row["shock"], row["outcome"]): row["verdict"] for row in found.after} == {
        ("rent_arrears", "request"): "more",
        ("rent_arrears", "accepted"): "fewer",
        ("rent_arrears", "social_care"): "no difference shown",
        ("rent_arrears", "absence"): "already moving before",
        ("homelessness", "request"): "already moving before",
        ("benefit_cap", "request"): "too few",
        ("rent_arrears", "SF9"): "more",  # of needs, only those with a change are told
    }
    assert found.tested == 3
    [first, *_] = found.after
    assert (first["shocks"], first["families_after"], first["share"]) == (300, 90, 0.3)
    assert first["expected"] == pytest.approx(0.2)


@pytest.mark.parametrize(("shocks", "after"), [(300, 5), (300, 1), (4, 0), (5, 5)])
def test_a_row_that_rests_on_one_to_five_families_shows_no_figure(shocks: int, after: int):
    [row] = publish_poverty(study((followed("rent_arrears", "request", shocks, after),), (1.0,)), DFE).after
    assert row["status"] == "suppressed"
    figures = ("shocks", "families_after", "share", "expected", "change", "lower", "upper", "detectable", "verdict")
    assert {row[name] for name in figures} == {None}


def test_none_at_all_may_be_shown():
    [row] = publish_poverty(study((followed("rent_arrears", "request", 300, 0),), (1.0,)), DFE).after
    assert (row["status"], row["share"]) == ("ok", 0)


def test_with_one_group_hidden_the_next_smallest_is_hidden_too():
    sizes = {"one child": 60, "two children": 20, "three children or more": 4}
    groups = tuple(Group(CHILDREN, label, followed("children", "request", 100, many)) for label, many in sizes.items())
    told = publish_poverty(study((), (), groups), DFE).groups
    assert [row["status"] for row in told] == ["ok", "suppressed", "suppressed"]
    assert [row["status"] for row in publish_poverty(study((), (), groups), NONE).groups] == ["ok", "ok", "ok"]


@pytest.mark.parametrize(
    ("sizes", "whole", "hidden"),
    [
        ((22, 1, 1), 24, [True, True, True]),
        ((40, 41, 9), 92, [False, False, True]),
        ((40, 41, 9), 90, [False, False, False]),
        ((40, 41, 9), 120, [False, False, False]),
    ],
    ids=["two of one", "two in no group", "all in a group", "many in no group"],
)
def test_what_is_left_of_all_families_tells_of_no_few(sizes: tuple[int, int, int], whole: int, hidden: list[bool]):
    """Of all families together is told how many had the event: less the groups that are shown, it must not be few."""
    labels = ("one child", "two children", "three children or more")
    groups = tuple(
        Group(CHILDREN, label, followed("children", "request", 100, many))
        for label, many in zip(labels, sizes, strict=True)
    )
    made = replace(study((), (), groups), pooled=(followed("any", "request", 300, whole),), pooled_q=(1.0,))
    told = publish_poverty(made, DFE).groups
    assert [row["status"] == "suppressed" for row in told] == hidden


def test_kinds_that_are_told_of_together_do_not_tell_the_one_that_is_hidden():
    kinds = {"rent_arrears": 30, "benefit_cap": 12, "homelessness": 5}
    after = tuple(followed(kind, "request", 100, many) for kind, many in kinds.items())
    made = replace(study(after, (1.0, 1.0, 1.0)), steady=tuple(kinds))
    assert [row["status"] for row in publish_poverty(made, DFE).after] == ["ok", "suppressed", "suppressed"]


def test_spans_within_each_other_do_not_tell_of_the_few_who_came_between():
    """Of 500 families 8 within three months, 11 within six and 24 within the year: 3 of them in months four to six."""
    whole = followed("any", "accepted", 500, 24)
    whole = replace(whole, within_3=Shares(8 / 500, 0.0), within_6=Shares(11 / 500, 0.0))
    [row] = publish_poverty(replace(study((), ()), pooled=(whole,), pooled_q=(1.0,)), DFE).pooled
    assert (row["within_3"], row["within_6"], row["within_12"]) == (None, 11 / 500, 24 / 500)


def test_rounded_counts_cannot_be_had_from_the_shares_or_the_change_beside_them():
    """132 of 498 under a policy that rounds to 5: 130 of 500, and a change that is as much greater as the share is."""
    one = followed("any", "request", 498, 132, change=0.05)
    made = replace(study((replace(one, shock="rent_arrears"),), (1.0,)), pooled=(one,), pooled_q=(1.0,))
    found = publish_poverty(made, policy("open-data"))
    [row], [whole] = found.after, found.pooled
    assert row["share"] == whole["within_3"] == whole["within_6"] == whole["within_12"] == 130 / 500
    assert row["change"] == whole["change"] == pytest.approx(0.05 + 130 / 500 - 132 / 498)
    assert row["upper"] - row["lower"] == pytest.approx(one.change.upper - one.change.lower)
    assert {each["request"] for each in found.by_month} == {10 / 500}


def test_precision_and_recall_of_the_rule_are_hidden_by_themselves_with_a_second_group():
    rule = (
        RuleForGroup("sex", "F", 900, 60, 300, 30, 50, 3),
        RuleForGroup("sex", "M", 900, 70, 300, 40, 50, 20),
    )
    one, other = publish_poverty(study((), (), rule=rule), DFE).rule
    assert (one["precision"], one["precision_of"]) == (0.1, 300)
    assert one["precision_lower"] < 0.1 < one["precision_upper"]
    assert (one["recall"], other["recall"], one["recall_of"]) == (None, None, None)
    assert other["of_all_families"] == pytest.approx(70 / 900)


def test_demand_is_told_where_enough_requests_follow():
    whole, few = publish_poverty(study((), ()), DFE).demand
    assert (whole["accepted"], whole["after"], whole["share"]) == (400, 60, 0.15)
    assert (whole["beyond"], whole["families_share"]) == (0.025, 0.07)
    assert (few["status"], few["after"], few["beyond"]) == ("suppressed", None, None)


def test_months_of_which_few_families_tell_are_left_blank():
    found = publish_poverty(study((), ()), DFE).by_month
    assert [row["month"] for row in found] == list(AROUND)
    assert {row["accepted"] for row in found} == {None}  # not followed
    assert found[0]["request"] == pytest.approx(0.02)  # ten of five hundred
    fewer = replace(study((), ()), pooled=(followed("any", "request", 500, 48),))
    assert {row["request"] for row in publish_poverty(fewer, DFE).by_month} == {None}


def test_a_policy_that_hides_everything_leaves_no_figure():
    hiding = replace(DFE, highest=10_000_000)
    groups = (Group(CHILDREN, "one child", followed("children", "request", 100, 60)),)
    rule = (RuleForGroup("all", "all families", 900, 60, 300, 30, 50, 20),)
    found = publish_poverty(study((followed("rent_arrears", "request", 300, 90),), (0.01,), groups, rule), hiding)
    words = {"months", "month"}
    for row in (*found.after, *found.pooled, *found.groups, *found.by_month, *found.demand, *found.rule):
        assert [name for name, value in row.items() if name not in words and isinstance(value, int | float)] == []
    assert found.listed_now is None


def test_counts_are_rounded_and_shares_are_those_of_what_is_shown():
    [row] = publish_poverty(study((followed("rent_arrears", "request", 302, 91),), (0.01,)), policy("dfe", 5)).after
    assert (row["shocks"], row["families_after"], row["share"]) == (300, 90, 0.3)


def test_groupings_between_which_it_differs_are_named():
    found = replace(
        study((), ()), differences=(Difference(CHILDREN, "request", 0.01), Difference(CHILDREN, "accepted", 0.2))
    )
    assert publish_poverty(found, DFE).differing == (("number of children", "a request for help"),)


def test_what_cannot_be_studied_says_why():
    found = no_poverty_study(NotEstimable("There is nothing.", "Load something."))
    assert (found.status, found.why_no_data) == ("no_data", "There is nothing. Load something.")
    assert (found.months, found.tested, found.listed_now) == (0, 0, None)


def unlike(shocks: int, before: int, outcome: str = "request") -> Followed:
    """Families of whom half had a request in the year before the sign, and a fifth of those like them."""
    level = effect("event_study", 0.3, 0.02)
    return replace(
        followed("rent_arrears", outcome, shocks, 90), families_before=before, before=Shares(0.5, 0.2), level=level
    )


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (unlike(300, 150), True),
        (unlike(300, 3), False),
        (unlike(300, 150, "absence"), False),
        (followed("rent_arrears", "request", 300, 90), False),
    ],
    ids=["had more requests all along", "few of them", "another event", "were alike"],
)
def test_families_who_had_more_requests_all_along_are_told_apart_where_they_are_not_few(found: Followed, told: bool):
    apart = publish_poverty(study((found,), (1.0,)), DFE).apart
    assert [(row["before"], row["before_like"]) for row in apart] == ([(0.5, 0.2)] if told else [])


@pytest.mark.parametrize(("after", "status"), [(120, "ok"), (3, "suppressed")])
def test_what_follows_all_steady_signs_together_is_hidden_where_few_families_had_it(after: int, status: str):
    made = replace(study((), ()), pooled=(followed("any", "request", 500, after),))
    [row] = publish_poverty(made, DFE).pooled
    assert row["status"] == status
    assert (row["change"] is None, row["shocks"] is None) == (status == "suppressed",) * 2


def test_the_smallest_change_that_could_have_been_found_is_28_tenths_of_its_error():
    [row] = publish_poverty(study((followed("rent_arrears", "request", 300, 90),), (1.0,)), NONE).after
    assert row["detectable"] == pytest.approx(2.8 * 0.02)


@pytest.mark.parametrize(("change", "verdict"), [(0.1, "more"), (-0.1, "fewer"), (0.0, "no difference shown")])
def test_how_soon_is_told_within_each_span_of_which_not_few_tell_with_a_verdict_on_the_year(change, verdict):
    """Of 500 families 5 had a request within three months, 6 within six, and 120 within the year."""
    found = replace(
        followed("any", "request", 500, 120, change), within_3=Shares(0.01, 0.004), within_6=Shares(0.012, 0.005)
    )
    [row] = publish_poverty(replace(study((), ()), pooled=(found,), pooled_q=(0.01,)), DFE).pooled
    assert (row["within_3"], row["within_3_like"]) == (None, None)
    assert (row["within_6"], row["within_6_like"]) == (0.012, 0.005)
    assert (row["within_12"], row["within_12_like"]) == (0.24, 0.2)
    assert (row["shocks"], row["change"], row["verdict"]) == (500, change, verdict)


def test_demand_is_told_under_its_name_with_its_bounds_and_the_share_of_families():
    whole, few = publish_poverty(study((), ()), DFE).demand
    assert (whole["shock_label"], few["shock_label"]) == ("Any sign of poverty", "Benefit cap")
    assert whole["lower"] < 0.15 < whole["upper"]
    assert whole["beyond_lower"] < 0.025 < whole["beyond_upper"]
    nobody = study((), ()).demand[0]._replace(families=0)
    [row] = publish_poverty(replace(study((), ()), demand=(nobody,)), DFE).demand
    assert row["families_share"] is None
    [few_accepted] = publish_poverty(replace(study((), ()), demand=(nobody._replace(accepted=5, after=0),)), DFE).demand
    assert few_accepted["status"] == "suppressed"


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ((60, 20, 4), [False, True, True]),
        ((60, 5, 4), [False, True, True]),
        ((60, 0, 4), [True, False, True]),
        ((0, 0, 4), [False, False, True]),
        ((60, 20, 0), [False, False, False]),
    ],
    ids=["the next smallest", "two are enough", "nobody protects nobody", "there is no other", "nobody is not few"],
)
def test_which_second_group_is_hidden_with_the_first(sizes: tuple[int, int, int], hidden: list[bool]):
    labels = ("one child", "two children", "three children or more")
    groups = tuple(
        Group(CHILDREN, label, followed("children", "request", 100, many))
        for label, many in zip(labels, sizes, strict=True)
    )
    told = publish_poverty(study((), (), groups), DFE).groups
    assert [row["status"] == "suppressed" for row in told] == hidden


def test_requests_month_by_month_are_told_beside_those_accepted_and_each_goes_where_it_is_few():
    """Of 500 families 10 have a request in each month, and 5 one that is accepted."""
    pooled = (followed("any", "request", 500, 120), followed("any", "accepted", 500, 60))
    found = publish_poverty(replace(study((), ()), pooled=pooled, pooled_q=(1.0, 1.0)), DFE).by_month
    assert {(row["request"], row["request_like"]) for row in found} == {(0.02, 0.02)}
    assert {(row["accepted"], row["accepted_like"]) for row in found} == {(None, None)}
    nothing = replace(study((), ()), pooled=(followed("any", "absence", 500, 120),), pooled_q=(1.0,))
    assert publish_poverty(nothing, DFE).by_month == ()


def test_the_rule_of_a_worklist_is_told_by_group_with_its_bounds_and_nothing_over_nobody():
    rule = (
        RuleForGroup("all", "all families", 900, 60, 300, 30, 50, 20),
        RuleForGroup("sex", "F", 900, 60, 0, 0, 0, 0),
    )
    whole, nobody = publish_poverty(study((), (), rule=rule), DFE).rule
    assert (whole["precision"], whole["recall"], whole["of_all_families"]) == (0.1, 0.4, pytest.approx(60 / 900))
    assert whole["recall_lower"] < 0.4 < whole["recall_upper"]
    assert (nobody["precision"], nobody["precision_of"], nobody["of_all_families_of"]) == (None, None, 900)
    assert publish_poverty(study((), ()), DFE).listed_now == 40


@pytest.mark.parametrize(("p", "named"), [(0.049, 1), (0.05, 0)])
def test_a_grouping_differs_where_chance_alone_would_do_it_less_than_once_in_twenty(p: float, named: int):
    found = replace(study((), ()), differences=(Difference(CHILDREN, "request", p),))
    assert len(publish_poverty(found, DFE).differing) == named


def test_a_figure_that_cannot_be_worked_out_is_none_and_not_hidden():
    one = replace(followed("rent_arrears", "request", 300, 90), change=effect("event_study", 0.1, float("nan")))
    [row] = publish_poverty(study((one,), (1.0,)), DFE).after
    assert (row["status"], row["change"], row["lower"], row["detectable"]) == ("ok", 0.1, None, None)
