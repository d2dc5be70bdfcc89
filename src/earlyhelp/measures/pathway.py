"""The line from a request for support to a year after closing: how many requests came to each stage, and where each left it.

A request stands at one place on the day the data is as at: it left, or it is still at a stage, or the records do not say
what became of it, which is a place of its own. A request has come to a stage when that stage or a later one is recorded:
a review shows that a family was helped though nobody wrote down who its worker was. How many came past a stage that is
not recorded of them is told beside it. Exact figures: `release` decides what may be shown.

A request has led to the episode that names it: by its number, or without one by the person and the day of the request, in
the same system. Logs of a front door are often kept in a system whose requests no episode names. Those are joined by the
person and the day: a request that was accepted, or whose decision cannot be read, has led to the first episode of the same
person that began on its day or in the `DAYS_TO_BEGIN` days after it and that names no request there is. Each episode is of
one request: of one accepted before one unread, then of the latest. `joined_by_person` says where that was done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from earlyhelp.measures.engines import Engine
from earlyhelp.measures.named_episode import named_episode
from earlyhelp.measures.periods import Grain, Period, periods
from earlyhelp.standard import DAYS_TO_BEGIN, NOT_RECORDED, UNMAPPED, sql


class Kind(StrEnum):
    """What it means that requests stand at a place."""

    LEFT = "left"
    STILL = "still here"
    MISSING = "not recorded"
    LATER = "not mature yet"
    AFTER = "a year on"


@dataclass(frozen=True)
class Place:
    """Where requests stand that went no further than a stage."""

    code: str
    words: str
    kind: Kind


@dataclass(frozen=True)
class Stage:
    """One stage of the line. `step`: what is recorded of whoever passes it, empty where coming to it is the record."""

    code: str
    words: str
    places: tuple[Place, ...]
    step: str = ""


STAGES: tuple[Stage, ...] = (
    Stage(
        "request",
        "Requests received",
        (
            Place("pending", "not decided yet", Kind.STILL),
            Place("no_decision", "decision not recorded", Kind.MISSING),
        ),
    ),
    Stage(
        "decision",
        "Decided",
        (
            Place("advice", "advice", Kind.LEFT),
            Place("universal", "universal services", Kind.LEFT),
            Place("statutory", "statutory services", Kind.LEFT),
            Place("returned", "returned to whoever asked", Kind.LEFT),
            Place("nfa", "no further action", Kind.LEFT),
        ),
        step="a decision",
    ),
    Stage(
        "accepted",
        "Accepted for early help",
        (
            Place("waiting", "waiting for a worker", Kind.STILL),
            Place("stepped_up_waiting", "stepped up before help began", Kind.LEFT),
            Place("declined_waiting", "declined or withdrew before help began", Kind.LEFT),
            Place("other_waiting", "left for another reason before help began", Kind.LEFT),
            Place("no_episode", "no early help recorded", Kind.MISSING),
        ),
    ),
    Stage(
        "helped", "Helped by a worker", (Place("helped", "not assessed yet", Kind.STILL),), step="a worker or a contact"
    ),
    Stage("assessed", "Assessed", (Place("assessed", "no plan yet", Kind.STILL),), step="an assessment"),
    Stage("planned", "Planned", (Place("planned", "no review yet", Kind.STILL),), step="a plan"),
    Stage("reviewed", "Reviewed", (Place("reviewed", "still open", Kind.STILL),), step="a review"),
    Stage("closed", "Closed", (Place("closed_lately", "closed less than a year ago", Kind.LATER),)),
    Stage(
        "year_after",
        "12 months after closing",
        (
            Place("statutory_after", "came to statutory services", Kind.AFTER),
            Place("again", "came back to early help", Kind.AFTER),
            Place("neither", "neither", Kind.AFTER),
            Place("not_known", "no statutory records to tell", Kind.MISSING),
        ),
    ),
)
"""The line in order. Each place belongs to one stage."""
DAYS_AFTER = 365
YEARS = 6
"""So many years are told, the last first."""


@dataclass(frozen=True)
class Line:
    """The requests of one year. `at`: how many stand at each place; `unrecorded`: by stage, who came past it unrecorded.

    `joined_by_person`: whether some of them were joined to their episodes by person and day, as no episode names them.
    """

    period: Period
    at: Mapping[str, int]
    unrecorded: Mapping[str, int]
    joined_by_person: bool = False

    @property
    def came(self) -> dict[str, int]:
        """How many requests came to each stage: those that stand there, and those that went on."""
        told, further = {}, 0
        for stage in reversed(STAGES):
            further += sum(self.at[place.code] for place in stage.places)
            told[stage.code] = further
        return {stage.code: told[stage.code] for stage in STAGES}


def lines(con: Engine, as_at: date, year_starts: int = 4) -> list[Line]:
    """The line of each of the last `YEARS` years of the council in which a request is recorded, the latest year first.

    con: the standard tables with the spells of `build`; nothing is written. Counts are of requests, each about one
    person. Closing, step-up and a return are seen up to `as_at`.
    """
    [(first,)] = con.execute("SELECT min(contact_date) FROM contact WHERE contact_date <= ?", [as_at]).fetchall()
    if first is None:
        return []
    years = periods(first, as_at, Grain.YEAR, year_starts)[-YEARS:]
    return [line for period in reversed(years) if sum((line := _line(con, as_at, period)).at.values())]


def _line(con: Engine, as_at: date, period: Period) -> Line:
    found = con.execute(f"{_requests(as_at)} {_STANDING}", [*period]).fetchall()
    at, past = {place.code: 0 for stage in STAGES for place in stage.places}, _past(found)
    for place, number, *_ in found:
        at[place] += number
    return Line(period, at, past, joined_by_person=any(row[-1] for row in found))


def _past(found: Sequence[tuple[object, ...]]) -> dict[str, int]:
    """By stage with a step: the sum of those who came past it and of whom the step is not recorded."""
    stages = [stage.code for stage in STAGES if stage.step]
    return {code: sum(int(str(row[2 + at])) for row in found) for at, code in enumerate(stages)}


_SAID = f"decision_code NOT IN ('pending', {sql.listed((NOT_RECORDED, UNMAPPED))})"
_PLACES = [place.code for stage in STAGES for place in stage.places]
_STAGE_OF = {place.code: at for at, stage in enumerate(STAGES) for place in stage.places}


def _told(steps: str, record: str, day: str, where: str = "TRUE") -> str:
    """SQL of the episodes, by row, of which one kind of record tells on or before the day the data is as at."""
    return f"""{steps} AS (
        SELECT DISTINCT episode.row_id FROM {record} {named_episode(record)} CROSS JOIN setting
        WHERE {record}.{day} <= as_at AND {where}
    )"""


def _requests(as_at: date) -> str:
    """The tables of the query, to `standing`: a row a request of the days asked for, with what became of it."""
    recorded = (
        _told("assessed", "eh_assessment", "completion_date"),
        _told("planned", "eh_plan_action", "created_date"),
        _told("reviewed", "eh_review", "held_date", "eh_review.type IN ('review', 'team_around_family')"),
    )
    setting = f"setting AS (SELECT {sql.literal(as_at)} AS as_at)"
    return f"WITH {', '.join([setting, *recorded, _EPISODE, _LED_TO, _REQUEST, _PLACED])}"


_EPISODE = """
    episode AS (
        SELECT help.*, row_number() OVER (PARTITION BY coalesce(contact_id, CAST(request_date AS VARCHAR)), source_system,
            person_id ORDER BY start_date, row_id) AS nth,
        least(allocated_date, first_contact_date) <= as_at AS has_worker,
        source_system IN (SELECT source_system FROM eh_episode WHERE allocated_date IS NOT NULL) AS tells,
        row_id IN (SELECT row_id FROM assessed) AS has_assessment,
        row_id IN (SELECT row_id FROM planned) OR coalesce(plan_start_date <= as_at, FALSE) AS has_plan,
        row_id IN (SELECT row_id FROM reviewed) AS has_review,
        coalesce(end_date <= as_at, FALSE) AS is_closed,
        coalesce(end_reason_code IN ('outcomes_met', 'partly_met'), FALSE) AS met_goals
        FROM eh_episode AS help CROSS JOIN setting WHERE start_date <= as_at
    )
