"""Partnership: who does early help besides the council."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Flow, Measure, Open, Statistic
from earlyhelp.measures.named_episode import OF_THE_EPISODE, named_episode
from earlyhelp.measures.recency import since_last
from earlyhelp.standard import (
    CodeList,
    CodeValue,
    contact,
    eh_assessment,
    eh_episode,
    eh_review,
    school,
    social_care_event,
)

_LED = """
    SELECT eh_episode.*, row_id AS unit_id, {since} AS from_day, end_date AS to_day,
    org_type NOT IN ('council_early_help', 'council_social_care', 'council_other') AS counted
    FROM eh_episode WHERE {since} IS NOT NULL AND org_type NOT IN ('not_recorded', 'unmapped')
"""

_MOST_AGENCIES = 100
"""More agencies than that at one family's meeting are a slip of the pen."""

FREE_MEALS = CodeList(
    "free_meals",
    "Pupils with free school meals",
    (
        CodeValue("to_10", "Up to 10 %"),
        CodeValue("to_25", "More than 10 and up to 25 %"),
        CodeValue("to_40", "More than 25 and up to 40 %"),
        CodeValue("over_40", "More than 40 %"),
    ),
    source="Early Help standard, version 1.",
)

_SCHOOL_EVENTS = """
    SELECT school_urn, contact_date AS day FROM contact WHERE school_urn IS NOT NULL
    UNION ALL
    SELECT school_urn, start_date AS day FROM eh_assessment WHERE school_urn IS NOT NULL
"""
_SILENT = f"""
    WITH event AS ({_SCHOOL_EVENTS}),
    register AS (
        SELECT school.*, roll * fsm_share AS pupils FROM school
        WHERE row_id IN (SELECT min(row_id) FROM school GROUP BY school_urn)
    ),
    told AS (SELECT CAST(min(day) + INTERVAL 365 DAY AS DATE) AS told_from, min(day) AS first_day FROM event),
    known AS (
        SELECT count(*) AS events FROM event CROSS JOIN setting
        WHERE day <= as_at AND school_urn IN (SELECT school_urn FROM register WHERE pupils IS NOT NULL)
    )
    SELECT register.*, register.school_urn AS unit_id, NOT recent AS counted, to_day,
    greatest(from_day, told_from) AS from_day,
    CASE WHEN fsm_share <= 0.1 THEN 'to_10' WHEN fsm_share <= 0.25 THEN 'to_25' WHEN fsm_share <= 0.4 THEN 'to_40'
    WHEN fsm_share IS NOT NULL THEN 'over_40' END AS free_meals
    FROM register CROSS JOIN told CROSS JOIN known CROSS JOIN setting
    CROSS JOIN (SELECT sum(pupils) AS pupils FROM register) AS all_schools
    JOIN ({since_last("school_urn", "SELECT school_urn FROM register", "SELECT school_urn, day FROM event", "365")}) AS seen
    ON seen.school_urn = register.school_urn
    WHERE (to_day IS NULL OR to_day > told_from) AND {{which}}
"""

_MEETINGS = f"""
    SELECT episode.family_id, episode.source_system, held_date AS day FROM eh_review
    {named_episode("eh_review")}
    WHERE type = 'team_around_family' AND held_date IS NOT NULL
"""


def _met_within(days: str) -> str:
    """SQL of the stretches of days of every open plan, each with whether its family's team had met lately."""
    plans = "SELECT family_id FROM eh_episode WHERE plan_start_date IS NOT NULL"
    met_lately = since_last("family_id", plans, "SELECT family_id, day FROM met", days)
    return f"""
        WITH met AS ({_MEETINGS})
        SELECT plan.*, row_id AS unit_id, recent AS counted, greatest(plan_start_date, from_day) AS from_day,
        least(end_date, to_day) AS to_day
        FROM eh_episode AS plan JOIN ({met_lately}) AS lately ON lately.family_id = plan.family_id
        AND (end_date IS NULL OR from_day < end_date) AND (to_day IS NULL OR to_day > plan_start_date)
        WHERE source_system IN (SELECT source_system FROM met)
        AND plan_start_date IS NOT NULL AND (end_date IS NULL OR end_date > plan_start_date)
    """


