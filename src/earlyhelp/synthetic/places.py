"""Where the people of a synthetic council live: small areas, wards and localities, all of them invented.

Codes are none that the Office for National Statistics has given: small areas are E01 and six digits above those in use
(the standard takes no other shape), wards begin with X05, and councils are E06 and a number from 900000.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from earlyhelp.errors import UsageProblem
from earlyhelp.standard import place, population
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.names import declared
from earlyhelp.synthetic.population import Days, Floats, Ints, People, Places, Texts
from earlyhelp.synthetic.profiles import Profile
from earlyhelp.synthetic.rows import standard_rows
from earlyhelp.synthetic.timeline import MONTH_STARTS

WARD_ROWS, WARD_COLUMNS = 2, 4
"""A ward is so many small areas high and wide on the lattice they are drawn on."""
LARGEST_NUMBER = 899
"""Councils are numbered from 0 to this, so that a small area's code has room for the number."""
_MOST_WARDS, _MOST_COLUMNS, _MOST_ROWS, _CHILDREN_A_WARD = 30, 4, 8, 1_000
_OUR_ESTIMATE = "Synthetic council: children counted on 31 March"
_BANDS = ((0, 5), (5, 10), (10, 16), (16, 18))


def make_places(profile: Profile, children: int, seed: int, number: int = 0) -> Places:
    """The small areas of a council in which `children` children aged 0 to 17 live at any one time.

    About 30 wards of 8 small areas; fewer below 30,000 children. Deprivation is alike in neighbouring areas.
    `number`: the council's place among those made together; codes of two numbers never meet.
    Raises UsageProblem for fewer than one child or a number outside 0 to 899.
    """
    if children < 1:
        raise UsageProblem(f"A council of {children} children cannot be made.", fix="Give a number of 1 or more.")
    if not 0 <= number <= LARGEST_NUMBER:
        raise UsageProblem(f"There is no room for council number {number}.", fix="Make at most 900 councils at once.")
    columns, rows = ward_lattice(round(children / _CHILDREN_A_WARD))
    ward = np.repeat(np.arange(columns * rows), WARD_ROWS * WARD_COLUMNS)
    deprived, residents = _deprivation(columns, rows, children, seed)
    return Places(
        lsoa=np.array([f"E01{100 + number}{area:03d}" for area in range(1, len(ward) + 1)]),
        ward=ward,
        locality=_localities(columns, rows)[ward],
        deprivation=deprived,
        imd_decile=_deciles(deprived, profile),
        children=residents,
        ward_codes=tuple(f"X05{100 + number}{each:03d}" for each in range(1, columns * rows + 1)),
        ward_names=_ward_names(columns * rows, seed),
        localities=tuple(row["word"] for row in declared("place_words") if row["part"] == "locality"),
    )


def council_number(places: Places) -> int:
    """The number the places were made with."""
    return int(places.lsoa[0][3:6]) - 100


def council_code(places: Places) -> str:
    """The invented code of the council, of the shape of a unitary authority's."""
    return f"E06{900_000 + council_number(places)}"


def ward_lattice(wards: int) -> tuple[int, int]:
    """Columns and rows of a lattice of about so many wards, between 4 and 32; its own number gives itself again.

    As near as can be to twice as many rows as columns, because a ward is twice as wide as it is high.
    """
    sizes = [(columns, rows) for columns in range(2, _MOST_COLUMNS + 1) for rows in range(2, _MOST_ROWS + 1)]
    return min(sizes, key=lambda size: (abs(size[0] * size[1] - min(wards, _MOST_WARDS)), abs(size[1] - 2 * size[0])))


def lattice_position(places: Places) -> tuple[Ints, Ints]:
    """The row and the column of each small area on the lattice."""
    columns, _ = ward_lattice(len(places.ward_codes))
    within = np.arange(len(places.lsoa)) % (WARD_ROWS * WARD_COLUMNS)
    row = places.ward // columns * WARD_ROWS + within // WARD_COLUMNS
    return row, places.ward % columns * WARD_COLUMNS + within % WARD_COLUMNS


