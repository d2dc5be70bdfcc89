"""Waits: how many families are on the waiting list, for how long, how they leave it, and when they are first seen.

A family waits from the day its request was accepted (`start_date`) until the first of the children accepted on that day
has a worker (`allocated_date`, or `first_contact_date` where no worker's day is recorded: a family that was visited does
not wait), or until the last of their episodes has closed. A sibling who is accepted on another day begins another wait.
A worker named before the day of acceptance is there on it: the family waited 0 days.
"""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Due, Entry, Flow, Measure, Open, Statistic
from earlyhelp.standard import CodeList, CodeValue, eh_episode

BANDS = CodeList(
    "wait_bands",
    "How long the family had waited",
    (
        CodeValue("to_4_weeks", "Up to 4 weeks"),
        CodeValue("to_8_weeks", "More than 4 and up to 8 weeks"),
        CodeValue("over_8_weeks", "More than 8 weeks"),
    ),
    source="Worcestershire 2019 inspection: families waited over eight weeks; 4 weeks are half of that.",
)

_CHILDREN = """
    SELECT eh_episode.*, as_at, CASE WHEN coalesce(allocated_date, first_contact_date) < start_date THEN start_date
    ELSE coalesce(allocated_date, first_contact_date) END AS helped,
    end_date <= as_at AND end_reason_code IN ('outcomes_met', 'partly_met') AS met_goals
    FROM eh_episode CROSS JOIN setting
    WHERE family_id IS NOT NULL
    AND source_system IN (SELECT source_system FROM eh_episode WHERE allocated_date IS NOT NULL)
    AND coalesce(end_date >= start_date, TRUE)
"""
_BEGUN = """
    SELECT child.row_id AS child, min(statutory_start.start_date) AS begun
    FROM eh_episode AS child JOIN statutory_start ON statutory_start.person_id = child.person_id
    WHERE statutory_start.start_date > child.start_date GROUP BY child.row_id
"""


def _waits(children: str = _CHILDREN, more: str = "") -> str:
    """SQL of every wait, a row an accepted child: `nth` in its family, `served`, `closed`, `left_on`, and `more`."""
    return f"""
        SELECT told.*, least(served, closed) AS left_on FROM (
            SELECT child.*, min(helped) OVER wait AS served, {more}
            CASE WHEN count(end_date) OVER wait = count(*) OVER wait THEN max(end_date) OVER wait END AS closed,
            max(CASE WHEN met_goals THEN 1 ELSE 0 END) OVER wait AS any_met_goals,
            row_number() OVER (PARTITION BY family_id, start_date ORDER BY episode_id, source_system) AS nth
            FROM ({children}) AS child WINDOW wait AS (PARTITION BY family_id, start_date)
        ) AS told WHERE served IS NOT NULL OR any_met_goals = 0
    """


_STEPPED_UP = "end_reason_code = 'stepped_up'"
_LEAVING = _waits(
    f"SELECT child.*, begun FROM ({_CHILDREN}) AS child LEFT JOIN ({_BEGUN}) AS start ON start.child = child.row_id",
    f"min(begun) OVER wait AS statutory, max(CASE WHEN {_STEPPED_UP} THEN 1 ELSE 0 END) OVER wait AS any_stepped_up,",
)
_LEFT = """
    SELECT gone.*, family_id AS unit_id, left_on AS day,
    unserved AND (any_stepped_up = 1 OR coalesce(statutory <= left_on, FALSE)) AS counted,
    CASE WHEN waited <= 28 THEN 'to_4_weeks' WHEN waited <= 56 THEN 'to_8_weeks' ELSE 'over_8_weeks' END AS wait_band
    FROM (
        SELECT wait.*, date_diff('day', start_date, left_on) AS waited,
        served IS NULL OR coalesce(served > closed, FALSE) AS unserved
        FROM ({waits}) AS wait WHERE nth = 1 AND left_on IS NOT NULL
    ) AS gone WHERE {which}
"""
_LONG = """
    SELECT wait.*, family_id AS unit_id, side.late AS counted, CASE WHEN side.late THEN late_on ELSE start_date END AS from_day,
    CASE WHEN side.late THEN left_on ELSE least(left_on, late_on) END AS to_day
    FROM (
        SELECT told.*, CAST(start_date + INTERVAL {days} DAY AS DATE) AS late_on FROM ({waits}) AS told
    ) AS wait CROSS JOIN (VALUES (FALSE), (TRUE)) AS side(late)
    WHERE NOT side.late OR left_on IS NULL OR left_on > late_on
"""
_WHO_CANNOT_TELL = "Records of a source system that never says when a worker was named are left out: it cannot tell."
_ONE_WAIT = (
    "Children accepted on one day share one wait, which ends when the first of them has a worker; a sibling accepted on "
    "another day begins another."
)
_VISITED = "A family that was visited does not wait, also where no day is recorded on which a worker was named."
_BEFORE = "A worker named, or a visit made, before the day of acceptance is no wait: 0 days."
_MET_GOALS = (
    "A family that closed with goals met and no worker recorded was helped all the same: it is left out, not waiting."
)

