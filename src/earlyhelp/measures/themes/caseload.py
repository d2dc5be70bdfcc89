"""Caseload: who is open, who starts and leaves, and how long help lasts."""

from __future__ import annotations

from earlyhelp.build.spells import SOUND
from earlyhelp.measures.children_alone import ADULTS_LEFT_OUT, open_while_children, records_of_children
from earlyhelp.measures.closings import CLOSED, ENDS_BEFORE_IT_STARTS
from earlyhelp.measures.measure import Better, Entry, Flow, Measure, Open, Statistic
from earlyhelp.standard import CodeList, CodeValue, eh_episode

FLOWS = CodeList(
    "flow",
    "Flow",
    (CodeValue("started", "Started"), CodeValue("ended", "Ended"), CodeValue("net", "Started less ended")),
    source="Data to Insight demand model: stock and flow.",
)

_OPEN = """
    SELECT eh_episode.*, {unit} AS unit_id, start_date AS from_day, end_date AS to_day
    FROM {whose} AS eh_episode
"""
_OPEN_CHILDREN = {
    "unit": "children",
    "numerator": "Children with an episode open, each once.",
    "rows": _OPEN.format(unit="person_id", whose=open_while_children("eh_episode")),
}
_LENGTH = """
    SELECT first.* EXCLUDE (start_date, end_date), help.{who} AS unit_id, help.start_date AS day,
    date_diff('day', help.start_date, least(help.end_date, as_at)) AS days,
    coalesce(help.end_date <= as_at, FALSE) AS ended
    FROM {table} AS help JOIN eh_episode AS first ON first.row_id = help.first_record CROSS JOIN setting
"""

_LONG_OPEN = """
    SELECT help.*, family_id AS unit_id, counted,
    CASE WHEN counted THEN greatest(start_date, long_from) ELSE start_date END AS from_day,
    CASE WHEN counted THEN end_date ELSE least(end_date, long_from) END AS to_day
    FROM (
        SELECT episode.*, CAST(family.start_date + INTERVAL {days} DAY + INTERVAL 1 DAY AS DATE) AS long_from
        FROM eh_episode AS episode JOIN family_help AS family ON family.family_id = episode.family_id
        AND episode.start_date BETWEEN family.start_date AND coalesce(family.end_date, episode.start_date)
    ) AS help CROSS JOIN (VALUES (TRUE), (FALSE)) AS state(counted)
"""

_LONGER_THAN = "Of these, families whose help began more than {days} days before."

families_open = Measure(
    id="C1",
    name="Families and children open",
    question="How many families are we helping today?",
    why="The caseload at one moment, by which everything else is scaled.",
    unit="families",
    numerator="Families with an episode open, each once.",
    of=eh_episode,
    rows=_OPEN.format(unit="family_id", whose="eh_episode"),
    time=Open(),
    statistic=Statistic.COUNT,
    better=Better.CONTEXT,
    once=True,
    needs=(eh_episode.start_date,),
    traps=(
        "A family waiting for a worker is open from the day its request was accepted.",
        "An episode that ends on the last day is no longer open at its end.",
        "A family open to two teams counts once in the total and once in each team.",
        ADULTS_LEFT_OUT,
    ),
    definitions={
        "children": _OPEN_CHILDREN,
        "rate": _OPEN_CHILDREN
        | {
            "statistic": Statistic.RATE,
            "per": 10_000,
            "denominator": "Children aged 0 to 17 in the area, for each 10,000.",
        },
    },
    source="Action for Children: 4.3 % of children had targeted early help in 2019-20.",
)

starters_and_leavers = Measure(
    id="C2",
    name="Starters, leavers, net flow",
    question="Does more come in than goes out?",
    why="A caseload grows because more start or because fewer leave; the remedy differs.",
    unit="episodes",
    numerator="Episodes that started, episodes that ended, and the first less the second.",
    of=eh_episode,
    rows=f"""
        SELECT *, row_id AS unit_id, start_date AS day, 'started' AS flow FROM eh_episode
        WHERE {SOUND}
        UNION ALL
        SELECT *, row_id AS unit_id, end_date AS day, 'ended' AS flow FROM eh_episode
        WHERE {CLOSED}
    """,
    time=Flow("the episode started or ended"),
    statistic=Statistic.BALANCE,
    better=Better.CONTEXT,
    needs=(eh_episode.start_date,),
    always_by={"flow": FLOWS},
    traps=(
        "Counts children's episodes: three siblings starting together are three.",
        "An episode that starts and ends in one period is in both counts, and not in the net.",
        ENDS_BEFORE_IT_STARTS,
    ),
    source=FLOWS.source,
)

duration_by_entry = Measure(
    id="C5",
    name="Duration by entry cohort",
    question="How long do families stay with us?",
    why="Counting only closed cases makes help look short; families still open are part of the answer.",
    unit="families",
    numerator="Of these, help that has ended.",
    denominator="Stretches of help that began; a family that came twice has two. The value is their median.",
    of=eh_episode,
    rows=_LENGTH.format(who="family_id", table="family_help"),
    time=Entry("help began"),
    statistic=Statistic.MEDIAN,
    better=Better.CONTEXT,
    about_person=False,
    needs=(eh_episode.start_date,),
    traps=(
        "Where fewer than half of a cohort have closed, the median is not mature yet.",
        "Overlapping episodes of a family are one stretch of help; so is one that starts the day another ends.",
        "Split by what was recorded when help began.",
        ADULTS_LEFT_OUT,
    ),
    definitions={
        "children": {
            "unit": "children",
            "denominator": "Stretches of help that began; a child that came twice has two. The value is their median.",
            "rows": _LENGTH.format(who="person_id", table=records_of_children("child_help")),
            "about_person": True,
        }
    },
    source="Kaplan and Meier 1958; ASPE on point-in-time durations.",
)

long_open = Measure(
    id="C6",
    name="Long open",
    question="How many families have been with us for a very long time?",
    why="Help that goes on without a change either works too slowly, or has become something else.",
    unit="families",
    numerator=_LONGER_THAN.format(days=365),
    denominator="Families with an episode open, each once.",
    of=eh_episode,
    rows=_LONG_OPEN.format(days=365),
    time=Open(),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    once=True,
    about_person=False,
    needs=(eh_episode.start_date,),
    traps=(
        "The clock of a family starts with the first of its episodes that meet: a sibling who joins does not set it back.",
        "A family that closed and came back starts again.",
        "Episodes that nobody closed in the system look like help that never ends: see the fix-list.",
        "Some families need long help: this is a list to look at, and no target.",
    ),
    definitions={
        name: {"numerator": _LONGER_THAN.format(days=days), "rows": _LONG_OPEN.format(days=days)}
        for name, days in {"nine_months": 274, "six_months": 183}.items()
    },
    source="Shropshire safeguarding partnership, early help audit: query what is open for more than a year.",
)
