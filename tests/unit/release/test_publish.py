"""The one door out, figure by figure: what is shown, what is hidden with what, and what the statuses say."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.measures import CATALOGUE, Estimate, Figure, Figures, Period
from earlyhelp.release import ReleasedRow, policy, publish
from earlyhelp.statistics.intervals import byar, rate, wilson

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))


def published(measure_id: str, *figures: Figure, name: str = "dfe", round_to: int = 0, definition: str = "default"):
    measure = CATALOGUE[measure_id].defined_as(definition)
    return publish(Figures(measure, (), list(figures)), policy(name, round_to)).rows


def figure(numerator: float | None, denominator: float | None = None, **more: object) -> Figure:
    return Figure(YEAR, {}, numerator, denominator, **more)


def numbers(row: ReleasedRow) -> tuple[float | None, ...]:
    return row.numerator, row.denominator, row.value, row.lower, row.upper


@pytest.mark.parametrize("count", [0, 6, 250])
def test_a_count_that_may_be_shown_comes_with_its_interval(count):
    [row] = published("A1", figure(count))
    assert row.status == "ok"
    assert numbers(row) == (count, None, count, *byar(count))


@pytest.mark.parametrize("count", [1, 3, 5])
def test_a_small_count_is_suppressed_with_value_and_interval_and_is_not_zero(count):
    [row] = published("A1", figure(count))
    assert (row.status, numbers(row)) == ("suppressed", (None,) * 5)


def test_a_share_is_the_published_numerator_over_the_published_denominator():
    [row] = published("B6", figure(18, 40))
    assert numbers(row) == (18, 40, 0.45, *wilson(18, 40))


def test_where_the_numerator_is_small_the_denominator_alone_is_shown():
    [row] = published("B6", figure(3, 40))
    assert (row.status, numbers(row)) == ("suppressed", (None, 40, None, None, None))


@pytest.mark.parametrize("numerator", [0, 3, 5])
def test_where_the_denominator_is_small_all_is_hidden_even_a_zero(numerator):
    [row] = published("B6", figure(numerator, 5))
    assert (row.status, numbers(row)) == ("suppressed", (None,) * 5)


def test_none_of_many_is_shown_as_zero():
    [row] = published("B6", figure(0, 40))
    assert row.status == "ok"
    assert (row.numerator, row.value, row.lower) == (0, 0, 0)


def test_a_share_of_nothing_is_no_data():
    [row] = published("B6", figure(0, 0))
    assert (row.status, numbers(row)) == ("no_data", (None,) * 5)


def test_what_nobody_could_tell_is_no_data_whatever_the_denominator():
    [row] = published("G2", figure(None, 40))
    assert (row.status, numbers(row)) == ("no_data", (None,) * 5)


def test_a_cohort_that_is_not_mature_shows_no_counts():
    [row] = published("G3", figure(20, 40, mature=False))
    assert (row.status, numbers(row)) == ("not_mature", (None,) * 5)


def test_a_cohort_that_is_not_mature_is_not_called_suppressed_which_would_tell_its_size():
    [row] = published("G3", figure(3, 4, mature=False))
    assert row.status == "not_mature"


def test_a_rate_is_told_for_10_000_children():
    [row] = published("A1", figure(50, 20_000), definition="rate")
    assert numbers(row) == (50, 20_000, 25, *rate(50, 20_000, 10_000))


@pytest.mark.parametrize("population", [None, 0])
def test_a_rate_without_children_is_no_data(population):
    [row] = published("A1", figure(50, population), definition="rate")
    assert (row.status, numbers(row)) == ("no_data", (None,) * 5)


def test_a_rate_of_a_small_count_shows_the_population_alone():
    [row] = published("A1", figure(5, 20_000), definition="rate")
    assert (row.status, numbers(row)) == ("suppressed", (None, 20_000, None, None, None))


def test_a_median_comes_with_its_own_interval_and_the_counts_behind_it():
    [row] = published("C5", figure(30, 40, estimate=Estimate(120, 90, None)))
    assert numbers(row) == (30, 40, 120, 90, None)


@pytest.mark.parametrize(("ended", "followed"), [(3, 40), (4, 5), (0, 5)])
def test_a_median_of_few_is_hidden(ended, followed):
    [row] = published("C5", figure(ended, followed, estimate=Estimate(120, 90, None)))
    assert (row.status, row.numerator, row.value, row.lower) == ("suppressed", None, None, None)


def test_a_median_that_is_not_reached_is_not_mature():
    [row] = published("C5", figure(10, 40, mature=False, estimate=Estimate(None, None, None)))
    assert (row.status, numbers(row)) == ("not_mature", (None,) * 5)


def flows(started: int, ended: int, **how):
    figures = [
        Figure(YEAR, {"flow": "ended"}, ended, None),
        Figure(YEAR, {"flow": "net"}, started - ended, None, net_of=(started, ended)),
        Figure(YEAR, {"flow": "started"}, started, None),
    ]
    return {row.dims["flow"]: row for row in published("C2", *figures, **how)}


def test_a_net_has_no_interval_and_may_be_negative():
    rows = flows(20, 30)
    assert numbers(rows["net"]) == (-10, None, -10, None, None)
    assert rows["started"].lower == byar(20).lower


@pytest.mark.parametrize(("started", "ended"), [(20, 3), (3, 20)])
def test_a_net_is_hidden_where_either_part_is_since_the_other_would_give_it_away(started, ended):
    rows = flows(started, ended)
    assert (rows["net"].status, numbers(rows["net"])) == ("suppressed", (None,) * 5)


def test_a_small_net_is_hidden_like_any_small_count():
    assert flows(20, 18)["net"].status == "suppressed"
    assert flows(20, 20)["net"].numerator == 0


def test_a_rounded_net_is_the_difference_of_the_rounded_parts():
    rows = flows(23, 12, round_to=5)
    assert (rows["started"].numerator, rows["ended"].numerator, rows["net"].numerator) == (25, 10, 15)


def test_a_rounded_share_comes_of_rounded_counts_and_so_does_its_interval():
    [row] = published("B6", figure(18, 41), round_to=5)
    assert numbers(row) == (20, 40, 0.5, *wilson(20, 40))


def test_a_rounded_rate_comes_of_rounded_counts():
    [row] = published("A1", figure(18, 19_998), definition="rate", round_to=5)
    assert numbers(row) == (20, 20_000, 10, *rate(20, 20_000, 10_000))


def test_a_count_that_would_be_rounded_to_zero_is_suppressed_and_so_is_a_share_of_it():
    [count] = published("A1", figure(9), round_to=20)
    [share] = published("B6", figure(0, 9), round_to=20)
    assert [count.status, share.status] == ["suppressed", "suppressed"]
    assert share.denominator is None


def test_without_a_policy_everything_is_shown():
    rows = [*published("A1", figure(1), name="none"), *published("B6", figure(1, 2), name="none")]
    assert [(row.status, row.numerator, row.denominator) for row in rows] == [("ok", 1, None), ("ok", 1, 2)]


def test_a_difference_of_totals_has_no_interval():
    [row] = published("K7", Figure(None, {"source_system": "ssd", "table_name": "contact"}, 98, 100))
    assert numbers(row) == (98, 100, -2, None, None)
    assert (row.period_start, row.period_end) == (None, None)
    assert row.labels == {"source_system_label": "Standard Safeguarding Dataset"}


def test_missing_columns_give_one_row_that_says_no_data():
    released = publish(Figures(CATALOGUE["A3"], ("decision_code",), missing=("contact.decision_code",)), policy("dfe"))
    assert released.missing == ("contact.decision_code",)
    assert [(row.status, row.dims, numbers(row)) for row in released.rows] == [("no_data", {}, (None,) * 5)]


def test_days_of_which_there_is_nothing_give_one_row_that_says_no_data():
    released = publish(Figures(CATALOGUE["A1"], ()), policy("dfe"))
    assert [row.status for row in released.rows] == ["no_data"]
    assert released.missing == ()


def test_codes_come_with_labels_and_names_without():
    dims = {"source_code": "2A", "team": "North", "decision_code": "unmapped"}
    [row] = published("A1", Figure(YEAR, dims, 10, None))
    assert row.dims == dims
    assert row.labels == {"source_code_label": "Schools", "decision_code_label": "Not mapped to a standard code"}


def test_rows_keep_their_order_and_their_own_numbers_where_some_are_hidden():
    rows = published("B6", figure(18, 40), figure(3, 40), figure(0, 0), figure(20, 40))
    assert [row.value for row in rows] == [0.45, None, None, 0.5]
    assert [row.status for row in rows] == ["ok", "suppressed", "no_data", "ok"]
