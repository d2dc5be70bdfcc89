"""Caseload: who is open, who starts and leaves, and how long help lasts."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Flow, Measure, Open, Statistic
from earlyhelp.standard import eh_episode

_OPEN = (
    "SELECT eh_episode.*, {unit} AS unit_id, start_date AS from_day, end_date AS to_day, TRUE AS counted FROM eh_episode"
)
_LENGTH = """
    SELECT first.* EXCLUDE (start_date, end_date), help.{who} AS unit_id, help.start_date AS day, TRUE AS counted,
    date_diff('day', help.start_date, CASE WHEN help.end_date <= as_at THEN help.end_date ELSE as_at END) AS days,
    coalesce(help.end_date <= as_at, FALSE) AS ended
    FROM {table} AS help JOIN eh_episode AS first ON first.episode_id = help.first_record, setting
    WHERE help.start_date <= as_at
"""

families_open = Measure(
    id="C1",
    name="Families and children open",
    question="How many families are we helping today?",
    why="The caseload at one moment, by which everything else is scaled.",
    unit="families",
    of=eh_episode,
    rows=_OPEN.format(unit="family_id"),
    time=Open(),
    statistic=Statistic.COUNT,
    better=Better.CONTEXT,
    needs=(eh_episode.start_date,),
    traps=(
        "A family waiting for a worker is open from the day its request was accepted.",
        "A family open to two teams counts once in the total and once in each team.",
    ),
    definitions={
        "children": {"unit": "children", "rows": _OPEN.format(unit="person_id")},
        "rate": {"unit": "children", "rows": _OPEN.format(unit="person_id"), "statistic": Statistic.RATE},
    },
    source="Action for Children: 4.3 % of children had targeted early help in 2019-20.",
)

starters_and_leavers = Measure(
    id="C2",
    name="Starters, leavers, net flow",
    question="Does more come in than goes out?",
    why="A caseload grows because more start or because fewer leave; the remedy differs.",
    unit="episodes",
    of=eh_episode,
    rows="""
        SELECT *, row_id AS unit_id, start_date AS day, 'started' AS flow, TRUE AS counted FROM eh_episode
        UNION ALL
        SELECT *, row_id AS unit_id, end_date AS day, 'ended' AS flow, TRUE AS counted FROM eh_episode
        WHERE end_date IS NOT NULL
    """,
    time=Flow(),
    statistic=Statistic.BALANCE,
    better=Better.CONTEXT,
    needs=(eh_episode.start_date,),
    always_by={"flow": None},
    traps=("Counts children's episodes: three siblings starting together are three.",),
    source="Data to Insight demand model: stock and flow.",
)

duration_by_entry = Measure(
    id="C5",
    name="Duration by entry cohort",
    question="How long do families stay with us?",
    why="Counting only closed cases makes help look short; families still open are part of the answer.",
    unit="families",
    of=eh_episode,
    rows=_LENGTH.format(who="family_id", table="family_help"),
    time=Flow(),
    statistic=Statistic.MEDIAN,
    better=Better.CONTEXT,
    about_person=False,
    needs=(eh_episode.start_date,),
    traps=(
        "Where fewer than half of a cohort have closed, the median is not mature yet.",
        "Overlapping episodes of a family are one stretch of help.",
    ),
    definitions={
        "children": {
            "unit": "children",
            "rows": _LENGTH.format(who="person_id", table="child_help"),
            "about_person": True,
        }
    },
    source="Kaplan and Meier 1958; ASPE on point-in-time durations.",
)
