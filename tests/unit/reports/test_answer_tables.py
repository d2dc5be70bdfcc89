"""Tables of answers: one for each kind of row, every cell in words, what is missing told as one of the four."""

from __future__ import annotations

from datetime import date

from earlyhelp.reports.answers.answer_tables import cell, tables_of
from earlyhelp.reports.answers.prepared import Reply

WARD = {"level": "ward", "ward_code": "W1", "ward_code_label": "Abbotswell", "value": 0.5, "in_words": "50.0%",
        "probability_among_worst": 0.42, "status": "ok", "certificate": "C1"}  # fmt: skip
AREA = {"level": "small_area", "lsoa": "L1", "lsoa_label": "L1 in Abbotswell", "value": None, "in_words": "too few to say",
        "probability_among_worst": None, "status": "suppressed"}  # fmt: skip


def test_rows_of_two_kinds_become_two_tables_with_codes_left_out_and_certificates_kept():
    wards, areas = tables_of("Where?", Reply((), (WARD, AREA)))
    assert (wards.caption, wards.columns) == (
        "Wards",
        ("ward", "figure", "chance to be among the worst", "certificate"),
    )
    assert wards.rows == (("Abbotswell", "50.0%", "42 in 100", "C1"),)
    assert wards.figures == (1, 2)
    assert (areas.caption, areas.rows) == ("Small areas", (("L1 in Abbotswell", "too few to say"),))


def test_the_columns_that_the_answer_names_are_shown_alone():
    [table] = tables_of("Where?", Reply((), (WARD,), printed=("ward_code_label", "in_words")))
    assert table.columns == ("ward", "figure", "certificate")


def test_an_answer_without_rows_has_no_table():
    assert tables_of("Where?", Reply(("Nothing.",))) == []


def test_shares_are_in_per_cent_and_counts_are_not():
    assert cell("share", {"share": 0.1234}) == "12.3%"
    assert cell("expected", {"expected": 20.5}) == "20.5"
    assert cell("expected", {"expected": 0.2, "share": 0.1}) == "20.0%"
    assert cell("change", {"change": -0.0141}) == "-1.4 points"
    assert cell("step_ups", {"step_ups": 1690}) == "1,690"
    assert cell("probability_among_worst", {"probability_among_worst": 0.999}) == "over 99 in 100"
    assert cell("probability_among_worst", {"probability_among_worst": 0.001}) == "under 1 in 100"


def test_a_bound_is_told_as_what_it_bounds():
    told = {"share": 0.748, "lower": 0.7, "upper": 0.79, "status": "ok"}
    assert [cell(name, told) for name in ("share", "lower", "upper")] == ["74.8%", "70.0%", "79.0%"]
    assert cell("lower", {"share": 0.1, "change": -0.01, "lower": -0.02}) == "-2.0 points"
    assert cell("share_lower", {"share": 0.1, "share_lower": 0.05}) == "5.0%"
    assert cell("lower", {"mean_days": 20.0, "lower": 16.41}) == "16.41"


def test_what_is_of_all_groups_or_all_days_or_has_no_interval_is_not_missing():
    assert cell("group", {"group": "", "status": "no_data"}) == "all"
    assert cell("period", {"period": "", "status": "ok"}) == "all days"
    assert cell("lower", {"share": 1.0, "lower": None, "status": "ok"}) == "none"
    assert cell("lower", {"share": None, "lower": None, "status": "suppressed"}) == "too few to say"


def test_missing_suppressed_and_not_mature_stay_three_things():
    told = [cell("share", {"share": None, "status": each}) for each in ("suppressed", "not_mature", "no_data", "")]
    assert told == ["too few to say", "not mature yet", "no data", "no data"]
    assert cell("signal", {"signal": False}) == "no"
    assert cell("year_from", {"year_from": date(2025, 4, 1)}) == "1 April 2025"
    assert cell("range", {"range": [9.0, None]}) == "9.0, no data"
