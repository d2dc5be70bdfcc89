"""What a pack holds: released figures of declared measures, rounded first, and nothing about anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.compare import PACK_POLICY, SHARED, read_pack, years_told
from earlyhelp.compare.pack import canonical, meaning_of, settings_of
from earlyhelp.compare.write import plain_name
from earlyhelp.measures import CATALOGUE, Estimate, Statistic, splits_of
from earlyhelp.standard.local_standards import default_standards
from unit.compare.swapped_packs import MADE, SECOND, asked, drafted, figure, sent


@pytest.mark.parametrize("shared", SHARED, ids=str)
def test_every_measure_of_a_pack_is_declared_with_its_split_and_may_be_told_without_single_records(shared):
    measure = shared.declared
    assert measure.statistic in (Statistic.COUNT, Statistic.SHARE, Statistic.MIX, Statistic.RATE, Statistic.MEDIAN)
    assert not shared.by or shared.by in splits_of(measure)
    assert measure.above.is_count_of_people
    assert measure.below.is_count_of_people


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=6))
def test_no_count_in_a_pack_is_small_or_exact(counts):
    parts = [figure(min(pair), max(pair), age_band=f"band {place}") for place, pair in enumerate(counts)]
    total = figure(sum(min(pair) for pair in counts), sum(max(pair) for pair in counts))
    pack = drafted(asked("G1", total), asked("G1", *parts, by="age_band")).pack
    told = [count for row in pack.measures["G1", "default"].rows for count in (row.numerator, row.denominator)]
    assert all(count is None or count == 0 or count >= 10 for count in told)
    assert all(count is None or count % PACK_POLICY.round_to == 0 for count in told)


def test_values_are_those_of_the_rounded_counts():
    [row] = drafted(asked("A2", figure(33, 98))).pack.measures["A2", "default"].rows
    assert (row.numerator, row.denominator, row.value) == (35, 100, 0.35)


def test_a_small_count_is_suppressed_a_missing_measure_says_so_and_zero_stays_zero():
    pack = drafted(asked("A2", figure(3, 98)), asked("A4"), asked("A5", figure(0, 98))).pack
    rows = {key[0]: each.rows for key, each in pack.measures.items()}
    assert [(row.status, row.numerator, row.denominator) for row in rows["A2"]] == [("suppressed", None, 100)]
    assert [(row.status, row.numerator) for row in rows["A4"]] == [("no_data", None)] * 3
    assert [(row.status, row.numerator, row.value) for row in rows["A5"]] == [("ok", 0, 0.0)]


@pytest.mark.parametrize(("families", "status"), [(7, "suppressed"), (12, "suppressed"), (13, "ok"), (60, "ok")])
def test_a_median_is_told_of_thirteen_or_more(families: int, status: str):
    median = figure(families, families, estimate=Estimate(14.0, 9.0, 21.0))
    [row] = drafted(asked("B2", median)).pack.measures["B2", "default"].rows
    assert row.status == status
    assert row.value == (14.0 if status == "ok" else None)


def test_the_same_figures_have_the_same_bytes_and_hash_whatever_their_number():
    measures = asked("A2", figure(33, 98))
    assert sent(measures) == sent(measures)
    first, second = (read_pack(sent(measures, serial=n, made=made), "f").pack for n, made in ((1, MADE), (2, SECOND)))
    assert first.content == second.content
    assert read_pack(sent(asked("A2", figure(43, 98))), "f").pack.content != first.content


def test_a_pack_says_by_whom_from_what_and_how_good():
    pack = read_pack(sent(asked("A2", figure(33, 98)), serial=4), "f").pack
    assert (pack.council, pack.name, pack.serial, pack.made) == ("E09000001", "Council 01", 4, MADE)
    assert pack.year == ("2025-04-01", "2026-03-31")
    assert pack.context["as_at"] == "2026-06-30"
    assert pack.links == {"sure": 250, "unsure": None}
    assert pack.measures["A2", "default"].completeness == {"contact.contact_date": 0.99}


def test_years_are_the_last_three_that_are_over():
    assert [str(each.end) for each in years_told(date(2026, 6, 30), 4)] == ["2024-03-31", "2025-03-31", "2026-03-31"]
    assert [str(each.end) for each in years_told(date(2026, 3, 31), 4)][-1] == "2026-03-31"
    assert [str(each.end) for each in years_told(date(2026, 3, 30), 4)][-1] == "2025-03-31"
    assert [str(each.end) for each in years_told(date(2026, 3, 30), 1)][-1] == "2025-12-31"


def test_figures_of_other_days_are_no_part_of_a_pack():
    from earlyhelp.measures import Period

    later = figure(33, 98)._replace(period=Period(date(2026, 4, 1), date(2026, 6, 30)))
    pack = drafted(asked("A2", figure(43, 98), later)).pack
    assert [row.end for row in pack.measures["A2", "default"].rows] == ["2026-03-31"]


def test_what_a_measure_means_moves_with_its_rule_and_the_councils_own_numbers_and_not_with_its_layout():
    measure, local = CATALOGUE["A6"], default_standards()
    assert settings_of(measure, local) == {"decision_working_days": 1}
    settings = settings_of(measure, local)
    meaning = meaning_of(measure, settings, "family")
    assert meaning_of(replace(measure, rows=f"\n  {measure.rows}  "), settings, "family") == meaning
    assert meaning_of(measure, {"decision_working_days": 3}, "family") != meaning
    assert meaning_of(replace(measure, rows=measure.rows + " WHERE TRUE"), settings, "family") != meaning
    families = CATALOGUE["C1"]
    assert meaning_of(families, {}, "family") != meaning_of(families, {}, "household")


def test_a_name_loses_what_a_terminal_would_take_for_a_command():
    assert plain_name("King's Lynn & West [red]\x1b[31m<b>") == "King's Lynn & West red31mb"
    assert drafted(asked("A2"), name="A\x1bB [link]").pack.name == "AB link"


def test_content_is_written_in_one_way_and_never_with_what_is_no_number():
    assert canonical({"b": 1, "a": [1.5, None]}) == b'{"a":[1.5,null],"b":1}\n'
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": float("nan")})
