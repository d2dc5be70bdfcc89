"""What a check of public statistics is: it finds what a reader must know of the published data, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

PASSED, FOUND, NOT_APPLICABLE, BROKEN = "passed", "found", "not_applicable", "broken"


@dataclass(frozen=True)
class Check:
    """One thing that can be wrong with published data.

    `needs`: the publications it reads; it does not apply unless all are there. Without any it reads all figures.
    `sql`: gives publication, area_code, period, measure and `found`, a sentence that says what is the matter.
    """

    id: str
    title: str
    needs: tuple[str, ...]
    sql: str

    @property
    def about(self) -> tuple[str, ...]:
        """The publications it is declared for in a pack's description; a check of all figures is declared for none."""
        return self.needs


@dataclass(frozen=True)
class Finding:
    """What a check found in one place."""

    publication: str
    area_code: str
    period: str
    measure: str
    found: str


@dataclass(frozen=True)
class Outcome:
    """How a check ended: passed, found (with findings), not applicable (with the reason), or broken (with the error)."""

    check: Check
    outcome: str
    findings: tuple[Finding, ...] = ()
    reason: str = ""


def run_check(con: duckdb.DuckDBPyConnection, check: Check, there: Iterable[str]) -> Outcome:
    """Run one check over what has been loaded; `there` are the publications that have been."""
    absent = [name for name in check.needs if name not in set(there)]
    if absent:
        return Outcome(check, NOT_APPLICABLE, reason=f"The pack holds no {' and no '.join(absent)}.")
    try:
        rows = con.execute(f"SELECT publication, {_TEXTS}, found FROM ({check.sql}) ORDER BY ALL").fetchall()
    except duckdb.Error as fault:
        return Outcome(check, BROKEN, reason=f"The check could not run ({type(fault).__name__}).")
    findings = tuple(Finding(*row) for row in rows)
    return Outcome(check, FOUND if findings else PASSED, findings)


_TEXTS = ", ".join(f"coalesce(CAST({name} AS VARCHAR), '')" for name in ("area_code", "period", "measure"))
PUBLICATION = "split_part(measure, '/', 1)"
"""SQL for the publication a measure belongs to."""


def thousands(number: str) -> str:
    """SQL for a number as people read it: `1258` gives `1,258`."""
    return f"format('{{:,}}', CAST(round({number}) AS BIGINT))"
