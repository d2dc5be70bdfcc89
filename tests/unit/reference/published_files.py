"""Small files in the layouts of publications, for the tests of public statistics."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from earlyhelp.reference.catalogue import PUBLICATIONS
from earlyhelp.reference.publication import BOUNDARIES, quoted

Row = Mapping[str, str]


def write_publication(folder: Path, publication: str, rows: Sequence[Row], name: str = "") -> Path:
    """A file in the publication's layout; a heading that a row does not name is blank."""
    headings = PUBLICATIONS[publication].headings
    unknown = {heading for row in rows for heading in row} - set(headings)
    assert not unknown, f"{publication} has no {unknown}"
    file = folder / (name or f"{publication}{PUBLICATIONS[publication].endings[0]}")
    file.parent.mkdir(parents=True, exist_ok=True)
    if PUBLICATIONS[publication].kind == BOUNDARIES:
        file.write_text(json.dumps(_collection(headings, rows)), "utf-8")
    elif file.suffix == ".parquet":
        _as_parquet(file, headings, rows)
    else:
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, headings, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return file


def _collection(headings: Iterable[str], rows: Sequence[Row]) -> dict[str, object]:
    square = {"type": "Polygon", "coordinates": [[[0, 51], [1, 51], [1, 52], [0, 51]]]}
    shapes = [
        {"type": "Feature", "properties": {h: row.get(h, "") for h in headings}, "geometry": square} for row in rows
    ]
    return {"type": "FeatureCollection", "features": shapes}


def _as_parquet(file: Path, headings: Sequence[str], rows: Sequence[Row]) -> None:
    con = duckdb.connect()
    con.execute(f"CREATE TABLE t ({', '.join(f'{quoted(heading)} VARCHAR' for heading in headings)})")
    for row in rows:
        con.execute(f"INSERT INTO t VALUES ({', '.join('?' * len(headings))})", [row.get(h) for h in headings])
    con.execute(f"COPY t TO '{file}' (FORMAT parquet)")


def of_england(year: str, **figures: str) -> Row:
    """A row for England in the education department's layout."""
    return {"time_period": year, "geographic_level": "National", "country_code": "E92000001", **figures}


def of_authority(code: str, year: str, **figures: str) -> Row:
    """A row for an authority in the education department's layout."""
    return {"time_period": year, "geographic_level": "Local authority", "new_la_code": code, **figures}


def lait(measure: str, number: str, period: str, value: str) -> Row:
    """A row of the local authority interactive tool."""
    return {"Short Desc": measure, "Years": period, "LA Number": number, "Values": value}


def authority(code: str, number: str, name: str) -> Row:
    """A row of the list of authorities."""
    return {"new_la_code": code, "old_la_code": number, "la_name": name}
