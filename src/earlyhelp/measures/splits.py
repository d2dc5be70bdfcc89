"""By what a measure may be split: columns of the table it counts, and what is known of the person and the place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from earlyhelp.measures.measure import Measure
from earlyhelp.standard import NOT_RECORDED, SYSTEM_COLUMNS, Boolean, CodeList, CodeValue, Column, ages, person, place

NAMED = ("requestor_organisation", "organisation", "team", "locality", "service_id", "school_urn")
"""Columns that are no codes and by which the design lets a table be split."""

YES_OR_NO = CodeList("yes_or_no", "Yes or no", (CodeValue("true", "Yes"), CodeValue("false", "No")), source="")

_BANDS = ("unborn", *(band for band, _, _ in ages.AGE_BANDS))
AGE_BANDS = CodeList(
    "age_band",
    "Age band",
    tuple(CodeValue(band, band[0].upper() + band[1:].replace("-", " to ")) for band in _BANDS),
    source="DfE Children in Need tables (under 1, 1 to 4, 5 to 9, 10 to 15, 16 and over), the last one parted at 18.",
)
_AGE = "date_diff('month', profile.birth_month, counted.day) // 12"
_AGE_BAND = (
    "CASE WHEN profile.birth_month IS NULL THEN NULL WHEN profile.birth_month > counted.day THEN 'unborn' "
    f"{ages.age_band_cases(_AGE)} END"
)
"""Age in whole years, as the month of birth tells it: a birthday counts from the first of its month."""

PLACES = ("lsoa", "ward_code", "locality", "imd_decile")
"""Splits by where the person lives."""

GROUPS_OF_CHILDREN = ("sex", "ethnicity")
"""Splits by who the person is for which publications tell the number of children."""

_JOINS = {
    "profile": "LEFT JOIN profile ON profile.person_id = counted.person_id",
    "place": (
        "LEFT JOIN (SELECT lsoa, min(ward_code) AS ward_code, min(locality) AS locality, min(imd_decile) AS imd_decile "
        "FROM place GROUP BY lsoa) AS place ON place.lsoa = profile.lsoa"
    ),
}


@dataclass(frozen=True)
class Split:
    """One way to split: its name, the SQL of its value in a row of the measure, and the list its codes are from.

    `many`: the value holds several codes with semicolons between, and the row counts once under each.
    `joins`: what must be joined to the rows of the measure for its value to be known.
    """

    name: str
    column: str
    codes: CodeList | None = None
    many: bool = False
    joins: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        """SQL of the value, never NULL: what is missing is `not_recorded`."""
        return each_code(self.told) if self.many else self.told

    @property
    def told(self) -> str:
        """SQL of the value as it stands in the row, several codes still together."""
        return f"coalesce(CAST({self.column} AS VARCHAR), '{NOT_RECORDED}')"


def each_code(value: str) -> str:
    """SQL that makes of a row one for each different code in a value that holds several."""
    return f"unnest(list_distinct(string_split({value}, ';')))"


def splits_of(measure: Measure) -> dict[str, Split]:
    """Every split the measure offers, by name."""
    own = {
        name: Split(name, f"counted.{name}", codes) for name, codes in {**measure.always_by, **measure.also_by}.items()
    }
    if measure.is_tally:
        return own
    columns = measure.of.columns | {name: SYSTEM_COLUMNS[name] for name in ("source_system",)}
    offered = {name: split for name, column in columns.items() if (split := _of_column(name, column))} | own
    if measure.about_person:
        of_person = {each.name: each for each in _of_the_person(measure)}
        offered = of_person | offered
    if measure.only_by:
        offered = {name: offered[name] for name in (*measure.fixed_splits, *measure.only_by)}
    return offered


def joined(chosen: Iterable[Split]) -> str:
    """SQL that brings the person and the place to the rows of a measure, where a chosen split needs them."""
    needed = dict.fromkeys(name for split in chosen for name in split.joins)
    return " ".join(_JOINS[name] for name in _JOINS if name in needed)


def _of_column(name: str, column: Column) -> Split | None:
    if column.type is Boolean:
        return Split(name, f"counted.{name}", YES_OR_NO)
    if column.coded:
        return Split(name, f"counted.{name}", column.code_list, column.coded.many)
    return Split(name, f"counted.{name}") if name in NAMED else None


def _of_the_person(measure: Measure) -> Iterable[Split]:
    yield Split("lsoa", "profile.lsoa", person.lsoa.code_list, joins=("profile",))
    for column in (place.ward_code, place.locality, place.imd_decile):
        yield Split(column.column_name, f"place.{column.column_name}", joins=("profile", "place"))
    is_rate = measure.statistic.is_of_children
    if not is_rate:  # publications have other ages than the bands, and nobody tells how many children are disabled
        yield Split("age_band", _AGE_BAND, AGE_BANDS, joins=("profile",))
    if is_rate and measure.along in PLACES:  # nobody tells how many of each group live in each place
        return
    for column in (person.sex, person.ethnicity, *(() if is_rate else (person.disability,))):
        name = column.column_name
        many = column.coded is not None and column.coded.many
        yield Split(name, f"profile.{name}", column.code_list, many, joins=("profile",))
