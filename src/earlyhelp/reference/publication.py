"""What a publication is: who publishes it and where, the headings its file must have, and how it becomes one long table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from earlyhelp.reference.areas import AUTHORITY, COUNTRY, REGION, region_code_sql
from earlyhelp.reference.symbols import SYMBOLS, Symbol

OPEN_GOVERNMENT = "OGL-UK-3.0"
ATTRIBUTION = "CC-BY-4.0"
LICENCES = {
    OPEN_GOVERNMENT: (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    ATTRIBUTION: ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
}
FIGURES, LOOKUP, BOUNDARIES = "figures", "lookup", "boundaries"


@dataclass(frozen=True)
class Publication:
    """One published file: everything that is known of it before it is there.

    `id` begins the name of each of its measures. `headings` are all headings of the file, in any order. `keys` say which
    columns name a row (no two rows agree in all of them). `long` is SQL over the table `source`, every column text, that gives
    area_code, area_type, period, measure (the part after the id) and printed; lookups and boundaries have none. `remarks` is SQL
    over `source` for what the publisher says of an area's whole return: area_code, period and remark.
    """

    id: str
    title: str
    publisher: str
    where: str
    how: str
    headings: tuple[str, ...]
    keys: tuple[str, ...]
    kind: str = FIGURES
    long: str = ""
    remarks: str = ""
    measures: tuple[str, ...] = ()
    symbols: tuple[Symbol, ...] = SYMBOLS
    licence: str = OPEN_GOVERNMENT
    endings: tuple[str, ...] = (".csv",)

    @property
    def instructions(self) -> str:
        """Where a council gets the file, in a sentence."""
        return f"{self.how} ({self.publisher}): {self.where}"


@dataclass(frozen=True)
class Area:
    """How a file of one row an area names the area: the column of its code and the kind of area."""

    column: str
    kind: str


def names(text: str) -> tuple[str, ...]:
    """The names in a text, one between each pair of blanks."""
    return tuple(text.split())


def quoted(column: str) -> str:
    """A column's name as SQL wants it."""
    escaped = column.replace('"', '""')
    return f'"{escaped}"'


def literal(text: str) -> str:
    """A text as SQL wants it."""
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def path_sql(parts: Iterable[str]) -> str:
    """SQL for a measure's name: its parts with a stroke between them."""
    return " || '/' || ".join(parts)


def unpivoted(select: str, measures: Iterable[str]) -> str:
    """SQL that turns one column a measure into one row a measure; blanks stay rows."""
    columns = ", ".join(map(quoted, measures))
    return f"SELECT {select}, printed FROM source UNPIVOT INCLUDE NULLS (printed FOR indicator IN ({columns}))"


def wide(area: Area, period: str, measures: tuple[str, ...], measure: str = "indicator") -> str:
    """SQL for a file of one row an area and one column a measure, all of one period."""
    select = f"{quoted(area.column)} AS area_code, '{area.kind}' AS area_type, {period} AS period, {measure} AS measure"
    return unpivoted(select, measures)


_OF_TIME_AND_PLACE = names(
    "time_period time_identifier geographic_level country_code country_name region_code region_name old_la_code "
    "new_la_code la_name"
)
_KEYS_OF_A_PLACE = names("time_period geographic_level region_name new_la_code")
_LEVEL = (
    f"CASE geographic_level WHEN 'National' THEN '{COUNTRY}' WHEN 'Regional' THEN '{REGION}' "
    f"WHEN 'Local authority' THEN '{AUTHORITY}' END"
)


def education(
    id: str,
    title: str,
    how: str,
    measures: tuple[str, ...],
    *,
    where: str,
    kinds: tuple[str, ...] = ("category",),
    splits: tuple[str, ...] = (),
) -> Publication:
    """A file of the education department's releases: time and place, columns that split, one column an indicator.

    `kinds` are columns with one value in the whole file; `splits` become parts of the measure's name.
    """
    code = (
        "CASE geographic_level WHEN 'National' THEN country_code WHEN 'Regional' THEN region_code ELSE new_la_code END"
    )
    select = f"{code} AS area_code, {_LEVEL} AS area_type, time_period AS period, {path_sql([*splits, 'indicator'])} AS measure"
    return Publication(
        id=id,
        title=title,
        publisher="Department for Education",
        where=where,
        how=how,
        headings=(*_OF_TIME_AND_PLACE, *kinds, *splits, *measures),
        keys=(*_KEYS_OF_A_PLACE, *splits),
        long=unpivoted(select, measures),
        measures=measures,
    )


def by_name(measures: tuple[str, ...]) -> str:
    """SQL for a table of time and place whose regions have a name and no code."""
    region = region_code_sql("region_name")
    code = f"CASE geographic_level WHEN 'National' THEN 'E92000001' WHEN 'Regional' THEN {region} ELSE new_la_code END"
    select = f"{code} AS area_code, {_LEVEL} AS area_type, time_period AS period, indicator AS measure"
    return unpivoted(select, measures)
