"""Whole studies of made families: what is planted is found, what is not there is not, and what cannot be told is refused."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from earlyhelp.evaluate.claims import BEFORE_AFTER, COMPLETERS, claim_of_refusal
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.refused_designs import refuse_before_after, refuse_completers
from earlyhelp.evaluate.studies.cohort import NOTHING, Cohort
from earlyhelp.evaluate.studies.covariates import EARLIER, filled
from earlyhelp.evaluate.studies.design import FEWEST_OFFERED
from earlyhelp.evaluate.studies.finding import Finding, said
from earlyhelp.evaluate.studies.groups import GROUPS
from earlyhelp.evaluate.studies.outcomes import OUTCOMES, WINDOWS, Followed
from earlyhelp.evaluate.studies.protocol import service_study
from unit.evaluate.studied_families import (
    ABOUT,
    NAMES,
    changed,
    families,
    of_rows,
    offered,
    studied,
    with_outcome,
)
from unit.evaluate.zero_effect import Families, completers_against_others, selected_at_crisis

PLANTED = -0.12


@cache
def whole() -> Finding:
    """A whole study of a service with which fewer step up and less school is missed."""
    return studied(families(absence=-0.04), whole=True)


# What is planted is found ------------------------------------------------------------------------------------


def test_fewer_step_ups_that_were_planted_are_found_and_said_as_an_association():
    found = studied(families(effect=PLANTED))
    claim = said(found)
    assert claim.verdict == "fewer"
    assert "was associated with fewer families" in claim.may_say[0]
    assert not [sentence for sentence in claim.may_say if "caused" in sentence or "prevented" in sentence]
    assert [each.method for each in found.main.estimates] == ["entropy_balancing", "aipw", "matching"]
    for each in found.main.estimates:
        assert each.lower < PLANTED < each.upper
    assert found.main.disagreement is not None
    assert found.main.disagreement < 1


def test_more_step_ups_that_were_planted_are_found():
    assert said(studied(families(effect=0.12))).verdict == "more"


def test_where_nothing_was_planted_no_difference_is_shown_though_families_offered_it_step_up_more():
    found = studied(families(effect=0.0))
    assert found.main.unadjusted is not None
    assert found.main.unadjusted.lower > 0, "they come with more needs"
    assert said(found).verdict == "no difference shown"
    first = found.main.estimates[0]
    assert first.lower < 0 < first.upper


def test_a_planted_fall_that_the_plain_difference_hides_is_found_once_families_are_made_alike():
    found = studied(families(effect=PLANTED))
    assert found.main.unadjusted is not None
    assert not found.main.unadjusted.lower < PLANTED < found.main.unadjusted.upper


def test_the_intervals_of_fifty_councils_hold_what_was_planted_about_as_often_as_they_say():
    """47 or 48 expected; fewer than 43 would come less than once in a hundred such fifties."""
    told = [studied(families(seed, number=1_000)).main.estimates[0] for seed in range(50)]
    assert sum(each.lower < PLANTED < each.upper for each in told) >= 43
    assert np.mean([each.estimate for each in told]) == pytest.approx(PLANTED, abs=0.01)


def test_of_fifty_councils_in_which_nothing_was_planted_few_are_told_a_difference():
    verdicts = [said(studied(families(seed, number=1_000, effect=0.0))).verdict for seed in range(50)]
    assert verdicts.count("no difference shown") >= 40, "of 50, 2 or 3 by chance, and as many whose placebo shows"
    assert verdicts.count("fewer") + verdicts.count("more") <= 4


def test_a_study_done_again_gives_the_same_to_the_last_digit():
    assert studied(families()).main == studied(families()).main


def test_a_service_without_criteria_cannot_be_told_and_says_why_whatever_its_figure():
    claim = said(studied(families(), about=replace(ABOUT, criteria=False)))
    assert claim.verdict == "cannot tell"
    assert "The directory does not say for whom Family Steps is." in claim.may_say[1]


def test_something_unrecorded_that_explains_a_small_difference_leads_to_cannot_tell_or_nothing_shown_and_never_to_more():
    """Whoever is ready to change takes the offer more often and steps up less: nobody records it."""
    cohort = families(effect=0.0)
    ready = np.random.default_rng(3).random(len(cohort.day)) < np.where(offered(cohort), 0.6, 0.4)
    cohort = with_outcome(cohort, (cohort.outcomes["step_up"].event <= 365) & ~(ready & (cohort.before[:, 4] == 1)))
    assert said(studied(cohort)).verdict in ("cannot tell", "no difference shown")


# A whole study ------------------------------------------------------------------------------------------------


def test_every_outcome_has_a_row_in_every_window_in_order():
    assert [(each.months, each.outcome) for each in whole().windows] == [
        (months, outcome) for months in WINDOWS for outcome in OUTCOMES
    ]
    assert all(each.estimates for each in whole().windows)


def test_the_window_of_the_main_outcome_is_the_main_comparison():
    [same] = [each for each in whole().windows if (each.outcome, each.months) == ("step_up", 12)]
    assert same.estimates == whole().main.estimates


def test_outcomes_without_a_planted_effect_show_none_beside_the_one_that_has():
    shown = [
        each
        for each in whole().windows
        if each.outcome != "step_up" and not each.estimates[0].lower < 0 < each.estimates[0].upper
    ]
    assert len(shown) <= 2, "of twenty, about one by chance"
    assert all(each.estimates[0].upper < 0 for each in whole().windows if each.outcome == "step_up")


def test_what_follows_a_closure_is_asked_of_families_whose_help_has_closed():
    rows = {each.outcome: each.known_treated for each in whole().windows if each.months == 12}
    assert rows["re_referral"] == rows["not_sustained"] < rows["step_up"]


def test_families_who_cannot_be_followed_for_so_long_yet_are_left_out_of_longer_windows():
    cohort = families()
    late = replace(cohort, day=cohort.day + 3 * 365 - 100)
    counted = {
        each.months: each.known_treated for each in studied(late, whole=True).windows if each.outcome == "step_up"
    }
    assert counted[6] > counted[12] > counted[18] > counted[24] > 0


def test_every_group_is_told_and_pairs_of_groups_make_up_all_families():
    found = whole().groups
    assert list(found) == [each.name for each in GROUPS]
    for one, other in zip(GROUPS[::2], GROUPS[1::2], strict=True):
        cohort = families()
        assert (one.of(cohort) != other.of(cohort)).all()


def test_a_family_of_whom_it_is_not_recorded_is_in_neither_group_of_a_pair():
    cohort = families()
    held = cohort.before.copy()
    held[::4, NAMES.index("abuse")] = np.nan
    before, names, _ = filled(held, NAMES)
    gaps = replace(cohort, before=before, names=names)
    inside, outside = (each.of(gaps) for each in GROUPS if each.name in ("with_abuse", "without_abuse"))
    assert not (inside | outside)[::4].any()
    assert (inside != outside)[np.arange(len(inside)) % 4 > 0].all()


def test_an_effect_planted_for_families_with_abuse_alone_is_found_there_and_not_elsewhere():
    found = studied(families(number=3_000, effect=0.0, with_abuse=-0.14), whole=True).groups
    inside, outside = (found[name].estimates[0] for name in ("with_abuse", "without_abuse"))
    assert inside.lower < -0.14 < inside.upper < 0
    assert outside.lower < 0 < outside.upper


def test_a_group_by_something_that_nobody_records_is_refused_and_the_rest_is_told():
    cohort = families()
    kept = [place for place, name in enumerate(NAMES) if name != "abuse"]
    without = replace(cohort, before=cohort.before[:, kept], names=tuple(NAMES[place] for place in kept))
    found = studied(without, whole=True).groups
    assert "not recorded" in found["with_abuse"].refused
    assert found["family_help"].estimates


def test_sessions_missed_are_compared_as_change_against_change():
    change = whole().absence
    assert change is not None
    assert change.effect.lower < -0.04 < change.effect.upper
    assert change.families + change.compared < len(families().day), "not all have sessions on record"
    assert "moved alike" in change.moved_alike


def test_without_sessions_on_record_nothing_is_said_of_school():
    cohort = families(number=800)
    nobody = replace(cohort, absence=replace(cohort.absence, after=np.full(800, np.nan)))
    assert studied(nobody, whole=True).absence is None


def test_step_ups_while_help_was_open_are_those_that_came_no_later_than_its_closing():
    """Nobody moved and all were followed for longer, so that the share is a plain one: a count by hand."""
    cohort, found = families(absence=-0.04), whole()
    assert found.design is not None
    rows = found.design.rows[found.design.treated]
    event, closed = cohort.outcomes["step_up"].event[rows], cohort.closed[rows]
    by_then = np.fmin(closed, np.inf)
    assert [each.months for each in found.while_open] == list(WINDOWS)
    for each, days in zip(found.while_open, WINDOWS.values(), strict=True):
        assert each.treated == pytest.approx(((event <= days) & (event <= by_then)).mean(), abs=0.004)
        assert each.difference.upper < 0


def test_the_hazard_while_help_was_open_is_lower_where_fewer_step_ups_were_planted_and_alike_where_none_were():
    assert whole().hazard is not None
    assert whole().hazard.upper < 0
    alike = studied(families(effect=0.0), whole=True).hazard
    assert alike is not None
    assert alike.lower < 0 < alike.upper


def test_what_is_counted_from_a_closure_has_no_share_while_help_was_open():
    found = studied(families(), service_study("S01", "re_referral"), whole=True)
    assert found.estimable
    assert (found.while_open, found.hazard) == ((), None)


def test_the_fact_on_which_the_finding_rests_most_is_the_one_that_leads_to_offers_and_to_step_ups():
    moves = {each.covariate: abs(each.move) for each in whole().left_out}
    assert set(moves) >= set(NAMES)
    assert max(moves, key=moves.__getitem__) == "needs"


# What cannot be told is refused ------------------------------------------------------------------------------


def _nobody_else(cohort: Cohort) -> Cohort:
    return of_rows(cohort, offered(cohort))


def _never_offered(cohort: Cohort) -> Cohort:
    return of_rows(cohort, ~offered(cohort))


def _few(cohort: Cohort, who: bool, number: int) -> Cohort:
    """So many families who were offered it (or not), and all the others."""
    mine = offered(cohort) == who
    return of_rows(cohort, ~mine | (np.cumsum(mine) <= number))


def _few_offered(cohort: Cohort) -> Cohort:
    return _few(cohort, True, FEWEST_OFFERED - 1)


def _few_compared(cohort: Cohort) -> Cohort:
    return _few(cohort, False, FEWEST_OFFERED - 1)


def _told_apart(cohort: Cohort) -> Cohort:
    return changed(cohort, "deprivation", np.where(offered(cohort), 1.0, 9.0))


def _told_apart_by_luck(cohort: Cohort) -> Cohort:
    """No family offered it is like any other, though no value belongs to one group alone."""
    luck = np.random.default_rng(5).normal(size=len(cohort.day))
    return changed(cohort, "deprivation", luck + 12 * offered(cohort))


def _nobody_stepped_up(cohort: Cohort) -> Cohort:
    return with_outcome(cohort, np.zeros(len(cohort.day), bool))


def _one_event(cohort: Cohort) -> Cohort:
    return with_outcome(cohort, np.arange(len(cohort.day)) == 700)


def _everybody_stepped_up(cohort: Cohort) -> Cohort:
    return with_outcome(cohort, np.ones(len(cohort.day), bool))


def _most_moved_away(cohort: Cohort) -> Cohort:
    moved = np.random.default_rng(4).random(len(cohort.day)) < np.where(offered(cohort), 0.6, 0.1)
    return with_outcome(cohort, np.random.default_rng(5).random(len(cohort.day)) < 0.3, moved=moved)


def _too_new(cohort: Cohort) -> Cohort:
    return replace(cohort, day=cohort.day + 7 * 365 + 10)


REFUSED = {
    _nobody_else: f"fewer than {FEWEST_OFFERED} families to compare them with",
    _never_offered: f"fewer than {FEWEST_OFFERED} families offered the service",
    _few_offered: f"fewer than {FEWEST_OFFERED} families offered the service",
    _few_compared: f"fewer than {FEWEST_OFFERED} families to compare them with",
    _told_apart: "",
    _told_apart_by_luck: "",
    _nobody_stepped_up: "",
    _one_event: "",
    _everybody_stepped_up: "",
    _most_moved_away: "missing for",
}


@pytest.mark.parametrize(("made", "why"), REFUSED.items(), ids=lambda each: getattr(each, "__name__", ""))
@pytest.mark.parametrize("asked", [False, True], ids=["main", "whole"])
def test_what_the_data_cannot_carry_is_refused_in_sentences_and_never_fails(made, why: str, asked: bool):
    found = studied(made(families(number=1_500)), whole=asked)
    assert not found.estimable
    assert found.main.estimates == ()
    assert why in found.refused
    for sentence in (found.refused, found.needed):
        assert sentence.strip().endswith(".")
    claim = said(found)
    assert claim.verdict == "not comparable"
    assert found.refused in " ".join(claim.may_say)
    assert "Any figure for the difference." in claim.may_not_say


def test_a_study_whose_window_is_not_over_for_anybody_is_refused():
    assert "followed for so long" in studied(_too_new(families())).refused


def test_those_without_families_like_them_are_left_out_before_the_rest_are_counted():
    cohort, words = families(seed=2), f"fewer than {FEWEST_OFFERED}"
    assert words in studied(_few(cohort, True, FEWEST_OFFERED - 1)).refused
    alone = changed(cohort, "deprivation", np.where(np.cumsum(offered(cohort)) <= 5, 900.0, cohort.before[:, 2]))
    assert words not in studied(_few(cohort, True, FEWEST_OFFERED + 10)).refused
    assert words in studied(_few(alone, True, FEWEST_OFFERED)).refused


def test_families_compared_are_those_of_the_time_in_which_the_service_ran():
    cohort = families()
    half = cohort.day[len(cohort.day) // 2]
    stopped = replace(cohort, service=np.where(offered(cohort) & (cohort.day > half), NOTHING, cohort.service))
    design = studied(stopped).design
    assert design is not None
    assert cohort.day[design.rows].max() <= half


def test_a_group_that_varies_far_more_is_not_alike_and_gets_no_figure_though_one_could_be_worked_out():
    cohort = families()
    wide = np.random.default_rng(8).normal(3, np.where(offered(cohort), 3.0, 1.0))
    found = studied(changed(cohort, "children", wide))
    assert found.design is not None
    assert not found.design.gate.passed
    assert any("varies" in reason and "children" in reason for reason in found.design.gate.reasons)
    assert said(found).verdict == "not comparable"
    assert found.windows == ()


def test_what_came_before_the_offer_and_was_not_balanced_on_shuts_the_gate_where_it_differs():
    cohort = families()
    told = np.random.default_rng(8).random(len(cohort.day)) < np.where(offered(cohort), 0.5, 0.2)
    found = studied(replace(cohort, earlier=told.astype(float)))
    assert found.design is not None
    assert any(EARLIER.words in reason for reason in found.design.gate.reasons)


def test_a_service_where_everybody_compared_stepped_up_gives_a_figure_and_no_failure():
    cohort = families(number=1_500)
    happened = np.where(offered(cohort), np.random.default_rng(2).random(len(cohort.day)) < 0.6, True)
    found = studied(with_outcome(cohort, happened.astype(bool)), whole=True)
    assert found.main.risk_compared == pytest.approx(1.0)
    assert said(found).verdict == "fewer"


def test_a_service_where_nobody_compared_stepped_up_has_no_e_value_and_does_not_fail():
    cohort = families(number=1_500)
    happened = offered(cohort) & (np.random.default_rng(2).random(len(cohort.day)) < 0.3)
    found = studied(with_outcome(cohort, happened), whole=True)
    assert found.main.e_value is None
    assert said(found).verdict == "cannot tell", "fewer than ten had the outcome in one of the groups"


def test_where_some_outcomes_are_not_known_it_is_told_how_far_they_could_move_the_finding():
    cohort = families()
    moved = np.random.default_rng(6).random(len(cohort.day)) < 0.1
    found = studied(with_outcome(cohort, cohort.outcomes["step_up"].event <= 365, moved=moved)).main
    assert 150 < found.unknown_treated + found.unknown_compared <= moved.sum(), (
        "but for those without families like them"
    )
    assert found.bounds is not None
    assert found.bounds.lower < found.estimates[0].estimate < found.bounds.upper
    assert studied(cohort).main.bounds is None, "where all are known there is nothing to bound"


# Services that do nothing and look good ----------------------------------------------------------------------


def _as_cohort(made: Families, happened: np.ndarray, covariates: dict[str, np.ndarray]) -> Cohort:
    """Families of a fixture who are at the threshold, offered the service or not, all followed for long enough."""
    chosen = np.flatnonzero(made.at_threshold)
    base = families(number=len(chosen))
    known = np.full(len(chosen), 1000.0)
    event = np.where(happened[chosen], 180.0, np.nan)
    return replace(
        base,
        family=made.family[chosen],
        service=np.where(made.offered[chosen], "S01", NOTHING).astype(np.str_),
        before=np.column_stack([each[chosen] for each in covariates.values()]).astype(float),
        names=tuple(covariates),
        earlier=np.zeros(len(chosen)),
        outcomes={name: Followed(event, known, known) for name in base.outcomes},
    )


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_service_that_does_nothing_for_families_in_crisis_ends_in_no_effect_shown(seed: int):
    """Their contacts fall by 30 per cent: before and after is refused, and like families fall alike."""
    made = selected_at_crisis(seed)
    assert made.after()[made.offered].mean() < 0.8 * made.before()[made.offered].mean()
    with pytest.raises(NotEstimable):
        refuse_before_after()
    assert claim_of_refusal(BEFORE_AFTER, "It").may_say[0].startswith("No effect of It is shown")
    often = made.after() * 12 >= 8
    recent = made.outcome[:, (made.month < 0) & (made.month >= -3)].sum(axis=1)
    cohort = _as_cohort(made, often, {"band": made.band, "recent": recent, "before": made.before()})
    assert said(studied(cohort)).verdict == "no difference shown"


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_service_that_does_nothing_and_that_is_hard_to_finish_ends_in_no_effect_shown(seed: int):
    """Completers have 0.63 of the step-ups of the other offered families: they are not compared, the offered are."""
    made = completers_against_others(seed)
    stepped, rest = made.stepped_up(), made.offered & ~made.completed
    assert stepped[made.completed].mean() < 0.75 * stepped[rest].mean()
    with pytest.raises(NotEstimable):
        refuse_completers()
    assert claim_of_refusal(COMPLETERS, "It").may_say[0].startswith("No effect of It is shown")
    cohort = _as_cohort(made, stepped, {"lot": np.random.default_rng(seed).normal(size=len(stepped))})
    assert said(studied(cohort, service_study("S01"))).verdict == "no difference shown"
