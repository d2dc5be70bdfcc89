"""Caseload: why help ends, and who leaves before it has begun."""

from __future__ import annotations

from earlyhelp.measures.closings import CLOSED, ENDS_BEFORE_IT_STARTS
from earlyhelp.measures.measure import Better, Entry, Flow, Measure, Statistic
from earlyhelp.standard import eh_episode

_TOLD = "end_reason_code NOT IN ('not_recorded', 'unmapped')"
"""A reason that is missing, or in words that no code has, is NULL or one of these: neither is in the list of reasons."""

closure_reason_mix = Measure(
    id="C7",
    name="Closure reason mix",
    question="Why does early help end?",
    why="Goals met, stepped up, moved and disengaged are very different endings; one count of closures hides them.",
    unit="episodes",
    numerator="Episodes that ended for each reason.",
    denominator="Episodes that ended.",
    of=eh_episode,
    rows=f"SELECT eh_episode.*, row_id AS unit_id, end_date AS day FROM eh_episode WHERE {CLOSED}",
    time=Flow("the episode ended"),
    statistic=Statistic.MIX,
    better=Better.CONTEXT,
    needs=(eh_episode.end_date, eh_episode.end_reason_code),
    always_by={"end_reason_code": eh_episode.end_reason_code.code_list},
    traps=(
        "Counts children's episodes: three siblings who close together are three.",
        "Episodes that ended without a recorded reason are part of the mix, as not recorded.",
        "A reason in words that are not mapped to a code is part of the mix, as unmapped.",
        "An offer that was declined before help began ends an episode too.",
        ENDS_BEFORE_IT_STARTS,
    ),
    source="Standard Safeguarding Dataset: the end reason is free text there, and is mapped to codes here.",
)

disengagement = Measure(
    id="C8",
    name="Disengagement",
    question="How often does help end because the family no longer takes part?",
    why="Families that drop out keep the need; who they are shows where the offer does not fit.",
    unit="episodes",
    numerator="Of these, ended because the family disengaged or withdrew its consent.",
    denominator="Episodes that ended for a recorded reason.",
    of=eh_episode,
    rows=f"""
        SELECT eh_episode.*, row_id AS unit_id, end_date AS day,
        end_reason_code IN ('disengaged', 'consent_withdrawn') AS counted
        FROM eh_episode WHERE {CLOSED} AND {_TOLD}
    """,
    time=Flow("the episode ended"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    needs=(eh_episode.end_date, eh_episode.end_reason_code),
    traps=(
        "Episodes that ended without a recorded reason, or for one that is not mapped, are left out of both counts.",
        "An offer declined before help began is no disengagement: C9 counts it. It is in the denominator.",
        "A family that stopped coming may be recorded as moved, or as goals partly met.",
        ENDS_BEFORE_IT_STARTS,
    ),
    source="Ofsted, Wandsworth 2023: families not engaging after a step-down.",
)

offer_declined = Measure(
    id="C9",
    name="Offer declined",
    question="How many families that we accept decline before they are assessed?",
    why="Early help is given with consent: an offer that many decline is not the help they hoped for, or comes too late.",
    unit="families",
    numerator="Of these, closed as declined, with no assessment completed since the offer.",
    denominator="Families that were accepted, each once in a period.",
    of=eh_episode,
    rows=f"""
        SELECT first.*, help.family_id AS unit_id, help.start_date AS day,
        help.is_over AND last.end_reason_code = 'declined' AND NOT EXISTS (
            SELECT 1 FROM eh_assessment AS made WHERE made.family_id = help.family_id
            AND made.completion_date BETWEEN help.start_date AND help.end_date
        ) AS counted
        FROM (
            SELECT family_help.*, coalesce(end_date <= as_at, FALSE) AS is_over FROM family_help CROSS JOIN setting
        ) AS help
        JOIN eh_episode AS first ON first.row_id = help.first_record
        JOIN eh_episode AS last ON last.row_id = help.last_record
        WHERE NOT help.is_over OR last.{_TOLD}
    """,
    time=Entry("the family was accepted"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    once=True,
    about_person=False,
    needs=(eh_episode.start_date, eh_episode.end_reason_code),
    traps=(
        "Families that have closed without a recorded reason, or for one that is not mapped, are left out of both counts.",
        "A family that is still open counts as not declined: the latest periods can only rise.",
        "A family of which one child goes on with help has not declined, nor has one of which another child closed on its "
        "last day for another recorded reason.",
        "Where assessments are kept elsewhere, a family that declined after one is seen as declining before it.",
        "Split by what was recorded when the family was accepted.",
    ),
    source="Catalogue of measures: consent is the gate of early help, and refusals are rarely counted.",
)
