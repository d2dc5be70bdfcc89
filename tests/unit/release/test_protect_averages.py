"""Means and medians: told of enough people only, without their sums, and not where two of them leave a mean of few."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest
from tests.register_tables import PLACES, WARDS, YEAR, about, of_measure

from earlyhelp.measures import CATALOGUE, Figure, Figures
from earlyhelp.measures.figures import Estimate
from earlyhelp.measures.measure import Disclosure
from earlyhelp.release import POLICIES, Status, policy, publish
from earlyhelp.release.protect.averages import AVERAGES, most_apart, of_too_few
from earlyhelp.release.register_audit import Earlier, audited, safe_beside
from earlyhelp.release.register_cells import Numbered, laid_out
from earlyhelp.release.register_files import headings, mark
from earlyhelp.release.register_table import ReleasedTable, table_from, table_of


def means(people: dict[str, int], called: str = "F12", rule: str = "dfe") -> ReleasedTable:
    """A mean of 4.0 by ward."""
    return of_measure(
        called, ("ward_code",), {(YEAR, (ward,)): (4.0 * n, n) for ward, n in people.items()}, rule, value=4.0
    )


def published(called: str, people: int, rule: str) -> tuple[float | None, float | None, Status]:
    """What is shown of how many, the value, and the status, where the value is 30."""
    figure = Figure(YEAR, {}, people, people, estimate=Estimate(30.0, 20.0, 40.0))
    [row] = publish(Figures(CATALOGUE[called], (), [figure]), policy(rule)).rows
    return row.denominator, row.value, row.status


@pytest.mark.parametrize("called", ["F12", "B7"])
@pytest.mark.parametrize(
    ("rule", "people", "shown"),
    [
        ("dfe", 5, (None, None, Status.SUPPRESSED)),
        ("dfe", 9, (9.0, None, Status.SUPPRESSED)),
        ("dfe", 10, (10.0, 30.0, Status.OK)),
        ("nhs", 7, (None, None, Status.SUPPRESSED)),
        ("nhs", 8, (10.0, 30.0, Status.OK)),  # hidden beside a shown 10 it would tell of 8 or 9
        ("internal", 2, (2.0, 30.0, Status.OK)),
    ],
)
def test_a_mean_or_a_median_is_shown_of_as_many_as_the_policy_asks_for(
    called: str, rule: str, people: int, shown: tuple
):
    assert published(called, people, rule) == shown


def test_no_other_statistic_is_asked_of_how_many_it_is():
    assert [str(each) for each in AVERAGES] == ["mean", "median"]
    assert not of_too_few("share", 9, policy("dfe"))
    assert not of_too_few("mean", None, policy("dfe"))
    assert not of_too_few("mean", 0, policy("dfe"))


@pytest.mark.parametrize("each", POLICIES.values(), ids=lambda each: each.name)
def test_a_policy_whose_figures_may_leave_asks_for_ten(each):
    assert each.fewest_averaged == (0 if each.mark else 10)
    assert most_apart(each) == max(each.highest, each.fewest_averaged - 1)


def test_a_mean_leaves_without_its_sum():
    """4.0 of 21, and the sum of 84 beside that of 20, 80, would be the 4 of one child."""
    table = means({"W1": 21, "W2": 30})
    assert [(row.numerator, row.denominator, row.value) for row in table.rows] == [(None, 21, 4.0), (None, 30, 4.0)]
    assert "numerator" not in headings(table)
    assert "numerator" in headings(of_measure("B7", (), {(YEAR, ()): (20, 20)}, value=30.0))


def test_the_mark_says_of_how_many_a_mean_is_hidden():
    assert "c stands for counts of 1 to 5, and for a mean of fewer than 10, and further" in mark(
        means({"W1": 21}), "R1"
    )
    assert "a mean of" not in mark(means({"W1": 21}, rule="nhs"), "R1")


def test_a_mean_of_too_few_stops_a_table_and_can_be_hidden():
    table = means({"W1": 21, "W2": 30})
    older = replace(table, rows=(replace(table.rows[0], denominator=9.0), *table.rows[1:]))
    found = audited([older], [], PLACES)
    assert (found.small, dict(found.leaks)) == (1, {0: frozenset({0})})
    [made], found = safe_beside([older], [], PLACES)
    assert (found.passed, [row.value for row in made.rows]) == (True, [None, 4.0])
    assert audited([replace(older, fewest_averaged=0)], [], PLACES).passed


def test_a_table_kept_by_an_older_version_has_no_least_number_and_no_populations():
    told = means({"W1": 21}).as_dict()
    del told["fewest_averaged"], told["populations"]
    assert (table_from(told).fewest_averaged, table_from(told).populations) == (0, {})
    assert table_from(means({"W1": 21}).as_dict()) == means({"W1": 21})


@pytest.mark.parametrize(("more", "passes"), [(0, True), (1, False), (5, False), (9, False), (10, True)])
def test_two_means_whose_numbers_differ_by_fewer_than_ten_are_not_both_told(more: int, passes: bool):
    """The same days in a later snapshot: in W1 so many more have come in, and two means tell the mean of these."""
    first, second = means(dict.fromkeys(WARDS, 30)), means(dict.fromkeys(WARDS, 30) | {"W1": 30 + more})
    later = replace(second, about=replace(second.about, snapshot="s2"))
    assert audited([later], [Earlier("R1", (first,))], PLACES).passed is passes


def test_a_hidden_mean_is_not_told_by_the_mean_of_all_and_the_others():
    """Nine in W1: their sum is that of all less that of the others, though how many they are may be told."""
    by_ward = means(dict.fromkeys(WARDS, 30) | {"W1": 9})
    assert [row.denominator for row in by_ward.rows if row.is_hidden] == [9]
    everybody = of_measure("F12", (), {(YEAR, ()): (4.0 * 159, 159)}, value=4.0)
    found = audited([everybody], [Earlier("R1", (by_ward,))], PLACES)
    assert (found.small, found.leaks) == (1, {0: frozenset({0})})
    enough = means(dict.fromkeys(WARDS, 30) | {"W1": 10, "W2": 29})
    assert audited([everybody], [Earlier("R1", (enough,))], PLACES).passed
    counted = of_measure("F12.improved", (), {(YEAR, ()): (80, 159)})
    assert audited([counted], [Earlier("R1", (by_ward,))], PLACES).passed


def test_of_means_it_is_laid_out_of_how_many_each_is_told_and_which_are_hidden():
    """Where a mean is hidden, whoever adds sums up has nothing of those it is of, though nine of them are told."""
    table = means({"W1": 9, "W2": 30})
    [amounts] = [all_of for kind, all_of in laid_out([Numbered("", 0, table)], PLACES).items() if "amounts" in kind]
    [laid] = amounts
    assert [(cell.lower, cell.upper, cell.hidden, cell.highest) for cell in laid.listing.cells] == [
        (0, inf, True, 9),
        (30, 30, False, 9),
    ]
    assert laid.highest == 9


def test_a_median_that_cannot_be_told_yet_is_of_somebody_all_the_same():
    """Fewer than half of W1 have ended: how many there are is not told, and they are not nobody."""
    figures = [
        Figure(YEAR, {"ward_code": "W1"}, 8, 20, mature=False, estimate=Estimate(None, None, None)),
        Figure(YEAR, {"ward_code": "W2"}, 20, 20, estimate=Estimate(30.0, 20.0, 40.0)),
    ]
    released = publish(Figures(CATALOGUE["B7"], ("ward_code",), figures), policy("dfe"))
    table = table_of(released, ("ward_code",), about(), figures)
    assert [row.status for row in table.rows] == [Status.NOT_MATURE, Status.OK]
    everybody = of_measure("B7", (), {(YEAR, ()): (28, 40)}, value=30.0, meaning="requests")
    assert audited([everybody], [Earlier("R1", (table,))], PLACES).passed


def test_means_and_medians_are_said_to_be_looked_at_by_their_number_alone():
    [sentence] = [each for each in audited([means({"W1": 21})], [], PLACES).sentences if "A mean or a median" in each]
    assert "nothing more is checked" in sentence
    counted = of_measure("A1", (), {(YEAR, ()): (20, None)})
    assert not any("A mean or a median" in each for each in audited([counted], [], PLACES).sentences)


def test_a_mean_of_workers_is_told_however_few_they_are():
    """Nothing is hidden of the council's own workers and their hours."""
    staff = replace(CATALOGUE["F12"], below=Disclosure.STAFF, above=Disclosure.STAFF)
    figure = Figure(YEAR, {}, 12.0, 3, estimate=Estimate(4.0, 3.0, 5.0))
    released = publish(Figures(staff, (), [figure]), policy("dfe"))
    [row] = released.rows
    assert (row.denominator, row.value, row.status) == (3, 4.0, Status.OK)
    assert audited([table_of(released, (), about(), [figure])], [], PLACES).passed
