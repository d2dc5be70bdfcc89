"""Caseload: who holds the families that are open."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Disclosure, Measure, Open, Statistic
from earlyhelp.measures.named_episode import named_episode
from earlyhelp.measures.open_families import open_families
from earlyhelp.standard import CodeList, CodeValue, allocation, eh_episode, eh_need, worker

BANDS = CodeList(
    "caseload_band",
    "Families for each full-time worker",
    (
        CodeValue("to_10", "10 or fewer"),
        CodeValue("to_20", "More than 10, up to 20"),
        CodeValue("to_30", "More than 20, up to 30"),
        CodeValue("over_30", "More than 30"),
    ),
    source="Primero: caseloads of fewer than 10, 11 to 20, 21 to 30, more than 30; parts of workers need no gaps.",
)

_SINCE_NAMED = """
            SELECT family_id, source_system, greatest(allocated_date, start_date) AS from_day, end_date AS to_day
            FROM eh_episode WHERE allocated_date IS NOT NULL
"""
_WHILE_HELD = f"""
            SELECT episode.family_id, episode.source_system, greatest(from_date, start_date) AS from_day,
            least(CAST(to_date + INTERVAL 1 DAY AS DATE), end_date) AS to_day
            FROM allocation
        {named_episode("allocation")}
"""

_HELD_BY_STAFF = f"""
        held AS (
            SELECT post.row_id AS post, post.fte, episode.family_id,
            greatest(allocation.from_date, episode.start_date, post.valid_from) AS from_day,
            least(
                CAST(allocation.to_date + INTERVAL 1 DAY AS DATE), episode.end_date,
                CAST(post.valid_to + INTERVAL 1 DAY AS DATE)
            ) AS to_day
            FROM allocation
        {named_episode("allocation")}
            JOIN worker AS post ON post.worker_id = allocation.worker_id
            AND post.source_system IN (allocation.source_system, 'standard')
            WHERE post.fte > 0
        )
"""
"""Each episode while a worker of the staff list holds it: open, held, and the worker in that post."""

_PER_WORKER = f"""
        WITH {_HELD_BY_STAFF}
        SELECT worker.*, from_day, to_day, side,
        CASE side WHEN 'above' THEN family_id ELSE CAST(post AS VARCHAR) END AS unit_id,
        CASE side WHEN 'above' THEN 1 ELSE held.fte END AS amount
        FROM held JOIN worker ON worker.row_id = post CROSS JOIN (VALUES ('above'), ('below')) AS line(side)
"""
_LOADS = f"""
        WITH {_HELD_BY_STAFF},
        turn AS (
            SELECT post, family_id, day, sum(step) AS step FROM (
                SELECT post, family_id, from_day AS day, 1 AS step FROM held WHERE to_day IS NULL OR from_day < to_day
                UNION ALL
                SELECT post, family_id, to_day AS day, -1 AS step FROM held WHERE from_day < to_day
            ) AS step GROUP BY post, family_id, day
        ),
        running AS (
            SELECT *, sum(step) OVER (PARTITION BY post, family_id ORDER BY day) AS n FROM turn
        ),
        taken AS ( /* a family is taken on with the first of its episodes, and left with the last */
            SELECT post, day, sum(CASE WHEN n = step THEN 1 WHEN n = 0 THEN -1 ELSE 0 END) AS step
            FROM running GROUP BY post, day
        ),
        load AS (
            SELECT post, day AS from_day, lead(day) OVER (PARTITION BY post ORDER BY day) AS to_day,
            sum(step) OVER (PARTITION BY post ORDER BY day) AS families
            FROM taken
        )
        SELECT worker.*, post AS unit_id, from_day, to_day, families > families_per_worker * fte AS counted,
        CASE WHEN families <= 10 * fte THEN 'to_10' WHEN families <= 20 * fte THEN 'to_20'
        WHEN families <= 30 * fte THEN 'to_30' ELSE 'over_30' END AS band
        FROM load JOIN worker ON worker.row_id = post CROSS JOIN setting WHERE families > 0
