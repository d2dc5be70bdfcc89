"""The joint audit of tables: what two of them tell together stops the second, and what tells nothing does not."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from tests.planted_tables import KINDS, planted
from tests.register_tables import BANDS, MONTHS, PLACES, QUARTERS, WARDS, YEAR, drawn, summed, table

from earlyhelp.release.protect import overlaps
from earlyhelp.release.register_audit import Earlier, audited, safe_beside
from earlyhelp.release.register_table import ReleasedTable

EACH = 25


def beside(new: ReleasedTable, *earlier: ReleasedTable):
    return audited([new], [Earlier(f"R{number}", (each,)) for number, each in enumerate(earlier, 1)], PLACES)


@pytest.mark.parametrize("kind", KINDS)
def test_every_planted_pair_is_safe_one_by_one_and_stopped_together(kind: str):
    pairs = list(planted(kind, EACH))
    assert len(pairs) == EACH
    assert all(audit.passed for pair in pairs for audit in pair.each_alone)
    assert [pair.together.small > 0 for pair in pairs] == [True] * EACH
    assert not any(pair.together.undone for pair in pairs)


@pytest.mark.parametrize("kind", KINDS)
def test_pairs_that_tell_of_ten_or_more_are_not_refused(kind: str):
    assert all(pair.together.passed for pair in planted(kind, EACH, leaking=False))


@pytest.mark.parametrize("kind", KINDS)
def test_a_leaking_table_can_leave_with_further_rows_hidden(kind: str):
    """What is left passes the audit by itself, shows something, and hides more than before."""
    for pair in planted(kind, 10):
        [made], found = safe_beside([pair.second], [Earlier("R1", (pair.first,))], PLACES)
        assert found.passed
        assert beside(made, pair.first).passed
        assert found.withheld >= made.hidden - pair.second.hidden > 0
        assert any(row.numerator for row in made.rows)
        assert "would have told of 1 to 5 people" in " ".join(found.sentences)


def test_a_table_that_tells_nothing_comes_back_as_it_was():
    [pair] = planted("geography", 1, leaking=False)
    [made], found = safe_beside([pair.second], [Earlier("R1", (pair.first,))], PLACES)
    assert made == pair.second
    assert (found.passed, found.withheld) == (True, 0)


def test_three_tables_tell_what_no_two_of_them_do():
    """Quarters one and two, quarter three, and the year: the fourth quarter of W1 is 3."""
    counts = {(span, (ward,)): 20.0 for span in QUARTERS for ward in WARDS}
    counts[QUARTERS[3], ("W1",)] = 3
    halves = table(("ward_code",), {key: count for key, count in counts.items() if key[0] in QUARTERS[:2]})
    third = table(("ward_code",), {key: count for key, count in counts.items() if key[0] == QUARTERS[2]})
    year = table(("ward_code",), {(YEAR, (ward,)): sum(counts[span, (ward,)] for span in QUARTERS) for ward in WARDS})
    assert beside(year, halves).passed
    assert beside(year, third).passed
    assert not beside(year, halves, third).passed


def test_a_split_by_other_things_meets_the_first_in_its_totals():
    """By age band W1 is not named, yet the total of all bands less the other wards is 3."""
    first = table(
        ("ward_code",), {(YEAR, (ward,)): count for ward, count in zip(WARDS, (3, 8, 20, 20, 20, 20), strict=True)}
    )
    hidden = [row.dims["ward_code"] for row in first.rows if row.is_hidden]
    assert hidden == ["W1", "W2"]
    told = first.without([])  # the door hid W2 as well; somebody who forgot to shows it
    naive = replace(
        told,
        rows=tuple(
            replace(row, numerator=8.0, status="ok") if row.dims["ward_code"] == "W2" else row for row in told.rows
        ),
    )
    ages = table(("age_band",), {(YEAR, (band,)): count for band, count in zip(BANDS[:2], (40, 51), strict=True)})
    assert beside(ages, first).passed
    assert not beside(ages, naive).passed


def test_exact_tables_of_the_same_children_drawn_at_random_are_not_refused():
    children = drawn(np.random.default_rng(5))
    asked = [(("ward_code",), MONTHS), (("locality", "age_band"), QUARTERS), ((), MONTHS), (("age_band",), (YEAR,))]
    tables = [table(by, summed(children, by, spans)) for by, spans in asked]
    assert all(beside(new, *tables[:place]).passed for place, new in enumerate(tables))


def test_a_rounded_table_needs_no_exact_audit_and_says_why():
    [pair] = planted("age bands", 1)
    rounded = [replace_policy(each) for each in (pair.first, pair.second)]
    found = beside(rounded[1], rounded[0])
    assert found.passed
    assert any("a difference of two of them is a range and no count" in each for each in found.sentences)
    assert not any("All counts are rounded" in each for each in pair.together.sentences)


def replace_policy(exact: ReleasedTable) -> ReleasedTable:
    """The same counts through the door of open data."""
    counts = {(YEAR, tuple(row.dims.values())): row.numerator or 0 for row in exact.rows}
    return table(exact.by, counts, rule="open-data")


def test_a_rounded_table_that_undoes_an_earlier_exact_one_is_stopped():
    """W1 is 2 and W2 is 10, both hidden, 12 together; rounded, W2 is shown as 10, that is 8 to 12: W1 is 1 to 4."""
    exact = table(("ward_code",), {(YEAR, (ward,)): count for ward, count in (("W1", 2), ("W2", 10), ("W3", 30))})
    total = table((), {(YEAR, ()): 42})
    assert [row.is_hidden for row in exact.rows] == [True, True, False]
    rounded = table(
        ("ward_code",),
        {(YEAR, (ward,)): count for ward, count in (("W1", 2), ("W2", 10), ("W3", 30))},
        rule="open-data",
    )
    assert beside(total, exact).passed
    assert not beside(rounded, exact, total).passed


def test_what_earlier_releases_tell_without_the_new_one_does_not_stop_it():
    [pair] = planted("geography", 1)
    new = table((), {(YEAR, ()): sum(row.numerator or 0 for row in pair.second.rows)})
    assert not pair.together.passed
    assert beside(new, pair.first, pair.second).passed


def test_a_table_counted_by_other_rules_is_not_set_beside_it_and_the_audit_says_so():
    [pair] = planted("age bands", 1)
    other = replace(pair.second, about=replace(pair.second.about, meaning="other rules"), populations={})
    found = beside(other, pair.first)
    assert found.passed
    assert found.beside == ()
    assert "Earlier releases of other counts, or by other rules: 1." in found.sentences


def test_figures_of_one_snapshot_that_do_not_add_up_are_not_released():
    wards = table(("ward_code",), {(YEAR, (ward,)): 20.0 for ward in WARDS})
    total = table((), {(YEAR, ()): 90.0})
    found = beside(total, wards)
    assert not found.passed
    assert "do not add up" in found.undone
    assert found.undone in found.sentences


def test_where_parts_may_overlap_a_total_may_be_less_than_their_sum():
    """A child with two episodes in different quarters is one child of the year."""
    quarters = table((), {(span, ()): 20.0 for span in QUARTERS})
    year = table((), {(YEAR, ()): 75.0})
    assert beside(year, quarters).undone
    once = [replace(each, once=True) for each in (year, quarters)]
    assert beside(once[0], once[1]).passed


def test_one_of_two_new_tables_whose_parts_may_overlap_is_enough():
    quarters = replace(table((), {(span, ()): 20.0 for span in QUARTERS}), once=True)
    year = table((), {(YEAR, ()): 75.0})
    assert audited([quarters, year], [], PLACES).passed
    assert audited([replace(quarters, once=False), year], [], PLACES).undone


def test_of_two_tables_under_two_policies_the_one_that_hides_more_decides():
    """Three quarters of 20, and a year of 66: six in the fourth, which the policy of the year hides."""
    quarters = table((), {(span, ()): 20.0 for span in QUARTERS[:3]})
    year = table((), {(YEAR, ()): 66.0})
    assert audited([quarters, year], [], PLACES).passed
    assert audited([quarters, replace(year, highest=7)], [], PLACES).small == 1
    assert audited([replace(quarters, highest=7), year], [], PLACES).small == 1


def test_counts_open_on_a_day_do_not_add_up_over_days():
    """Open at the end of each quarter: the year's end is the last quarter's end, and no difference tells anything."""
    quarters = replace(table((), {(span, ()): 20.0 for span in QUARTERS}), time="day")
    year = replace(table((), {(YEAR, ()): 20.0}), time="day")
    assert beside(year, quarters).passed
    moved = replace(table((), {(YEAR, ()): 23.0}), time="day")
    assert beside(moved, quarters).undone


def test_groups_of_which_a_child_may_have_several_are_not_added_up():
    needs = replace(table(("sex",), {(YEAR, (code,)): 20.0 for code in ("F", "M")}), axes={"sex": ""})
    total = table((), {(YEAR, ()): 38.0})
    assert beside(total, needs).passed


def test_too_many_overlaps_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(overlaps, "MOST_ATOMS", 20)
    children = drawn(np.random.default_rng(5))
    found = beside(table(("ward_code",), summed(children, ("ward_code",), MONTHS)))
    assert "too many ways" in found.undone
    assert not found.passed


def test_a_revision_in_which_a_hidden_count_comes_out_is_stopped():
    """W1 is hidden beside W2 in both; W3 to W6 have not moved, the total by 0: so W1 and W2 moved together, or not at all."""
    first = {(YEAR, (ward,)): count for ward, count in zip(WARDS, (3, 8, 20, 20, 20, 20), strict=True)}
    later = {**first, (YEAR, ("W3",)): 23}
    new = table(("ward_code",), later, snapshot="s2")
    found = beside(new, table(("ward_code",), first))
    assert not found.passed
    assert found.revised == ("R1",)
    assert "Of another snapshot, and seen as a revision since counts have changed: R1." in found.sentences


def test_an_unchanged_table_of_a_later_snapshot_tells_nothing():
    counts = {(span, (ward,)): 9.0 for span, ward in product(QUARTERS, WARDS)}
    found = beside(table(("ward_code",), counts, snapshot="s2"), table(("ward_code",), counts))
    assert (found.passed, found.revised) == (True, ())


def test_hidden_rows_stay_hidden_with_their_denominators_and_zeros_are_remembered():
    counts = {(YEAR, (ward,)): float(count) for ward, count in zip(WARDS, (0, 9, 20, 20, 20, 20), strict=True)}
    made = table(("ward_code",), counts)
    assert not made.zeros_hidden
    gone = made.without([0])
    assert gone.zeros_hidden
    assert gone.rows[0].is_hidden
    assert gone.rows[0].value is None
    assert gone.rows[1:] == made.rows[1:]


def test_no_sentence_names_a_cell_or_a_count():
    for pair in planted("geography", 5):
        told = " ".join(pair.together.sentences)
        assert not any(ward in told for ward in WARDS)
        assert "Small counts (1 to 5) that can be worked out or proved:" in told
