"""The answer on poverty: its sentences claim what the released figures carry, and nothing about causes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from earlyhelp.evaluate.methods.effect import NotEstimable, effect
from earlyhelp.evaluate.poverty import RULE, RuleForGroup
from earlyhelp.evaluate.poverty.study import Shares
from earlyhelp.release import ReleasedPoverty, Status, no_poverty_study, policy, publish_poverty
from earlyhelp.reports.answers.poverty import poverty_reply
from unit.release.test_released_poverty import followed, study

RULES = (RuleForGroup("all", "all families", 1000, 70, 300, 27, 60, 12),)
MORE = followed("rent_arrears", "request", 300, 90, change=0.10)


def released(name: str = "dfe", q: float = 0.01) -> ReleasedPoverty:
    """A study in which rent arrears were followed by more requests, and before homelessness were moving."""
    moving = followed("homelessness", "request", 300, 90, trend=0.06)
    return publish_poverty(study((MORE, moving), (q, 1.0), rule=RULES), policy(name))


def test_what_followed_is_told_beside_what_was_expected_with_its_interval():
    told = poverty_reply(released(), worklist_on=False).answer
    assert told[0] == (
        "Rent arrears: within 12 months of 300 shocks, 30 of 100 families had a request for help, against 20 expected from "
        "families like them: more than in families without one (difference +10.0 in 100, 95% interval +6.1 to +13.9)."
    )
    assert told[1] == "These stand out beyond chance in 1 comparison; what is not named shows no difference."


def test_a_kind_of_shock_before_which_families_were_moving_apart_is_named_as_such():
    told = " ".join(poverty_reply(released(), worklist_on=False).answer)
    assert (
        "In the year before homelessness or the threat of it, requests about these families were already moving apart"
        in told
    )


def test_families_who_had_not_been_alike_are_told_of_with_what_was_before():
    unlike = replace(MORE, before=Shares(0.3, 0.2), level=effect("event_study", 0.1, 0.02))
    told = " ".join(poverty_reply(publish_poverty(study((unlike,), (0.01,)), policy("dfe")), worklist_on=False).answer)
    assert "by requests in the year before rent arrears (30 of 100, against 20)" in told


def test_where_chance_explains_everything_it_says_so_and_what_could_have_been_found():
    told = poverty_reply(released(q=0.3), worklist_on=False).answer
    assert told[0] == (
        "No kind of shock was followed by more or fewer recorded events than chance explains (1 comparison). A change in "
        "requests of 5.6 in 100 families could have been found."
    )
    assert not any("more than in families" in each for each in told)


def test_the_share_of_demand_and_the_rule_of_the_worklist_are_told():
    told = " ".join(poverty_reply(released(), worklist_on=False).answer)
    assert "Of 400 acceptances of families for early help in 36 months, 15%" in told
    assert "is 2.5% of all acceptances (95% interval -1.4% to 6.4%)" in told
    assert RULE[1:] in told
    assert "it lists 40 families." in told
    assert "Of 300 times that it would have listed a family a year and more ago, 9% were followed" in told
    assert "(of all families with nothing open, 7%)" in told
    assert "Of 60 families that came in the last 12 months, 20% had been listed" in told


@pytest.mark.parametrize(("on", "says"), [(False, "[worklists] poverty = true"), (True, "--rows and --reason")])
def test_it_says_whether_the_worklist_is_switched_on(on: bool, says: str):
    assert says in poverty_reply(released(), worklist_on=on).answer[-1]


@pytest.mark.parametrize("q", [0.01, 0.9])
def test_no_sentence_claims_a_cause_or_gives_a_score(q: float):
    found = poverty_reply(released(q=q), worklist_on=True)
    words = " ".join(found.answer).lower()
    assert not [
        each for each in ("cause", "because", "due to", "led to", "effect of", "score", "high risk") if each in words
    ]
    assert [each for each in (*found.answer, *found.caveats) if not each.endswith(".")] == []
    assert any("Nothing here says that a shock caused" in each for each in found.caveats)


def test_everything_hidden_still_gives_sentences_and_no_figure():
    hiding = replace(policy("dfe"), highest=10_000_000)
    found = poverty_reply(publish_poverty(study((MORE,), (0.01,), rule=RULES), hiding), worklist_on=False)
    assert any("Too few accepted requests" in each for each in found.answer)
    assert "of 100 families had" not in " ".join(found.answer)


def test_a_study_that_cannot_be_made_says_what_is_missing_and_nothing_else():
    found = poverty_reply(no_poverty_study(NotEstimable("There is nothing.", "Load something.")), worklist_on=False)
    assert found.answer == ("There is nothing. Load something.",)
    assert found.table == ()


def test_an_empty_study_is_no_answer_about_families():
    found = poverty_reply(ReleasedPoverty(Status.OK), worklist_on=False)
    assert found.table == ()
    assert "could have been found" not in " ".join(found.answer)