"""
_OF_STAFF = {
    "unit": "workers",
    "denominator": "Workers who hold a family, each once in each team.",
    "rows": _LOADS,
    "above": Disclosure.STAFF,
}

caseload_per_worker = Measure(
    id="C3",
    name="Caseload per worker",
    question="How many families does a worker hold?",
    why="Too many, and nobody is seen; too few, and others wait. Both ends ask for a look at who holds whom.",
    unit="families",
    numerator="Open families that a worker of the staff list holds, each once.",
    denominator="Full-time equivalents of the workers who hold a family.",
    of=worker,
    rows=_PER_WORKER,
    time=Open("open and held at the end of the period's last day"),
    statistic=Statistic.RATIO,
    better=Better.BAND,
    about_person=False,
    below=Disclosure.STAFF,
    needs=(worker.fte, allocation.from_date, eh_episode.start_date),
    also_by={"role": None},
    traps=(
        "Families without a worker are in nobody's caseload: read C11 beside it.",
        "Workers who hold no family that day, such as managers, are not in the denominator.",
        "Families of workers who are not on the staff list, or whose hours it does not tell, are in neither count.",
        "A family held by two workers counts once in all, and once in each of their teams or roles.",
        "A worker whom the case system lists, and a staff list beside it too, counts with the hours of both.",
        "A mean hides the worker with twice as many: the definitions bands and high tell of workers one by one.",
        "Families differ in how much they need: C4 weights them.",
    ),
    definitions={
        "bands": {
            **_OF_STAFF,
            "numerator": "Workers by the families they hold for each full-time equivalent, in bands.",
            "statistic": Statistic.MIX,
            "always_by": {"band": BANDS},
        },
        "high": {
            **_OF_STAFF,
            "numerator": "Of these, workers who hold more families for each full-time equivalent than the council's standard.",
            "statistic": Statistic.SHARE,
        },
    },
    source=BANDS.source,
)

weighted_caseload = Measure(
    id="C4",
    name="Weighted caseload",
    question="How much work does a worker hold, when families are weighted by what they need?",
    why="Ten families with one need each are less work than ten with five: counts alone treat them alike.",
    unit="families, weighted",
    numerator="Weights of the open families that a worker of the staff list holds: 1 for each, and more by local weights.",
    denominator="Full-time equivalents of the workers who hold a family.",
    of=worker,
    rows=f"""
        WITH {_HELD_BY_STAFF},
        turn AS ( /* the days on which a family's weight rises: by a need of another kind, or by its history */
            SELECT first_record, start_date AS day, 0 AS needs, 0 AS history FROM family_help
            UNION ALL
            SELECT family.first_record, greatest(family.start_date, min(need.identified_date)) AS day,
            1 AS needs, 0 AS history
            FROM eh_need AS need
        {named_episode("need")}
            JOIN family_help AS family ON family.family_id = episode.family_id
            AND episode.start_date BETWEEN family.start_date AND coalesce(family.end_date, episode.start_date)
            WHERE need.identified_date IS NOT NULL AND need.need_code NOT IN ('not_recorded', 'unmapped')
            GROUP BY family.first_record, family.start_date, need.need_code
            UNION ALL
            SELECT family.first_record, greatest(family.start_date, min(begun.start_date)) AS day,
            0 AS needs, 1 AS history
            FROM statutory_start AS begun
            JOIN (SELECT DISTINCT person_id, family_id FROM eh_episode) AS child ON child.person_id = begun.person_id
            JOIN family_help AS family ON family.family_id = child.family_id
            GROUP BY family.first_record, family.start_date
        ),
        summed AS (
            SELECT first_record, day, sum(needs) AS needs, sum(history) AS history FROM turn GROUP BY first_record, day
        ),
        weight AS (
            SELECT family.family_id, day AS since,
            least(family.end_date, lead(day) OVER (PARTITION BY family.first_record ORDER BY day)) AS until,
            sum(needs) OVER (PARTITION BY family.first_record ORDER BY day) AS needs,
            sum(history) OVER (PARTITION BY family.first_record ORDER BY day) AS history
            FROM summed JOIN family_help AS family ON family.first_record = summed.first_record
        )
        SELECT worker.*, family_id AS unit_id, 'above' AS side, from_day, to_day, amount FROM (
            SELECT post, held.family_id, greatest(from_day, since) AS from_day, least(to_day, until) AS to_day,
            1 + (further_need_weight * greatest(needs - 1, 0) + statutory_history_weight * history) / 100.0 AS amount
            FROM held JOIN weight ON weight.family_id = held.family_id AND (until IS NULL OR until > from_day)
            CROSS JOIN setting
        ) AS weighed JOIN worker ON worker.row_id = post
        UNION ALL
        SELECT worker.*, CAST(post AS VARCHAR) AS unit_id, 'below' AS side, from_day, to_day, held.fte AS amount
        FROM held JOIN worker ON worker.row_id = post
    """,
    time=Open("open and held at the end of the period's last day"),
    statistic=Statistic.RATIO,
    better=Better.BAND,
    about_person=False,
    below=Disclosure.STAFF,
    needs=(worker.fte, allocation.from_date, eh_episode.start_date, eh_need.identified_date, eh_need.need_code),
    also_by={"role": None},
    traps=(
        "The weights are the council's own, and no measure of risk: compare no two councils by them.",
        "A family has no score: its weight is the needs on record and a yes or no, told of teams and never of families.",
        "A family whose needs nobody wrote down weighs as one with a single need.",
        "Needs of one kind count once; a need counts from the day it was identified, within the help that is open.",
        "The interval is that of a count, and is too narrow where weights differ much.",
        "Families without a worker, and workers without a family, are in neither count, as in C3.",
    ),
    source="Catalogue of measures: weights local and visible; they are in the council's settings.",
)

_CHANGES = f"""
        WITH hold AS (
            SELECT episode.family_id, episode.start_date, worker_id, from_date AS day,
            lag(worker_id) OVER (PARTITION BY named.record ORDER BY from_date, worker_id) AS last_worker,
            min(from_date) OVER (PARTITION BY named.record) AS first_day
            FROM allocation
        {named_episode("allocation")}
            WHERE episode.end_date IS NULL
            OR (episode.end_date >= episode.start_date AND from_date <= episode.end_date)
        ),
        turn AS (
            SELECT family.first_record, family.family_id, family.start_date, family.end_date, day,
            max(CASE WHEN worker_id <> last_worker AND day > first_day THEN 1 ELSE 0 END) AS change
            FROM hold JOIN family_help AS family ON family.family_id = hold.family_id
            AND hold.start_date BETWEEN family.start_date AND coalesce(family.end_date, hold.start_date)
            GROUP BY family.first_record, family.family_id, family.start_date, family.end_date, day
        ),
        state AS (
            SELECT turn.*, lead(day) OVER (PARTITION BY first_record ORDER BY day) AS next_day,
            sum(change) OVER (PARTITION BY first_record ORDER BY day) AS changes
            FROM turn
        )
        SELECT first.*, state.family_id AS unit_id, changes AS amount,
        greatest(day, CAST(state.start_date + INTERVAL 91 DAY AS DATE)) AS from_day,
        least(next_day, state.end_date) AS to_day
        FROM state JOIN eh_episode AS first ON first.row_id = state.first_record
