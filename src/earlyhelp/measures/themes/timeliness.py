"""Timeliness: whether help comes when it is due."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Due, Measure, Statistic
from earlyhelp.standard import eh_assessment

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
