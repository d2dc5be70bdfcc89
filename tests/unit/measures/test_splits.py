"""Splits: the values that rows of a measure are counted under."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.measures import CATALOGUE, Question, Standards, calculate, splits_of
from earlyhelp.measures.splits import AGE_BANDS, joined
from earlyhelp.standard import TABLES
from spec.dataset import snapshot


def values(split: str, person: str, contact_date: str = "2024-08-01") -> dict[str, float]:
    """The count under each value of a split, of one contact of one person."""
    tables = {
        "contact": f"contact_id | person_id | contact_date\n1 | Ann | {contact_date}",
        "person": f"person_key | person_id | dob | expected_dob | disability\n1 | Ann | {person}",
    }
    con = snapshot(tables, checked=False)
    found = calculate(con, CATALOGUE["A1"], Standards(date(2026, 3, 31)), Question((split,)))
    return {figure.dims[split]: figure.numerator for figure in found.figures}


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2024-09-01", "unborn"),
        ("2024-08-31", "under 1"),
        ("2024-08-01", "under 1"),
        ("2023-09-01", "under 1"),
        ("2023-08-31", "1-4"),
        ("2019-09-30", "1-4"),
        ("2019-08-31", "5-9"),
        ("2014-09-01", "5-9"),
        ("2014-08-31", "10-15"),
        ("2008-09-01", "10-15"),
        ("2008-08-31", "16-17"),
        ("2006-09-01", "16-17"),
        ("2006-08-31", "18 and over"),
        ("1980-01-01", "18 and over"),
        ("", "not_recorded"),
    ],
)
def test_an_age_band_is_of_the_day_and_a_birthday_counts_from_the_first_of_its_month(born, band):
    assert values("age_band", f"{born} | | ") == {band: 1}
    assert band == "not_recorded" or band in AGE_BANDS


def test_every_age_band_has_a_label():
    assert [AGE_BANDS.label(band) for band in AGE_BANDS.codes] == [
        "Unborn",
        "Under 1",
        "1 to 4",
        "5 to 9",
        "10 to 15",
        "16 to 17",
        "18 and over",
    ]


@pytest.mark.parametrize(
    ("recorded", "counted"),
    [
        ("MOB", {"MOB": 1}),
        ("MOB;HEAR", {"HEAR": 1, "MOB": 1}),
        ("MOB;MOB", {"MOB": 1}),
        ("MOB;unmapped", {"MOB": 1, "unmapped": 1}),
        ("", {"not_recorded": 1}),
    ],
)
def test_one_of_several_codes_counts_once_under_each(recorded, counted):
    assert values("disability", f" | | {recorded}") == counted


def test_person_and_place_are_joined_only_where_a_split_needs_them():
    offered = splits_of(CATALOGUE["A1"])
    assert joined([offered["source_code"]]) == ""
    assert "profile" in joined([offered["sex"]])
    assert "place" not in joined([offered["sex"]])
    assert joined([offered["sex"], offered["ward_code"]]).count("LEFT JOIN profile") == 1


def test_a_column_of_the_counted_table_goes_before_what_is_known_of_the_place():
    assert splits_of(CATALOGUE["C1"])["locality"].joins == ()
    assert splits_of(CATALOGUE["A1"])["locality"].joins == ("profile", "place")


@pytest.mark.parametrize("name", ["source_code", "sex", "age_band", "domestic_abuse", "source_system"])
def test_splits_by_code_come_with_their_list(name):
    assert splits_of(CATALOGUE["A1"])[name].codes is not None


def test_a_table_has_no_column_that_would_hide_a_period():
    columns = {name for table in TABLES.values() for name in table.columns}
    counted = {measure.of for measure in CATALOGUE.values()}
    assert not {"unit_id", "in_period"} & columns
    assert not {name for table in counted for name in table.columns} & {"period_start", "period_end", "day", "counted"}


def test_split_by_two_columns_of_several_codes_a_row_counts_under_every_code_of_one_with_every_code_of_the_other():
    tables = {
        "social_care_event": "event_id | person_id | type | start_date | factors\n1 | Ann | cin_episode | 2024-01-01 | 1A;2B",
        "person": "person_key | person_id | disability\n1 | Ann | MOB;HEAR;VIS",
        "eh_episode": "episode_id | person_id | start_date | end_date\n1 | Ann | 2022-01-01 | 2022-12-01",
    }
    asked = Question(("disability", "factors"))
    found = calculate(snapshot(tables, checked=False), CATALOGUE["G9"], Standards(date(2026, 3, 31)), asked)
    assert {tuple(figure.dims[name] for name in asked.by): figure.denominator for figure in found.figures} == {
        (disability, factor): 1 for disability in ("MOB", "HEAR", "VIS") for factor in ("1A", "2B")
    }
