"""Columns that stand beside the cells of a part and are written to no file: whose row it is, and which record."""

from __future__ import annotations

import pyarrow as pa

PERSON, RECORD, WITHIN = "_person_key", "_record", "_within"
"""The true person of a row, the key of its record, and the record within whose row it is nested."""


def cells_only(cells: pa.Table) -> pa.Table:
    """The cells without the columns of service, as any column is whose name begins with an underscore."""
    return cells.select([name for name in cells.column_names if not name.startswith("_")])