waiting_list = Measure(
    id="B1",
    name="Waiting list size",
    question="How many families wait for a worker?",
    why="Each has been told that it will be helped, and is not helped yet.",
    unit="families",
    numerator="Families accepted, not yet allocated and not closed, each once.",
    of=eh_episode,
    rows=f"SELECT wait.*, family_id AS unit_id, start_date AS from_day, left_on AS to_day FROM ({_waits()}) AS wait",
    time=Open("waiting at the end of the period's last day"),
    statistic=Statistic.COUNT,
    better=Better.LOWER,
    once=True,
    needs=(eh_episode.start_date, eh_episode.allocated_date),
    traps=(
        "The size of the list alone misleads: show how long families wait (B2) and who escalates (B4) beside it.",
        "A family allocated or closed on the last day no longer waits at its end.",
        "A family whose children differ counts once in the total, and once under each value of a split.",
        _ONE_WAIT,
        _VISITED,
        _BEFORE,
        _MET_GOALS,
        _WHO_CANNOT_TELL,
    ),
    source="Catalogue of measures, B1: always shown with the length of waits and escalation while waiting.",
)

wait_for_allocation = Measure(
    id="B2",
    name="Wait from acceptance to allocation",
    question="How long do families wait for a worker?",
    why="Waiting is where families give up or get worse; the average of those served hides whoever waits longest.",
    unit="families",
    numerator="Of these, families that were allocated.",
    denominator="Families accepted, one more time for each day on which children of theirs were. The value is the median.",
    of=eh_episode,
    rows=f"""
        SELECT wait.*, family_id AS unit_id, start_date AS day,
        date_diff('day', start_date, least(left_on, as_at)) AS days,
        coalesce(served <= as_at AND served = left_on, FALSE) AS ended
        FROM ({_waits()}) AS wait WHERE nth = 1
    """,
    time=Entry("the family was accepted"),
    statistic=Statistic.MEDIAN,
    better=Better.LOWER,
    about_person=False,
    needs=(eh_episode.start_date, eh_episode.allocated_date),
    traps=(
        "Families still waiting are in the median as far as they have waited; where too many wait it is not mature.",
        "One that left the list unserved waits until it left. Whoever leaves would often have waited long: B4 tells how "
        "many leave by escalating, and the waiting clock treats leaving as another end than allocation.",
        "Split by what is recorded of the first of the children, by the number of the episode.",
        _ONE_WAIT,
        _VISITED,
        _BEFORE,
        _MET_GOALS,
        _WHO_CANNOT_TELL,
    ),
    definitions={
        "ninth_decile": {
            "quantile": 0.9,
            "denominator": "Families accepted, one more time for each day on which children of theirs were. The value is "
            "the days until nine in ten have been allocated.",
        }
    },
    source="Inspections of Hounslow 2023, Barnet 2024 and Croydon 2024 name such waits; Kaplan and Meier 1958.",
)