"""

worker_changes = Measure(
    id="C10",
    name="Worker changes",
    question="How often does the worker change while a family is with us?",
    why="Every new worker asks the family to tell its story again; many families name this first.",
    unit="families",
    numerator="Of these, days after the first on which a worker took a child of the family over from another.",
    denominator="Families whose help began at least 91 days before, with a worker recorded. The value is the mean of such days.",
    of=eh_episode,
    rows=_CHANGES,
    time=Open("open, for 91 days or more, at the end of the period's last day"),
    statistic=Statistic.MEAN,
    better=Better.LOWER,
    about_person=False,
    needs=(eh_episode.start_date, allocation.worker_id, allocation.from_date),
    traps=(
        "Changes are counted up to the last day of the period, within the help that is open on it.",
        "Siblings who change worker on one day are one change of the family.",
        "The first worker of a sibling who joins later is no change; nor is a worker who comes back to one held before "
        "without another in between.",
        "Two workers who begin with a child on one later day are one change.",
        "Families without any recorded worker are left out of both counts, and so are holds that begin after closure.",
        "Split by what was recorded when the family's help began.",
    ),
    source="Ofsted, Croydon 2024: consistency of practitioners.",
)

unallocated_open = Measure(
    id="C11",
    name="Unallocated open",
    question="How many open families have no named worker?",
    why="A family that nobody holds is a family that nobody sees, however many lists it is on.",
    unit="families",
    numerator="Of these, families of which no open episode has had a worker named.",
    denominator="Families with an episode open, each once.",
    of=eh_episode,
    rows=open_families(_SINCE_NAMED, "n = 0"),
    time=Open(),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    once=True,
    about_person=False,
    needs=(eh_episode.start_date, eh_episode.allocated_date),
    traps=(
        "A worker is named from the day of allocation on: a family whose worker has left still has one by this rule. "
        "The definition held follows who holds the family day by day.",
        "A family with a worker for one of its children has one.",
        "Episodes of a source system that records no day of allocation are left out of both counts.",
        "By team, a family counts in each team that has it open, allocated there or not.",
    ),
    definitions={
        "held": {
            "numerator": "Of these, families of which no open episode is held by a worker.",
            "rows": open_families(_WHILE_HELD, "n = 0"),
            "needs": (eh_episode.start_date, allocation.from_date),
        }
    },
    source="Catalogue of measures, C11: open families with no named worker.",
)
