"""What came before step-ups in this council: all exact counts, so that `release` alone may pass them on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

import duckdb

from earlyhelp.evaluate.earlier.before import Recorded, Sequence, Timing, make_compared, recorded, sequences, timing
from earlyhelp.evaluate.earlier.looks import Span, make_looks, span
from earlyhelp.evaluate.earlier.missed import Missed, Share, make_missed, missed_by_year, shares_of_step_ups
from earlyhelp.evaluate.earlier.unseen import Unseen, unseen
from earlyhelp.evaluate.earlier.warnings import Watched, watched
from earlyhelp.measures import Standards

STANDARD = "first_contact_working_days"
"""The local standard by which a wait is too long."""


@dataclass(frozen=True)
class Earlier:
    """Exact counts of families. `standard`: calendar days within which help should begin."""

    as_at: date
    span: Span
    standard: int
    recorded: tuple[Recorded, ...]
    sequences: tuple[Sequence, ...]
    timing: Timing
    missed: tuple[Missed, ...]
    shares: tuple[Share, ...]
    unseen: tuple[Unseen, ...]
    watched: tuple[Watched, ...]


def what_came_before(con: duckdb.DuckDBPyConnection, standards: Standards) -> Earlier:
    """What was recorded before first step-ups, and what by plain rules was missed; temporary tables alone are written.

    con: the standard tables with the spells and profiles of `build`. Raises NotEstimable where there are no requests or
    step-ups, or they do not reach back far enough.
    """
    known = span(con, standards.as_at)
    standard = ceil(standards.local[STANDARD] * 7 / 5)
    make_looks(con, known, standard)
    make_compared(con)
    make_missed(con, standard, standards.as_at)
    return Earlier(
        standards.as_at,
        known,
        standard,
        tuple(recorded(con, known)),
        tuple(sequences(con, known)),
        timing(con),
        tuple(missed_by_year(con, known, standards.year_starts)),
        tuple(shares_of_step_ups(con)),
        tuple(unseen(con)),
        tuple(watched(con, known.held, standards.as_at)),
    )
