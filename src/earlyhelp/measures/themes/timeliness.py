"""Timeliness: whether assessments, plans, reviews, contacts and services come when they are due."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Due, Entry, Flow, Measure, Statistic
from earlyhelp.measures.named_episode import named_episode
from earlyhelp.standard import eh_assessment, eh_episode, service_delivered

_HAND_OFFS = """
    SELECT service_delivered.*, as_at, coalesce(start_date <= as_at, FALSE) AS began,
    coalesce(status IN ('never_started', 'declined'), FALSE) AS given_up,
    coalesce(status IN ('started', 'completed', 'dropped_out'), FALSE) AS said_to_have_begun
    FROM service_delivered CROSS JOIN setting
    WHERE offered_date IS NOT NULL AND coalesce(start_date >= offered_date, TRUE)
    AND coalesce(end_date >= offered_date, TRUE)
"""

assessment_on_time = Measure(
    id="B6",
    name="Assessment completed on time",
    question="Are early help assessments completed when they are due?",
    why="A family waiting for an assessment waits for help.",
    unit="assessments",
    numerator="Of these, completed on or before the day they were due.",
    denominator="Assessments due, completed or not.",
    of=eh_assessment,
    rows="""
        SELECT due.*, row_id AS unit_id, due_on AS day,
        coalesce(completion_date BETWEEN start_date AND due_on, FALSE) AS counted
        FROM (
            SELECT eh_assessment.*, coalesce(due_date, nth_working_day.day) AS due_on
            FROM eh_assessment CROSS JOIN setting
            LEFT JOIN working_days_until ON working_days_until.day = start_date
            LEFT JOIN nth_working_day ON nth_working_day.n = working_days_until.n + assessment_working_days
        ) AS due
    """,
    time=Due("the assessment was due"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    working_days=True,
    needs=(eh_assessment.start_date, eh_assessment.completion_date),
    traps=(
        "Counted in the period in which they were due, so that those never completed count against it.",
        "Without a recorded due date, due is the start plus the council's standard in England's working days.",
        "In Annex A list 2 a council may give the end of the intervention as the completion date.",
        "A completion date before the start shows nothing: the assessment counts as not completed on time.",
    ),
    source="Kent 2015 performance report; due-date denominator so that late ones cannot be left out.",
)

assessment_to_plan = Measure(
    id="B7",
    name="Assessment to plan",
    question="How long do families wait for a plan once they have been assessed?",
    why="An assessment helps nobody until something is done with it.",
    unit="assessments",
    numerator="Of these, followed by a plan.",
    denominator="Assessments completed whose outcome is an early help plan. The value is the median of the days.",
    of=eh_assessment,
    rows=f"""
        SELECT assessed.*, row_id AS unit_id, completion_date AS day, planned AS ended,
        greatest(date_diff('day', completion_date, until), 0) AS days
        FROM (
            SELECT eh_assessment.*, coalesce(episode.plan_start_date <= as_at, FALSE) AS planned,
            CASE WHEN episode.plan_start_date <= as_at THEN episode.plan_start_date
            WHEN episode.end_date <= as_at THEN episode.end_date ELSE as_at END AS until
            FROM eh_assessment CROSS JOIN setting
            {named_episode("eh_assessment")}
            WHERE eh_assessment.outcome_code = 'early_help_plan'
            AND eh_assessment.completion_date >= eh_assessment.start_date
        ) AS assessed
    """,
    time=Entry("the assessment was completed"),
    statistic=Statistic.MEDIAN,
    better=Better.LOWER,
    needs=(
        eh_assessment.completion_date,
        eh_assessment.outcome_code,
        eh_assessment.episode_id,
        eh_episode.plan_start_date,
    ),
    traps=(
        "Those still without a plan are in the median as far as they have waited; one that closes waits until it closes.",
        "A plan that began before the assessment was completed counts as no wait: 0 days.",
        "The plan is that of the episode the assessment belongs to: without that episode it is in neither count.",
        "A completion date before the start shows nothing, and the assessment is left out.",
    ),
    source="Kent 2015 performance report: days from notification to plan; Kaplan and Meier 1958.",
)

hand_off_wait = Measure(
    id="B10",
    name="Hand-off wait to partner or commissioned provider",
    question="How long do families wait for a service they are handed on to?",
    why="A family handed on is out of our sight, and often on a list that nobody watches.",
    unit="hand-offs",
    numerator="Of these, hand-offs after which the service began.",
    denominator="Hand-offs to a service. The value is the median of the days until it began.",
    of=service_delivered,
    rows=f"""
        SELECT handed.*, row_id AS unit_id, offered_date AS day, began AS ended,
        date_diff('day', offered_date, CASE WHEN began THEN start_date WHEN end_date <= as_at THEN end_date
        ELSE as_at END) AS days
        FROM ({_HAND_OFFS}) AS handed
        WHERE start_date IS NOT NULL OR NOT said_to_have_begun AND (end_date IS NOT NULL OR NOT given_up)
    """,
    time=Entry("the family was handed on"),
    statistic=Statistic.MEDIAN,
    better=Better.LOWER,
    needs=(service_delivered.offered_date, service_delivered.start_date),
    traps=(
        "Families still waiting are in the median as far as they have waited; one that gives up, until it gave up.",
        "Where nobody recorded on which day the service began, or the family gave up, the hand-off is left out.",
        "Siblings handed on together are as many hand-offs as there are children, where each is recorded.",
        "Every service counts, the council's own too, since nothing tells them apart: split by service_id.",
    ),
    definitions={
        "ninth_decile": {
            "quantile": 0.9,
            "denominator": "Hand-offs to a service. The value is the days until nine in ten have begun.",
        },
        "never_started": {
            "numerator": "Of these, hand-offs that were given up, declined or ended without the service having begun.",
            "denominator": "Hand-offs of which it is known whether the service began.",
            "rows": f"""
                SELECT handed.*, row_id AS unit_id, offered_date AS day, NOT (began OR said_to_have_begun) AS counted
                FROM ({_HAND_OFFS}) AS handed
                WHERE began OR said_to_have_begun OR start_date IS NULL AND (given_up OR end_date <= as_at)
            """,
            "time": Flow("the family was handed on"),
            "statistic": Statistic.SHARE,
            "needs": (service_delivered.offered_date, service_delivered.status),
        },
    },
    source="Stockton 2023 inspection: no system in place to monitor these waiting lists; Kaplan and Meier 1958.",
)
