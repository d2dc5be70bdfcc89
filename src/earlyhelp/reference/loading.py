"""Published files become tables: figures in one long shape, lookups and boundaries as they are. Every row is accounted for."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from earlyhelp.errors import InputRefused
from earlyhelp.reference.areas import AUTHORITY, AUTHORITY_NUMBER, REGIONS
from earlyhelp.reference.catalogue import PUBLICATIONS, as_declared, recognise
from earlyhelp.reference.pack import Pack, Resource
from earlyhelp.reference.publication import BOUNDARIES, FIGURES, Publication, literal, quoted
from earlyhelp.reference.symbols import OK, status_sql, symbol_sql, value_sql
from earlyhelp.store.workspace import MEMORY_LIMIT

FIGURE_COLUMNS = ("area_code", "area_type", "period", "measure", "value", "status", "symbol", "source")
"""The one shape: `value` is NULL unless `status` is `ok`; `symbol` is what stood in its place; `source` is the file."""
_TYPES = ", ".join(f"{name} {'DOUBLE' if name == 'value' else 'VARCHAR'}" for name in FIGURE_COLUMNS)
_KINDS = {".parquet": "Parquet", ".csv": "CSV in UTF-8", ".geojson": "GeoJSON", ".json": "GeoJSON"}
_TAKE_AS_PUBLISHED = "Take the file as published, unopened: a spreadsheet program changes what it saves."


@dataclass(frozen=True)
class Loaded:
    """What one file gave: rows read, and for figures how many there are of each status."""

    resource: Resource
    publication: Publication
    rows: int
    figures: int
    statuses: dict[str, int]


def connect() -> duckdb.DuckDBPyConnection:
    """An in-memory engine: empty tables `figures` and `remarks`, and `numbers`, which holds the three digits of regions."""
    con = duckdb.connect(config={"memory_limit": f"{MEMORY_LIMIT}B", "autoinstall_known_extensions": "false"})
    con.execute("SET TimeZone = 'UTC'")
    con.execute(f"CREATE TABLE figures ({_TYPES})")
    con.execute("CREATE TABLE remarks (publication VARCHAR, area_code VARCHAR, period VARCHAR, remark VARCHAR)")
    con.execute("CREATE TABLE numbers (number VARCHAR, code VARCHAR)")
    con.executemany("INSERT INTO numbers VALUES (?, ?)", [[region.number, region.code] for region in REGIONS])
    return con


def which(pack: Pack, resource: Resource) -> Publication:
    """The publication a file is, unchanged since the pack was made and with the headings it must have.

    Raises InputRefused for a missing or changed file, headings that are not the publication's, or a publication nobody
    declared.
    """
    file = pack.unchanged(resource)
    headings = _headings(file, resource.path)
    if not resource.publication:
        return recognise(headings, resource.path)
    publication = PUBLICATIONS.get(resource.publication)
    if publication is None:
        found = f"The pack calls this file '{resource.publication[:60]}', which is no publication known here."
        raise InputRefused(found, where=resource.path, fix="earlyhelp reference list")
    as_declared(publication, headings, resource.path)
    return publication


def told_by_headings(pack: Pack, resource: Resource) -> str:
    """The id of the publication a file has the headings of; empty when it has those of none or cannot be read."""
    try:
        return recognise(_headings(pack.file(resource), resource.path), resource.path).id
    except InputRefused:
        return ""


def load(
    con: duckdb.DuckDBPyConnection, pack: Pack, resource: Resource, publication: Publication | None = None
) -> Loaded:
    """Read one file: figures are added to the table `figures`, a lookup or boundaries to a table named by the publication's id.

    publication: what `which` has told the file to be, so that it is not asked again.
    Raises InputRefused as `which` does, for a file that cannot be read, another number of rows than the pack says, a cell
    that is neither a number nor a known symbol, and a row without area or period. Nothing is added then.
    """
    publication = publication or which(pack, resource)
    rows = _read(con, pack.file(resource), publication, resource)
    if resource.rows is not None and rows != resource.rows:
        found = f"{rows:,} rows were read and the pack says {resource.rows:,}."
        raise InputRefused(found, where=resource.path, fix=_TAKE_AS_PUBLISHED)
    if publication.kind != FIGURES:
        _keep(con, publication)
        return Loaded(resource, publication, rows, 0, {})
    try:
        statuses = _add_figures(con, publication, resource)
    except duckdb.Error:
        found = "A column that names areas or periods holds what cannot be read."
        raise InputRefused(found, where=resource.path, fix=_TAKE_AS_PUBLISHED) from None
    return Loaded(resource, publication, rows, sum(statuses.values()), statuses)


def _headings(file: Path, where: str) -> tuple[str, ...]:
    """The headings of a file. Raises InputRefused when it cannot be read as what its ending says."""
    try:
        if file.suffix.lower() == ".parquet":
            columns = duckdb.connect().execute(f"DESCRIBE SELECT * FROM read_parquet({literal(str(file))})").fetchall()
            return tuple(name for name, *_ in columns)
        if file.suffix.lower() in (".geojson", ".json"):
            return tuple(_features(file, where)[0]["properties"])
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return tuple(next(csv.reader(stream), ()))
    except (OSError, UnicodeDecodeError, csv.Error, duckdb.Error):
        raise _unreadable(file, where) from None


def _unreadable(file: Path, where: str) -> InputRefused:
    kind = _KINDS.get(file.suffix.lower(), "CSV, Parquet or GeoJSON")
    return InputRefused(f"The file cannot be read as {kind}.", where=where, fix=_TAKE_AS_PUBLISHED)


def _features(file: Path, where: str) -> list[dict[str, Any]]:
    try:
        content = json.loads(file.read_text("utf-8-sig"))
        features: list[dict[str, Any]] = content["features"]
        named = all(isinstance(each["properties"], dict) and each["geometry"]["type"] for each in features)
    except (OSError, ValueError, KeyError, TypeError):
        raise _unreadable(file, where) from None
    if not (features and named):
        raise InputRefused("The file holds no boundary with a name.", where=where, fix=_TAKE_AS_PUBLISHED)
    return features


def _read(con: duckdb.DuckDBPyConnection, file: Path, publication: Publication, resource: Resource) -> int:
    """Put the file into the table `source`, every column text, and return how many rows there are."""
    try:
        if publication.kind == BOUNDARIES:
            con.register("features", _boundary_table(_features(file, resource.path), publication, resource))
            con.execute("CREATE OR REPLACE TEMP TABLE source AS SELECT * FROM features")
            con.unregister("features")
        else:
            con.execute(f"CREATE OR REPLACE TEMP TABLE source AS SELECT {_as_text(publication)} FROM {_reader(file)}")
    except duckdb.Error:
        raise _unreadable(file, resource.path) from None
    [(rows,)] = con.execute("SELECT count(*) FROM source").fetchall()
    return int(rows)


def _as_text(publication: Publication) -> str:
    return ", ".join(f"CAST({quoted(heading)} AS VARCHAR) AS {quoted(heading)}" for heading in publication.headings)


def _reader(file: Path) -> str:
    if file.suffix.lower() == ".parquet":
        return f"read_parquet({literal(str(file))})"
    columns = ", ".join(f"{literal(heading)}: 'VARCHAR'" for heading in _headings(file, file.name))
    plain = "auto_detect=false, header=true, delim=',', quote='\"', escape='\"', nullstr='', strict_mode=true"
    return f"read_csv({literal(str(file))}, {plain}, columns={{{columns}}})"


def _boundary_table(features: list[dict[str, Any]], publication: Publication, resource: Resource) -> pa.Table:
    """One row a boundary: its properties as text, its shape as GeoJSON, and the file."""
    told = {name: [str(each["properties"].get(name, "")) for each in features] for name in publication.headings}
    shapes = [json.dumps(each["geometry"], separators=(",", ":")) for each in features]
    return pa.table({**told, "geometry": shapes, "source": [resource.path] * len(features)})


def _keep(con: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    """Add what was read to the publication's own table; authorities also tell which number stands for which code."""
    table = quoted(publication.id)
    con.execute(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT * FROM source LIMIT 0")
    con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM source")
    if publication.id == "authorities":
        con.execute(r"INSERT INTO numbers SELECT regexp_replace(old_la_code, '\.0$', ''), new_la_code FROM source")


def _add_figures(con: duckdb.DuckDBPyConnection, publication: Publication, resource: Resource) -> dict[str, int]:
    status = status_sql("symbol", publication.symbols)
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE long AS
        WITH cast_to AS (SELECT *, TRY_CAST(printed AS DOUBLE) AS number FROM ({publication.long})),
             counted AS (SELECT *, {value_sql("number")} AS value FROM cast_to),
             told AS (SELECT *, CASE WHEN value IS NULL THEN {symbol_sql("printed")} ELSE '' END AS symbol FROM counted)
        SELECT coalesce(numbers.code, area_code) AS area_code,
               CASE WHEN area_type = '{AUTHORITY_NUMBER}' AND numbers.code IS NOT NULL THEN '{AUTHORITY}'
                    ELSE area_type END AS area_type,
               period, '{publication.id}/' || measure AS measure, value,
               CASE WHEN value IS NULL THEN {status} ELSE '{OK}' END AS status, symbol, {literal(resource.path)} AS source
        FROM told LEFT JOIN numbers ON numbers.number = area_code
    """)
    _refuse_what_cannot_be_read(con, publication, resource)
    con.execute("INSERT INTO figures BY NAME SELECT * FROM long")
    if publication.remarks:
        con.execute(
            f"INSERT INTO remarks BY NAME SELECT DISTINCT '{publication.id}' AS publication, * FROM ({publication.remarks})"
        )
    return dict(con.execute("SELECT status, count(*) FROM long GROUP BY status ORDER BY status").fetchall())


def _refuse_what_cannot_be_read(con: duckdb.DuckDBPyConnection, publication: Publication, resource: Resource) -> None:
    unknown = con.execute(
        "SELECT symbol, count(*) FROM long WHERE status IS NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    if unknown:
        sign, count = unknown[0]
        known = ", ".join(each.printed for each in publication.symbols if each.printed)
        raise InputRefused(
            f"{count:,} cells hold '{sign[:20]}', which is neither a number nor a known symbol ({known}).",
            where=resource.path,
            fix=_TAKE_AS_PUBLISHED,
        )
    nameless = "area_code IS NULL OR area_type IS NULL OR period IS NULL OR measure IS NULL"
    [(without,)] = con.execute(f"SELECT count(*) FROM long WHERE {nameless}").fetchall()
    if without:
        found = f"{without:,} figures have no area, period or measure."
        raise InputRefused(found, where=resource.path, fix=_TAKE_AS_PUBLISHED)
