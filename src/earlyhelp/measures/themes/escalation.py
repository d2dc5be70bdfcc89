"""Escalation: who goes on to statutory services, who comes back, and whether help came before harm."""

from __future__ import annotations

from earlyhelp.measures.children_alone import ADULTS_LEFT_OUT, records_of_children
from earlyhelp.measures.closings import CLOSED, ENDS_BEFORE_IT_STARTS
from earlyhelp.measures.look_back import NOT_TOLD, told_from
from earlyhelp.measures.measure import Better, Flow, Matured, Measure, Statistic
from earlyhelp.standard import eh_episode, social_care_event

_RC9_SINCE = "DATE '2022-04-01'"
"""Closure reason RC9 and referral source 5D are in the CIN census from 2022-23 on."""

_CLOSED_TO_EARLY_HELP = """
        SELECT event.*, row_id AS unit_id, end_date AS day, coalesce(outcome_code = 'RC9', FALSE) OR EXISTS (
            SELECT 1 FROM eh_episode AS help
            WHERE help.person_id = event.person_id AND {stepped_down}
        ) AS counted
        FROM social_care_event AS event
        WHERE type = 'cin_episode' AND NOT coalesce(nfa, FALSE) AND end_date >= {since}
"""

step_up_at_closure = Measure(
    id="G1",
    name="Step-up at closure",
    question="How much of our help ends by handing over to social care?",
    why="Too many step-ups may mean that help came late, too few that risk is held too long: both ask for an audit.",
    unit="episodes",
    numerator="Of these, closed because the child was stepped up to social care.",
    denominator="Children's episodes that closed, where the reason is recorded.",
    of=eh_episode,
    rows=f"""
        SELECT eh_episode.*, row_id AS unit_id, end_date AS day, end_reason_code = 'stepped_up' AS counted
        FROM eh_episode WHERE {CLOSED} AND end_reason_code NOT IN ('not_recorded', 'unmapped')
    """,
    time=Flow("the episode closed"),
    statistic=Statistic.SHARE,
    better=Better.BAND,
    needs=(eh_episode.end_date, eh_episode.end_reason_code),
    gate={eh_episode.end_reason_code: 0.5},
    traps=(
        "Neither high nor low is good: read it beside an audit of the cases at both ends.",
        "A closure without a reason, or with one in words that are not mapped, is left out of both top and bottom.",
        "The worker's reason is counted, not whether social care took the child on: see G2 for that.",
        "Three siblings who are closed together are three episodes: use the definition families beside it.",
        "Where several episodes of a family closed on its last day, one that stepped up is enough; a missing reason of one "
        "does not hide what another says.",
        ENDS_BEFORE_IT_STARTS,
    ),
    definitions={
        "families": {
            "unit": "families",
            "numerator": "Of these, families of which an episode closed on their last day because of a step-up.",
            "denominator": "Families that closed, each once in a period, where a reason is recorded of what closed last.",
            "rows": """
                SELECT last.*, help.family_id AS unit_id, help.end_date AS day,
                end_reason_code = 'stepped_up' AS counted
                FROM family_help AS help JOIN eh_episode AS last ON last.row_id = help.last_record
                WHERE help.end_date IS NOT NULL AND end_reason_code NOT IN ('not_recorded', 'unmapped')
            """,
            "once": True,
            "about_person": False,
        }
    },
    source="Catalogue of measures, G1: shown as a band with an audit, since too low can mean risk held too long.",
)

_STEPS = """
            SELECT type, type IN (
                SELECT CASE type WHEN 'cin_plan' THEN 'cin_episode' ELSE type END FROM social_care_event
            ) AS told
            FROM (VALUES ('referral'), ('cin_episode'), ('cp_plan'), ('looked_after')) AS kinds(type)
"""
"""The four kinds of step-up. Where no record of a kind is held, of anybody, nobody can tell that a child had none."""

