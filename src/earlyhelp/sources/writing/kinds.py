"""Writing a list that holds rows of several kinds: those of each kind one below the other, in the order of the parts."""

from __future__ import annotations

import pyarrow as pa

from earlyhelp.sources.layout import Source
from earlyhelp.sources.writing.service_columns import cells_only
from earlyhelp.sources.writing.writer import Cells
from earlyhelp.standard import NOT_RECORDED, CodeList, sql


def in_one_list(cells: Cells, source: Source, title: str) -> dict[str, pa.Table]:
    """The cells by the name of the file they go into: parts of one kind each under `title`, all others under their own.

    Every part of a kind has the same headings.
    """
    kinds = [part.title for part in source.parts if part.kind and part.title in cells]
    apart = {name: table for name, table in cells.items() if name not in kinds}
    if not kinds:
        return apart
    return {**apart, title: pa.concat_tables([cells_only(cells[name]) for name in kinds])}


def in_the_words_of(codes: CodeList, value: str) -> str:
    """SQL for the label of a code, and for the text itself where it is none."""
    cases = " ".join(f"WHEN {sql.literal(each.code)} THEN {sql.literal(each.label)}" for each in codes.values)
    return f"CASE {value} {cases} WHEN '{NOT_RECORDED}' THEN NULL ELSE {value} END"
