"""What later stages read from a pack: figures of a measure, an authority's neighbours, its small areas, boundaries.

Each function opens the pack afresh and reads only the files it needs. A file that was changed since the pack was made is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import duckdb
import pyarrow as pa

from earlyhelp.errors import InputRefused
from earlyhelp.reference.areas import REPLACED
from earlyhelp.reference.catalogue import PUBLICATIONS
from earlyhelp.reference.loading import FIGURE_COLUMNS, connect, load, told_by_headings
from earlyhelp.reference.pack import Pack, Resource, open_pack
from earlyhelp.reference.publication import BOUNDARIES, FIGURES, LOOKUP, literal

_COLUMNS = ", ".join(FIGURE_COLUMNS)
_LISTED = "See what the pack holds: earlyhelp reference check PATH"


def figures(folder: Path, measure: str, area_code: str | None = None) -> pa.Table:
    """The figures of one measure, ordered by area and period; of one area where it is named.

    Columns: area_code, area_type, period, measure (text), value (float64, null unless status is `ok`), status, symbol (what was
    printed in place of a figure), source (the file). measure: as `children_in_need/At31_episodes`, or a publication's id for
    all of its measures. area_code: an ONS code; three digits that a publisher gives for an authority have been replaced by
    its code where the pack holds the list of authorities.
    Raises InputRefused when the pack has no such publication or measure, when the area has been given another code, or when a
    file cannot be read.
    """
    con, publication = connect(), measure.split("/")[0]
    _load(con, folder, publication, FIGURES)
    wanted = "true" if measure == publication else f"measure = {literal(measure)}"
    if not con.execute(f"SELECT 1 FROM figures WHERE {wanted} LIMIT 1").fetchall():
        raise _no_such_measure(con, measure)
    of_area = "true" if area_code is None else f"area_code = {literal(area_code)}"
    found = con.execute(
        f"SELECT {_COLUMNS} FROM figures WHERE {wanted} AND {of_area} ORDER BY area_code, period, measure, source"
    ).to_arrow_table()
    if area_code is not None and found.num_rows == 0:
        _refuse_replaced(area_code)
    return found


def authorities(folder: Path) -> pa.Table:
    """The list of authorities: code, name, region; ordered by code. Raises InputRefused when the pack holds none."""
    con = connect()
    _load(con, folder, "authorities", LOOKUP)
    return con.execute(
        "SELECT new_la_code AS area_code, la_name AS name, region_code, ons_region AS region FROM authorities ORDER BY 1"
    ).to_arrow_table()


def neighbours(folder: Path, area_code: str) -> pa.Table:
    """The statistical neighbours of an authority, the closest first: rank (int32), area_code, name, closeness.

    Raises InputRefused when the pack holds no list of neighbours, or the list has no such authority.
    """
    con = connect()
    _load(con, folder, "neighbours", LOOKUP)
    found = con.execute(f"""
        SELECT CAST(sn_rank AS INTEGER) AS rank, sn_new_la_code AS area_code, sn_la_name AS name, closeness
        FROM neighbours WHERE new_la_code = {literal(area_code)} ORDER BY 1
    """).to_arrow_table()
    return _some(found, area_code, "neighbours")


def small_areas(folder: Path, area_code: str) -> pa.Table:
    """The small areas (LSOA 2021) of an authority, district or ward, ordered by code.

    Columns: lsoa, name, ward_code, ward_name, district_code, authority_code. Raises InputRefused when the pack holds no list of
    small areas, or none in that area.
    """
    con = connect()
    _load(con, folder, "small_areas", LOOKUP)
    found = con.execute(f"""
        SELECT lsoa21_code AS lsoa, lsoa21_name AS name, ward24_code AS ward_code, ward24_name AS ward_name,
               ltla24_code AS district_code, utla_code AS authority_code
        FROM small_areas WHERE {literal(area_code)} IN (ward24_code, ltla24_code, utla_code) ORDER BY 1
    """).to_arrow_table()
    return _some(found, area_code, "small areas")


def boundaries(folder: Path, publication: str) -> pa.Table:
    """Every boundary of a publication, as `small_area_boundaries`: its properties, `geometry` (GeoJSON text, WGS 84), `source`.

    Raises InputRefused when the pack holds none.
    """
    con = connect()
    _load(con, folder, publication, BOUNDARIES)
    return con.execute(f'SELECT * FROM "{publication}" ORDER BY 1').to_arrow_table()


def _load(con: duckdb.DuckDBPyConnection, folder: Path, publication: str, kind: str) -> None:
    """Load every file of a publication; for figures by the three digits of authorities, the list of authorities before it."""
    if publication not in PUBLICATIONS or PUBLICATIONS[publication].kind != kind:
        known = [each.id for each in PUBLICATIONS.values() if each.kind == kind]
        near = get_close_matches(publication, known, n=3) or known
        raise InputRefused(
            f"'{publication}' is none of the {kind} that can be read.", fix=f"Such are: {', '.join(near)}."
        )
    pack = open_pack(folder)
    wanted = _files_of(pack, publication)
    if not wanted:
        raise InputRefused(
            f"The pack does not hold '{PUBLICATIONS[publication].title}'.",
            where=str(folder),
            fix=f"Add it: {PUBLICATIONS[publication].instructions}",
        )
    before = _files_of(pack, "authorities") if kind == FIGURES else []
    for resource in [*before, *wanted]:
        load(con, pack, resource)


def _files_of(pack: Pack, publication: str) -> list[Resource]:
    """The pack's files of a publication. A pack that does not say what its files are is asked by their headings."""
    endings = PUBLICATIONS[publication].endings
    possible = [each for each in pack.resources if each.publication or each.path.lower().endswith(endings)]
    return [each for each in possible if (each.publication or told_by_headings(pack, each)) == publication]


def _no_such_measure(con: duckdb.DuckDBPyConnection, measure: str) -> InputRefused:
    rows: Sequence[tuple[str]] = con.execute("SELECT DISTINCT measure FROM figures ORDER BY measure").fetchall()
    near = get_close_matches(measure, [name for (name,) in rows], n=3, cutoff=0.4)
    fix = f"Near to it: {'; '.join(near)}." if near else _LISTED
    return InputRefused(f"There is no measure '{measure}'.", fix=fix)


def _refuse_replaced(area_code: str) -> None:
    if area_code in REPLACED:
        old = REPLACED[area_code]
        raise InputRefused(
            f"The figures know this authority by its earlier code, {old}.", where=area_code, fix=f"Ask for {old}."
        )


def _some(found: pa.Table, area_code: str, what: str) -> pa.Table:
    if found.num_rows:
        return found
    _refuse_replaced(area_code)
    raise InputRefused(f"The pack has no {what} of this area.", where=area_code, fix="Give an ONS code, as E09000032.")
