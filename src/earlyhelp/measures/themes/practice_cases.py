"""Practice: what follows from an assessment, and how the work is looked after."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Flow, Matured, Measure, Open, Statistic
from earlyhelp.measures.named_episode import OF_THE_EPISODE, named_episode
from earlyhelp.measures.open_families import open_families
from earlyhelp.standard import eh_episode, eh_need, eh_plan_action, eh_review, eh_score

_SUPERVISED = open_families(
    f"""
            SELECT DISTINCT episode.family_id, episode.source_system, held_date AS from_day,
            CAST(held_date + (supervision_days + 1) * INTERVAL 1 DAY AS DATE) AS to_day
            FROM eh_review CROSS JOIN setting
        {named_episode("eh_review")}
            WHERE type = 'supervision' AND held_date IS NOT NULL
""",
    "n > 0",
)

_DAYS_TO_PLAN = 90
"""Assessment, plan and a first review come one after the other: a need that no action answers after three months has been
through all of them, while one of the last weeks has had no time to be answered."""

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
    time=Matured(_DAYS_TO_PLAN, "the need was identified"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_need.identified_date, eh_plan_action.need_id),
    also_by={name: codes for name, codes in OF_THE_EPISODE.items() if name != "need_code"},
    traps=(
        f"Only needs identified at least {_DAYS_TO_PLAN} days ago: later ones may still come into a plan, and are left out.",
        "An action counts however late it came: the share of an older period may still rise a little.",
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

supervision_on_time = Measure(
    id="E7",
    name="Supervision on time",
    question="Is every family that we help talked over in supervision in time?",
    why="A worker alone with a family gets used to what a second pair of eyes would see.",
    unit="families",
    numerator="Of these, families talked over in supervision within the council's days, that day included.",
    denominator="Families with an episode open, each once.",
    of=eh_episode,
    rows=_SUPERVISED,
    time=Open(),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    about_person=False,
    needs=(eh_episode.start_date, eh_review.held_date),
    traps=(
        "A family that is new has had no time for supervision: the definition due leaves it out until it has.",
        "Supervision about one child of a family is about the family.",
        "Supervision that is not written to the case is not seen.",
        "Episodes of a source system that records no supervision are left out of both counts.",
    ),
    definitions={
        "due": {
            "denominator": "Families with an episode open for at least the council's days, each once.",
            "rows": f"""
        SELECT help.* EXCLUDE (from_day),
        greatest(from_day, CAST(family.start_date + supervision_days * INTERVAL 1 DAY AS DATE)) AS from_day
        FROM ({_SUPERVISED}) AS help CROSS JOIN setting
        JOIN family_help AS family ON family.family_id = help.family_id
        AND help.start_date BETWEEN family.start_date AND coalesce(family.end_date, help.start_date)
    """,
        }
    },
    source="Working Together to Safeguard Children 2023: organisations are to give staff supervision and support.",
)

paired_scores = Measure(
    id="E8",
    name="Outcome tool paired completion",
    question="Do we measure at the start and again at the end?",
    why="One score tells where a family was; only two on the same scale tell how far it has come.",
    unit="families",
    numerator="Of these, families scored on two days on one scale, within the help that closed.",
    denominator="Families that closed, each once in a period.",
    of=eh_episode,
    rows="""
        SELECT last.*, help.family_id AS unit_id, help.end_date AS day, scored.tool,
        coalesce(scored.paired, FALSE) AS counted
        FROM family_help AS help JOIN eh_episode AS last ON last.row_id = help.last_record
        LEFT JOIN (
            SELECT family_id, start_date, tool, max(days_apart) > 0 AS paired FROM (
                SELECT help.family_id, help.start_date, upper(tool) AS tool,
                date_diff('day', min(score_date), max(score_date)) AS days_apart
                FROM eh_score AS score JOIN family_help AS help ON help.family_id = score.family_id
                AND score.score_date BETWEEN help.start_date AND help.end_date
                GROUP BY help.family_id, help.start_date, upper(tool), domain, score.person_id
            ) AS scale GROUP BY family_id, start_date, tool
        ) AS scored ON scored.family_id = help.family_id AND scored.start_date = help.start_date
        WHERE help.end_date IS NOT NULL
    """,
    time=Flow("the family closed"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    about_person=False,
    needs=(eh_episode.end_date, eh_score.score, eh_score.score_date),
    also_by={"tool": None},
    traps=(
        "A pair is two scores of the same person, or of the family, on one domain of one tool, from the day help began "
        "to the day it closed.",
        "A family that was never scored counts as having no pair; by tool, it stands under not recorded.",
        "By tool, a family counts under each tool that was used with it.",
        "Where few have pairs, read how far families have come, F2, with care: those who stay to the end are the ones "
        "who are scored.",
    ),
    source="Hertfordshire: at least two outcome stars by closure.",
)
