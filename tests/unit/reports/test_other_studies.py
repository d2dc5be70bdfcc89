"""Studies that are not of one service: organisations by name with those hidden in words, changes on their own scale."""

from __future__ import annotations

from earlyhelp.release.studies import ReleasedStudy
from earlyhelp.reports.blocks import Figure, TableBlock
from earlyhelp.reports.documents.other_studies import estimates, organisations

KNOWN = {"organisation": "Next Step", "standing": "as expected", "estimate": 0.9, "lower": 0.6, "upper": 1.4,
         "families": 80.0, "observed": 12.0, "expected": 13.1}  # fmt: skip
FEW = {**dict.fromkeys(KNOWN), "organisation": "Small Step", "standing": "too few to say"}


def study(scale: str, *estimates: dict, table: tuple = ()) -> ReleasedStudy:
    return ReleasedStudy(
        "one", "plan", "2026-11-22T10:00:00", "estimand", scale, estimates, None, None, 2, "no difference shown", ("Said.",),
        ("Not said.",), table,
    )  # fmt: skip


def test_organisations_stand_by_name_and_one_with_few_families_has_words_and_no_figure():
    figure = organisations(study("odds_ratio", table=(KNOWN, FEW)))
    assert figure.table.rows == (
        ("Next Step", "as expected", "80", "12", "13.1", "0.90 (0.60 to 1.40)"),
        ("Small Step", "too few to say", "too few to say", "too few to say", "too few to say", "too few to say"),
    )
    assert "of which 1 have a figure. None differs" in figure.alt
    assert [type(each) for each in estimates(study("odds_ratio", table=(KNOWN,)))][1] is Figure


def test_a_difference_is_told_in_a_hundred_families_and_a_ratio_as_a_ratio():
    change = {"method": "stacked_event_study", "words": "a request", "estimate": 0.021, "lower": -0.01, "upper": 0.05}
    [_, table] = estimates(study("risk_difference", change))
    assert isinstance(table, TableBlock)
    assert table.rows == (("a request", "+2.1", "-1.0 to +5.0", "no difference shown"),)
    [_, table] = estimates(study("rate_ratio", {"method": "segmented", "estimate": 1.24, "lower": 0.92, "upper": 1.66}))
    assert isinstance(table, TableBlock)
    assert table.rows == (("segmented", "1.24", "0.92 to 1.66", "no difference shown"),)


def test_a_study_without_a_figure_has_nothing_to_draw():
    assert estimates(study("rate_ratio", {"method": "", "estimate": None, "lower": None, "upper": None})) == []
