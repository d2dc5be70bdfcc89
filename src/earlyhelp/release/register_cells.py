"""The counts of released tables as boxes of the finest codes, so that tables of different bands can be laid on each other.

Wards, localities and tenths of deprivation are boxes of small areas; age bands of years of age; months, quarters and years
of days. A count is set beside another where the same is counted by the same rules (`meaning`), or where both measures
declare that they count the same records (`register_populations`): there the codes that a declaration asks for are a side
of the box too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import NamedTuple

import duckdb

from earlyhelp.measures import Statistic
from earlyhelp.measures.counting import NET
from earlyhelp.measures.engines import has_table
from earlyhelp.release.policy import Policy
from earlyhelp.release.protect.averages import most_apart
from earlyhelp.release.protect.overlaps import REST, TIME, Codes, Frame, Listing, Told
from earlyhelp.release.protect.questions import PARTS_OF_A_WHOLE
from earlyhelp.release.protect.rounding import range_of_shown, range_of_symbol
from earlyhelp.release.publish import Status
from earlyhelp.release.register_populations import OF_CHILDREN, Population
from earlyhelp.release.register_table import ABOVE, AGE, BELOW, DAYS, PLACE, ReleasedTable, TableRow
from earlyhelp.standard import NOT_RECORDED

_Range = tuple[tuple[float, float], bool]
_WHOLE = "whole"
"""The side of the total of a mix, which is of the records above the line."""
_AMOUNTS = "amounts"
"""The side of those whose mean is told: what other means leave of them is a mean too, and is asked about."""
Places = Mapping[str, Mapping[str, frozenset[str]]]
"""By split (`ward_code`) and code: the small areas it holds."""
OLDEST = 120
"""Years of age beyond which nobody is looked for."""
_ELSEWHERE = "elsewhere"
"""Small areas that no list of places names."""
_BANDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]], ...] = (
    (re.compile(r"under (\d+)"), lambda found: (0, int(found[1]) - 1)),
    (re.compile(r"(\d+) ?(?:-|to) ?(\d+)"), lambda found: (int(found[1]), int(found[2]))),
    (re.compile(r"(\d+)(?: and over|\+)"), lambda found: (int(found[1]), OLDEST)),
    (re.compile(r"(\d+)"), lambda found: (int(found[1]), int(found[1]))),
)


class Where(NamedTuple):
    """Where a count stands: the release, its table, and the place of its row there."""

    release: str
    table: int
    row: int


@dataclass(frozen=True)
class Laid:
    """The counts of one kind in one table, with the release and the snapshot that they are of.

    `rules`: what is counted, by the hash of the rules and the side of the line; several may count the same records.
    `highest`: the greatest number by which two of them may not be told to differ.
    """

    release: str
    measure: str
    rules: str
    highest: int
    snapshot: str
    is_rounded: bool
    once: bool
    listing: Listing


@dataclass(frozen=True)
class Numbered:
    """A table with the release it belongs to and its number there."""

    release: str
    table: int
    content: ReleasedTable


class _Counted(NamedTuple):
    """What the tables are known to count: by meaning and side of the line the records, and by split all codes there are."""

    populations: Mapping[tuple[str, str], Population]
    domains: Codes

    def of(self, table: ReleasedTable, side: str) -> Population | None:
        """The records of a side of a table, told by any table of the same rules."""
        return self.populations.get((table.about.meaning, side))

    def within(self, table: ReleasedTable, side: str) -> dict[str, frozenset[str]]:
        """By split, the codes that a side of a table is limited to."""
        told = self.of(table, side)
        if told is None:
            return {}
        left = {split: self.domains[split] - set(codes) for split, codes in told.but.items()}
        return left | {split: frozenset(codes) for split, codes in told.only.items()}


def laid_out(tables: Sequence[Numbered], places: Places, *, adults: bool = True) -> dict[str, list[Laid]]:
    """By what is counted: the counts of every table that tells of it, in the order of the tables.

    `adults`: whether records of adults may stand beside those of children; without, records of children are all there are.
    """
    areas = _lookup(places, _small_areas_seen(tables))
    found: dict[str, list[Laid]] = {}
    days, counted = _days_told(tables), _counted(tables, adults=adults)
    for each in tables:
        groups: dict[tuple[str, Frame, str], list[Told]] = {}
        for kind, side, cell in _cells(each, days, areas, counted):
            groups.setdefault((kind, cell.frame, side), []).append(cell)
        content = each.content
        for (kind, _, side), cells in groups.items():
            listing = _listing(content, cells, side, counted)
            found.setdefault(kind, []).append(_laid(each.release, content, side, listing))
    return found


def _laid(release: str, table: ReleasedTable, side: str, listing: Listing) -> Laid:
    highest = most_apart(table.rule) if side == _AMOUNTS else table.highest
    rules = f"{table.about.meaning} {ABOVE if side == _WHOLE else side}"
    measure = table.measure if table.definition == "default" else f"{table.measure} ({table.definition})"
    return Laid(release, measure, rules, highest, table.about.snapshot, bool(table.round_to), table.once, listing)


def _counted(tables: Sequence[Numbered], *, adults: bool) -> _Counted:
    """What the tables count: those that left under an older version as the first of the same rules tells it."""
    populations: dict[tuple[str, str], Population] = {}
    for each in tables:
        for side, told in each.content.populations.items():
            populations.setdefault((each.content.about.meaning, side), told if adults else told.of_anybody)
    named: dict[str, set[str]] = {}
    for population in populations.values():
        for split, codes in (*population.only.items(), *population.but.items()):
            named.setdefault(split, {"false" if split == OF_CHILDREN else REST}).update(codes)
    for each in tables:
        for split in named.keys() & each.content.axes.keys():
            named[split].update(
                code for row in each.content.rows if split in row.dims for code in each.content.finer(split, row)
            )
    return _Counted(populations, {split: frozenset(codes) for split, codes in named.items()})


def _listing(table: ReleasedTable, cells: Sequence[Told], side: str, counted: _Counted) -> Listing:
    """The counts of one side of a table: of what they tell, of what they say nothing, and what they leave over."""
    within = counted.within(table, ABOVE if side == _WHOLE else side)
    domain = {split: counted.domains[split] for split in within}
    own = {axis for axis in table.axes.values() if axis}
    above, below = (counted.within(table, each) for each in (ABOVE, BELOW))
    told = above | {split: codes for split, codes in below.items() if split in own or split not in above}
    rest = {split: counted.domains[split] - codes for split, codes in told.items()}
    return Listing(tuple(_once_each(cells)), table.complete, within, domain, rest)


def places_of(con: duckdb.DuckDBPyConnection) -> Places:
    """By split of place and code, the small areas that it holds, as the snapshot has them."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    if not has_table(con, "place"):
        return found
    for name in ("ward_code", "locality", "imd_decile"):
        value = f"coalesce(CAST(min({name}) AS VARCHAR), '{NOT_RECORDED}')"
        rows = con.execute(
            f"SELECT code, list(lsoa) FROM (SELECT lsoa, {value} AS code FROM place WHERE lsoa IS NOT NULL GROUP BY lsoa) "
            "GROUP BY code"
        ).fetchall()
        found[name] = {code: frozenset(areas) for code, areas in rows}
    return found