_STEPPED_DOWN = """
    SELECT event.*, row_id AS unit_id, end_date AS day, coalesce(help.ready = 1, FALSE) AS counted
    FROM social_care_event AS event LEFT JOIN (
        SELECT closed.row_id AS of_case,
        max(CASE WHEN help.step_down AND abs(date_diff('day', closed.end_date, help.start_date)) <= 28
        THEN 1 ELSE 0 END) AS stepped_down,
        max(CASE WHEN {ready} AND (help.end_date IS NULL OR help.end_date > closed.end_date)
        THEN 1 ELSE 0 END) AS ready
        FROM social_care_event AS closed JOIN eh_episode AS help ON help.person_id = closed.person_id
        WHERE closed.type = 'cin_episode' GROUP BY closed.row_id
    ) AS help ON of_case = row_id
    WHERE type = 'cin_episode' AND end_date IS NOT NULL AND NOT coalesce(nfa, FALSE)
    AND (outcome_code = 'RC9' OR help.stepped_down = 1)
"""

assessments_by_agency = Measure(
    id="D1",
    name="Assessments by initiating agency",
    question="Which agencies start early help assessments?",
    why="Early help is a partnership's work; where only the council assesses, it is not.",
    unit="assessments",
    numerator="Assessments that each kind of agency began.",
    denominator="Assessments begun.",
    of=eh_assessment,
    rows="SELECT eh_assessment.*, row_id AS unit_id, start_date AS day FROM eh_assessment",
    time=Flow("the assessment began"),
    statistic=Statistic.MIX,
    better=Better.CONTEXT,
    needs=(eh_assessment.start_date, eh_assessment.org_type),
    gate={eh_assessment.org_type: 0.5},
    always_by={"org_type": eh_assessment.org_type.code_list},
    traps=("Partners' own assessments are missing where they are not sent to the council.",),
    source="City of London 2017-18: no external assessments, so the whole dataset was the council's.",
)

partner_led_share = Measure(
    id="D2",
    name="Partner-led share",
    question="How many plans are led by somebody outside the council?",
    why="A family may best be helped by whoever knows it; that asks partners to lead, and the council to back them.",
    unit="plans",
    numerator="Of these, led by an organisation outside the council.",
    denominator="Plans open of which it is recorded who leads.",
    of=eh_episode,
    rows=_LED.format(since="plan_start_date"),
    time=Open(),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_episode.plan_start_date, eh_episode.org_type),
    gate={eh_episode.org_type: 0.5},
    traps=(
        "Plans whose lead is not recorded, or not mapped to a kind of organisation, are left out of both counts.",
        "Counts children's plans: three siblings under one lead are three.",
        "Plans that partners lead and never tell the council of are missing, so the true share is higher.",
        "An episode without a plan is no plan: where plans have no dates of their own, use the definition episodes.",
    ),
    definitions={
        "episodes": {
            "unit": "episodes",
            "denominator": "Episodes open of which it is recorded who leads.",
            "rows": _LED.format(since="start_date"),
            "needs": (eh_episode.start_date, eh_episode.org_type),
        }
    },
    source="Lincolnshire 2015: reluctance to be the lead professional; 43 inspection reports touch on it.",
)

silent_schools = Measure(
    id="D3",
    name="Silent schools",
    question="From which schools have we heard nothing for a year?",
    why="Every school has children who need help early; one that never asks may not know how, or may have given up.",
    unit="schools",
    numerator="Of these, schools with no request and no early help assessment on the last day and in the 365 days before.",
    denominator="Schools in the register.",
    of=school,
    rows=_SILENT.format(which="TRUE"),
    time=Open("in the register at the end of the period's last day"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    about_person=False,
    needs=(school.school_urn, contact.school_urn),
    also_by={"ward_code": None, "free_meals": FREE_MEALS},
    traps=(
        "Small schools in well-off places are silent by chance: the definition expected_3 asks only of those from which "
        "something was to be expected.",
        "A school is known by the number in the request or the assessment: one that is named in words alone is not seen.",
        "Nothing is told of the first 365 days after any school was first heard from.",
        "The register is as it stands: schools that have opened or closed since are counted throughout.",
        "A school that helps its families itself may be silent for a good reason.",
    ),
    definitions={
        "expected_3": {
            "numerator": "Of these, schools with no request and no early help assessment on the last day and in the 365 "
            "days before.",
            "denominator": "Schools from which at least 3 requests or assessments a year were to be expected, were all "
            "that schools send spread over their pupils with free school meals; none at all would then come about by "
            "chance in at most 1 of 20 years.",
            "rows": _SILENT.format(
                which="register.pupils / nullif(all_schools.pupils, 0) * events "
                "* 365 / (date_diff('day', first_day, as_at) + 1) >= 3"
            ),
            "needs": (school.school_urn, contact.school_urn, school.roll, school.fsm_share),
        }
    },
    source="Catalogue of measures, D3: compare with an expected count from roll and need; Poisson chance of none of 3.",
)

meetings_held = Measure(
    id="D4",
    name="TAF meetings held",
    question="Does the team around each family meet?",
    why="A plan that several agencies share holds only while they talk to each other.",
    unit="plans",
    numerator="Of these, plans of families whose team met on the last day or in the 56 days before it, or as many as the "
    "council sets.",
    denominator="Plans open.",
    of=eh_episode,
    rows=_met_within("meeting_days"),
    time=Open(),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_episode.plan_start_date, eh_review.held_date),
    traps=(
        "A meeting about a brother or sister counts: the team is around the family.",
        "A plan that began a few days ago counts as not met, unless a meeting was held shortly before it.",
        "Counts children's plans: three siblings with a plan each are three.",
        "Plans of a source system that records no such meetings are left out: it cannot tell.",
        "Not every plan needs a team: where one agency helps alone, nobody meets.",
    ),
    definitions={
        "six_weeks": {
            "numerator": "Of these, plans of families whose team met on the last day or in the 42 days before it.",
            "rows": _met_within("42"),
        }
    },
    source="Catalogue of measures, D4: a team around the family or child in the last 6 to 8 weeks.",
)

