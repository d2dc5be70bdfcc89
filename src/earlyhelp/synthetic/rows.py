"""Arrays as the rows of a standard table: its columns in its order, each with the type the standard declares."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.standard import Boolean, Date, Integer, Number, Table

_TYPES = {Date: pa.date32(), Integer: pa.int64(), Number: pa.float64(), Boolean: pa.bool_()}


def standard_rows(table: Table, **columns: Any) -> pa.Table:
    """The columns given of a standard table, in the standard's order and with its types; columns not given are left out.

    Empty texts and dates that are NaT become null. Raises KeyError for a column the standard does not have.
    """
    unknown = set(columns) - set(table.columns)
    if unknown:
        raise KeyError(f"{table} has no column {', '.join(sorted(unknown))}")
    arrays = {
        name: _array(columns[name], _TYPES.get(column.type, pa.string()))
        for name, column in table.columns.items()
        if name in columns
    }
    return pa.table(arrays)


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    array = values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values)
    array = array.cast(kind)
    if kind != pa.string():
        return array
    return pc.if_else(pc.equal(array, ""), pa.scalar(None, kind), array)