def whole_numbers(table: ReleasedTable) -> tuple[str, ...]:
    """The sides of the line that are counts of people and whole."""
    shown = {ABOVE: [row.numerator for row in table.rows], BELOW: [row.denominator for row in table.rows]}
    return tuple(
        side for side in table.counts if all(float(each).is_integer() for each in shown[side] if each is not None)
    )


def _once_each(cells: Iterable[Told]) -> list[Told]:
    """Cells of one box once: the total of a mix stands beside each of its parts."""
    kept: dict[frozenset[tuple[str, frozenset[str]]], Told] = {}
    for cell in cells:
        kept.setdefault(frozenset(cell.box.items()), cell)
    return list(kept.values())


def _cells(each: Numbered, days: Sequence[date], places: Places, counted: _Counted) -> Iterator[tuple[str, str, Told]]:
    """Every count of a table: of what kind it is, on which side of the line, and what it tells."""
    table = each.content
    sides = whole_numbers(table)
    within = {side: counted.within(table, side) for side in (ABOVE, BELOW)}
    for place, row in enumerate(table.rows):
        if row.status == Status.NO_DATA and row.numerator is None and row.denominator is None and not row.dims:
            continue
        where = Where(each.release, each.table, place)
        for side, side_of, box, told in _counts(table, row, sides, _box(table, row, days, places)):
            limited = _limited(box, within.get(side_of, {}))
            highest = most_apart(table.rule) if side == _AMOUNTS else table.highest
            if all(limited.values()):
                yield _kind(table, row, side_of, counted), side, Told(limited, *told[0], told[1], highest, where)


def _counts(
    table: ReleasedTable, row: TableRow, sides: Sequence[str], box: dict[str, frozenset[str]]
) -> Iterator[tuple[str, str, Codes, _Range]]:
    """The counts of a row: their side, the side of the line whose records they are of, their box, and what they tell."""
    if ABOVE in sides and row.dims.get("flow") != NET:
        yield ABOVE, ABOVE, box, _above(table, row)
    if BELOW not in sides or not _has_below(table, row):
        return
    if table.statistic == Statistic.MEAN:
        yield _AMOUNTS, _AMOUNTS, box, _averaged(table, row)
    if table.statistic != Statistic.MIX:
        yield BELOW, BELOW, box, _below(table, row)
    else:
        mixed = _mixed(table)
        total = {name: codes for name, codes in box.items() if name not in mixed}
        yield _WHOLE, ABOVE if mixed else BELOW, total, _below(table, row)


def _limited(box: Codes, within: Codes) -> dict[str, frozenset[str]]:
    """A box with the codes alone that are counted; empty along a split of which none is."""
    return {**box, **{split: box.get(split, codes) & codes for split, codes in within.items()}}


def _mixed(table: ReleasedTable) -> set[str]:
    """The things a mix is a mix of, where its parts add up."""
    own = {name for name, axis in table.axes.items() if axis}
    return {table.axes[name] for name in own & set(table.fixed)}