meeting_attendance = Measure(
    id="D5",
    name="TAF attendance",
    question="Do agencies come to the meetings that they are invited to?",
    why="A team around the family is a team only if its members meet.",
    unit="agencies",
    numerator="Of these, agencies that came.",
    denominator="Agencies invited to team around the family meetings that were held; an agency counts once a meeting.",
    of=eh_review,
    rows=f"""
        SELECT eh_review.*, eh_review.row_id AS unit_id, held_date AS day, nth <= agencies_attended AS counted,
        episode.team, episode.need_code, episode.org_type
        FROM eh_review JOIN (SELECT unnest(generate_series(1, {_MOST_AGENCIES})) AS nth) AS agency
        ON nth <= agencies_invited
        {named_episode("eh_review", "LEFT JOIN")}
        WHERE type = 'team_around_family' AND held_date IS NOT NULL AND agencies_attended <= agencies_invited
        AND agencies_invited <= {_MOST_AGENCIES}
    """,
    time=Flow("the meeting was held"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    about_person=False,
    needs=(eh_review.held_date, eh_review.agencies_invited, eh_review.agencies_attended),
    also_by=OF_THE_EPISODE,
    traps=(
        "A meeting of which either number is not recorded is left out of both counts; so is one to which more came than "
        "were invited, or to which more than 100 were, which are slips of the pen.",
        "Which agencies came is not recorded, only how many: it cannot be split by agency.",
        "Agencies that were never invited are not seen. A report sent in instead of coming is not attendance.",
        "The interval takes each attendance for itself; agencies of one meeting are more alike, so it is rather narrow.",
    ),
    source="Catalogue of measures, D5: needs the fields for invited and attended.",
)

step_down_ready = Measure(
    id="D6",
    name="Step-down with plan and lead before closure",
    question="Is early help ready before social care closes?",
    why="A family that is stepped down to nobody falls between two services.",
    unit="cases",
    numerator="Of these, cases of children whose early help had a worker named on or before the day the case closed.",
    denominator="Cases of children in need closed to early help: closed RC9, or with early help recorded as a step-down "
    "that began within 28 days of the closure.",
    of=social_care_event,
    rows=_STEPPED_DOWN.format(ready="help.allocated_date <= closed.end_date"),
    time=Flow("the case closed"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(social_care_event.end_date, social_care_event.outcome_code, eh_episode.allocated_date),
    traps=(
        "A worker named on the day of closure is in time; early help that ended on or before that day is not.",
        "A case closed to early help of which no early help is recorded counts as not ready.",
        "RC9 exists since April 2022: before it, a step-down is seen only where the early help episode says so.",
        "A lead in a system that does not record who was named on which day is not seen.",
    ),
    definitions={
        "plan_and_lead": {
            "numerator": "Of these, cases of children whose early help had a worker named, and a plan begun, on or before "
            "the day the case closed.",
            "rows": _STEPPED_DOWN.format(
                ready="help.allocated_date <= closed.end_date AND help.plan_start_date <= closed.end_date"
            ),
            "needs": (
                social_care_event.end_date,
                social_care_event.outcome_code,
                eh_episode.allocated_date,
                eh_episode.plan_start_date,
            ),
        }
    },
    source="City of London 2020 and Cheshire East 2024 inspections; CIN census 2022-23, closure reason RC9.",
)
