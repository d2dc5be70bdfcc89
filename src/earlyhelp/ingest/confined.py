"""Workbooks and XML are taken apart in a process of its own, with a cap on memory and time.

A hostile or damaged file can at worst end that process; the run goes on and the file is refused with a reason.
Run as a module by `open_file`: `python -m earlyhelp.ingest.confined KIND FILE OUT PARTS`; what it read lies in OUT.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from earlyhelp.errors import EarlyHelpError
from earlyhelp.ingest.census_xml import read_census
from earlyhelp.ingest.grid import as_arrow, write_arrow
from earlyhelp.ingest.workbook import read_workbook

MEMORY_LIMIT = 4 * 1024**3
SECONDS_LIMIT = 600
TOP_ROWS = 30


def read_into(kind: str, path: Path, out: Path, parts: dict[str, list[str]]) -> dict[str, Any]:
    """Read the file and leave its grids in `out`; returns what `open_file` needs to know of them."""
    if kind == "xml":
        return _read_xml(path, out, parts)
    if kind == "parquet":
        return _read_parquet(path, out)
    return {"grids": [_keep_sheet(index, sheet.name, sheet.rows, out) for index, sheet in enumerate(read_workbook(path))]}


def _keep_sheet(index: int, name: str, rows: list[list[str]], out: Path) -> dict[str, Any]:
    width = max((len(row) for row in rows), default=0)
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    write_arrow(as_arrow([number for number, _ in filled], [row for _, row in filled], width), out / f"{index}.arrow")
    return {"name": name, "file": f"{index}.arrow", "width": width, "top": filled[:TOP_ROWS], "headings": None}


def _read_xml(path: Path, out: Path, parts: dict[str, list[str]]) -> dict[str, Any]:
    census = read_census(path, parts)
    grids = []
    for index, (name, rows) in enumerate(census.rows.items()):
        headings = parts[name]
        table = as_arrow(range(1, len(rows) + 1), [[row.get(h) for h in headings] for row in rows], len(headings))
        write_arrow(table, out / f"{index}.arrow")
        grids.append({"name": name, "file": f"{index}.arrow", "width": len(headings), "top": [], "headings": headings})
    notes = [f"element {name} is not read ({count} times)" for name, count in sorted(census.unread.items())]
    if census.namespaced:
        notes.append("the elements carry a namespace, which the published return has not; they were read by their names")
    return {"grids": grids, "notes": notes, "extract_date": census.facts.get("ReferenceDate")}


def _read_parquet(path: Path, out: Path) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    columns: dict[str, Any] = {"row_no": pa.array(range(1, table.num_rows + 1), pa.int64())}
    for index, name in enumerate(table.column_names):
        columns[f"c{index}"] = pc.cast(table.column(name), pa.string())
    write_arrow(pa.table(columns), out / "0.arrow")
    grid = {"name": path.stem, "file": "0.arrow", "width": table.num_columns, "top": [], "headings": table.column_names}
    return {"grids": [grid]}


def _limit() -> None:
    for what, most in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CPU, SECONDS_LIMIT), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main(arguments: list[str]) -> int:
    """Entry of the confined process: 0 with `meta.json` written, or 3 with the refusal as JSON on standard output."""
    kind, path, out, parts = arguments
    _limit()
    try:
        meta = read_into(kind, Path(path), Path(out), json.loads(parts))
    except EarlyHelpError as refused:
        print(json.dumps(refused.as_dict()))
        return 3
    (Path(out) / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
