"""Numbers from 0 to 1 that belong to a record and a purpose: the same in every extract, on every run, in any order."""

from __future__ import annotations

from functools import cache
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.population import Floats

Marks = npt.NDArray[np.uint64]


def marks(texts: pa.Array | pa.ChunkedArray) -> Marks:
    """A number for each text, the same for the same text: the lower half of its MD5. Empty texts share one."""
    con = _engine()
    con.register("marked", pa.table({"text": texts}))
    found: dict[str, Any] = con.execute("SELECT md5_number_lower(coalesce(text, '')) AS mark FROM marked").fetchnumpy()
    con.unregister("marked")
    return np.asarray(found["mark"], dtype=np.uint64)


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One connection for all marks of a process: opening one takes longer than reading the marks of an extract."""
    return duckdb.connect(config={"threads": 1})


@cache
def _salt(seed: int, *purpose: str | int) -> np.uint64:
    """What sets one purpose's numbers apart from all others'."""
    return chance(seed, "faults", *purpose).integers(0, 2**64, dtype=np.uint64)


def luck_of(of: Marks, seed: int, *purpose: str | int) -> Floats:
    """A number from 0 to 1 for each mark and one purpose; two purposes share none.

    The mark and the purpose are mixed as by SplitMix64 (Steele, Lea and Flood, 2014).
    """
    mixed = of ^ _salt(seed, *purpose)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53
