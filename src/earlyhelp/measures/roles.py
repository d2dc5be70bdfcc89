"""In which roles people act: those who assess, and those who take a family on. Exact counts: `release` decides what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from earlyhelp.measures.engines import Engine

ASSESS, TAKE_ON = "assess", "take on"
"""What is done: an assessment is completed; a family is given to a worker."""


class Roles(NamedTuple):
    """How often something was done in each role. `others`: in roles of one worker alone. `unsaid`: without a role."""

    counts: Mapping[str, int]
    others: int = 0
    unsaid: int = 0


def roles(con: Engine, first: date, last: date) -> dict[str, Roles]:
    """By what was done between two days, both included: how often in each role, as records spell it most often.

    A role is one however its letters are written. A role in which one worker alone takes families on is told of as another
    role, since it would tell of that worker. Assessments name no worker.
    """
    return {what: _roles(con.execute(query, [first, last]).fetchall()) for what, query in _QUERIES.items()}


def _roles(rows: list[tuple[str | None, int, int]]) -> Roles:
    counts = {role: number for role, number, workers in rows if role and workers != 1}
    others = sum(number for role, number, workers in rows if role and workers == 1)
    return Roles(counts, others, sum(number for role, number, _ in rows if not role))


_BY_ROLE = """
    SELECT mode(role ORDER BY role), count(*), count(DISTINCT worker) FROM ({acts})
    GROUP BY lower(role) ORDER BY count(*) DESC, lower(role)
"""
_QUERIES = {
    ASSESS: _BY_ROLE.format(
        acts="""
        SELECT nullif(trim(assessor_role), '') AS role, NULL AS worker FROM eh_assessment
        WHERE completion_date BETWEEN ? AND ?"""
    ),
    TAKE_ON: _BY_ROLE.format(
        acts="""
        SELECT (
            SELECT min(nullif(trim(role), '')) FROM worker WHERE worker.worker_id = allocation.worker_id
            AND from_date >= coalesce(valid_from, from_date) AND from_date <= coalesce(valid_to, from_date)
        ) AS role, worker_id AS worker FROM allocation WHERE from_date BETWEEN ? AND ?"""
    ),
}
