"""The claims guard: every rule against its own examples, against texts made to slip through, and against honest texts."""

from __future__ import annotations

import pytest

from earlyhelp.economics.claims_guard import RULES, faults, guarded, sentences
from earlyhelp.economics.elasticities import cross_checks
from earlyhelp.errors import GateClosed
from earlyhelp.evaluate.claims import MATCHED_ONLY, SENTENCES

FAILS = [(rule.code, text) for rule in RULES for text in rule.fails]
PASSES = [(rule.code, text) for rule in RULES for text in rule.passes]


@pytest.mark.parametrize(("code", "text"), FAILS)
def test_a_text_that_must_fail_is_stopped_by_its_rule(code, text):
    assert code in [fault.rule for fault in faults(text)]


@pytest.mark.parametrize(("code", "text"), PASSES)
def test_a_text_that_must_pass_is_stopped_by_no_rule(code, text):
    assert faults(text) == []
    assert guarded(text) == text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_why_and_shows_what_fails_and_what_passes(rule):
    assert rule.why.endswith(".")
    assert len(rule.fails) >= 3
    assert len(rule.passes) >= 1


SLIPPING = {
    "saved-a-sum": (
        "Since 2019 the hubs have, quite remarkably, saved the borough no less than £1.2m.",
        "SAVINGS: £1,200,000",
        "Savings | £1.2 million |",
        "We s\u200baved £1.2 million.",
        "\uff33aved £\uff13 million.",
        "Half a million has been recouped.",
        "In all, £84k saved; more to come.",
    ),
    "caused-below-grade-3": (
        "It is not disputed. The service prevented twelve entries to care.",
        "Families stepped up less because of the key worker.",
        "Falling referrals are due to our hubs.",
        "The cut **caused** the rise.",
    ),
    "ratio-without-interval": (
        "SROI 4.1",
        "Our return on investment is 151%.",
        "for every pound invested, 2.28 pounds return",
        "BCR 2.28 (range 1.1 to 3.9)",
    ),
    "sum-across-bearers": (
        "Together these are benefits of 3 million to society.",
        "Partners see a combined saving.",
        "Fiscal + social: £4.1m",
    ),
    "average-as-cashable": ("Average placement costs of 5,000 pounds can be taken out of the budget.",),
    "gross-savings": ("A gross saving of 12,000 pounds a family was told.",),
    "certainty": ("Beyond doubt, it pays.", "Savings are guaranteed."),
    "nothing-shown-is-not-no-effect": ("The groups have no effect, the study found.",),
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in SLIPPING.items() for text in texts])
def test_a_claim_dressed_up_is_still_stopped(code, text):
    assert code in [fault.rule for fault in faults(text)]


HONEST = (
    "Intensive Family Support loses 20% of its money, £41,800 a year, from April 2026.",
    "What comes back on the council: £6,000, with a 90 per cent range from -£9,200 to £20,300.",
    "The chance that less is spent in the end is 62 in 100 for the council, and 41 in 100 for all public bodies.",
    "Being offered it is associated with 4.0 fewer first step-ups in 100 families (1.2 to 6.9) than among like families.",
    "Unit costs are averages: not all of it is money that could be kept.",
    "The deflator of 2020-21 is distorted by how public services were measured.",
)


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_sentence_passes(text):
    assert faults(text) == []


@pytest.mark.parametrize("sentence", [each for each in SENTENCES if each.allowed], ids=lambda each: each.code)
def test_whatever_a_study_may_say_passes_at_the_grade_of_a_matched_comparison(sentence):
    assert faults(sentence.text, MATCHED_ONLY) == []


def test_what_stops_a_text_names_rule_sentence_and_reason():
    with pytest.raises(GateClosed) as stopped:
        guarded("The ledger is whole. The hubs saved £2 million last year.")
    assert stopped.value.where == "claims guard, rule saved-a-sum"
    assert "The hubs saved £2 million last year." in stopped.value.error
    assert "The ledger is whole" not in stopped.value.error


def test_the_words_of_a_name_claim_nothing():
    text = "Family Works loses 20% of its money, £41,800 a year."
    assert [each.rule for each in faults(text)] == ["caused-below-grade-3"]
    assert guarded(text, names=["Family", "Family Works"]) == text
    assert faults("Family Works prevented harm.", names=["Family Works"])


def test_from_grade_3_on_a_cause_may_be_told_but_a_sum_saved_never():
    assert faults("The cut led to more referrals.", design_grade=3) == []
    assert faults("It saved £2 million.", design_grade=5)[0].rule == "saved-a-sum"


def test_a_refusal_in_one_sentence_does_not_excuse_the_next():
    assert [each.sentence for each in faults("It is no proof. It prevented harm.")] == ["It prevented harm."]


def test_sentences_are_read_without_marks_hidden_signs_or_line_breaks():
    assert sentences("It **saved**\n£1\u200b.2 million. Then\u00a0more.") == ["It saved £1.2 million.", "Then more."]


def test_what_studies_elsewhere_found_is_told_with_its_nulls_and_passes():
    told = cross_checks(0.1, 200)
    # 0.07 and 0.157 per cent for each of 10 per cent less, of 200 children
    assert (told[0].lower, told[0].upper) == pytest.approx((1.4, 3.14))
    assert sum(each.lower is None for each in told) == 4, "three found nothing, one has nothing recorded to go by"
    for each in told:
        assert guarded(each.sentence)


def test_ten_pounds_less_a_child_went_with_0_7_to_2_9_more_of_100_000_young_people_entering_care():
    told = {each.study.name: each for each in cross_checks(0.1, None, pounds_a_child=20, young=50_000)}
    found = told["bennett-16-17"]
    assert (found.lower, found.upper) == pytest.approx((2 * 0.7 / 2, 2 * 2.9 / 2))
    assert "not recorded here" in told["webb-before-2015"].sentence


def test_more_than_all_of_the_spending_cannot_be_cut():
    with pytest.raises(ValueError, match="between 0 and 1"):
        cross_checks(1.1, 200)
