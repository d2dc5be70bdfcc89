"""How many children there are: what a rate is for each so many of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from earlyhelp.measures.engines import Engine
from earlyhelp.measures.splits import GROUPS_OF_CHILDREN, PLACES
from earlyhelp.standard import NOT_RECORDED, UNMAPPED, Column, place, population
from earlyhelp.standard.ages import AGE_BANDS

TOLD_BY: tuple[Column, ...] = (population.count, place.children_0_17)
"""Either of these columns tells how many children there are; of places, the last one alone, of groups the first."""
ALL_AGES = "0-17"
MOST_CROSSED = 100_000
"""Of more figures than this, places and groups are not told beside every value of the other splits, but only where met."""

Dims = tuple[str, ...]


@dataclass(frozen=True)
class Children:
    """Children of the ages a rate is of: of the whole area by year, of each of its groups by year, or of its places."""

    by_year: Mapping[tuple[str, ...], Mapping[int, float]]
    by_place: Mapping[tuple[str, ...], float]
    group_at: tuple[int, ...]
    place_at: tuple[int, ...]
    told_by: tuple[Column, ...]

    @property
    def missing(self) -> tuple[Column, ...]:
        """The columns that could tell how many children there are, where nothing does."""
        known = self.by_place if self.place_at else self.by_year
        return () if known else self.told_by

    def places_along(self, split: int) -> set[str]:
        """Every place of one split, counted from 0, of which it is told how many children there are."""
        return {dims[self.place_at.index(split)] for dims in self.by_place}

    def beside_those_met(self, met: Sequence[Dims], splits: int, periods: int) -> list[Dims]:
        """The combinations of so many splits that were met, and with them every place or group told of, in order.

        So whom nobody helps has a row like all others. Beside further splits each place or group is told with each
        combination of theirs that was met; where that makes more than `MOST_CROSSED` figures, with those alone that were.
        """
        at = self.place_at or self.group_at
        others = [i for i in range(splits) if i not in at]
        told = [dims for dims in (self.by_place if self.place_at else self.by_year) if _is_known(dims)] if at else []
        rest = {tuple(dims[i] for i in others) for dims in met} if others else {()}
        if others and len(told) * len(rest) * periods > MOST_CROSSED:
            return list(met)
        crossed = (dict(zip((*at, *others), (*one, *other), strict=True)) for one, other in product(told, rest))
        return sorted({*met, *(tuple(dims[i] for i in range(splits)) for dims in crossed)})

    def of(self, year: int, dims: Sequence[str]) -> float | None:
        """The children that figures of that year and those splits are a rate of, or None where nobody tells."""
        if self.place_at:
            return self.by_place.get(tuple(dims[i] for i in self.place_at))
        years = self.by_year.get(tuple(dims[i] for i in self.group_at), {})
        known = [each for each in years if each <= year] or sorted(years)[:1]
        return years[max(known)] if known else None


def children(con: Engine, area_code: str, by: Sequence[str], ages: str = ALL_AGES) -> Children:
    """The children of the council's area, of each place, or of each group, as figures are split.

    The whole area's and a group's are those of the latest year told of, up to that of the period: from the population
    table, else (of the whole area at all ages) the sum of its small areas. Ages that the table does not hold as such are
    the sum of the bands within them. Where several publications tell of one year, the first by name is taken, never
    their sum. Places and groups at once are not known: then `missing` names the column that would have to tell.
    """
    places = tuple(name for name in by if name in PLACES)
    groups = tuple(name for name in by if name in GROUPS_OF_CHILDREN)
    at = tuple(by.index(name) for name in groups), tuple(by.index(name) for name in places)
    by_place = {} if groups else _by_place(con, area_code, places, ages)
    by_year = {} if places else _by_year(con, area_code, groups, ages)
    if not by_year and ("all",) in by_place:
        by_year = {(): {0: by_place[("all",)]}}
    return Children(by_year, by_place, *at, _told_by(places, groups, ages))


def _is_known(dims: Sequence[str | None]) -> bool:
    return not any(each in (None, NOT_RECORDED, UNMAPPED) for each in dims)


def _told_by(places: Sequence[str], groups: Sequence[str], ages: str) -> tuple[Column, ...]:
    if groups or ages != ALL_AGES:
        return TOLD_BY[:1]
    return TOLD_BY[1:] if places else TOLD_BY


def _by_place(con: Engine, area_code: str, places: Sequence[str], ages: str) -> dict[tuple[str, ...], float]:
    """Children of each place, or of all of them together under `all`."""
    named = ", ".join(f"CAST({name} AS VARCHAR)" for name in places) or "'all'"
    of_ages = _SMALL_AREAS
    if ages != ALL_AGES:
        told = _told("area_code, year", ages, "area_code IN (SELECT lsoa FROM place)", ())
        latest = (
            f"SELECT area_code AS lsoa, arg_max(n, year) AS n FROM ({_of_one_source(told, 'area_code')}) GROUP BY ALL"
        )
        of_ages = (
            f"SELECT area.* EXCLUDE (n), latest.n FROM ({_SMALL_AREAS}) AS area JOIN ({latest}) AS latest USING (lsoa)"
        )
    rows = con.execute(f"SELECT {named}, sum(n) FROM ({of_ages}) GROUP BY ALL", [area_code]).fetchall()
    return {tuple(dims): n for *dims, n in rows if n}


def _by_year(con: Engine, area_code: str, groups: Sequence[str], ages: str) -> dict[tuple[str, ...], dict[int, float]]:
    """Children of the whole area by group and year."""
    named = "".join(f"{name}, " for name in groups)
    told = _of_one_source(_told(f"{named}year", ages, "area_code = ?", groups), named.rstrip(", "))
    found: dict[tuple[str, ...], dict[int, float]] = {}
    for *dims, year, n in con.execute(f"SELECT {named}year, n FROM ({told})", [area_code]).fetchall():
        found.setdefault(tuple(dims), {})[year] = n
    return found


def _told(by: str, ages: str, where: str, groups: Sequence[str]) -> str:
    """SQL of the children of some ages as each publication tells of them: the ages as such, else the bands within.

    Bands are summed only where together they are all the years of those ages: some of them are not the whole.
    """
    chosen = " AND ".join(_is_group(name) if name in groups else _is_total(name) for name in GROUPS_OF_CHILDREN)
    within = _bands_in(ages)
    bands = ", ".join(f"'{band}'" for band in within)
    years = " ".join(f"WHEN '{band}' THEN {number}" for band, number in within.items())
    in_bands = f"FILTER (age_band IN ({bands}))"
    return (
        f"SELECT {by}, source, coalesce(sum(\"count\") FILTER (age_band = '{ages}'), CASE WHEN "
        f'sum(CASE age_band {years} END) {in_bands} = {_years_of(ages)} THEN sum("count") {in_bands} END) AS n '
        f"FROM population WHERE {where} AND {chosen} AND age_band IN ('{ages}', {bands}) GROUP BY ALL"
    )


def _of_one_source(told: str, by: str) -> str:
    """SQL that keeps, of each year, what the first publication by name tells."""
    return f"SELECT {by + ', ' if by else ''}year, arg_min(n, source) AS n FROM ({told}) WHERE n > 0 GROUP BY ALL"


def _bands_in(ages: str) -> dict[str, int]:
    """The bands of which ages such as 0-4 may be made, by either of their names, with how many years each has."""
    first, last = (int(each) for each in ages.split("-"))
    within = [(name, young, old) for name, young, old in AGE_BANDS if first <= young and old <= last]
    return {each: old - young + 1 for name, young, old in within for each in (name, f"{young}-{old}")}


def _years_of(ages: str) -> int:
    first, last = (int(each) for each in ages.split("-"))
    return last - first + 1


def _is_group(name: str) -> str:
    return f"coalesce({name}, 'not_recorded') NOT IN ('all', 'not_recorded')"


def _is_total(name: str) -> str:
    return f"coalesce({name}, 'not_recorded') IN ('all', 'not_recorded')"


_SMALL_AREAS = """
    SELECT lsoa, min(ward_code) AS ward_code, min(locality) AS locality, min(imd_decile) AS imd_decile,
    min(children_0_17) AS n FROM place WHERE la_code = ? GROUP BY lsoa
"""
