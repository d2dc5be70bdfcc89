"""What a partner page may tell: its own counts, and never a small one of anybody, whoever puts all pages together."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from earlyhelp.measures.partners import Crossed, Partner, Told
from earlyhelp.release import ReleasedRow, Status, policy
from earlyhelp.release.partners import hidden_on_pages, may_stand_beside, publish_partner, publish_partners
from earlyhelp.standard import codelists
from earlyhelp.statistics.survival import Quantile

DFE = policy("dfe")
ELM = Partner("Elm", "Elm", "organisation", 30, 0, ("requestor_organisation",))
OAK = Partner("Oak", "Oak", "organisation", 4, 2, ("requestor_organisation",))
ROWAN = Partner("100001", "Rowan", "school", 0, 0, ("school_urn",))
KINDS = ("school", "health", "voluntary")


def crossed(*counts: list[int], everybody: list[int]) -> Crossed:
    names, groups = ("Elm", "Oak", "Ash")[: len(counts)], KINDS[: len(everybody)]
    table = np.array(counts, float).reshape(len(names), len(groups))
    return Crossed(names, groups, table, np.array(everybody, float), codelists.organisation_types)


def page(found: Crossed, told: Told | None = None, everybody: Told | None = None):
    [partner] = publish_partners([ELM], DFE)
    return publish_partner(partner, told, everybody, (found, found), ["Elm", "Oak", "Ash"], DFE)


def test_every_school_has_a_page_and_an_organisation_only_with_enough_records():
    assert [each.code for each in publish_partners([ROWAN, ELM, OAK], DFE)] == ["100001", "Elm"]


def test_a_count_of_few_is_hidden_with_a_second_one_since_its_total_is_known():
    told = page(crossed([20, 10, 3], everybody=[100, 100, 100])).leads
    assert [each.own for each in told] == [20, None, None]
    assert [each.everybody for each in told] == [100, 100, 100]


def test_a_count_that_leaves_few_for_all_others_is_hidden_too():
    told = page(crossed([20, 98, 30], everybody=[100, 100, 100])).leads
    assert [each.own for each in told] == [None, None, 30]


def test_a_group_of_which_everybody_has_few_is_hidden_for_everybody_and_for_each():
    told = page(crossed([20, 20, 3], everybody=[100, 50, 4])).leads
    assert told[2].everybody is None
    assert told[2].own is None


def test_what_a_partner_has_none_of_is_told_as_none():
    assert page(crossed([20, 0, 30], everybody=[100, 100, 100])).leads[1].own == 0


def test_a_partner_that_is_in_no_row_has_none_of_anything():
    assert [each.own for each in page(crossed(everybody=[100, 100, 100])).leads] == [0, 0, 0]


@pytest.mark.parametrize(
    ("requests", "told", "status"),
    [(30, 20, "ok"), (4, 3, "suppressed"), (30, 3, "suppressed"), (97, 90, "suppressed")],
)
def test_how_soon_a_partner_was_told_is_hidden_where_few_of_it_or_of_the_others_stand_behind_it(requests, told, status):
    found = page(
        crossed(everybody=[100]),
        Told(requests, told, Quantile(9, 7, None)),
        Told(100, 90, Quantile(8, 7, 9)),
    )
    assert str(found.told.status) == status
    assert found.told.days == (9 if status == "ok" else None)


def test_where_feedback_is_not_recorded_that_is_told_and_is_not_hidden():
    assert page(crossed(everybody=[100])).told.status is Status.NO_DATA


def months(*counts: int | None) -> list[ReleasedRow]:
    nothing = (None, None, None)
    return [
        ReleasedRow("A1", date(2026, 1, 1), date(2026, 1, 31), {}, {}, each, None, *nothing,
                    Status.OK if each is not None else Status.SUPPRESSED)
        for each in counts
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "total", "may"),
    [
        ((8, 9), 17, True),
        ((8, None), 11, False),  # the one hidden is 3
        ((8, None, None), 13, False),  # the two hidden are 5 together: each is small
        ((8, None, None), 15, True),  # one of them may be 6
        ((8, None), None, True),  # there is no total to take it from
    ],
)
def test_months_stand_beside_their_total_only_where_those_hidden_may_be_many(counts, total, may):
    assert may_stand_beside(total, months(*counts), DFE) is may


def test_where_counts_are_rounded_none_can_be_worked_out():
    assert may_stand_beside(10, months(10, None), policy("nhs"))


COUNTS = arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.integers(0, 14))


@given(COUNTS, st.integers(0, 12), st.data())
@settings(max_examples=200, deadline=None)
def test_with_all_pages_in_hand_no_small_count_can_be_proved_small(counts, others, data):
    """Held against the bound worked out afresh: a hidden count is at most what its row, and its column, leave for it."""
    everybody = counts.sum(axis=0) + others
    hidden = hidden_on_pages(counts.astype(float), everybody.astype(float), np.ones(len(counts), dtype=bool), DFE)
    shown = np.where(hidden, 0, counts)
    small = np.argwhere((counts > 0) & (counts <= DFE.highest))
    for row, column in small:
        assert hidden[row, column]
        in_row = counts[row].sum() - shown[row].sum() - (hidden[row].sum() - 1)
        in_column = everybody[column] - shown[:, column].sum() - (hidden[:, column].sum() - 1)
        nothing_left = hidden[row].all() or (counts[row][~hidden[row]] == 0).all()
        assert in_row > DFE.highest or nothing_left
        assert in_column > DFE.highest or (counts[:, column][~hidden[:, column]] == 0).all()
