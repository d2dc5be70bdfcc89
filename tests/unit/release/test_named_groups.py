"""Groups named without a count: of thirteen cases or more, of codes the standard lists, and attacked beside exact tables."""

from __future__ import annotations

from itertools import product

import pytest
from tests.register_tables import PLACES, YEAR, about, of_measure, table

from earlyhelp.measures import CATALOGUE, Figure, Figures, Period
from earlyhelp.release import Released, policy, publish
from earlyhelp.release.named_groups import codes_named, groups_named, least_named, named_table
from earlyhelp.release.register_audit import Earlier, audited

PACK = policy("pack")
SYSTEM = "source_system"
BEFORE = Period(YEAR.start.replace(year=2024), YEAR.end.replace(year=2025))
DAYS = (YEAR.start.isoformat(), YEAR.end.isoformat())


def released(measure: str, by: str, counts: dict[str, tuple[float, float | None]], year: Period = YEAR, **more: object):
    figures = [Figure(year, {by: code}, *told, **more) for code, told in counts.items()]
    return publish(Figures(CATALOGUE[measure], (by,), figures), PACK)


def named(measure: str, by: str, counts: dict[str, tuple[float, float | None]]) -> tuple[str, ...]:
    found = groups_named(released(measure, by, counts), by, [YEAR])
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("requests", "is_named"), [(0, False), (7, False), (8, False), (12, False), (13, True), (90, True)]
)
def test_a_group_is_named_of_thirteen_cases_or_more(requests: int, is_named: bool):
    assert named("A1", SYSTEM, {"mosaic": (requests, None)}) == (("mosaic",) if is_named else ())


@pytest.mark.parametrize(
    ("name", "base", "least"), [("pack", 0, 13), ("pack", 10, 15), ("pack", 25, 13), ("dfe", 0, 15)]
)
def test_the_least_is_where_the_rounded_count_reaches_fifteen(name: str, base: int, least: int):
    rule = policy(name, base)
    assert least_named(rule) == least == min(n for n in range(1, 99) if (rule.shown(n) or 0) >= 15)


def test_neither_being_named_nor_not_being_named_nor_a_change_of_it_leaves_few_small_counts():
    """Beside what is shown of the count, rounded: whoever sees both knows no more than from the rounded count alone."""
    counts = range(41)
    seen = {n: (PACK.shown(n), (PACK.shown(n) or 0) >= 15) for n in counts}
    for shown, is_named in set(seen.values()):
        assert {n for n in counts if seen[n] == (shown, is_named)} == {n for n in counts if PACK.shown(n) == shown}
    for then, now in product((False, True), repeat=2):
        moved = {b - a for a, b in product(counts, counts) if (seen[a][1], seen[b][1]) == (then, now)}
        assert max(map(abs, moved)) > PACK.highest
        assert len(moved) > 20


def test_of_a_share_the_cases_are_those_below_the_line_whatever_was_achieved():
    assert named("F1", "org_type", {"school": (2, 13), "health": (12, 12), "police": (40, 60)}) == ("police", "school")


def test_what_is_not_recorded_and_names_that_a_council_gave_are_no_groups():
    counts = {"not_recorded": (50.0, None), "unmapped": (50.0, None), "janes_list": (50.0, None), "ecaf": (50.0, None)}
    assert named("A1", SYSTEM, counts) == ("ecaf",)
    assert "janes_list" not in codes_named(CATALOGUE["A1"], SYSTEM)
    assert codes_named(CATALOGUE["A1"], "team") == ()


def both(*parts: Released) -> Released:
    return Released(parts[0].measure, PACK, [row for each in parts for row in each.rows])


def test_a_year_whose_follow_up_is_not_over_is_passed_over():
    then = released("G3", SYSTEM, {"mosaic": (20, 60)}, BEFORE)
    now = released("G3", SYSTEM, {"ecaf": (20, 60)}, mature=False)
    assert groups_named(both(then, now), SYSTEM, [BEFORE, YEAR]) == (BEFORE, ("mosaic",))
    assert groups_named(now, SYSTEM, [YEAR]) is None
    few = {"ecaf": (3.0, 60.0), "mosaic": (40.0, 60.0)}
    partly = released("B10", SYSTEM, few, mature=False)
    assert [row.status for row in partly.rows] == ["suppressed", "not_mature"]
    assert groups_named(partly, SYSTEM, [YEAR]) is None


def test_of_a_year_without_figures_nothing_is_known_and_no_older_year_stands_in_for_it():
    then = released("A1", SYSTEM, {"mosaic": (60, None)}, BEFORE)
    assert groups_named(then, SYSTEM, [BEFORE, YEAR]) is None
    assert groups_named(then, SYSTEM, [YEAR, BEFORE]) == (BEFORE, ("mosaic",))
    assert groups_named(released("A1", "source_code", {"6": (60, None)}), SYSTEM, [YEAR]) is None


def beside_names(systems: dict[str, float], *codes: str, exact: str = "dfe"):
    """An exact table by system with its total, beside a pack that names these systems."""
    made = [
        table((), {(YEAR, ()): sum(systems.values())}, exact),
        table((SYSTEM,), {(YEAR, (code,)): count for code, count in systems.items()}, exact),
    ]
    before = named_table(CATALOGUE["A1"], PACK, about(), SYSTEM, codes, DAYS)
    return audited(made, [Earlier("R1", (before,))], PLACES)


def test_a_name_that_would_tell_a_hidden_count_of_an_exact_table_stops_it():
    """3 and 14 make 17, both hidden: with one of them 13 at the least, the other is 4 at the most."""
    systems = {"mosaic": 14.0, "ecaf": 3.0}
    assert beside_names(systems).passed
    found = beside_names(systems, "mosaic")
    assert not found.passed
    assert found.beside == ("R1",)


def test_a_name_that_tells_nothing_stops_nothing_and_hides_no_figure():
    systems = {"mosaic": 400.0, "ecaf": 3.0, "holistix": 90.0}
    assert beside_names(systems, "mosaic", "holistix").passed
    told = named_table(CATALOGUE["A1"], PACK, about(), SYSTEM, ("mosaic",), DAYS)
    assert (told.hidden, told.lowest, told.counts, told.populations) == (0, 13, ("above",), {})
    assert named_table(CATALOGUE["F1"], PACK, about(), "org_type", (), DAYS).counts == ("below",)


def test_names_beside_rounded_tables_alone_are_not_attacked():
    assert beside_names({"mosaic": 14.0, "ecaf": 9.0}, "mosaic", exact="pack").passed


def test_of_a_share_names_bound_those_below_the_line_alone():
    """All 14 closures have a lead, of whom 13 are of one kind; how many of them met their goals is not told."""
    exact = of_measure("F1", ("org_type",), {(YEAR, ("school",)): (9, 14), (YEAR, ("health",)): (8, 20)})
    before = named_table(CATALOGUE["F1"], PACK, about(meaning="F1"), "org_type", ("health", "school"), DAYS)
    assert audited([exact], [Earlier("R1", (before,))], PLACES).passed
