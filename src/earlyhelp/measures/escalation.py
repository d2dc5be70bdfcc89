"""Escalation: who goes on to statutory services, who comes back, and whether help came before harm."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Flow, Matured, Measure, Statistic
from earlyhelp.standard import eh_episode, social_care_event

_RC9_SINCE = "DATE '2022-04-01'"
"""Closure reason RC9 and referral source 5D are in the CIN census from 2022-23 on."""

step_up_within_12_months = Measure(
    id="G2",
    name="Step-up within 12 months of closure",
    question="Do children we close go on to social care?",
    why="Early help is meant to keep children from needing more; some step-ups are also right and timely.",
    unit="children",
    of=eh_episode,
    rows="""
        SELECT last.*, help.person_id AS unit_id, help.end_date AS day, step.type, EXISTS (
            SELECT 1 FROM statutory_start AS later
            WHERE later.person_id = help.person_id AND later.type = step.type
            AND later.start_date > help.end_date AND date_diff('day', help.end_date, later.start_date) <= 365
        ) AS counted
        FROM child_help AS help JOIN eh_episode AS last ON last.episode_id = help.last_record,
        (VALUES ('referral'), ('cin_episode'), ('cp_plan'), ('looked_after')) AS step(type)
        WHERE help.end_date IS NOT NULL
    """,
    time=Matured(365),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    needs=(eh_episode.end_date, social_care_event.start_date),
    always_by={"type": social_care_event.type.code_list},
    traps=(
        "Four rates, never one sum: a child may be referred, in need, on a plan and looked after in one year.",
        "A referral counts when it was taken up; one that ended in no further action does not.",
        "Only closures at least 365 days old; later ones are left out, never counted as successes.",
        "Children who moved away are seen as not stepped up.",
    ),
    source="CIN census guide 2023-24; Data to Insight early help benchmarking, item 6.",
)

re_referral_within_12_months = Measure(
    id="G3",
    name="Early help again within 12 months of closure",
    question="Do families come back soon after we close?",
    why="A return soon after closure can mean that we closed too early; it can also mean that they trust us.",
    unit="families",
    of=eh_episode,
    rows="""
        SELECT last.*, help.family_id AS unit_id, help.end_date AS day, EXISTS (
            SELECT 1 FROM family_help AS later
            WHERE later.family_id = help.family_id AND later.start_date > help.end_date
            AND date_diff('day', help.end_date, later.start_date) <= 365
        ) AS counted
        FROM family_help AS help JOIN eh_episode AS last ON last.episode_id = help.last_record
        WHERE help.end_date IS NOT NULL
    """,
    time=Matured(365),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    about_person=False,
    needs=(eh_episode.end_date,),
    traps=(
        "A family is closed when the last open episode of any of its children ends.",
        "Only closures at least 365 days old; later ones are left out, never counted as successes.",
    ),
    source="Data to Insight early help benchmarking, item 3: new episodes within 12 months of a previous one.",
)

step_down_share = Measure(
    id="G4",
    name="Step-down share",
    question="How many social care cases close to early help?",
    why="Families leaving social care need a hand that stays; a step-down without one tends to come back.",
    unit="cases",
    of=social_care_event,
    rows=f"""
        SELECT event.*, row_id AS unit_id, end_date AS day, coalesce(outcome_code = 'RC9', FALSE) OR EXISTS (
            SELECT 1 FROM eh_episode AS help
            WHERE help.person_id = event.person_id AND help.step_down
            AND abs(date_diff('day', event.end_date, help.start_date)) <= 28
        ) AS counted
        FROM social_care_event AS event
        WHERE type = 'cin_episode' AND end_date >= {_RC9_SINCE}
    """,
    time=Flow(),
    statistic=Statistic.SHARE,
    better=Better.CONTEXT,
    needs=(social_care_event.end_date, social_care_event.outcome_code),
    traps=(
        "RC9 exists since April 2022: earlier closures are left out, because their step-downs cannot be told.",
        "A plan stepped down counts where the early help episode says so and starts within 28 days of the closure.",
    ),
    definitions={
        "referrals_from_early_help": {
            "unit": "referrals",
            "rows": f"""
                SELECT event.*, row_id AS unit_id, start_date AS day, source_code = '5D' AS counted
                FROM social_care_event AS event WHERE type = 'referral' AND start_date >= {_RC9_SINCE}
            """,
            "needs": (social_care_event.start_date, social_care_event.source_code),
        }
    },
    source="CIN census 2022-23: closure reason RC9, referral source 5D.",
)

help_before_harm = Measure(
    id="G9",
    name="Help before harm",
    question="Had children who come to need statutory help had early help before?",
    why="Where most had none, early help is not reaching the families it is meant for.",
    unit="starts",
    of=social_care_event,
    rows="""
        SELECT event.* EXCLUDE (type), begun.record AS unit_id, begun.start_date AS day, begun.type, EXISTS (
            SELECT 1 FROM child_help AS help
            WHERE help.person_id = begun.person_id AND help.start_date < begun.start_date
            AND (help.end_date IS NULL OR date_diff('day', help.end_date, begun.start_date) <= 365)
        ) AS counted
        FROM statutory_start AS begun JOIN social_care_event AS event ON event.event_id = begun.record
        AND event.person_id = begun.person_id
        WHERE begun.type IN ('cin_episode', 'cp_plan', 'looked_after')
    """,
    time=Flow(),
    statistic=Statistic.SHARE,
    better=Better.CONTEXT,
    needs=(eh_episode.start_date, social_care_event.start_date),
    always_by={"type": social_care_event.type.code_list},
    traps=("Help that started on the same day as the statutory start is not help before it.",),
    source="Data to Insight patch, early help demonstration; the form here uses all episodes, not the first alone.",
)