def _localities(columns: int, rows: int) -> Ints:
    """The quarter of the council each ward lies in."""
    ward = np.arange(columns * rows)
    east, north = ward % columns >= columns / 2, ward // columns >= rows / 2
    return np.select([north & ~east, north & east, ~north & ~east], [0, 1, 2], 3).astype(np.int64)


def _deprivation(columns: int, rows: int, children: int, seed: int) -> tuple[Floats, Ints]:
    """Deprivation of each area, and how many children live there; a little more children where it is greater."""
    luck = chance(seed, "places", "deprivation")
    field = luck.normal(size=(rows * WARD_ROWS + 6, columns * WARD_COLUMNS + 6))
    for _ in range(3):  # neighbours become alike; each pass takes one line off every side
        field = _averaged(field)
    smooth = (field - field.mean()) / field.std()
    of_ward = smooth.reshape(rows, WARD_ROWS, columns, WARD_COLUMNS).swapaxes(1, 2).reshape(-1)
    mixed = of_ward + luck.normal(scale=0.5, size=of_ward.size)
    residents = _shared_out(children, luck.lognormal(0, 0.25, of_ward.size) * np.exp(0.06 * mixed))
    centred = mixed - np.average(mixed, weights=residents)
    spread = np.sqrt(np.average(centred**2, weights=residents))
    return centred / (spread or 1.0), residents  # a council of one child has no spread


def _averaged(field: Floats) -> Floats:
    """The mean of each three by three cells; one line smaller on every side."""
    high, wide = field.shape[0] - 2, field.shape[1] - 2
    parts = [field[i : i + high, j : j + wide] for i in range(3) for j in range(3)]
    averaged: Floats = np.mean(parts, axis=0)
    return averaged


def _shared_out(total: int, weights: Floats) -> Ints:
    """Whole numbers in proportion to `weights` that sum to `total`: the largest remainders are rounded up."""
    exact = total * weights / weights.sum()
    whole: Ints = np.floor(exact).astype(np.int64)
    whole[np.argsort(whole - exact, kind="stable")[: total - whole.sum()]] += 1
    return whole


def _deciles(deprived: Floats, profile: Profile) -> Ints:
    """The national decile of each area, 1 the most deprived: as many areas in each as the profile says."""
    rank = np.argsort(np.argsort(-deprived, kind="stable"), kind="stable")
    ends = np.cumsum(profile.imd_deciles) / sum(profile.imd_deciles)
    return np.minimum(np.searchsorted(ends, (rank + 0.5) / len(rank)), 9).astype(np.int64) + 1


def _ward_names(wards: int, seed: int) -> tuple[str, ...]:
    words = declared("place_words")
    first = [row["word"] for row in words if row["part"] == "ward_first"]
    last = [row["word"] for row in words if row["part"] == "ward_last"]
    luck = chance(seed, "places", "ward names")
    pairs = zip(luck.permutation(len(first))[:wards], luck.permutation(len(last))[:wards], strict=True)
    return tuple(first[i] + last[j] for i, j in pairs)


def place_records(places: Places, people: People, profile: Profile, seed: int) -> dict[str, pa.Table]:
    """The standard tables `place` and `population`.

    `population` counts the children who live in each small area, ward and the council on 31 March of 2020 to 2026 by
    age band and sex, and in the council by ethnic group. `place.children_0_17` is the count of the last year.
    """
    years = range(MONTH_STARTS[0].astype(object).year, MONTH_STARTS[-1].astype(object).year + 1)
    counted = [_children_on(places, people, year) for year in years]
    tables = [_by_age_and_sex(places, year, counts) for year, (counts, _) in zip(years, counted, strict=True)]
    tables += [_by_ethnicity(places, year, groups) for year, (_, groups) in zip(years, counted, strict=True)]
    noise = chance(seed, "places", "idaci").normal(scale=0.35, size=len(places.lsoa))
    latest = counted[-1][0].sum(axis=(1, 2)).astype(np.float64)
    return {
        "place": _place_table(places, latest, _deciles(places.deprivation + noise, profile)),
        "population": pa.concat_tables(tables),
    }