step_up_within_12_months = Measure(
    id="G2",
    name="Step-up within 12 months of closure",
    question="Do children we close go on to social care?",
    why="Early help is meant to keep children from needing more; some step-ups are also right and timely.",
    unit="children",
    numerator="Of these, children who came to that service on the closing day or in the 365 days after it.",
    denominator="Children whose early help closed, each once in a period.",
    of=eh_episode,
    rows=f"""
        WITH step AS ({_STEPS.rstrip()}
        )
        SELECT last.*, help.person_id AS unit_id, help.end_date AS day, step.type, CASE
            WHEN EXISTS (
                SELECT 1 FROM statutory_start AS later
                WHERE later.person_id = help.person_id AND later.type = step.type
                AND date_diff('day', help.end_date, later.start_date) BETWEEN 0 AND 365
            ) THEN TRUE
            WHEN told THEN FALSE
        END AS counted
        FROM {records_of_children("child_help")} AS help
        JOIN eh_episode AS last ON last.row_id = help.last_record CROSS JOIN step
        WHERE help.end_date IS NOT NULL
    """,
    days=f"SELECT end_date AS day FROM {records_of_children('child_help')} AS help",
    time=Matured(365, "early help closed"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    once=True,
    needs=(eh_episode.end_date, social_care_event.start_date),
    always_by={"type": social_care_event.type.code_list},
    kinds={social_care_event.type: _STEPS},
    traps=(
        "Four rates, never one sum: a child may be referred, in need, on a plan and looked after in one year.",
        "A referral counts when it was taken up; one that ended in no further action does not.",
        "A child whose statutory help began before the closing day is not counted: that is a step-up during help. It stays in "
        "the denominator, which is of all children whose help closed.",
        "Only closures at least 365 days old; later ones are left out, never counted as successes.",
        "Children who moved away, or whose year the social care records do not cover, are seen as not stepped up.",
        "A kind of service of which no record is held, of anybody, has no data and not zero: a source may not hold it.",
        ADULTS_LEFT_OUT,
    ),
    source="CIN census guide 2023-24; Data to Insight early help benchmarking, item 6.",
)

_BACK = """
        SELECT last.*, help.family_id AS unit_id, help.end_date AS day, EXISTS (
            SELECT 1 FROM family_help AS later WHERE later.family_id = help.family_id
            AND date_diff('day', help.end_date, later.start_date) BETWEEN 1 AND {days}
        ) AS counted
        FROM family_help AS help JOIN eh_episode AS last ON last.row_id = help.last_record
        WHERE help.end_date IS NOT NULL
"""

re_referral_within_12_months = Measure(
    id="G3",
    name="Early help again within 12 months of closure",
    question="Do families come back soon after we close?",
    why="A return soon after closure can mean that we closed too early; it can also mean that they trust us.",
    unit="families",
    numerator="Of these, families whose early help began again 1 to 365 days after they closed.",
    denominator="Families that closed, each once in a period.",
    of=eh_episode,
    rows=_BACK.format(days=365),
    days="SELECT end_date AS day FROM family_help",
    time=Matured(365, "the family closed"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    once=True,
    about_person=False,
    needs=(eh_episode.end_date,),
    traps=(
        "A family is closed when the last open episode of any of its children ends.",
        "An episode that starts on the closing day carries the family's help on: it never closed.",
        "Only closures at least 365 days old; later ones are left out, never counted as successes.",
        "The definition calendar takes in later closures too, as many councils do: the latest months look better than they are.",
    ),
    definitions={
        "six_months": {
            "numerator": "Of these, families whose early help began again 1 to 183 days after they closed.",
            "rows": _BACK.format(days=183),
            "time": Matured(183, "the family closed"),
        },
        "calendar": {
            "numerator": "Of these, families whose early help began again, as far as is seen yet, in the 365 days after.",
            "time": Flow("the family closed"),
        },
    },
    source="Data to Insight early help benchmarking, item 3: new episodes within 12 months of a previous one.",
)

step_down_share = Measure(
    id="G4",
    name="Step-down share",
    question="How many social care cases close to early help?",
    why="Families leaving social care need a hand that stays; a step-down without one tends to come back.",
    unit="cases",
    numerator="Of these, closed RC9, or followed within 28 days by early help that is recorded as a step-down.",
    denominator="Cases of children in need that closed, from April 2022 on.",
    of=social_care_event,
    rows=_CLOSED_TO_EARLY_HELP.format(
        stepped_down="help.step_down AND abs(date_diff('day', event.end_date, help.start_date)) <= 28", since=_RC9_SINCE
    ),
    time=Flow("the case closed"),
    statistic=Statistic.SHARE,
    better=Better.CONTEXT,
    needs=(social_care_event.end_date, social_care_event.outcome_code),
    traps=(
        "RC9 exists since April 2022: earlier closures are left out, because their step-downs cannot be told.",
        "RC9 is given after an assessment alone. A plan that is stepped down closes RC7, and is seen only where the "
        "early help episode says so, or under the definition early_help_followed.",
        "A referral that led to no further action was no case.",
        "Early help that is still to start is not seen: the last 28 days fill up later.",
    ),
    definitions={
        "early_help_followed": {
            "numerator": "Of these, closed RC9, or followed within 28 days by an early help episode, whatever it says.",
            "rows": _CLOSED_TO_EARLY_HELP.format(
                stepped_down="date_diff('day', event.end_date, help.start_date) BETWEEN 0 AND 28", since=_RC9_SINCE
            ),
            "needs": (social_care_event.end_date, eh_episode.start_date),
        },
        "referrals_from_early_help": {
            "unit": "referrals",
            "numerator": "Of these, referred by early help (source 5D).",
            "denominator": "Referrals to social care, from April 2022 on.",
            "rows": f"""
                SELECT event.*, row_id AS unit_id, start_date AS day, coalesce(source_code = '5D', FALSE) AS counted
                FROM social_care_event AS event WHERE type = 'referral' AND start_date >= {_RC9_SINCE}
            """,
            "time": Flow("the referral came"),
            "needs": (social_care_event.start_date, social_care_event.source_code),
        },
    },
    source="CIN census 2022-23: closure reason RC9, referral source 5D.",
)

help_before_harm = Measure(
    id="G9",
    name="Help before harm",
    question="Had children who come to need statutory help had early help before?",
    why="Where most had none, early help is not reaching the families it is meant for.",
    unit="starts",
    numerator="Of these, starts of children whose early help began before that day and was open in the 365 days to it.",
    denominator="Starts of a period in need, of a child protection plan, or of being looked after, of which the 365 days "
    "before are covered by the early help records.",
    of=social_care_event,
    rows=f"""
        SELECT event.* EXCLUDE (type), begun.record AS unit_id, begun.start_date AS day, begun.type, EXISTS (
            SELECT 1 FROM child_help AS help
            WHERE help.person_id = begun.person_id AND help.start_date < begun.start_date
            AND (help.end_date IS NULL OR date_diff('day', help.end_date, begun.start_date) <= 365)
        ) AS counted
        FROM statutory_start AS begun JOIN social_care_event AS event ON event.row_id = begun.record
        CROSS JOIN ({told_from(eh_episode.end_date)}) AS seen
        WHERE begun.start_date >= told_from AND begun.type IN ('cin_episode', 'cp_plan', 'looked_after')
    """,
    time=Flow("statutory help began"),
    statistic=Statistic.SHARE,
    better=Better.CONTEXT,
    needs=(eh_episode.start_date, social_care_event.start_date),
    always_by={"type": social_care_event.type.code_list},
    traps=(
        "Help that started on the same day as the statutory start is not help before it.",
        NOT_TOLD.format(records="early help records"),
        "Early help records begin with the first closing: an extract of what was open in a year holds starts of long before "
        "it, and no help that had ended before it.",
    ),
    source="Data to Insight patch, early help demonstration; the form here uses all episodes, not the first alone.",
)
