"""The measures of data quality on made-up councils, against plain loops over rows and fields."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlyhelp.check import RULES
from earlyhelp.measures import CATALOGUE, Question, Standards, calculate
from earlyhelp.standard import TABLES, OnOrAfter
from generative.worlds import World, worlds
from spec.dataset import snapshot

EXAMPLES = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
WORLDS = worlds(("eh_episode", "social_care_event", "eh_assessment"))
FEED = [{"feed_id": "f1", "source_system": "mosaic", "extract_date": date(2025, 3, 1), "rows": 9}]
Row = dict[str, Any]


def figures(
    world: World, measure: str, by: tuple[str, ...] = (), **more: object
) -> dict[tuple[str, ...], tuple[Any, Any]]:
    with snapshot({**world.tables, "feed": FEED, **more}, world.as_at) as con:
        found = calculate(con, CATALOGUE[measure], Standards(world.as_at), Question(by)).figures
    return {tuple(each.dims.values()): (each.numerator, each.denominator) for each in found}


@EXAMPLES
@given(world=WORLDS)
def test_completeness_agrees_with_looking_at_each_field_of_each_record(world: World):
    expected: Counter[tuple[str, str]] = Counter()
    records: Counter[tuple[str, str]] = Counter()
    for table in ("eh_episode", "social_care_event", "eh_assessment"):
        for row in world.rows(table):
            for name, column in TABLES[table].columns.items():
                place = (str(column), row["source_system"])
                value = row.get(name, row["person_id"] if name == "person_key" else None)
                records[place] += 1
                expected[place] += value is not None and not (column.coded and value in ("unmapped", "not_recorded"))
    found = figures(world, "K1", ("source_system",))
    of_these = {place: counts for place, counts in found.items() if place[0].split(".")[0] in world.tables}
    mine = {
        place: counts
        for place, counts in of_these.items()
        if not place[0].startswith(("person.", "place.", "pop", "feed"))
    }
    assert mine == {place: (expected[place], records[place]) for place in records}


@EXAMPLES
@given(world=WORLDS)
def test_records_that_break_a_rule_agree_with_looking_at_each_record(world: World):
    expected = {code: (len(rows), len(world.rows(table))) for code, (table, rows) in broken(world).items()}
    found = {code: counts for (code,), counts in figures(world, "K5").items() if code in expected}
    assert found == {code: counts for code, counts in expected.items() if applies(world, code)}


def broken(world: World) -> dict[str, tuple[str, list[Row]]]:
    """For each rule that the oracle knows: its table, and the rows that break it."""
    found: dict[str, tuple[str, list[Row]]] = {}
    for table in ("eh_episode", "social_care_event", "eh_assessment"):
        for name, column in TABLES[table].columns.items():
            for constraint in column.rules:
                if isinstance(constraint, OnOrAfter):
                    rows = [r for r in world.rows(table) if earlier(r.get(name), r.get(constraint.other))]
                    found[f"{column}:{constraint.rule}"] = (table, rows)
    episodes, events = world.rows("eh_episode"), world.rows("social_care_event")
    own = lambda row: [e for e in episodes if e["person_id"] == row["person_id"]]  # noqa: E731
    found["EH-201"] = ("eh_episode", [row for number, row in enumerate(episodes) if overlaps(episodes, number)])
    found["EH-203"] = ("eh_episode", [row for row in episodes if earlier(row["end_date"], born(world, row))])
    found["EH-204"] = (
        "eh_episode",
        [row for row in episodes if row["end_date"] is None and (world.as_at - row["start_date"]).days > 365],
    )
    found["EH-205"] = ("social_care_event", [row for row in events if lost_step_down(world, row, own(row))])
    found["EH-206"] = (
        "social_care_event",
        [
            row
            for row in events
            if row["source_code"] == "5D"
            and row["type"] == "referral"
            and not any(each["start_date"] <= row["start_date"] for each in own(row))
        ],
    )
    return found


def earlier(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def overlaps(episodes: list[Row], number: int) -> bool:
    """Whether another episode of the child was open when this one started; of two that start together, the later row."""
    this = episodes[number]
    return any(
        other["person_id"] == this["person_id"]
        and (other["start_date"], at) < (this["start_date"], number)
        and (other["end_date"] is None or this["start_date"] < other["end_date"])
        for at, other in enumerate(episodes)
    )


def born(world: World, row: Row) -> date | None:
    return next((each["dob"] for each in world.rows("person") if each["person_id"] == row["person_id"]), None)


def lost_step_down(world: World, row: Row, own: list[Row]) -> bool:
    end = row["end_date"]
    if row["outcome_code"] != "RC9" or end is None or (world.as_at - end).days < 90:
        return False
    return not any(
        (each["end_date"] is None or each["end_date"] >= end) and (each["start_date"] - end).days <= 90 for each in own
    )


def applies(world: World, code: str) -> bool:
    """Whether every column that the rule is about holds something."""
    if code in RULES:
        about = RULES[code].about
    else:
        column = TABLES[code.split(".")[0]].columns[code.split(".")[1].split(":")[0]]
        others = [each.other for each in column.rules if isinstance(each, OnOrAfter)]
        about = (column, *(TABLES[column.table_name].columns[name] for name in others))
    return all(any(row.get(c.column_name) is not None for row in world.rows(c.table_name)) for c in about)


@EXAMPLES
@given(data=st.data())
def test_reconciliation_agrees_with_adding_up_file_by_file(data: st.DataObject):
    counts = st.integers(0, 30)
    totals: list[Row] = []
    expected: Counter[tuple[str, str]] = Counter()
    below: Counter[tuple[str, str]] = Counter()
    for feed in range(data.draw(st.integers(0, 4))):
        system = data.draw(st.sampled_from(["mosaic", "eclipse"]))
        said = data.draw(st.none() | counts)
        filled = data.draw(st.lists(st.sampled_from(["contact", "eh_episode"]), min_size=1, unique=True))
        for number, table in enumerate(filled):
            row = {
                "rows_read": data.draw(counts),
                "rows_accepted": data.draw(counts),
                "rows_quarantined": data.draw(counts),
            }
            about = {"feed_id": f"f{feed}", "source_system": system, "table_name": table, "control_total": said}
            totals.append(about | row)
            place = (system, "several tables" if said is not None and len(filled) > 1 else table)
            expected[place] += row["rows_accepted"] + row["rows_quarantined"]
            below[place] += row["rows_read"] if said is None else said if number == 0 else 0
    found = figures(World({}, date(2025, 3, 1)), "K7", feed_total=totals)
    assert found == {place: (expected[place], below[place]) for place in expected}


@pytest.mark.parametrize("measure", ["K1", "K5", "K7"])
def test_quality_has_no_periods_and_is_in_the_order_of_its_splits(measure):
    world = World({"eh_episode": [{"start_date": "2024-01-01", "end_date": "2023-12-31"}]}, date(2025, 3, 1))
    totals = [{"feed_id": f, "source_system": s, "table_name": "contact"} for f, s in (("1", "ssd"), ("2", "annex_a"))]
    with snapshot({**world.tables, "feed": FEED, "feed_total": totals}, world.as_at) as con:
        found = calculate(con, CATALOGUE[measure], Standards(world.as_at), Question()).figures
    order = [tuple(each.dims.values()) for each in found]
    assert order == sorted(order)
    assert {each.period for each in found} == {None}
