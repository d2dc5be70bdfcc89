"""What a study may say: the verdict rule on facts to read by eye, and every sentence reached."""

from __future__ import annotations

import re
from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.claims import (
    BEFORE_AFTER,
    COMPLETERS,
    REFUSED,
    SENTENCES,
    VERDICTS,
    Facts,
    Thresholds,
    claim,
    claim_of_refusal,
    refuse_before_after,
    refuse_completers,
    verdict_of,
)
from earlyhelp.evaluate.methods.effect import NotEstimable

thorough = settings(max_examples=200, deadline=None, derandomize=True)

FEWER = Facts(
    service="Family Steps",
    outcome="a first step-up to statutory services",
    compared_with="families offered something else or nothing at the same threshold",
    window_months=12,
    design_grade=2,
    gate_passed=True,
    gate_reasons=(),
    estimate=-0.08,
    lower=-0.12,
    upper=-0.04,
    n_treated=400,
    n_compared=2000,
    events_treated=48,
    events_compared=400,
    minimum_detectable=0.0523,
    e_value=2.7,
    e_value_limit=1.81,
    placebo="passed",
    overlap_kept=0.94,
)
MORE = replace(FEWER, estimate=0.08, lower=0.04, upper=0.12)
NONE_SHOWN = replace(FEWER, estimate=-0.01, lower=-0.05, upper=0.03, e_value_limit=1.0)
NOT_COMPARABLE = replace(
    FEWER,
    gate_passed=False,
    gate_reasons=("Months since the last contact differ too much.",),
    estimate=None,
    lower=None,
    upper=None,
)
CHANGE = replace(FEWER, design_grade=3)

EVERY_KIND = [
    FEWER,
    MORE,
    NONE_SHOWN,
    NOT_COMPARABLE,
    CHANGE,
    replace(FEWER, design_grade=4),
    replace(NONE_SHOWN, minimum_detectable=None),
    replace(FEWER, studies_together=12, q_value=0.2),
    replace(FEWER, events_treated=4),
    replace(FEWER, criteria_named=False),
    replace(FEWER, placebo="failed"),
    replace(FEWER, placebo="not run"),
    replace(FEWER, disagreement=1.6),
    replace(FEWER, e_value_limit=1.1),
    replace(FEWER, e_value_limit=None),
    replace(FEWER, overlap_kept=1.0, not_held=("parents' mental health", "debts")),
]


def test_a_clear_fall_against_families_like_them_is_fewer():
    found = claim(FEWER)
    assert found.verdict == "fewer"
    assert found.may_say[0] == (
        "Being offered Family Steps was associated with fewer families having a first step-up to statutory services "
        "within 12 months: about 8.0 fewer in every 100 (95 per cent interval: 4.0 to 12.0 fewer) than among families "
        "offered something else or nothing at the same threshold."
    )
    assert "That Family Steps caused, prevented, raised or lowered anything." in found.may_not_say


def test_a_clear_rise_is_more_and_is_told_with_what_the_national_evaluation_found_of_early_rises():
    found = claim(MORE)
    assert found.verdict == "more"
    assert "about 8.0 more in every 100 (95 per cent interval: 4.0 to 12.0 more)" in found.may_say[0]
    assert "need was found sooner" in found.may_say[1]
    assert not any("need was found sooner" in sentence for sentence in claim(replace(MORE, window_months=24)).may_say)


def test_a_difference_not_shown_is_told_with_what_could_have_been_seen():
    found = claim(NONE_SHOWN)
    assert found.verdict == "no difference shown"
    assert "anything in this range fits the data: 5.0 fewer to 3.0 more." in found.may_say[0]
    # 5.23 points, rounded up so that it is not told as smaller than it is.
    assert "A difference of 5.3 or more in every 100 families would probably have shown" in found.may_say[1]
    assert any("works, or that it does not work" in sentence for sentence in found.may_not_say)


def test_where_too_few_had_the_outcome_no_difference_would_have_been_told_and_none_is_said_to_have_shown():
    """With fewer than ten events nothing is ever told, however large: of a rare outcome a fall could not even be seen."""
    found = claim(replace(NONE_SHOWN, events_treated=9))
    assert found.verdict == "cannot tell"
    assert not any("would probably have shown" in sentence for sentence in found.may_say)


def test_groups_that_are_not_alike_have_no_figure():
    found = claim(NOT_COMPARABLE)
    assert found.verdict == "not comparable"
    assert "Why they cannot be compared: Months since the last contact differ too much." in found.may_say
    assert "Any figure for the difference." in found.may_not_say