def _kind(table: ReleasedTable, row: TableRow, side: str, counted: _Counted) -> str:
    """What is counted: which records, or by which rules on which side, and under which codes of splits without a total."""
    apart = [f"{name}={row.dims[name]}" for name, axis in table.axes.items() if not axis and name in row.dims]
    told = counted.of(table, side)
    return " ".join((*((told.records,) if told else (table.about.meaning, side)), table.time, *sorted(apart)))


def _above(table: ReleasedTable, row: TableRow) -> tuple[tuple[float, float], bool]:
    """What the numerator of a row tells, and whether it is hidden."""
    if row.numerator is not None:
        return _shown(row.numerator, table.rule), False
    if not row.is_hidden:
        return (0.0, inf), False
    least, most = _symbol(table)
    is_part = table.statistic in PARTS_OF_A_WHOLE or table.statistic == Statistic.MIX
    if is_part and row.denominator is None:
        least = 0.0  # a row is hidden too where only its denominator is small
    if is_part and row.denominator is not None:
        most = min(most, _shown(row.denominator, table.rule)[1])
    return (least, most), True


def _below(table: ReleasedTable, row: TableRow) -> tuple[tuple[float, float], bool]:
    if row.denominator is not None:
        return _shown(row.denominator, table.rule), False
    return (_symbol(table), True) if row.is_hidden else ((0.0, inf), False)


def _averaged(table: ReleasedTable, row: TableRow) -> _Range:
    """Of how many a mean is told; where it is hidden, whoever adds amounts up has nothing of them, however many they are."""
    if row.value is not None and row.denominator is not None:
        return _shown(row.denominator, table.rule), False
    return (0.0, inf), row.is_hidden


def _has_below(table: ReleasedTable, row: TableRow) -> bool:
    """Whether something stands below the line, be it hidden or not told yet."""
    return row.denominator is not None or (
        bool(table.denominator) and (row.is_hidden or row.status == Status.NOT_MATURE)
    )


def _symbol(table: ReleasedTable) -> tuple[float, float]:
    rule = table.rule
    return range_of_symbol(rule, others_too=rule.hides_others_too, zeros_too=table.zeros_hidden)


def _shown(count: float, rule: Policy) -> tuple[float, float]:
    """What a shown count tells. A rounded one that the policy would not show as it is tells itself."""
    try:
        return range_of_shown(count, rule)
    except ValueError:
        return count, count


def _box(table: ReleasedTable, row: TableRow, days: Sequence[date], places: Places) -> dict[str, frozenset[str]]:
    box: dict[str, frozenset[str]] = {}
    for name, axis in table.axes.items():
        if axis and name in row.dims:
            codes = frozenset[str]().union(*(_codes(name, axis, code, places) for code in table.finer(name, row)))
            box[axis] = codes & box.get(axis, codes)
    if row.start:
        box[TIME] = _time(table, row, days)
    return box


def _codes(name: str, axis: str, code: str, places: Places) -> frozenset[str]:
    """The finest codes that a code of a split stands for."""
    if axis == AGE:
        return _years(code)
    return places.get(name, {}).get(code, frozenset((code,))) if axis == PLACE else frozenset((code,))


def _years(band: str) -> frozenset[str]:
    """The years of age of a band; a band in other words is itself."""
    for pattern, ends in _BANDS:
        if found := pattern.fullmatch(band.lower()):
            first, last = ends(found)
            return frozenset(str(year) for year in range(first, min(last, OLDEST) + 1))
    return frozenset((band,))


def _time(table: ReleasedTable, row: TableRow, days: Sequence[date]) -> frozenset[str]:
    """The days of a period, put together where no table parts them; of a single day, that day."""
    if table.time != DAYS:
        return frozenset((row.end,))
    start, end = date.fromisoformat(row.start), date.fromisoformat(row.end)
    return frozenset(day.isoformat() for day in days if start <= day <= end)


def _days_told(tables: Sequence[Numbered]) -> list[date]:
    """The days on which a period begins or on the day before which one ends, in order."""
    found: set[date] = set()
    for each in tables:
        for row in each.content.rows:
            if row.start and each.content.time == DAYS:
                found |= {date.fromisoformat(row.start), date.fromisoformat(row.end) + timedelta(days=1)}
    return sorted(found)


def _small_areas_seen(tables: Sequence[Numbered]) -> frozenset[str]:
    return frozenset(
        row.dims["lsoa"]
        for each in tables
        if each.content.axes.get("lsoa") == PLACE
        for row in each.content.rows
        if "lsoa" in row.dims
    )


def _lookup(places: Places, seen: frozenset[str]) -> dict[str, dict[str, frozenset[str]]]:
    """The places, with what no list names put where it is counted: nobody knows of what place it is."""
    found = {}
    for split, areas in places.items():
        listed = frozenset().union(*areas.values()) if areas else frozenset()
        unlisted = (seen - listed) | {NOT_RECORDED, _ELSEWHERE}
        found[split] = {**areas, NOT_RECORDED: areas.get(NOT_RECORDED, frozenset()) | unlisted}
    return found
