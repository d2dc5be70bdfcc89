"""Rows that are not in the extract yet, and rows that are in it twice."""

from __future__ import annotations

from datetime import date

import numpy as np

from earlyhelp.synthetic.faults.declared import RowFault
from earlyhelp.synthetic.population import Days, Flags, Floats


def _entered_later(recorded: Days, luck: Floats, chance: float, day: date) -> Flags:
    late: Flags = (recorded > np.datetime64(day)) & (luck < chance)
    return late


FAULTS = (
    RowFault(
        "recorded late", "The event was entered after the day of the extract: its row is there from the next one on.",
        1.0, sources=("annex_a", "ssd", "mosaic", "eclipse"), chosen=_entered_later,
    ),
    RowFault("row repeated", "A join in the report brought the row twice.", 0.0015, adds=True),
)  # fmt: skip
