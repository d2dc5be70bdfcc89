"""Studies on their way out: what few families stand behind is hidden, together with all that it could be worked out from."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.cli.frame import plain
from earlyhelp.evaluate.methods.effect import Effect, effect
from earlyhelp.evaluate.methods.hazards import WindowIncidence
from earlyhelp.evaluate.methods.sensitivity import EValue, LeftOut, MissingOutcomes
from earlyhelp.evaluate.studies.comparison import Comparison
from earlyhelp.evaluate.studies.finding import Finding
from earlyhelp.evaluate.studies.groups import GROUPS
from earlyhelp.evaluate.studies.outcomes import OUTCOMES, WINDOWS
from earlyhelp.evaluate.studies.protocol import service_study
from earlyhelp.evaluate.verdicts import THRESHOLDS, VERDICTS
from earlyhelp.release import policy
from earlyhelp.release.findings import ReleasedFinding, publish_finding, rounded, shareable
from unit.evaluate.studied_families import changed, families, of_rows, offered, studied, with_outcome

DFE, NONE = policy("dfe"), policy("none")
WHEN = "2026-04-01T09:00:00+00:00"
CONTRACT = {
    "study", "estimand", "estimates", "n_treated", "n_compared", "balance", "ess_share", "design_grade", "e_value", "mde",
    "verdict", "may_say", "may_not_say",
}  # fmt: skip
"""What `evaluate --json` holds by design."""


def released(finding: Finding, under=DFE) -> ReleasedFinding:
    return publish_finding(finding, under, declared=WHEN)


@cache
def whole() -> Finding:
    return studied(families(absence=-0.04), whole=True)


def stepped_up(of_offered: int, of_others: int) -> Finding:
    """A study in which so many families of each group stepped up."""
    cohort = families(number=1_500)
    mine = offered(cohort)
    luck = np.random.default_rng(9).permutation(len(mine))
    first = {
        group: set(luck[mine[luck] == group][:number]) for group, number in ((True, of_offered), (False, of_others))
    }
    return studied(with_outcome(cohort, np.array([row in first[bool(group)] for row, group in enumerate(mine)])))


@cache
def shut() -> Finding:
    """A study whose groups are not alike: a figure could be worked out, and is not given."""
    cohort = families()
    wide = np.random.default_rng(8).normal(3, np.where(offered(cohort), 3.0, 1.0))
    return studied(changed(cohort, "children", wide), whole=True)


def no_comparison() -> Finding:
    cohort = families()
    return studied(of_rows(cohort, offered(cohort)), whole=True)


# The contract ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [whole, shut, no_comparison], ids=lambda each: each.__name__)
def test_every_study_has_every_field_that_other_programs_rely_on_and_can_be_written_as_json(made):
    told = json.loads(json.dumps(released(made()).as_dict(), default=plain, allow_nan=False))
    assert told.keys() >= CONTRACT | {"scale", "plan", "declared", "windows", "groups", "gate"}
    assert told["scale"] == "risk_difference"
    assert (told["study"], told["declared"], told["design_grade"]) == ("service:S01", WHEN, 2)
    assert all(each.keys() >= {"method", "estimate", "lower", "upper"} for each in told["estimates"])
    assert told["may_say"]
    assert told["may_not_say"]


def test_the_primary_estimate_comes_first_with_its_method():
    told = released(whole())
    assert [each["method"] for each in told.estimates] == ["entropy_balancing", "aipw", "matching"]
    assert told.estimates[0]["lower"] < told.estimates[0]["estimate"] < told.estimates[0]["upper"] < 0


@pytest.mark.parametrize("made", [shut, no_comparison], ids=lambda each: each.__name__)
def test_where_the_gate_says_no_there_is_no_figure_anywhere(made):
    told = released(made())
    assert [each["estimate"] for each in told.estimates] == [None]
    assert (told.e_value, told.e_value_limit, told.gamma, told.mde, told.absence, told.hazard) == (None,) * 6
    assert told.windows == told.groups == told.while_open == told.rests_on == ()
    assert told.verdict == "not comparable"
    assert not told.gate["passed"]
    assert all(reason.endswith(".") for reason in told.gate["reasons"])
    assert "Any figure for the difference." in told.may_not_say


def test_where_families_could_not_even_be_compared_their_number_is_not_known_and_not_zero():
    told = released(no_comparison())
    assert (told.n_treated, told.n_compared) == (None, None)
    refused = replace(Comparison("step_up", 12), refused="Too few.", needed="More.")
    group = released(replace(whole(), groups={**whole().groups, "under_5": refused})).groups
    [row] = [each for each in group if each["group"] == "under_5"]
    assert (row["n_treated"], row["n_compared"], row["not_followed"], row["status"]) == (None, None, None, "no_data")


def test_every_outcome_in_every_window_and_every_group_has_a_row_with_words():
    told = released(whole())
    assert [(row["months"], row["outcome"]) for row in told.windows] == [
        (each, name) for each in WINDOWS for name in OUTCOMES
    ]
    assert [row["group"] for row in told.groups] == [each.name for each in GROUPS]
    assert all(row["outcome_words"] for row in told.windows)
    assert all(row["group_words"] for row in told.groups)


def test_the_table_of_balance_has_a_row_a_covariate_with_the_largest_difference_first():
    rows = released(whole()).balance
    assert {row["covariate"] for row in rows} == set(families().names)
    assert [abs(row["before"]) for row in rows] == sorted((abs(row["before"]) for row in rows), reverse=True)
    assert max(abs(row["after"]) for row in rows) < 0.1 < abs(rows[0]["before"])
    assert rows[0]["words"] == "number of needs recorded"


def test_no_family_is_in_what_leaves():
    cohort = replace(families(), family=np.arange(2_000) + 880_000_000)
    told = json.dumps(released(studied(cohort, whole=True)).as_dict(), default=plain)
    assert "88000" not in told
    assert "family_id" not in told


def test_facts_without_which_the_finding_moves_most_come_first_and_those_that_cannot_be_left_out_last():
    moves = (("a", 0.1, 0.2), ("b", float("nan"), float("nan")), ("c", -0.2, -1.5))
    told = released(replace(whole(), left_out=tuple(LeftOut(*each) for each in moves))).rests_on
    assert [(row["without"], row["moves"]) for row in told] == [("c", -1.5), ("a", 0.2), ("b", None)]


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 1_000),
    number=st.sampled_from([3, 60, 300, 600]),
    share=st.sampled_from([0.0, 0.05, 0.3, 0.95, 1.0]),
    risks=st.tuples(*[st.sampled_from([0.0, 0.01, 0.3, 1.0])] * 2),
    moved=st.sampled_from([0.0, 0.1, 0.6, 1.0]),
    outcome=st.sampled_from(sorted(OUTCOMES)),
    months=st.sampled_from(sorted(WINDOWS)),
)
def test_whatever_the_families_a_study_ends_in_a_verdict_that_can_leave(
    seed: int, number: int, share: float, risks: tuple[float, float], moved: float, outcome: str, months: int
):
    luck, cohort = np.random.default_rng(seed), families(seed, number=number, effect=0.0)
    given_it = luck.random(number) < share
    cohort = replace(cohort, service=np.where(given_it, "S01", "S02"), family=luck.integers(0, number, number))
    happened = luck.random(number) < np.where(given_it, *risks)
    found = studied(
        with_outcome(cohort, happened, moved=luck.random(number) < moved),
        service_study("S01", outcome, months),
        whole=True,
    )
    told = released(found)
    json.dumps(told.as_dict(), default=plain, allow_nan=False)
    assert told.verdict in VERDICTS
    assert (told.estimates[0]["estimate"] is None) == (told.verdict == "not comparable")
    assert told.may_say


# Small numbers -----------------------------------------------------------------------------------------------


def risks(told: ReleasedFinding) -> list[Any]:
    """Whatever a risk could be read from or worked out from, beside the difference itself."""
    return [told.e_value, told.e_value_limit, told.gamma, told.hazard]


@pytest.mark.parametrize(("of_offered", "of_others"), [(5, 150), (60, 5), (1, 150), (60, 1)])
def test_one_to_five_step_ups_hide_the_risks_of_both_groups_and_what_they_could_be_worked_out_from(
    of_offered: int, of_others: int
):
    finding = stepped_up(of_offered, of_others)
    assert finding.estimable
    assert finding.main.e_value is not None
    told = released(finding)
    assert risks(told) == [None] * 4
    assert told.estimates[0]["estimate"] == rounded(finding.main.estimates[0].estimate), "a difference tells no count"
    assert told.verdict == "cannot tell"


def test_six_step_ups_are_told_with_what_hangs_on_them():
    finding = stepped_up(6, 150)
    assert released(finding).e_value == rounded(finding.main.e_value.estimate if finding.main.e_value else None, 2)


def test_the_smallest_difference_that_would_have_shown_is_told_in_whole_families_of_100_where_few_stepped_up():
    """From its decimals and the families one could work back to how many stepped up."""
    finding = stepped_up(5, 14)
    exact, told = finding.main.minimum_detectable, released(finding)
    assert exact is not None
    assert told.mde is not None
    assert told.mde >= exact
    assert told.mde * 100 == round(told.mde * 100)
    assert not any("would probably have shown" in each for each in told.may_say), "with so few nothing is ever told"


def test_those_who_may_see_every_row_see_what_others_may_not():
    finding = stepped_up(5, 150)
    told = released(finding, NONE)
    assert told.e_value is not None
    assert told.mde == rounded(finding.main.minimum_detectable)


def window(told: ReleasedFinding, outcome: str = "step_up", months: int = 12) -> dict[str, Any]:
    [row] = [dict(each) for each in told.windows if (each["outcome"], each["months"]) == (outcome, months)]
    return row


def with_main_row(finding: Finding, **change: Any) -> Finding:
    """The finding with something else counted in the row of its main outcome and window."""
    rows = [
        replace(each, **change) if (each.outcome, each.months) == ("step_up", 12) else each for each in finding.windows
    ]
    return replace(finding, windows=tuple(rows))


def test_hidden_and_not_there_and_none_are_three_different_things():
    full = window(released(whole()))
    assert full["status"] == "ok"
    assert full["risk_treated"] > 0
    hidden = window(released(with_main_row(whole(), events_treated=15), replace(DFE, highest=20)))
    assert (hidden["status"], hidden["risk_treated"], hidden["risk_compared"]) == ("suppressed", None, None)
    assert hidden["estimate"] == full["estimate"], "the difference may stay"
    few = window(released(with_main_row(whole(), events_treated=9)))
    assert (few["status"], few["estimate"], few["risk_treated"]) == ("no_data", None, None)
    assert "Fewer than 10 families" in few["why"]
    one = window(released(with_main_row(whole(), estimates=(), refused="All but one are the same.", events_treated=1)))
    assert (one["status"], one["why"]) == (few["status"], few["why"]), "why a method failed could tell how few"
    refused = window(
        released(with_main_row(whole(), estimates=(), refused="It cannot be told.", needed="More families."))
    )
    assert (refused["status"], refused["estimate"], refused["why"]) == (
        "no_data",
        None,
        "It cannot be told. More families.",
    )
    nobody = window(released(with_main_row(whole(), unknown_treated=0, unknown_compared=0)))
    assert nobody["not_followed"] == 0, "nobody is a number that may be told"
    some = window(released(with_main_row(whole(), unknown_treated=2, unknown_compared=1)))
    assert some["not_followed"] is None


def test_a_few_families_who_were_not_followed_cannot_be_had_by_taking_those_known_from_those_kept():
    cohort = families()
    moved = np.zeros(len(cohort.day), bool)
    moved[np.flatnonzero(offered(cohort))[300:303]] = True
    finding = studied(with_outcome(cohort, cohort.outcomes["step_up"].event <= 365, moved=moved))
    assert (finding.main.unknown_treated, finding.main.unknown_compared) == (3, 0)
    told = released(finding)
    assert told.overlap["treated_kept"] is None
    assert told.overlap["compared_kept"] == told.n_compared
    assert told.not_followed is None, "the worst case, less the best, is their share"


def test_how_far_many_who_were_not_followed_could_move_it_is_told():
    cohort = families()
    moved = np.random.default_rng(6).random(len(cohort.day)) < 0.1
    told = released(studied(with_outcome(cohort, cohort.outcomes["step_up"].event <= 365, moved=moved))).not_followed
    assert told is not None
    assert told["lower"] < told["known"] < told["upper"]


def test_counts_are_rounded_in_sentences_as_in_fields_where_the_council_rounds():
    finding = whole()
    exact = finding.main.known_treated
    told = released(finding, policy("dfe", round_to=50))
    assert exact % 50
    assert told.n_treated == 50 * round(exact / 50)
    said = " ".join(told.may_say)
    assert f"{int(told.n_treated):,} families" in said
    assert f"{exact:,} families" not in said


def test_sessions_missed_by_few_families_are_not_told():
    change = whole().absence
    assert change is not None
    assert released(whole()).absence is not None
    assert released(replace(whole(), absence=replace(change, families=5))).absence is None
    assert released(replace(whole(), absence=replace(change, compared=5))).absence is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), None])
def test_a_figure_that_is_not_known_or_has_no_end_is_none(value: float | None):
    assert rounded(value) is None


def test_no_difference_is_shown_as_zero_without_a_sign():
    assert str(rounded(-0.0001)) == "0.0"


# What councils share -----------------------------------------------------------------------------------------


def test_what_a_council_shares_is_of_all_families_and_of_groups_under_the_agreed_name_and_holds_no_small_count():
    told = shareable(whole(), DFE, "Testing", "parenting")
    assert told[0].cohort == "all families"
    assert len(told) == 1 + len(GROUPS)
    assert {(each.study, each.council, each.scale) for each in told} == {("parenting", "Testing", "risk_difference")}
    few = replace(whole(), groups={**whole().groups, "under_5": replace(whole().groups["under_5"], events_treated=3)})
    assert len(shareable(few, DFE, "Testing", "parenting")) == len(GROUPS)


@pytest.mark.parametrize("made", [shut, no_comparison], ids=lambda each: each.__name__)
def test_a_council_shares_nothing_of_a_study_whose_gate_said_no(made):
    assert shareable(made(), DFE, "Testing", "parenting") == []


# Small numbers in what else a study tells --------------------------------------------------------------------


def while_open(treated: float, compared: float) -> WindowIncidence:
    """Shares that had stepped up within three months, of a hundred families of each group."""
    return WindowIncidence(3, treated, compared, effect("aalen_johansen", -0.1, 0.02), 100, 100)


@pytest.mark.parametrize(
    ("treated", "compared", "status"),
    [
        (0.06, 0.3, "ok"),
        (0.05, 0.3, "suppressed"),
        (0.3, 0.01, "suppressed"),
        (0.0, 0.3, "ok"),
        (float("nan"), 0.3, "not_mature"),
    ],
)
def test_step_ups_while_help_was_open_are_told_where_no_group_had_one_to_five(treated, compared, status):
    [row] = released(replace(whole(), while_open=(while_open(treated, compared),))).while_open
    assert (row["status"], row["estimate"]) == (status, -0.1 if status == "ok" else None)


def test_a_difference_that_few_stand_behind_is_told_in_whole_ones_of_a_hundred_rounded_up():
    """Of 0.496 and five step-ups: half."""
    main = replace(whole().main, minimum_detectable=0.496, events_treated=5)
    assert released(replace(whole(), main=main)).mde == 0.5
    assert released(replace(whole(), main=replace(main, events_treated=60))).mde == 0.496


def test_figures_are_told_to_as_many_decimals_as_they_carry():
    """A difference to a tenth of a point, sessions to a hundredth of one, ratios to two decimals."""
    change = whole().absence
    assert change is not None
    main = replace(
        whole().main,
        e_value=EValue(2.34567, 1.23456),
        gamma=1.4567,
        minimum_detectable=0.04567,
        estimates=(effect("entropy_balancing", -0.12345, 0.02),),
    )
    finding = replace(
        whole(),
        main=main,
        hazard=Effect("hazard", -0.7, 0.1, -0.9, -0.5),
        absence=replace(
            change, effect=Effect("did", -0.04567, 0.01, -0.06543, -0.02345), before=0.10456, after=0.05987
        ),
        left_out=(LeftOut("needs", -0.12345, 1.23456),),
    )
    told = released(finding)
    assert (told.e_value, told.e_value_limit, told.gamma, told.mde) == (2.35, 1.23, 1.46, 0.046)
    assert told.estimates[0]["estimate"] == -0.123
    assert told.hazard == {
        "method": "cause_specific_hazard_ratio", "estimate": 0.5, "lower": 0.41, "upper": 0.61,
    }  # fmt: skip
    assert told.absence is not None
    assert [told.absence[each] for each in ("estimate", "lower", "upper")] == [-0.0457, -0.0654, -0.0234]
    assert [told.absence[each] for each in ("before", "after")] == [0.105, 0.06]
    assert told.rests_on == ({"without": "needs", "estimate": -0.123, "moves": 1.23},)


def test_of_sessions_missed_as_many_families_are_told_as_the_policy_rounds_to():
    change = whole().absence
    assert change is not None
    told = released(replace(whole(), absence=replace(change, families=212, compared=433)), policy("dfe", 50)).absence
    assert told is not None
    assert (told["n_treated"], told["n_compared"]) == (200, 450)


def test_a_finding_whose_main_events_are_few_tells_no_hazards_and_one_that_could_not_be_estimated_no_difference():
    assert released(whole()).hazard is not None
    assert released(stepped_up(5, 150)).hazard is None
    assert released(shut()).mde is None


def test_the_smallest_difference_is_missing_where_none_was_worked_out():
    assert released(replace(whole(), main=replace(whole().main, minimum_detectable=None))).mde is None


@pytest.mark.parametrize(("unknown", "told"), [((0, 40), True), ((3, 40), False), ((40, 3), False)])
def test_how_far_those_not_followed_could_move_it_is_hidden_where_either_group_lost_few(unknown, told):
    main = replace(
        whole().main,
        unknown_treated=unknown[0],
        unknown_compared=unknown[1],
        bounds=MissingOutcomes(-0.12345, -0.3, 0.1, -0.2, 0.0, 0.01, 0.02),
    )
    found = released(replace(whole(), main=main)).not_followed
    assert found == ({"known": -0.123, "lower": -0.3, "upper": 0.1} if told else None)


def test_what_councils_share_is_to_four_decimals_with_families_as_the_policy_shows_them():
    main = replace(
        whole().main,
        known_treated=612,
        known_compared=1_388,
        estimates=(Effect("balancing", -0.123456, 0.023456, 0, 0),),
    )
    [told] = shareable(replace(whole(), main=main, groups={}), policy("dfe", 50), "Testing", "parenting")
    assert (told.estimate, told.standard_error) == (-0.1235, 0.0235)
    assert (told.families_offered, told.families_compared) == (600, 1_400)
    hidden = shareable(replace(whole(), main=replace(main, known_treated=4), groups={}), DFE, "Testing", "parenting")
    assert hidden[0].families_offered is None
    few = replace(main, events_treated=3)
    assert shareable(replace(whole(), main=few, groups={}), DFE, "Testing", "parenting") == []
    assert shareable(replace(whole(), main=replace(main, events_treated=8), groups={}), DFE, "Testing", "parenting")


def test_the_reasons_are_those_of_the_gate_and_where_it_passed_what_the_method_lacked():
    finding = shut()
    assert finding.design is not None
    assert released(finding).gate["reasons"] == list(finding.design.gate.reasons)
    refused = replace(whole(), main=replace(whole().main, estimates=()), refused="All had it.", needed="Others.")
    told = released(refused).gate
    assert (told["passed"], told["reasons"]) == (False, ["All had it.", "Others."])
    assert released(whole()).gate["reasons"] == []


def test_balance_is_told_to_a_thousandth_and_ratios_of_variances_to_a_hundredth():
    rows = released(whole()).balance
    assert all(row["after"] == round(row["after"], 3) for row in rows)
    ratios = [row["variance_ratio"] for row in rows if row["variance_ratio"] is not None]
    assert ratios == [round(each, 2) for each in ratios]
    assert len(ratios) > 1


def test_how_many_families_overlap_left_out_is_told_beside_how_many_it_kept():
    finding = whole()
    assert finding.design is not None
    kept = finding.design.overlap
    assert released(finding).overlap == {
        name: DFE.shown(count) for name, count in kept._asdict().items() if name != "kept"
    }
    assert None not in released(finding, NONE).overlap.values()


def test_as_many_as_the_threshold_asks_for_are_enough_for_a_row():
    enough = window(released(with_main_row(whole(), events_treated=THRESHOLDS.events)))
    assert (enough["status"], window(released(with_main_row(whole(), events_treated=9)))["status"]) == ("ok", "no_data")