"""
"""`episode`: episodes begun by the day, with which steps of theirs are recorded; `nth`: its place among those of one request."""
_LED_TO = f"""
    named AS (
        SELECT contact.row_id AS request, contact.source_system, episode.row_id AS help FROM contact JOIN episode ON nth = 1
            AND episode.source_system = contact.source_system AND episode.person_id = contact.person_id
            AND (episode.contact_id = contact.contact_id
                OR (episode.contact_id IS NULL AND episode.request_date = contact.contact_date))
    ),
    first_after AS (
        SELECT contact.row_id AS request, contact_date, coalesce(decision_code = 'early_help', FALSE) AS is_accepted,
        episode.row_id AS help,
        row_number() OVER (PARTITION BY contact.row_id ORDER BY episode.start_date, episode.row_id) AS nth_after
        FROM contact JOIN episode ON episode.person_id = contact.person_id
            AND date_diff('day', contact_date, episode.start_date) BETWEEN 0 AND {DAYS_TO_BEGIN}
        WHERE (decision_code = 'early_help' OR NOT coalesce({_SAID}, FALSE))
            AND contact.source_system NOT IN (SELECT source_system FROM named)
            AND episode.row_id NOT IN (SELECT help FROM named)
    ),
    by_person AS (
        SELECT request, help, row_number() OVER (
            PARTITION BY help ORDER BY is_accepted DESC, contact_date DESC, request
        ) AS nth_of_help
        FROM first_after WHERE nth_after = 1
    ),
    led_to AS (
        SELECT request, help, FALSE AS is_by_person FROM named
        UNION ALL SELECT request, help, TRUE AS is_by_person FROM by_person WHERE nth_of_help = 1
    )