def test_an_estimate_is_not_told_when_the_gate_has_failed():
    found = claim(replace(FEWER, gate_passed=False))
    assert found.verdict == "not comparable"
    assert not any("8.0" in sentence for sentence in found.may_say)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"criteria_named": False}, "The directory does not say for whom Family Steps is."),
        ({"events_treated": 9}, "Fewer than 10 families had the outcome in one of the two groups"),
        ({"events_compared": 9}, "Fewer than 10 families had the outcome in one of the two groups"),
        ({"placebo": "failed"}, "A check that should have shown nothing showed a difference"),
        ({"disagreement": 1.01}, "gave answers 1.01 standard errors apart"),
        ({"e_value_limit": 1.24}, "1.24 times as likely (or as unlikely), which cannot be ruled out"),
        ({"e_value_limit": None}, "could not be worked out"),
    ],
)
def test_a_fall_that_something_else_could_explain_is_cannot_tell_with_the_reason(change, why):
    found = claim(replace(FEWER, **change))
    assert found.verdict == "cannot tell"
    assert any(why in sentence for sentence in found.may_say)
    assert not any("associated with fewer" in sentence for sentence in found.may_say)


@pytest.mark.parametrize("change", [{"events_treated": 10}, {"disagreement": 1.0}, {"e_value_limit": 1.25}])
def test_at_the_threshold_itself_a_study_still_tells(change):
    assert verdict_of(replace(FEWER, **change)) == "fewer"


def test_what_could_have_shown_is_not_told_where_a_difference_did_show():
    assert not any("would probably have shown" in line for line in claim(replace(FEWER, e_value_limit=1.1)).may_say)
    assert any("would probably have shown" in line for line in claim(replace(NONE_SHOWN, placebo="failed")).may_say)


def test_a_failed_placebo_outweighs_a_difference_not_shown():
    assert verdict_of(replace(NONE_SHOWN, placebo="failed")) == "cannot tell"


def test_one_of_many_studies_that_chance_explains_shows_no_difference():
    found = claim(replace(FEWER, studies_together=12, q_value=0.2))
    assert found.verdict == "no difference shown"
    assert any("With 12 studies tested together" in sentence for sentence in found.may_say)
    assert verdict_of(replace(FEWER, studies_together=12, q_value=0.05)) == "fewer"
    assert verdict_of(replace(FEWER, studies_together=12, q_value=nan)) == "no difference shown"


def test_families_compared_with_themselves_are_not_comparable_whatever_the_figure():
    assert verdict_of(replace(FEWER, design_grade=1)) == "not comparable"


def test_thresholds_are_declared_and_may_be_set_before_outcomes_are_read():
    assert verdict_of(FEWER, Thresholds(e_value=2.0)) == "cannot tell"
    assert verdict_of(replace(FEWER, events_treated=4), Thresholds(events=3)) == "fewer"


def test_matched_change_since_before_may_be_called_a_likely_reason_and_not_a_certain_one():
    found = claim(CHANGE)
    assert any("likely reason" in sentence for sentence in found.may_say)
    assert any("certain" in sentence for sentence in found.may_not_say)
    assert not any("caused" in sentence for sentence in found.may_not_say)


def test_what_nothing_finite_could_explain_is_said_in_words():
    assert any("endlessly many times" in sentence for sentence in claim(replace(FEWER, e_value=inf)).may_say)


def test_small_numbers_of_families_are_not_told():
    told = " ".join(claim(replace(NONE_SHOWN, n_treated=7, events_treated=3)).may_say)
    assert "fewer than 10 families offered the service and 2,000 families compared" in told
    assert not re.search(r"\b[37] families", told)


def test_part_of_the_families_is_never_told_as_all_of_them():
    assert any(
        "the 95 per cent or more of families" in sentence
        for sentence in claim(replace(FEWER, overlap_kept=0.999)).may_say
    )
    assert any("Every family offered" in sentence for sentence in claim(replace(FEWER, overlap_kept=1.0)).may_say)


def test_every_sentence_is_said_of_some_study_and_left_out_of_another_unless_it_holds_of_all():
    of_all = {"motivation", "no-family", "no-rank"}
    said = {facts: set(claim(facts).may_say + claim(facts).may_not_say) for facts in EVERY_KIND}
    for sentence in SENTENCES:
        pattern = re.compile(
            "".join(".*" if part.startswith("{") else re.escape(part) for part in _parts(sentence.text))
        )
        times = sum(any(pattern.fullmatch(line) for line in lines) for lines in said.values())
        assert times > 0, sentence.code
        assert (times == len(said)) == (sentence.code in of_all), sentence.code


def _parts(text):
    return [part for part in re.split(r"(\{\w+\})", text) if part]


def test_every_verdict_is_reached():
    assert {verdict_of(facts) for facts in EVERY_KIND} == set(VERDICTS)


