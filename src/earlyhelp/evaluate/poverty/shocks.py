"""Dated shocks: the first sign of poverty of a family in a year, by kind and month."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

from earlyhelp.evaluate.methods.effect import Flags
from earlyhelp.evaluate.poverty.families import Families
from earlyhelp.evaluate.poverty.follow_up import Events, events
from earlyhelp.evaluate.poverty.signals import SIGNALS

QUIET = 12
"""Months without any sign of poverty that come before a shock."""


@dataclass(frozen=True, eq=False)
class Shocks:
    """Signs of poverty by month, and the shocks among them.

    `struck`: (kinds, months, families), true in the month of a shock: a sign of that kind, a child in the family, and no
    sign of any kind in the twelve months before, all of which the records of the kind cover. Two kinds in one month are
    two shocks. `without`: (months, families), a child in the family and no sign of any kind in that month or the twelve
    before: whom a family with a shock in that month is compared with. What comes later plays no part in it.
    """

    names: tuple[str, ...]
    signs: Events
    struck: Flags
    without: Flags


def shocks(con: duckdb.DuckDBPyConnection, known: Families) -> Shocks:
    """Every shock of the families. Needs the table `followed_family`."""
    days = "SELECT family_id, event_date AS day FROM partner_event WHERE type = '{}'"
    signs = events(con, known, {kind: (days.format(kind), "") for kind in SIGNALS})
    months = known.span.months
    struck = np.zeros((len(SIGNALS), months, len(known)), bool)
    without = np.zeros((months, len(known)), bool)
    for month in range(QUIET, months):
        here = known.present[month]
        quiet = here & ~signs.any_in(month - QUIET, month - 1).any(axis=0)
        now = signs.any_in(month, month)
        struck[:, month] = now & quiet & (month - QUIET >= signs.covered[:, :1])
        without[month] = quiet & ~now.any(axis=0)
    return Shocks(tuple(SIGNALS), signs, struck, without)
