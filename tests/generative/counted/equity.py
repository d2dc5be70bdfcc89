"""Equity: whether help reaches every group and place alike, and whether it helps them alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from generative.things import Row, Thing, open_while_children
from generative.worlds import World

UNKNOWN = (None, "not_recorded", "unmapped")


def _person_of(world: World, row: Row) -> dict[str, Any]:
    return next((each for each in world.rows("person") if each["person_id"] == row["person_id"]), {})


def _place_of(world: World, row: Row) -> dict[str, Any]:
    lsoa = _person_of(world, row).get("lsoa")
    return next((each for each in world.rows("place") if each["lsoa"] == lsoa), {})


def _open_children(world: World) -> Iterator[Thing]:
    for row in open_while_children(world, "eh_episode"):
        yield Thing(row["person_id"], row, row["start_date"], row["end_date"] or date.max)


def _by_ethnicity(world: World) -> Iterator[Thing]:
    for row in open_while_children(world, "eh_episode"):
        group = {"ethnicity": _person_of(world, row).get("ethnicity") or "not_recorded"}
        until = row["end_date"] or date.max
        yield Thing(row["person_id"], row, row["start_date"], until, amount=Fraction(1), side="above", dims=group)
    told = [row for row in world.rows("population") if row["ethnicity"] and row["source"] == "ONS"]
    for row in told:
        years = sorted(each["year"] for each in told if each["ethnicity"] == row["ethnicity"])
        first = row["year"] == years[0]
        later = [year for year in years if year > row["year"]]
        start = date(1900, 1, 1) if first else date(row["year"], 1, 1)
        until = date(later[0], 1, 1) if later else date.max
        number = Fraction(row["count"])
        yield Thing("children", row, start, until, amount=number, side="below", dims={"ethnicity": row["ethnicity"]})


def _need_and_reach(world: World) -> Iterator[Thing]:
    wards = {row["lsoa"]: row["ward_code"] for row in world.rows("place")}
    for row in world.rows("eh_episode"):
        lsoa = _person_of(world, row).get("lsoa")
        there = {"ward_code": wards.get(lsoa) or "not_recorded"}
        until = row["end_date"] or date.max
        yield Thing(row["family_id"], row, row["start_date"], until, amount=Fraction(1), side="above", dims=there)
    for row in world.rows("expected_need"):
        there = {"ward_code": wards.get(row["lsoa"]) or "not_recorded"}
        need = Fraction(row["expected"])
        yield Thing(row["lsoa"], row, date(1900, 1, 1), date.max, amount=need, side="below", dims=there)


def _closed_with_a_reason(world: World) -> Iterator[Row]:
    for row in world.rows("eh_episode"):
        if (
            row["end_date"]
            and row["start_date"] <= row["end_date"] <= world.as_at
            and row["end_reason_code"] not in UNKNOWN
        ):
            yield row


def _gap(group: Callable[[World, Row], object], name: str) -> Callable[[World], Iterator[Thing]]:
    def closures(world: World) -> Iterator[Thing]:
        for number, row in enumerate(_closed_with_a_reason(world)):
            value = group(world, row)
            text = "not_recorded" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            met = row["end_reason_code"] == "outcomes_met"
            yield Thing(number, row, row["end_date"], counted=met, dims={name: text})

    return closures


def _ethnicity(world: World, row: Row) -> object:
    return _person_of(world, row).get("ethnicity")


def _disability(world: World, row: Row) -> object:
    recorded = _person_of(world, row).get("disability")
    return None if recorded in UNKNOWN else recorded != "NONE"


def _special_needs(world: World, row: Row) -> object:
    status = _person_of(world, row).get("sen_status")
    return None if status in UNKNOWN else status != "none"


def _most_deprived(world: World, row: Row) -> object:
    decile = _place_of(world, row).get("imd_decile")
    return None if decile is None else decile <= 3


def _under_five(world: World) -> Iterator[Thing]:
    for row in open_while_children(world, "eh_episode"):
        born = _month_of_birth(world, row)
        if born is not None:
            fifth = born.replace(year=born.year + 5)
            start, until = max(row["start_date"], born), min(row["end_date"] or fifth, fifth)
            if start < until:
                yield Thing(row["person_id"], row, start, until)


def _unborn(world: World) -> Iterator[Thing]:
    for row in open_while_children(world, "eh_episode"):
        born = _month_of_birth(world, row)
        if born is not None and row["start_date"] < min(row["end_date"] or born, born):
            yield Thing(row["person_id"], row, row["start_date"], min(row["end_date"] or born, born))


def _month_of_birth(world: World, row: Row) -> date | None:
    person = _person_of(world, row)
    born = person.get("dob") or person.get("expected_dob")
    return born.replace(day=1) if born else None


def _characteristics(world: World) -> Iterator[Thing]:
    for row in open_while_children(world, "eh_episode"):
        person = _person_of(world, row)
        known = {
            "ethnicity": person.get("ethnicity") not in (*UNKNOWN, "NOBT", "REFU"),
            "disability": person.get("disability") not in UNKNOWN,
            "first_language": person.get("first_language") is not None,
        }
        for name, is_known in known.items():
            until = row["end_date"] or date.max
            yield Thing(row["person_id"], row, row["start_date"], until, is_known, dims={"characteristic": name})


COUNTED = {
    ("H1", "default"): _open_children,
    ("H1", "slope"): _open_children,
    ("H2", "default"): _by_ethnicity,
    ("H3", "default"): _need_and_reach,
    ("H4", "default"): _gap(_ethnicity, "ethnicity"),
    ("H4", "disability"): _gap(_disability, "has_disability"),
    ("H4", "special_educational_needs"): _gap(_special_needs, "has_sen"),
    ("H4", "deprivation"): _gap(_most_deprived, "most_deprived"),
    ("H5", "default"): _under_five,
    ("H5", "unborn"): _unborn,
    ("H6", "default"): _characteristics,
}
GROUPS = {
    "reach": (["H1", "H5"], ("eh_episode",)),
    "need and reach": (["H3"], ("eh_episode", "expected_need")),
    "groups compared": (["H2", "H4", "H6"], ("eh_episode",)),
}