def test_codes_of_sentences_are_not_used_twice_and_sentences_are_plain():
    codes = [sentence.code for sentence in SENTENCES]
    assert len(set(codes)) == len(codes)
    for sentence in SENTENCES:
        assert sentence.text[0].isupper() or sentence.text.startswith("{"), sentence.code
        assert not re.search(r"confound|counterfactual|p value|ATT\b|—|;", sentence.text), sentence.code


shares = st.floats(-0.5, 0.5)
some_facts = st.builds(
    lambda figures, **others: replace(
        FEWER, estimate=sorted(figures)[1], lower=sorted(figures)[0], upper=sorted(figures)[2], **others
    ),
    st.tuples(shares, shares, shares),
    design_grade=st.integers(1, 5),
    gate_passed=st.booleans(),
    window_months=st.sampled_from([6, 12, 18, 24]),
    n_treated=st.integers(0, 3000),
    events_treated=st.integers(0, 100),
    events_compared=st.integers(0, 100),
    minimum_detectable=st.none() | st.floats(0.001, 0.4),
    e_value_limit=st.none() | st.floats(1, 4),
    placebo=st.sampled_from(["passed", "failed", "not run"]),
    overlap_kept=st.floats(0, 1),
    disagreement=st.none() | st.floats(0, 3),
    studies_together=st.integers(1, 20),
    q_value=st.none() | st.floats(0, 1),
    criteria_named=st.booleans(),
)


@thorough
@given(some_facts)
def test_whatever_the_facts_no_study_says_more_than_its_design_carries(facts):
    found = claim(facts)
    said = " ".join(found.may_say).lower()
    assert not re.search(
        r"\bcaused|\bprevent|\breduc|\bled to\b|\bworks\b|does not work|\bbest\b|\bworst\b|better|\brank", said
    )
    if facts.design_grade < 3:
        assert "likely reason" not in said
        assert any("caused" in sentence for sentence in found.may_not_say)
    assert any("single family" in sentence for sentence in found.may_not_say)
    assert any("another service" in sentence for sentence in found.may_not_say)
    assert "is not recorded" in said
    assert "{" not in said + " ".join(found.may_not_say)


@thorough
@given(some_facts)
def test_whatever_the_facts_fewer_or_more_needs_an_interval_that_leaves_out_none_and_a_passed_gate(facts):
    found = verdict_of(facts)
    if found in ("fewer", "more"):
        assert facts.gate_passed
        assert facts.placebo != "failed"
        assert facts.upper < 0 if found == "fewer" else facts.lower > 0


@thorough
@given(some_facts)
def test_whatever_the_facts_a_figure_is_told_only_with_a_difference_or_a_range(facts):
    found = claim(facts)
    told = any("95 per cent interval" in sentence or "fits the data" in sentence for sentence in found.may_say)
    assert told == (found.verdict in ("fewer", "more", "no difference shown"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"lower": None}, "both bounds"),
        ({"upper": -0.1}, "hold the estimate"),
        ({"estimate": nan}, "hold the estimate"),
        ({"design_grade": 6}, "design grade"),
        ({"overlap_kept": 94}, "overlap_kept"),
        ({"disagreement": nan}, "given as None"),
        ({"e_value_limit": nan}, "given as None"),
    ],
)
def test_facts_that_cannot_be_are_refused(change, why):
    with pytest.raises(ValueError, match=why):
        replace(FEWER, **change)


# Designs that are refused, because they show an effect where there is none.


def test_families_picked_at_crisis_have_fewer_crises_a_year_later_though_nothing_was_done():
    chance = np.random.default_rng(11)
    rate = chance.gamma(2, 1, 20_000)
    before, after = chance.poisson(rate), chance.poisson(rate)
    picked = before >= 4
    assert after[picked].mean() / before[picked].mean() < 0.75
    with pytest.raises(NotEstimable, match="shows a fall even where a service changes nothing"):
        refuse_before_after()


def test_families_who_finish_have_fewer_step_ups_though_nothing_was_done():
    chance = np.random.default_rng(12)
    step_up, gives_up = chance.exponential(400, 20_000), chance.exponential(300, 20_000)
    finished = np.minimum(step_up, gives_up) > 180
    within_two_years = step_up < 730
    assert within_two_years[finished].mean() / within_two_years[~finished].mean() < 0.95
    with pytest.raises(NotEstimable, match="Completers look better even where a service changes nothing"):
        refuse_completers()


@pytest.mark.parametrize("refusal", [BEFORE_AFTER, COMPLETERS])
def test_a_refused_design_ends_in_no_effect_shown_with_the_reason_and_what_is_needed(refusal):
    found = claim_of_refusal(refusal, "Family Steps")
    assert found.verdict == "not comparable"
    assert found.may_say[0].startswith("No effect of Family Steps is shown")
    assert refusal.reason in found.may_say
    assert found.may_say[2].startswith("What would be needed: ")
    assert "Any figure for the difference." in found.may_not_say
    assert REFUSED[refusal.design] is refusal