long_waiters = Measure(
    id="B3",
    name="Long waiters",
    question="How many of those who wait have waited long?",
    why="A list may be short and still hold families that nobody comes to.",
    unit="families",
    numerator="Of these, families that have waited more than 28 days.",
    denominator="Families waiting, each once.",
    of=eh_episode,
    rows=_LONG.format(waits=_waits(), days=29),
    time=Open("waiting at the end of the period's last day"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    once=True,
    needs=(eh_episode.start_date, eh_episode.allocated_date),
    traps=(
        "The 28th day after acceptance is not more than 28 days; the 29th is.",
        "The share also rises when few families join the list: read it beside the size of the list (B1).",
        "A family with two waits counts as long waiting when the longer one is long.",
        _ONE_WAIT,
        _VISITED,
        _BEFORE,
        _MET_GOALS,
        _WHO_CANNOT_TELL,
    ),
    definitions={
        "over_8_weeks": {
            "numerator": "Of these, families that have waited more than 56 days.",
            "rows": _LONG.format(waits=_waits(), days=57),
        }
    },
    source="Worcestershire 2019 inspection: over eight weeks.",
)

escalation_while_waiting = Measure(
    id="B4",
    name="Escalation while waiting",
    question="How many families leave the waiting list because they need statutory help?",
    why="Early help that comes too late is not early.",
    unit="families",
    numerator="Of these, families that left unserved and closed as stepped up, or with statutory help begun for one of the "
    "children after the day of acceptance and by the day they left.",
    denominator="Families that left the list, allocated or not, one more time for each wait.",
    of=eh_episode,
    rows=_LEFT.format(waits=_LEAVING, which="TRUE"),
    time=Flow("the family left the list"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    about_person=False,
    needs=(eh_episode.allocated_date, eh_episode.end_date, eh_episode.end_reason_code),
    also_by={"wait_band": BANDS},
    traps=(
        "Such a family might have escalated with a worker too: the wait is not shown to be the cause.",
        "Without records of statutory services only the reason for closing tells, and the share is a lower bound.",
        "A family still on the list has not left it, though statutory help may have begun; one that was given a worker "
        "after statutory help began left by being allocated.",
        "Statutory help that began on the day of acceptance is where the family came from.",
        _ONE_WAIT,
        _VISITED,
        _BEFORE,
        _MET_GOALS,
        _WHO_CANNOT_TELL,
    ),
    definitions={
        "unserved": {
            "denominator": "Families that left the list without having been allocated, one more time for each wait.",
            "rows": _LEFT.format(waits=_LEAVING, which="unserved"),
        }
    },
    source="Solihull 2023 inspection: while families wait, harm escalates and requires statutory intervention.",
)

first_contact_on_time = Measure(
    id="B5",
    name="Acceptance to first contact",
    question="Are families seen or spoken to soon after we accept them?",
    why="A first visit tells a family that somebody has heard it, and tells us how things are.",
    unit="families",
    numerator="Of these, families that somebody first saw or spoke to on or before that day.",
    denominator="Families accepted, by the day on which the first contact was due, contacted or not.",
    of=eh_episode,
    rows="""
        SELECT eh_episode.*, eh_episode.family_id AS unit_id, due_on AS day,
        coalesce(seen <= due_on, FALSE) AS counted
        FROM (
            SELECT eh_episode.row_id, due_on,
            min(first_contact_date) OVER (PARTITION BY family_id, start_date) AS seen,
            row_number() OVER (PARTITION BY family_id, start_date ORDER BY episode_id, source_system) AS nth
            FROM eh_episode JOIN (
                SELECT begun.day AS accepted_on, nth_working_day.day AS due_on
                FROM (SELECT day, n + first_contact_working_days AS n FROM working_days_until CROSS JOIN setting) AS begun
                JOIN nth_working_day ON nth_working_day.n = begun.n
            ) AS due ON accepted_on = start_date
            WHERE family_id IS NOT NULL
            AND source_system IN (SELECT source_system FROM eh_episode WHERE first_contact_date IS NOT NULL)
        ) AS accepted JOIN eh_episode ON eh_episode.row_id = accepted.row_id WHERE nth = 1
    """,
    time=Due("the first contact was due"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    about_person=False,
    working_days=True,
    needs=(eh_episode.start_date, eh_episode.first_contact_date),
    traps=(
        "Counted in the period in which the contact was due, so that families never contacted count against it.",
        "Children accepted on one day are one family to contact: the first contact with any of them counts.",
        "A family that closed before it was contacted counts as not contacted.",
        "Due is so many of England's working days after acceptance; a contact before acceptance is in time, after 0 days.",
        "Records of a source system that never says when a family was first contacted are left out: it cannot tell.",
    ),
    source="Medway 2019 inspection: time from the first contact with the council to the first visit.",
)
