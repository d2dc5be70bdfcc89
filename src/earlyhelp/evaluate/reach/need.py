"""The need of each ward as it is published: its children, and how many of them live in families of low income.

Two sources, the first that tells anything: a pack of public statistics with children in low income by ward; the deciles of
small areas in the council's own list of places. A ward of which neither tells is left out, and said to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats
from earlyhelp.reference.loading import connect, load
from earlyhelp.reference.pack import Pack
from earlyhelp.reference.publication import literal

LOW_INCOME, DECILES, NOTHING = "low_income", "deciles", "nothing"
SHARE_BY_DECILE = (0.72, 0.58, 0.47, 0.39, 0.33, 0.27, 0.21, 0.16, 0.12, 0.07)
"""Of children in England's small areas of each decile for children (IDACI), the most deprived first, the share in low income.

Source: English Indices of Deprivation 2025, children counted in the income domain, over children aged 0 to 15 of mid-2020;
worked out again from the published files in tests/unit/evaluate/reach/test_reach_need.py.
"""
_WANTED = ("low_income_of_wards", "small_areas", "deprivation", "children_of_wards", "police_offences")
_MONTHS = 12


@dataclass(frozen=True, eq=False)
class Need:
    """Wards in order of their code: arrays of one length, a place a ward; NaN where nobody tells. All of it is published.

    `children`: of the ages in `ages`; `poor`: those of them in low income. `deprived`: per cent of the ward's small areas
    among England's tenth most deprived for children. `violence`: offences of violence in twelve months for each 1,000
    people. `told_by`: `low_income`, `deciles` or `nothing`. `period`: of the low income.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    children: Floats
    poor: Floats
    deprived: Floats
    violence: Floats
    told_by: str = NOTHING
    ages: str = "0 to 15"
    period: str = ""

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def known(self) -> Flags:
        """The wards with children, and with a low income that is told; where no ward's is, all with children."""
        children: Flags = np.nan_to_num(self.children) > 0
        return children if self.told_by == NOTHING else children & ~np.isnan(self.poor)


def need_of_places(con: duckdb.DuckDBPyConnection, area_code: str) -> Need:
    """The wards of the council's own list of places; low income from the deciles of their small areas.

    con: the standard tables. A ward is told of where each of its small areas has children and a decile for children.
    """
    rows = con.execute(
        f"""
        SELECT ward_code, coalesce(min(ward_name), ward_code), sum(n), CASE WHEN count(*) = count(poor) THEN sum(poor) END,
        CASE WHEN count(*) = count(decile) THEN 100 * avg(CAST(decile = 1 AS INTEGER)) END
        FROM (
            SELECT *, n * list_extract({list(SHARE_BY_DECILE)}, decile) AS poor FROM (
                SELECT lsoa, min(ward_code) AS ward_code, min(ward_name) AS ward_name,
                CASE WHEN count(children_0_17) > 0 THEN min(children_0_17) END AS n,
                CASE WHEN min(idaci_decile) BETWEEN 1 AND 10 THEN min(idaci_decile) END AS decile
                FROM place WHERE la_code = ? GROUP BY lsoa
            )
        ) GROUP BY ward_code ORDER BY ward_code
        """,
        [area_code],
    ).fetchall()
    told = any(poor is not None for *_, poor, _ in rows)
    return _need([(*row, None) for row in rows], DECILES if told else NOTHING, "0 to 17", "")


def holding(packs: Sequence[Pack], publication: str) -> Pack | None:
    """The last of the packs by name, so the newest edition where names hold the year, that holds a publication."""
    found = (each for each in packs if any(file.publication == publication for file in each.resources))
    return max(found, key=lambda each: each.name, default=None)


