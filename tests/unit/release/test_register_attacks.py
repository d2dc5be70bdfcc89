"""Planted attacks through the register beside those of `test_register_audit`: other measures, definitions, means, documents."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.planted_measures import KINDS, planted
from tests.register_tables import BANDS, MONTHS, PLACES, QUARTERS, WARDS, YEAR, of_measure, table

from earlyhelp.release import register_audit
from earlyhelp.release.register_audit import Earlier, audited, safe_beside
from earlyhelp.release.register_table import ReleasedTable

EACH = 3
OF_ONE_POPULATION = (
    "one population",
    "codes of a mix",
    "numerators of two measures",
    "codes of a share",
    "two definitions",
)


def beside(new: ReleasedTable, *earlier: ReleasedTable):
    return audited([new], [Earlier(f"R{number}", (each,)) for number, each in enumerate(earlier, 1)], PLACES)


@pytest.mark.parametrize("kind", KINDS)
def test_every_planted_attack_is_safe_by_itself_and_stopped_beside_what_left(kind: str):
    for each in planted(kind, EACH):
        assert all(audit.passed for audit in each.each_alone)
        assert each.together.small
        assert not each.together.undone


@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_of_ten_or_more_in_the_same_way_is_not_refused(kind: str):
    for each in planted(kind, EACH, leaking=False):
        assert all(audit.passed for audit in (*each.each_alone, each.together))


@pytest.mark.parametrize("kind", KINDS)
def test_a_leaking_release_leaves_with_further_rows_hidden_or_not_at_all(kind: str):
    for each in planted(kind, 2):
        made, found = safe_beside(each.second, [Earlier("R1", each.first)], PLACES)
        assert found.passed is (tuple(made) != each.second)
        assert audited(made, [Earlier("R1", each.first)], PLACES).passed is found.passed


@pytest.mark.parametrize("kind", OF_ONE_POPULATION)
def test_attacks_through_another_measure_are_stopped_since_both_declare_the_same_records(kind: str):
    """The very attacks are missed where the declarations are not read: it is they that bring the two together."""
    for each in planted(kind, EACH):
        assert len(each.together.together) == 2
        apart = [replace(told, populations={}) for told in (*each.first, *each.second)]
        assert audited(apart[len(each.first) :], [Earlier("R1", tuple(apart[: len(each.first)]))], PLACES).passed


def test_the_audit_names_the_measures_that_were_laid_on_each_other():
    [each] = planted("codes of a share", 1)
    assert (
        "Measures that count the same records by their declarations, laid on each other: A1, A2."
        in each.together.sentences
    )
    assert not any("laid on each other" in told for told in each.each_alone[0].sentences)


def requests_by_source(few: float, code: str = "1C", **more: str) -> ReleasedTable:
    counts = {"1A": 60.0, code: few, "2A": 8.0, "3A": 40.0}
    return of_measure("A1", ("source_code",), {(YEAR, (each,)): (n, None) for each, n in counts.items()}, **more)


def test_of_how_many_something_is_not_recorded_stops_no_other_measure():
    """Three requests of which nobody recorded who asked: the share leaves them out, and its total tells how many."""
    by_source = requests_by_source(3.0, "not_recorded")
    assert [row.dims["source_code"] for row in by_source.rows if row.is_hidden] == ["not_recorded", "2A"]
    share = of_measure("A2", (), {(YEAR, ()): (60, 108)})
    assert beside(share, by_source, of_measure("A1", (), {(YEAR, ()): (111, None)})).passed
    assert not beside(
        table((), {(YEAR, ()): 103.0}), requests_by_source(3.0), of_measure("A2", (), {(YEAR, ()): (63, 103)})
    ).small


def test_what_a_share_leaves_over_stops_nothing_as_long_as_nobody_hid_it():
    """Two of 42 did not ask for themselves: both sides of the share are shown. By who asked, the two are hidden."""
    share = of_measure("A2", ("ward_code",), {(YEAR, (ward,)): (40, 42) for ward in WARDS})
    requests = table(("ward_code",), {(YEAR, (ward,)): 42.0 for ward in WARDS})
    assert beside(share, requests).passed
    sources = {(YEAR, (code, ward)): (n, None) for code, n in (("1A", 40), ("2A", 2)) for ward in WARDS}
    hidden = of_measure("A1", ("source_code", "ward_code"), sources)
    assert hidden.hidden == 12
    assert not beside(share, hidden).passed


def test_a_share_by_the_very_codes_it_counts_is_asked_about_each_of_them():
    """By who asked, of whom the share counts two: in the fourth quarter three asked as schools do, though no share tells."""
    counts = {
        (span, (code,)): (20.0, 20.0) if code == "1A" else (0.0, 30.0) for span in QUARTERS for code in ("1A", "2A")
    }
    three = of_measure("A2", ("source_code",), {key: told for key, told in counts.items() if key[0] != QUARTERS[3]})
    for fourth, passes in ((3.0, False), (30.0, True)):
        year = {(YEAR, ("1A",)): (80.0, 80.0), (YEAR, ("2A",)): (0.0, 90.0 + fourth)}
        assert beside(of_measure("A2", ("source_code",), year), three).passed is passes


def test_what_a_limited_measure_does_not_list_may_be_somebody_all_the_same():
    """Nobody of W6 has been decided on: the mix does not list it, and its requests are waiting."""
    decided = {(YEAR, (code, ward)): (20, 40) for code in ("nfa", "advice") for ward in WARDS[:5]}
    mix = of_measure("A3", ("decision_code", "ward_code"), decided)
    requests = table(("ward_code",), {(YEAR, (ward,)): 40.0 for ward in WARDS})
    by_age = table(("age_band",), {(YEAR, (band,)): 48.0 for band in BANDS})
    assert beside(requests, mix, by_age).passed
    fewer = table(("ward_code",), {(YEAR, (ward,)): 30.0 for ward in WARDS})
    assert beside(fewer, mix).undone


def test_a_table_of_an_older_version_is_laid_beside_others_as_a_newer_one_of_the_same_rules_tells():
    """The first table was kept before tables told whom they count; the second is of the same rules and tells it."""
    [each] = planted("numerators of two measures", 1)
    older = replace(each.first[0], populations={})
    assert beside(each.second[0], older).passed
    same_rules = of_measure("A9", (), {(MONTHS[0], ()): (300, 600)})
    assert not beside(each.second[0], older, same_rules).passed


def test_months_of_the_mix_and_quarters_of_all_requests_are_of_the_same_days():
    """In the first quarter 30 requests, all decided on, in April and May 27: three in June, by two measures."""
    mix = of_measure(
        "A3", ("decision_code",), {(month, ("nfa",)): (n, n) for month, n in zip(MONTHS[:2], (13, 14), strict=True)}
    )
    year = of_measure("A4", (), {(QUARTERS[0], ()): (30, 40)})
    assert beside(year, mix).small
    assert beside(of_measure("A4", (), {(QUARTERS[0], ()): (47, 80)}), mix).passed


def test_many_counts_are_attacked_two_measures_at_a_time_and_the_audit_says_so(monkeypatch: pytest.MonkeyPatch):
    [each] = planted("codes of a share", 1)
    decisions = of_measure("A3", ("decision_code",), {(YEAR, ("nfa",)): (40, 40)})
    earlier = [Earlier("R1", each.first), Earlier("R2", (decisions,))]
    at_once = audited(each.second, earlier, PLACES)
    monkeypatch.setattr(register_audit, "MOST_TOGETHER", 20)
    two_by_two = audited(each.second, earlier, PLACES)
    assert (at_once.small, at_once.by_two) == (two_by_two.small, False) == (1, False)
    assert two_by_two.by_two
    assert any("two by two, since there are many counts: A1, A2, A3." in told for told in two_by_two.sentences)
    assert dict(two_by_two.leaks) == dict(at_once.leaks)


def test_rounded_tables_of_two_measures_need_no_exact_audit_either():
    [each] = planted("two definitions", 1)
    counts = {
        key: (row.numerator, row.denominator)
        for row in each.second[0].rows
        for key in [(YEAR, tuple(row.dims.values()))]
    }
    rounded = [of_measure(called, ("ward_code",), counts, "open-data") for called in ("E2", "E2.included")]
    assert beside(rounded[1], rounded[0]).passed
    assert beside(rounded[1], rounded[0]).rounded


@pytest.mark.parametrize(("of_children", "passes"), [(100, True), (97, False), (80, True)])
def test_requests_less_those_of_children_are_requests_of_adults(of_children: int, passes: bool):
    """All may be of children; else 3 requests of adults are told, or 20 of them. Neither is figures that do not add up."""
    every = of_measure("A1", (), {(YEAR, ()): (100, None)})
    found = beside(of_measure("A1.rate", (), {(YEAR, ()): (of_children, 1_000)}), every)
    assert (found.passed, found.undone) == (passes, "")
