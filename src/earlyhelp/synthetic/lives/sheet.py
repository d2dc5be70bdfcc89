"""Columns of standard tables from arrays: dates, keys, codes, and a table put together in the standard's own order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.standard import SYSTEM_COLUMNS, Boolean, Date, Integer, Number, Table
from earlyhelp.synthetic.lives.days import LAST, NEVER
from earlyhelp.synthetic.population import Flags, Floats, Ints, Texts

ARROW = {Date.name: pa.date32(), Integer.name: pa.int64(), Number.name: pa.float64(), Boolean.name: pa.bool_()}


def dates(days: Ints) -> pa.Array:
    """Days since 1970 as dates; what comes after the last day, or never, is empty."""
    days = np.asarray(days)
    return pa.array(days.astype(np.int32), mask=(days > LAST) | (days < -NEVER)).cast(pa.date32())


def keys(prefix: str, numbers: Ints) -> pa.Array:
    """Keys such as E0000012; empty for numbers below 0."""
    numbers = np.asarray(numbers)
    digits = pc.utf8_lpad(pa.array(numbers, mask=numbers < 0).cast(pa.string()), 7, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), digits, pa.scalar(""))


def pick(values: Sequence[str | None] | Texts, places: Ints) -> pa.Array:
    """The text at each place; empty for places below 0."""
    places = np.asarray(places)
    return pa.array(list(values), pa.string()).take(pa.array(places, mask=places < 0))


def only(values: Flags | Ints | Floats, known: Flags) -> pa.Array:
    """Values where `known`, empty elsewhere."""
    return pa.array(values, mask=~np.asarray(known))


def entered(draw: np.random.Generator, days: Ints, slow: Flags | None = None) -> pa.Array:
    """Day on which each row was entered: some days after, weeks after where the team is slow; never past the last day."""
    mean = np.where(slow, 16.0, 3.0) if slow is not None else 3.0
    later = (draw.exponential(1.0, len(days)) * mean).astype(np.int64)
    return dates(np.minimum(days + later, np.maximum(LAST, days)))


def standard_table(declared: Table, **columns: pa.Array) -> pa.Table:
    """The columns given, in the standard's order and types; those not given are empty. Raises KeyError on an unknown name."""
    known = {**declared.columns, "recorded_date": SYSTEM_COLUMNS["recorded_date"]}
    if unknown := columns.keys() - known.keys():
        raise KeyError(f"{declared} has no {', '.join(sorted(unknown))}")
    n = len(next(iter(columns.values())))
    types = {name: ARROW.get(column.type.name, pa.string()) for name, column in known.items()}
    filled = {name: columns[name].cast(kind) if name in columns else pa.nulls(n, kind) for name, kind in types.items()}
    return pa.table(filled)
