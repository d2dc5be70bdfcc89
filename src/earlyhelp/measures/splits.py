"""By what a measure may be split: codes and names of the table it counts, and what is known of the person and the place."""

from __future__ import annotations

from dataclasses import dataclass

from earlyhelp.measures.measure import Measure
from earlyhelp.standard import CodeList, person, place

NAMED = (
    "requestor_organisation",
    "organisation",
    "team",
    "locality",
    "service_id",
    "school_urn",
)
"""Columns that are no codes and by which the design lets a table be split."""

AGE_BANDS = CodeList(
    "age_band",
    "Age band",
    (),
    source="DfE Children in Need tables: under 1, 1 to 4, 5 to 9, 10 to 15, 16 and over.",
)
_AGE = "date_diff('month', profile.birth_month, {day}) // 12"
_AGE_BAND = (
    "CASE WHEN profile.birth_month IS NULL THEN NULL WHEN profile.birth_month > {day} THEN 'unborn' "
    "WHEN {age} < 1 THEN 'under 1' WHEN {age} < 5 THEN '1-4' WHEN {age} < 10 THEN '5-9' WHEN {age} < 16 THEN '10-15' "
    "WHEN {age} < 18 THEN '16-17' ELSE '18 and over' END"
)


@dataclass(frozen=True)
class Split:
    """One way to split: its name, the SQL of its value in a row of the measure, and the list its codes are from."""

    name: str
    sql: str
    codes: CodeList | None = None


def splits_of(measure: Measure) -> dict[str, Split]:
    """Every split the measure offers, by name."""
    if measure.is_tally:
        return {name: Split(name, f"counted.{name}", codes) for name, codes in measure.always_by.items()}
    offered = {
        name: Split(name, f"counted.{name}", column.code_list)
        for name, column in measure.of.columns.items()
        if (column.coded and not column.coded.many) or name in NAMED
    }
    offered |= {name: Split(name, f"counted.{name}", codes) for name, codes in measure.always_by.items()}
    if measure.about_person:
        offered |= {name: split for name, split in _of_the_person(measure).items() if name not in offered}
    return offered


def _of_the_person(measure: Measure) -> dict[str, Split]:
    day = "counted.day"
    band = _AGE_BAND.format(day=day, age=_AGE.format(day=day))
    known = {
        "age_band": Split("age_band", band),
        "sex": Split("sex", "profile.sex", person.sex.code_list),
        "ethnicity": Split("ethnicity", "profile.ethnicity", person.ethnicity.code_list),
        "disability": Split("disability", "profile.disability", person.disability.code_list),
        "lsoa": Split("lsoa", "profile.lsoa"),
    }
    placed = ("ward_code", "locality", "imd_decile")
    known |= {name: Split(name, f"CAST(place.{place.columns[name].column_name} AS VARCHAR)") for name in placed}
    return known


def joins(measure: Measure) -> str:
    """SQL that brings the person and the place to the rows of a measure."""
    if not measure.about_person or measure.is_tally:
        return ""
    return "LEFT JOIN profile ON profile.person_id = counted.person_id LEFT JOIN place ON place.lsoa = profile.lsoa"