def _place_table(places: Places, children: Floats, idaci: Ints) -> pa.Table:
    return standard_rows(
        place,
        lsoa=places.lsoa,
        ward_code=np.array(places.ward_codes)[places.ward],
        ward_name=np.array(places.ward_names)[places.ward],
        la_code=np.full(len(places.lsoa), council_code(places)),
        locality=np.array(places.localities)[places.locality],
        children_0_17=children,
        imd_decile=places.imd_decile,
        idaci_decile=idaci,
    )


def area_on(people: People, day: Days | np.datetime64) -> Ints:
    """The small area each child lives in on a day (one day, or one a child), as a place in the council's areas."""
    month = people.move_month[people.child_family]
    moved = (month >= 0) & (MONTH_STARTS[month] <= day)
    family = people.child_family
    return np.where(moved, people.move_area[family], people.area[family])


def lives_here(people: People, day: np.datetime64) -> Ints:
    """The children aged 0 to 17 who live in the council on a day, as places in the children."""
    adult = np.datetime64(_years_before(day, 18))
    return np.flatnonzero((people.born <= day) & (people.born > adult) & (np.isnat(people.left) | (people.left > day)))


def _years_before(day: np.datetime64, years: int) -> date:
    then: date = day.astype(object)
    return then.replace(year=then.year - years)


def _children_on(places: Places, people: People, year: int) -> tuple[Ints, dict[str, int]]:
    """Children on 31 March of a year: by small area, age band and sex (boys, girls), and by ethnic group."""
    day = np.datetime64(date(year, 3, 31))
    here = lives_here(people, day)
    births = [np.datetime64(_years_before(day, older)) for _, older in _BANDS]
    band = np.array([people.born[here] <= limit for limit in births[:-1]]).sum(axis=0)
    shape = (len(places.lsoa), len(_BANDS), 2)
    cell = np.ravel_multi_index((area_on(people, day)[here], band, people.female[here].astype(np.int64)), shape)
    codes, counts = np.unique(people.ethnicity[here], return_counts=True)
    groups = {str(code): int(n) for code, n in zip(codes, counts, strict=True)}
    return np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape), groups


def _by_age_and_sex(places: Places, year: int, counts: Ints) -> pa.Table:
    """Rows for every area, age band and sex, zero included, with the sums over each."""
    wards = np.zeros((len(places.ward_codes), *counts.shape[1:]), dtype=np.int64)
    np.add.at(wards, places.ward, counts)
    whole = np.concatenate([counts, wards, counts.sum(axis=0, keepdims=True)])
    whole = np.concatenate([whole.sum(axis=1, keepdims=True), whole], axis=1)
    whole = np.concatenate([whole.sum(axis=2, keepdims=True), whole], axis=2)
    codes = np.array([*places.lsoa, *places.ward_codes, council_code(places)])
    bands = np.array(["0-17", *(f"{young}-{older - 1}" for young, older in _BANDS)])
    area, band, sex = (each.reshape(-1) for each in np.indices(whole.shape))
    every_group = np.full(whole.size, "")
    return _population(year, codes[area], bands[band], np.array(["all", "M", "F"])[sex], every_group, whole.reshape(-1))


def _by_ethnicity(places: Places, year: int, groups: dict[str, int]) -> pa.Table:
    codes, counts = np.array(list(groups), dtype=str), np.array(list(groups.values()), dtype=np.int64)
    whole = np.full(len(codes), council_code(places))
    return _population(year, whole, np.full(len(codes), "0-17"), np.full(len(codes), "all"), codes, counts)


def _population(year: int, area: Texts, band: Texts, sex: Texts, ethnicity: Texts, count: Ints) -> pa.Table:
    return standard_rows(
        population,
        area_code=area,
        year=np.full(len(area), year),
        age_band=band,
        sex=sex,
        ethnicity=ethnicity,
        count=count,
        source=np.full(len(area), _OUR_ESTIMATE),
    )
