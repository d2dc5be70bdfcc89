"""How many children there are: what a rate is for each 10,000 of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from earlyhelp.measures.splits import PLACES
from earlyhelp.standard import Column, place, population

TOLD_BY: tuple[Column, ...] = (population.count, place.children_0_17)
"""Either of these columns tells how many children there are; of places, the last one alone."""


@dataclass(frozen=True)
class Children:
    """Children aged 0 to 17: of the whole area by year, or of each of its places."""

    by_year: Mapping[int, float]
    by_place: Mapping[tuple[str, ...], float]
    place_of: tuple[int, ...]

    @property
    def missing(self) -> tuple[Column, ...]:
        """The columns that could tell how many children there are, where nothing does."""
        if self.place_of:
            return () if self.by_place else TOLD_BY[1:]
        return () if self.by_year else TOLD_BY

    def of(self, year: int, dims: Sequence[str]) -> float | None:
        """The children that figures of that year and those splits are a rate of, or None where nobody tells."""
        if self.place_of:
            return self.by_place.get(tuple(dims[i] for i in self.place_of))
        known = [each for each in self.by_year if each <= year] or sorted(self.by_year)[:1]
        return self.by_year[max(known)] if known else None


def children(con: duckdb.DuckDBPyConnection, area_code: str, by: Sequence[str]) -> Children:
    """The children of the council's area, or of each place where figures are split by place.

    The whole area's are those of the latest year told of, up to that of the period: from the population table, else the
    sum of its small areas. Where several publications tell of one year, the first by name is taken, never their sum.
    """
    places = [name for name in by if name in PLACES]
    in_places = ", ".join(f"CAST({name} AS VARCHAR)" for name in places) or "'all'"
    rows = con.execute(f"SELECT {in_places}, sum(n) FROM ({_SMALL_AREAS}) GROUP BY ALL", [area_code]).fetchall()
    by_place = {tuple(dims): n for *dims, n in rows if n}
    by_year = dict(con.execute(_BY_YEAR, [area_code]).fetchall())
    if not by_year and not places and ("all",) in by_place:
        by_year = {0: by_place[("all",)]}
    return Children(by_year, by_place, tuple(by.index(name) for name in places))


_SMALL_AREAS = """
    SELECT lsoa, min(ward_code) AS ward_code, min(locality) AS locality, min(imd_decile) AS imd_decile,
    min(children_0_17) AS n FROM place WHERE la_code = ? GROUP BY lsoa
"""
_BY_YEAR = """
    SELECT year, arg_min("count", source) FROM population
    WHERE area_code = ? AND age_band = '0-17' AND coalesce(sex, 'all') IN ('all', 'not_recorded')
    AND coalesce(ethnicity, 'not_recorded') = 'not_recorded' GROUP BY year
"""
