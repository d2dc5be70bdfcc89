"""Rival definitions side by side: set beside each other only on one scale, and only where they may be shown."""

from __future__ import annotations

from datetime import date

from earlyhelp.measures import CATALOGUE, Figure, Figures, Period
from earlyhelp.release import policy, publish, spreads

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))


def released(definition: str, numerator: float, denominator: float | None = None, name: str = "A1"):
    measure = CATALOGUE[name].defined_as(definition)
    return publish(Figures(measure, (), [Figure(YEAR, {}, numerator, denominator)]), policy("dfe"))


def test_the_spread_names_the_definitions_of_the_lowest_and_the_highest_figure():
    [spread] = spreads([released("default", 90), released("children", 70), released("families", 40)])
    assert (spread.lowest, spread.lowest_definition) == (40, "families")
    assert (spread.highest, spread.highest_definition) == (90, "default")
    assert spread.told == 3


def test_a_rate_is_never_set_beside_a_count():
    [spread] = spreads([released("default", 90), released("children", 70), released("rate", 90, 10_000)])
    assert (spread.lowest, spread.highest) == (70, 90)


def test_a_definition_whose_figure_is_suppressed_is_named_and_is_no_figure():
    [spread] = spreads([released("default", 90), released("children", 70), released("families", 3)])
    assert (spread.lowest, spread.told, spread.others) == (70, 2, ("families",))


def test_one_figure_alone_has_no_spread():
    assert spreads([released("default", 90), released("children", 3)]) == []


def test_each_group_has_a_spread_of_its_own_and_is_told_by_its_codes():
    def by_team(definition: str, **counts: float):
        measure = CATALOGUE["A1"].defined_as(definition)
        figures = [Figure(YEAR, {"team": team}, count, None) for team, count in counts.items()]
        return publish(Figures(measure, ("team",), figures), policy("none"))

    found = spreads([by_team("default", North=90, South=30), by_team("families", North=40, South=20)])
    assert [(each.dims, each.lowest, each.highest) for each in found] == [
        ({"team": "North"}, 40, 90),
        ({"team": "South"}, 20, 30),
    ]
