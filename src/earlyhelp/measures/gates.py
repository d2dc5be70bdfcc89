"""Gates: columns that must be full enough before a measure may be shown. Read from the count of fields of the same run."""

from __future__ import annotations

from earlyhelp.measures.engines import Engine, has_table
from earlyhelp.measures.figures import ClosedGate
from earlyhelp.measures.measure import Measure
from earlyhelp.standard import Column


def closed_gates(con: Engine, measure: Measure) -> tuple[ClosedGate, ...]:
    """The gates of a measure that are closed, in the order in which it declares them.

    Completeness is valid values over records, of the systems that fill the column at all: a system that has no such
    field says nothing about how well the others keep theirs. Where no fields were counted, no gate is closed.
    """
    if not measure.gate or not has_table(con, "field_count"):
        return ()
    found = [(column, completeness(con, column), wanted) for column, wanted in measure.gate.items()]
    return tuple(ClosedGate(str(column), share, wanted) for column, share, wanted in found if share < wanted)


def completeness(con: Engine, column: Column) -> float:
    """The share of records with a valid value in the column, among the systems that fill it; 0 where none does."""
    rows = con.execute(
        "SELECT sum(valid), sum(records) FROM field_count WHERE field = ? AND valid > 0", [str(column)]
    ).fetchall()
    valid, records = rows[0]
    return float(valid) / float(records) if records else 0.0