"""
"""`led_to`: the episode to which a request led: the one that names it, else the first of the person soon after it."""
_REQUEST = f"""
    request AS (
        SELECT contact.row_id, coalesce(is_by_person, FALSE) AS is_by_person, decision_code,
        coalesce({_SAID}, FALSE) AS is_decided, episode.row_id AS help,
        coalesce(has_worker, FALSE) AS has_worker, has_assessment, has_plan, has_review, is_closed, tells, end_reason_code,
        coalesce(has_worker, FALSE) OR has_assessment OR has_plan OR has_review OR (is_closed AND met_goals)
            OR NOT tells AS is_helped,
        date_diff('day', end_date, as_at) >= {DAYS_AFTER} AS is_mature,
        EXISTS (
            SELECT 1 FROM statutory_start AS later WHERE later.person_id = episode.person_id
            AND date_diff('day', episode.end_date, later.start_date) BETWEEN 0 AND {DAYS_AFTER}
        ) AS went_on,
        EXISTS (
            SELECT 1 FROM eh_episode AS later WHERE coalesce(later.family_id, later.person_id) =
            coalesce(episode.family_id, episode.person_id)
            AND date_diff('day', episode.end_date, later.start_date) BETWEEN 1 AND {DAYS_AFTER}
        ) AS came_again,
        EXISTS (SELECT 1 FROM social_care_event) AS statutory_known
        FROM contact CROSS JOIN setting LEFT JOIN led_to ON led_to.request = contact.row_id
        LEFT JOIN episode ON episode.row_id = led_to.help
        WHERE contact_date BETWEEN ? AND ?
    )
"""
"""`request`: the requests of the days asked for, each with its episode, if any, and what came after that."""
_PLACED = """
    standing AS (SELECT *, CASE
        WHEN help IS NULL THEN CASE
            WHEN decision_code = 'early_help' THEN 'no_episode'
            WHEN is_decided THEN decision_code
            WHEN decision_code = 'pending' THEN 'pending'
            ELSE 'no_decision' END
        WHEN NOT is_helped THEN CASE
            WHEN NOT is_closed THEN 'waiting'
            WHEN end_reason_code = 'stepped_up' THEN 'stepped_up_waiting'
            WHEN end_reason_code IN ('declined', 'disengaged', 'consent_withdrawn') THEN 'declined_waiting'
            ELSE 'other_waiting' END
        WHEN NOT is_closed THEN CASE
            WHEN has_review THEN 'reviewed'
            WHEN has_plan THEN 'planned'
            WHEN has_assessment THEN 'assessed'
            ELSE 'helped' END
        WHEN NOT is_mature THEN 'closed_lately'
        WHEN went_on THEN 'statutory_after'
        WHEN came_again THEN 'again'
        WHEN statutory_known THEN 'neither'
        ELSE 'not_known' END AS place
        FROM request)
"""
"""`standing`: those with `place`, the last step that each has come to."""


def _unrecorded(stage: str, has: str) -> str:
    """SQL of how many stand at a later stage, or at this one, of whom its step is not recorded."""
    at = [each.code for each in STAGES].index(stage)
    come = [code for code in _PLACES if _STAGE_OF[code] >= at]
    return f"count(*) FILTER (place IN ({sql.listed(come)}) AND NOT coalesce({has}, FALSE))"


_STANDING = f"""
    SELECT place, count(*), {_unrecorded("decision", "is_decided")}, {_unrecorded("helped", "has_worker")},
    {_unrecorded("assessed", "has_assessment")}, {_unrecorded("planned", "has_plan")}, {_unrecorded("reviewed", "has_review")},
    bool_or(is_by_person)
    FROM standing GROUP BY place
"""