def need_of_packs(packs: Sequence[Pack], area_code: str, wards: Sequence[tuple[str, str]] = ()) -> Need:
    """The wards of an authority, or else those named (code and name), as packs of public statistics tell of them.

    Without wards, they are those of the packs' list of small areas; none where there is no list, or not this authority.
    Raises InputRefused for a file of a pack that cannot be read.
    """
    con, there = connect(), set[str]()
    for publication in _WANTED:
        if pack := holding(packs, publication):
            there.add(publication)
            for resource in pack.resources:
                if resource.publication == publication:
                    load(con, pack, resource)
    _name_wards(con, area_code, wards, lists="small_areas" in there)
    rows = con.execute(_of_wards(there)).fetchall()
    [(period,)] = con.execute(
        "SELECT max(period) FROM figures WHERE measure = 'low_income_of_wards/children'"
    ).fetchall()
    told = any(poor is not None for _, _, _, poor, *_ in rows)
    return _need(rows, LOW_INCOME if told else NOTHING, "0 to 15", period or "")


def _name_wards(
    con: duckdb.DuckDBPyConnection, area_code: str, wards: Sequence[tuple[str, str]], *, lists: bool
) -> None:
    """A table `ward` of the wards asked for."""
    con.execute("CREATE TABLE ward (code VARCHAR, name VARCHAR)")
    if wards:
        con.executemany("INSERT INTO ward VALUES (?, ?)", [list(each) for each in wards])
    elif lists:
        listed = f"SELECT ward24_code, min(ward24_name) FROM small_areas WHERE utla_code = {literal(area_code)}"
        con.execute(f"INSERT INTO ward {listed} GROUP BY 1")


def _of_wards(there: set[str]) -> str:
    """SQL of code, name, children, children in low income, deprived and violence, a row a ward."""
    deprived = _DEPRIVED if {"small_areas", "deprivation"} <= there else _NONE
    violence = _VIOLENCE if {"police_offences", "children_of_wards"} <= there else _NONE
    return f"""
        WITH latest AS (
            SELECT area_code, measure, value FROM figures
            WHERE measure IN ('low_income_of_wards/children', 'low_income_of_wards/children_0_15_implied')
            QUALIFY period = max(period) OVER ()
        ), deprived AS ({deprived}), violence AS ({violence})
        SELECT ward.code, ward.name,
        (SELECT min(value) FROM latest WHERE area_code = ward.code AND measure LIKE '%implied'),
        (SELECT min(value) FROM latest WHERE area_code = ward.code AND measure NOT LIKE '%implied'),
        deprived.value, violence.value
        FROM ward LEFT JOIN deprived ON deprived.code = ward.code LEFT JOIN violence ON violence.code = ward.code
        ORDER BY ward.code
    """


_NONE = "SELECT NULL::VARCHAR AS code, NULL::DOUBLE AS value WHERE false"
_DEPRIVED = """
    SELECT ward24_code AS code, CASE WHEN count(*) = count(value) THEN 100 * avg(CAST(value = 1 AS INTEGER)) END AS value
    FROM small_areas LEFT JOIN (SELECT * FROM figures WHERE measure = 'deprivation/idaci_decile') AS f
    ON f.area_code = lsoa21_code GROUP BY ALL
"""
_VIOLENCE = f"""
    SELECT told.area_code AS code, 1000 * told.value / people.value AS value FROM (
        SELECT area_code, sum(value) AS value FROM figures
        WHERE measure LIKE 'police_offences/VIOLENCE AGAINST THE PERSON/%'
        AND measure <> 'police_offences/VIOLENCE AGAINST THE PERSON/DEATH SERIOUS INJURY ILLEGAL DRIVING'
        AND period IN (
            SELECT DISTINCT period FROM figures WHERE measure LIKE 'police_offences/%' ORDER BY period DESC LIMIT {_MONTHS}
        )
        GROUP BY area_code
    ) AS told JOIN figures AS people
    ON people.area_code = told.area_code AND people.measure = 'children_of_wards/total_population' AND people.value > 0
"""


def _need(rows: Iterable[Sequence[object]], told_by: str, ages: str, period: str) -> Need:
    found = list(rows)
    children, poor, deprived, violence = (
        np.array([np.nan if row[place] is None else row[place] for row in found], dtype=np.float64)
        for place in range(2, 6)
    )
    codes, names = (tuple(str(row[place]) for row in found) for place in range(2))
    return Need(codes, names, children, poor, deprived, violence, told_by, ages, period)
