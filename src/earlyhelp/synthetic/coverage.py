"""What a council says of its own extracts: the days each file covers and how many rows were put into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from earlyhelp.standard import feed
from earlyhelp.store.files import sha256_of
from earlyhelp.synthetic.rows import standard_rows


@dataclass(frozen=True)
class Covered:
    """One file as whoever drew it describes it: its source, the day, the first and last day it covers, its rows."""

    file: Path
    source: str
    drawn: date
    first: date
    last: date
    rows: int | None = None


def coverage_records(covered: Sequence[Covered]) -> pa.Table:
    """The standard table `feed`: one row a file, which it names by its fingerprint. The order is that of the files."""
    return standard_rows(
        feed,
        feed_id=[each.file.name for each in covered],
        source_system=[each.source for each in covered],
        extract_date=[each.drawn for each in covered],
        coverage_start=[each.first for each in covered],
        coverage_end=[each.last for each in covered],
        control_total=[each.rows for each in covered],
        sha256=[sha256_of(each.file) for each in covered],
    )
