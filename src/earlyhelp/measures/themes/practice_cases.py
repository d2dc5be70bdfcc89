"""Practice: what follows from an assessment, and how the work is looked after."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Entry, Flow, Measure, Statistic
from earlyhelp.measures.named_episode import OF_THE_EPISODE, named_episode
from earlyhelp.standard import eh_need, eh_plan_action, eh_review

needs_covered = Measure(
    id="E5",
    name="Needs covered by the plan",
    question="Does every need that we find have something done about it in the plan?",
    why="A need that is written down and not acted on is known to everybody and met by nobody.",
    unit="needs",
    numerator="Of these, needs that at least one action of a plan answers.",
    denominator="Needs identified.",
    of=eh_need,
    rows=f"""
        SELECT eh_need.*, eh_need.row_id AS unit_id, identified_date AS day, episode.team, episode.org_type,
        coalesce(planned.day <= as_at, FALSE) AS counted
        FROM eh_need CROSS JOIN setting
        {named_episode("eh_need", "LEFT JOIN")}
        LEFT JOIN (
            SELECT need_id, source_system, min(created_date) AS day FROM eh_plan_action GROUP BY need_id, source_system
        ) AS planned ON planned.need_id = eh_need.need_id AND planned.source_system = eh_need.source_system
        WHERE eh_need.source_system IN (SELECT source_system FROM eh_plan_action WHERE need_id IS NOT NULL)
    """,
    time=Entry("the need was identified"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_need.identified_date, eh_plan_action.need_id),
    also_by={name: codes for name, codes in OF_THE_EPISODE.items() if name != "need_code"},
    traps=(
        "A need of the last weeks may still come into a plan: the latest periods can only rise.",
        "An action that does not say which need it answers covers none.",
        "Needs of a source system whose actions never name a need are left out of both counts.",
        "A need without the day it was identified is left out.",
        "An action is a promise; whether it was done is another question.",
    ),
    source="Catalogue of measures: finds what was assessed and not acted on.",
)

audit_grade = Measure(
    id="E6",
    name="Audit grade good or better",
    question="When we look closely at a case, is the work good?",
    why="Counts tell that something was done; only a reader of the case can tell whether it was done well.",
    unit="audits",
    numerator="Of these, audits graded good or outstanding.",
    denominator="Audits held and graded.",
    of=eh_review,
    rows=f"""
        SELECT eh_review.*, episode.person_id, episode.team, episode.need_code, episode.org_type,
        eh_review.row_id AS unit_id, held_date AS day, grade IN ('good', 'outstanding') AS counted
        FROM eh_review
        {named_episode("eh_review", "LEFT JOIN")}
        WHERE type = 'audit' AND held_date IS NOT NULL
        AND grade IN ('outstanding', 'good', 'requires_improvement', 'inadequate')
    """,
    time=Flow("the audit was held"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_review.held_date, eh_review.grade),
    also_by={"theme": None, **OF_THE_EPISODE},
    traps=(
        "Few cases are audited: read the interval before the share, and do not rank teams by it.",
        "Cases are often chosen for audit because something went wrong; such a choice is no sample.",
        "Audits without a grade, or without the day they were held, are left out of both counts.",
        "A case audited twice counts twice.",
    ),
    source="Ofsted's four grades, as councils use them in case audits.",
)
