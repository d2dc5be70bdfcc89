"""Rates of a drawn council beside published ones, on tables small enough to be checked by eye."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from earlyhelp.synthetic.council import Council
from earlyhelp.synthetic.plausibility import RATES, Comparison, Drawn, spread
from earlyhelp.synthetic.profiles import find_profile

RATE = {rate.name: rate for rate in RATES}
CODE = "E09000022"


def council(events: list[tuple[str, str, date, date | None, str | None]], children: float = 100.0) -> Council:
    """A council of two brothers (a, b) and a girl (c) with these events: child, kind, start, end, factors."""
    child, kind, start, end, factors = zip(*events, strict=True)
    records = {
        "social_care_event": pa.table({
            "person_key": child, "type": kind, "start_date": start, "end_date": end, "factors": factors,
        }),
        "family_member": pa.table({
            "person_key": ["a", "b", "c", "m"], "family_key": ["F1", "F1", "F2", "F1"],
            "role": ["child", "child", "child", "parent"],
        }),
        "population": pa.table({
            "area_code": ["E06900001"] * 3, "age_band": ["0-17", "0-17", "0-4"], "sex": ["all", "M", "all"],
            "year": [2024, 2024, 2024], "count": [children, 51.0, 20.0],
        }),
    }  # fmt: skip
    return Council("Testham", "E06900001", find_profile("Lambeth"), 100, 1, records, {}, {})


def referral(child: str, day: str) -> tuple[str, str, date, None, None]:
    return child, "referral", date.fromisoformat(day), None, None


def test_a_rate_is_of_the_year_to_31_march_for_each_10_000_children():
    drawn = Drawn(council([referral("a", "2023-03-31"), referral("a", "2023-04-01"), referral("c", "2024-03-31")]))
    assert RATE["referrals"].counted(drawn, 2024)[0] == pytest.approx(200)


def test_brothers_count_as_one_draw_in_the_sampling_error():
    apart = Drawn(council([referral("a", "2023-05-01"), referral("c", "2023-05-01")]))
    together = Drawn(council([referral("a", "2023-05-01"), referral("b", "2023-05-01")]))
    assert RATE["referrals"].counted(apart, 2024)[1] == pytest.approx(100 * np.sqrt(2))
    assert RATE["referrals"].counted(together, 2024)[1] == pytest.approx(100 * 2)


@pytest.mark.parametrize(
    ("earlier", "again"), [("2022-06-30", True), ("2022-06-29", False), ("2023-06-30", False), ("2023-06-29", True)]
)
def test_a_referral_is_a_re_referral_within_365_days_of_one_of_the_same_child(earlier, again):
    drawn = Drawn(council([referral("a", earlier), referral("a", "2023-06-30"), referral("c", "2023-06-01")]))
    last = (drawn.start == np.datetime64("2023-06-30")) & (drawn.person == "a")
    assert drawn.again[last].max() == again
    assert not drawn.again[drawn.person == "c"].any()


@pytest.mark.parametrize(
    ("start", "end", "rate"),
    [
        (date(2024, 3, 31), None, 100),
        (date(2024, 4, 1), None, 0),
        (date(2023, 1, 1), date(2024, 3, 31), 0),
        (date(2023, 1, 1), date(2024, 4, 1), 100),
    ],
)
def test_a_plan_is_open_on_31_march_from_its_first_day_to_the_day_before_its_last(start, end, rate):
    drawn = Drawn(council([("a", "cp_plan", start, end, None)]))
    assert RATE["protected"].counted(drawn, 2024)[0] == pytest.approx(rate)


def test_an_assessment_names_domestic_abuse_by_any_code_that_begins_with_3():
    done = date(2024, 1, 1), date(2024, 2, 1)
    drawn = Drawn(council([("a", "assessment", *done, "2B;3B"), ("c", "assessment", *done, "13;21")]))
    assert RATE["abuse_factor"].counted(drawn, 2024)[0] == pytest.approx(0.5)


def test_the_spread_of_rates_that_double_from_ward_to_ward_is_that_of_their_logs():
    value, error = spread(np.array([0.1, 0.2, 0.4]), np.ones(3))
    assert value == pytest.approx(np.log(2) * np.sqrt(2 / 3))
    assert error == pytest.approx(value / 2)
    assert spread(np.array([0.1, 0.2, 0.4]), np.ones(3), noise=1.0)[0] == 0


@pytest.mark.parametrize(("drawn", "within"), [(79, False), (81, True), (119, True), (121, False)])
def test_the_published_range_is_widened_by_sampling_error_on_both_sides(drawn, within):
    rate = Comparison(RATES[0], drawn, drawn, drawn, low=90, high=110, first=2013, last=2025, error=10 / 1.96)
    assert rate.is_within == within
    assert replace(rate, low=1).lower == 0


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    folder.mkdir()
    with (folder / name).open("w", newline="") as stream:
        writer = csv.DictWriter(stream, ["new_la_code", *rows[0]])
        writer.writeheader()
        writer.writerows({"new_la_code": CODE, **row} for row in rows)


def test_a_published_rate_rests_on_the_children_of_the_year_before_and_letters_are_no_figures(tmp_path):
    children = [{"time_period": year, "population_estimate": n} for year, n in ((2022, 50_000), (2023, 40_000))]
    write(tmp_path / "population", "children_0_17_mye_la_2012_2024.csv", children)
    counts = [{"time_period": year, "referral_count": n} for year, n in ((2023, 1000), (2024, 1000), (2025, "c"))]
    write(tmp_path / "statistics", "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv", counts)
    assert RATE["referrals"].published(tmp_path, CODE) == {2023: (200, 200), 2024: (250, 250)}


def test_published_counts_of_abuse_that_overlap_stand_for_a_range_and_odd_years_are_left_out(tmp_path):
    kinds = [f"Domestic_Abuse_{who}" for who in ("child", "parent", "person")]
    years = [(2023, 1000, 100, 300, 50), (2024, 1100, 110, 330, 55), (2025, 90, 0, 0, 1)]
    names = ("time_period", "Episodes_with_assessment_factor", *kinds)
    rows = [dict(zip(names, year, strict=True)) for year in years]
    write(tmp_path / "statistics", "c3_factors_identified_at_end_of_assessment_2018_to_2025.csv", rows)
    assert RATE["abuse_factor"].published(tmp_path, CODE) == {2023: (0.3, 0.45), 2024: (0.3, 0.45)}
