"""What a partner page may tell: its own counts, and never a small one of anybody, whoever puts all pages together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from earlyhelp.measures import CATALOGUE
from earlyhelp.measures.partners import Crossed, Partner, Told
from earlyhelp.release import Released, ReleasedRow, Status, policy
from earlyhelp.release.page_search import Search
from earlyhelp.release.partner_pages import everybody, hidden_on_pages, own
from earlyhelp.release.partners import may_stand_beside, own_figures, publish_partner, publish_partners
from earlyhelp.release.protect.tables import Relation, table
from earlyhelp.standard import codelists
from earlyhelp.statistics.survival import Quantile

DFE = policy("dfe")
ELM = Partner("Elm", "Elm", "organisation", 30, 0, ("requestor_organisation",))
OAK = Partner("Oak", "Oak", "organisation", 4, 2, ("requestor_organisation",))
ROWAN = Partner("100001", "Rowan", "school", 0, 0, ("school_urn",))
KINDS = ("school", "health", "voluntary")
LISTED = publish_partners([ELM, Partner("Oak", "Oak", "organisation", 40, 0, ()), ROWAN], DFE)


def crossed(**counts: list[int]) -> Crossed:
    """Requests by organisation and kind, of no school; those of `others` in no organisation's name."""
    return of_schools({("", name if name != "others" else ""): each for name, each in counts.items()})


def of_schools(counts: dict[tuple[str, str], list[int]]) -> Crossed:
    """Requests by school and organisation, and by kind."""
    by_kind = {(*who, kind): number for who, each in counts.items() for kind, number in zip(KINDS, each, strict=False)}
    told = {key: number for key, number in by_kind.items() if number}
    return Crossed(
        told, tuple(kind for kind in KINDS if any(key[2] == kind for key in told)), codelists.organisation_types
    )


def page(found: Crossed, told: Told | None = None, everybody: Told | None = None, of: str = "Elm"):
    [partner] = [each for each in LISTED if each.code == of]
    return publish_partner(partner, told, everybody, (found, found), LISTED, DFE)


def test_every_school_has_a_page_and_an_organisation_only_with_enough_records():
    assert [each.code for each in publish_partners([ROWAN, ELM, OAK], DFE)] == ["100001", "Elm"]


def test_a_count_of_few_is_hidden_with_a_second_one_since_its_total_is_known():
    told = page(crossed(Elm=[20, 10, 3], others=[80, 90, 97])).decisions
    assert [each.own for each in told] == [20, None, None]
    assert [each.everybody for each in told] == [100, 100, 100]


def test_a_count_that_leaves_few_for_all_others_is_hidden_too():
    told = page(crossed(Elm=[20, 98, 30], others=[80, 2, 70])).decisions
    assert [each.own for each in told] == [None, None, 30]


def test_a_group_of_which_everybody_has_few_is_hidden_for_everybody_and_for_each():
    told = page(crossed(Elm=[20, 20, 3], others=[80, 30, 1])).decisions
    assert told[2].everybody is None
    assert told[2].own is None


def test_what_a_partner_has_none_of_is_told_as_none():
    assert page(crossed(Elm=[20, 0, 30], others=[80, 100, 70])).leads[1].own == 0


def test_a_partner_that_is_in_no_row_has_none_of_anything():
    assert [each.own for each in page(crossed(others=[100, 100, 100])).leads] == [0, 0, 0]


def test_a_school_and_the_agency_it_asks_under_are_not_both_told_where_they_differ_by_few():
    """Of 32 requests in Elm's name 30 are Rowan School's: both pages together would tell of the 2 others."""
    found = of_schools({("100001", "Elm"): [30], ("", "Elm"): [2], ("", ""): [60]})
    agency, school = page(found, of="Elm"), page(found, of="100001")
    assert [agency.requests, school.requests].count(False) == 1
    assert [agency.decisions[0].own, school.decisions[0].own].count(None) == 1
    enough = of_schools({("100001", "Elm"): [30], ("", "Elm"): [12], ("", ""): [60]})
    assert [page(enough, of=each).decisions[0].own for each in ("Elm", "100001")] == [42, 30]


def test_a_school_that_asks_a_few_times_in_its_own_name_is_not_told_beside_the_agency():
    """Rowan School asked 30 times in Elm's name and 3 times in its own: 33 on its page, and 30 of Elm's 70."""
    found = of_schools({("100001", "Elm"): [30], ("100001", ""): [3], ("", "Elm"): [40], ("", ""): [60]})
    assert all(page(found, of=each).requests for each in ("Elm", "100001"))
    alone = of_schools({("100001", "Elm"): [30], ("100001", ""): [3], ("", ""): [60]})
    assert [page(alone, of=each).requests for each in ("Elm", "100001")].count(False) == 1


def test_an_organisation_under_whose_name_schools_ask_is_not_told_by_month():
    found = of_schools({("100001", "Elm"): [30], ("", "Elm"): [12], ("", "Oak"): [20], ("", ""): [60]})
    assert [page(found, of=each).months for each in ("Elm", "Oak", "100001")] == [False, True, True]


def test_where_the_number_of_requests_is_hidden_so_is_every_figure_of_them():
    row = ReleasedRow("A6", None, None, {}, {}, 20, 30, 0.67, 0.5, 0.8, Status.OK)
    silent = replace(row, numerator=None, status=Status.NO_DATA)
    few = replace(row, numerator=None, value=None, status=Status.SUPPRESSED)
    figures = Released(CATALOGUE["A6"], DFE, (row, few, silent))
    about = page(of_schools({("100001", "Elm"): [30], ("", "Elm"): [2], ("", ""): [60]}))
    hidden = own_figures(figures, replace(about, requests=False), monthly=False)
    assert [(each.value, each.denominator, each.status) for each in hidden.rows] == [
        (None, None, Status.SUPPRESSED), (None, None, Status.SUPPRESSED), (0.67, 30, Status.NO_DATA),
    ]  # fmt: skip
    assert own_figures(figures, replace(about, requests=True, months=False), monthly=False) == figures
    assert own_figures(figures, replace(about, requests=True, months=False), monthly=True) == hidden


@pytest.mark.parametrize(
    ("requests", "told", "status"),
    [(30, 20, "ok"), (4, 3, "suppressed"), (30, 3, "suppressed"), (97, 90, "suppressed")],
)
def test_how_soon_a_partner_was_told_is_hidden_where_few_of_it_or_of_the_others_stand_behind_it(requests, told, status):
    found = page(
        crossed(others=[100]),
        Told(requests, told, Quantile(9, 7, None)),
        Told(100, 90, Quantile(8, 7, 9)),
    )
    assert str(found.told.status) == status
    assert found.told.days == (9 if status == "ok" else None)


@pytest.mark.parametrize(("days", "reached"), [(Quantile(9, 7, None), True), (Quantile(None, None, None), False)])
def test_where_fewer_than_half_have_been_told_yet_that_is_said(days, reached):
    found = page(crossed(everybody=[100]), Told(30, 20, days), Told(100, 90, Quantile(8, 7, 9)))
    assert (found.told.reached, found.told_everybody.reached) == (reached, True)


def test_where_feedback_is_not_recorded_that_is_told_and_is_not_hidden():
    assert page(crossed(others=[100])).told.status is Status.NO_DATA


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
        ((8, None), 28, False),  # the one hidden is 20, and was hidden beside another
        ((8, None, None), 13, False),  # the two hidden are 5 together: each is small
        ((8, None, None), 15, True),  # one of them may be 6
        ((8, None), None, True),  # there is no total to take it from
    ],
)
def test_months_stand_beside_their_total_only_where_those_hidden_may_be_many(counts, total, may):
    assert may_stand_beside(total, months(*counts), DFE) is may


def test_where_counts_are_rounded_none_can_be_worked_out():
    assert may_stand_beside(10, months(10, None), policy("nhs"))


WHO = (("1", "Elm"), ("1", ""), ("2", "Elm"), ("2", "Oak"), ("", "Elm"), ("", "Oak"), ("", ""))
PAGES = (("school", "1"), ("school", "2"), ("organisation", "Elm"), ("organisation", "Oak"))
COUNTS = st.lists(
    st.lists(st.sampled_from([0, 0, 1, 3, 5, 6, 9, 20, 60]), min_size=3, max_size=3), min_size=7, max_size=7
)


def stands_on(key: tuple[str, str, str], page: tuple[str, str]) -> bool:
    return key[0 if page[0] == "school" else 1] == page[1]


def greatest(found: Crossed, hidden: frozenset, asked: list[tuple[str, str, str]]) -> float:
    """The most that those counts can be together, of all counts that fit what pages and everybody's figures tell."""
    keys = list(found.counts)
    cells = {own(each): [key for key in keys if stands_on(key, each)] for each in PAGES}
    cells |= {own(each, kind): [key for key in keys if stands_on(key, each) and key[2] == kind]
              for each in PAGES for kind in found.groups}  # fmt: skip
    cells |= {everybody(kind): [key for key in keys if key[2] == kind] for kind in found.groups} | {everybody(): keys}
    told = [of for cell, of in cells.items() if cell not in hidden]
    rows = np.array([[float(key in of) for key in keys] for of in told])
    sums = np.array([sum(found.counts[key] for key in of) for of in told])
    found_most = linprog(-np.array([float(key in asked) for key in keys]), A_eq=rows, b_eq=sums, bounds=(1, None))
    return np.inf if found_most.status == 3 else -found_most.fun


@given(COUNTS)
@settings(max_examples=80, deadline=None)
def test_with_all_pages_in_hand_no_small_count_and_no_small_difference_can_be_proved_small(counts):
    """Held against programmes of its own over the finest counts; whoever looks knows which of them are not 0."""
    found = of_schools(dict(zip(WHO, counts, strict=True)))
    hidden = hidden_on_pages(found, PAGES, DFE)
    if all(own(each, kind) in hidden for each in PAGES for kind in found.groups if found.of(*each)[kind]):
        return
    small = [[key] for key, number in found.counts.items() if number <= DFE.highest]
    for each in PAGES:
        for kind in found.groups:
            of_it = [key for key in found.counts if key[2] == kind and stands_on(key, each)]
            rest = [key for key in found.counts if key[2] == kind and not stands_on(key, each)]
            small += [
                one for one in (of_it, rest) if of_it and 1 <= sum(found.counts[key] for key in one) <= DFE.highest
            ]
    assert all(
        greatest(found, hidden, each) > DFE.highest for each in small if ("", "") not in {key[:2] for key in each}
    )


def test_what_everybody_has_of_a_group_is_hidden_where_nothing_else_keeps_its_few_apart_and_the_rest_stays_shown():
    """Of 9 in a group six pages have one or two: beside the 9 each is at most 4, whatever else is hidden."""
    names = ("Elm", "Oak", "Ash", "Fir", "Yew", "Bay")
    found = of_schools(
        {("", name): [30 + at, 20, 1 + at // 3] for at, name in enumerate(names)} | {("", ""): [50, 60, 0]}
    )
    hidden = hidden_on_pages(found, [("organisation", name) for name in names], DFE)
    assert everybody("voluntary") in hidden
    assert everybody("school") not in hidden or everybody("health") not in hidden
    assert sum(own(("organisation", name), kind) not in hidden for name in names for kind in KINDS[:2]) >= 6


def test_with_nothing_small_nothing_is_hidden():
    found = of_schools({who: [20 + at, 30, 40] for at, who in enumerate(WHO)})
    assert hidden_on_pages(found, PAGES, DFE) == frozenset()


def test_where_counts_are_rounded_only_the_small_ones_themselves_are_hidden():
    found = of_schools({("", "Elm"): [20, 10, 3], ("", ""): [80, 90, 97]})
    pages = [("organisation", "Elm")]
    assert hidden_on_pages(found, pages, policy("nhs")) == {own(pages[0], "voluntary")}
    assert len(hidden_on_pages(found, pages, DFE)) == 2


def test_where_counts_are_rounded_one_that_leaves_few_for_all_others_is_hidden_too():
    """Of 92 all but two are Elm's."""
    found = of_schools({("", "Elm"): [20, 90, 30], ("", ""): [80, 2, 97]})
    pages = [("organisation", "Elm")]
    assert hidden_on_pages(found, pages, policy("nhs")) == {own(pages[0], "health")}


def test_where_pages_do_not_tell_how_many_requests_a_partner_made_that_number_is_hidden():
    found, pages = of_schools({("", "Elm"): [60]}), [("organisation", "Elm")]
    assert hidden_on_pages(found, pages, DFE, totals_told=False) == {own(pages[0])}
    assert hidden_on_pages(found, pages, DFE) == frozenset()


def test_how_many_requests_there_are_is_never_hidden():
    """Of six requests two stand on one page and four on the other: all that pages tell goes, the six stay."""
    pages = [("school", "2"), ("organisation", "Elm")]
    hidden = hidden_on_pages(of_schools({("2", "Oak"): [2], ("1", "Elm"): [4]}), pages, DFE)
    assert hidden == {everybody("school"), *(own(each) for each in pages), *(own(each, "school") for each in pages)}


def test_a_group_is_hidden_before_how_many_requests_a_partner_made_in_all():
    """School 1 made 65 requests, 5 of them in Elm's name, under which school 2 made 9."""
    found = of_schools({("1", ""): [60], ("1", "Elm"): [5], ("2", "Elm"): [9]})
    one, two, elm = ("school", "1"), ("school", "2"), ("organisation", "Elm")
    assert hidden_on_pages(found, [one, two, elm], DFE) == {
        own(one, "school"), own(two), own(two, "school"), own(elm), own(elm, "school"),
    }  # fmt: skip


def test_how_many_requests_a_partner_made_is_hidden_where_a_group_would_take_eight_times_as_many_requests_away():
    """Oak's 15 are 8 of nobody's page and 7 of school 2, whose total weighs 56: less than the 60 of another page's group."""
    found = of_schools({("", "Oak"): [7, 1], ("2", "Oak"): [0, 7], ("1", "Elm"): [60, 20]})
    assert hidden_on_pages(found, PAGES, DFE) == {own(("school", "2")), own(("school", "2"), "health")}


def test_beside_a_group_of_few_everybody_loses_the_next_smallest_and_no_page_more_than_that_takes():
    """Three of the third kind, 71 of the first and 96 of the second, of which school 1 made 90."""
    found = of_schools({("1", ""): [2, 60, 1], ("", "Oak"): [60, 6, 1], ("1", "Elm"): [9, 30, 1]})
    hidden = hidden_on_pages(found, PAGES, DFE)
    assert {key for key in hidden if key[0] == "everybody"} == {everybody("school"), everybody("voluntary")}
    assert own(("school", "1"), "health") not in hidden


def test_groups_of_few_that_together_may_be_many_need_no_third_one_hidden():
    """Four of one kind and four of another: beside one of the other kind seven may be of the first."""
    found = of_schools({("2", "Elm"): [3, 6, 0], ("1", "Elm"): [1, 0, 4]})
    hidden = hidden_on_pages(found, [("school", "2")], DFE)
    assert {key for key in hidden if key[0] == "everybody"} == {everybody("school"), everybody("voluntary")}


def test_decisions_and_leads_are_told_each_from_their_own_counts():
    """Elm made 30 requests, too few of others stand beside them to tell of; it leads 50 of 110 families."""
    decisions, leads = crossed(Elm=[30], others=[2]), crossed(Elm=[50], others=[60])
    elm = LISTED[0]
    told = publish_partner(elm, None, None, (decisions, leads), LISTED, DFE)
    assert [(each.own, each.everybody) for each in told.leads] == [(50, 110)]
    assert [each.own for each in told.decisions] == [None]
    assert (told.requests, told.months) == (False, False)
    turned = publish_partner(elm, None, None, (leads, decisions), LISTED, DFE)
    assert [each.own for each in turned.decisions] == [50]
    assert (turned.requests, turned.months) == (True, True)
    shared = of_schools({("100001", "Elm"): [30], ("", "Elm"): [12], ("", ""): [60]})
    told = [publish_partner(elm, None, None, each, LISTED, DFE).months for each in ((shared, leads), (leads, shared))]
    assert told == [False, True], "schools ask under its name, or lead under it"


def test_where_requests_are_hidden_so_is_how_soon_the_partner_was_told_and_that_nothing_is_recorded_is_not():
    hidden = crossed(Elm=[30], others=[2])
    heard = Told(30, 20, Quantile(9, 7, None))
    told = publish_partner(LISTED[0], heard, heard, (hidden, hidden), LISTED, DFE)
    assert (told.told.status, told.told.days, told.told.reached) == (Status.SUPPRESSED, None, False)
    assert publish_partner(LISTED[0], None, heard, (hidden, hidden), LISTED, DFE).told.status is Status.NO_DATA


def test_schools_without_a_page_of_their_own_are_one_on_the_page_of_the_agency_they_ask_under():
    """Three of one school and four of another are seven, which may be told; of one that has a page, three may not."""
    found = of_schools({("1", "Elm"): [3], ("2", "Elm"): [4], ("", ""): [60]})
    assert hidden_on_pages(found, [("organisation", "Elm")], DFE) == frozenset()
    assert own(("school", "1"), "school") in hidden_on_pages(found, [("organisation", "Elm"), ("school", "1")], DFE)


ONE, TWO, ELMS, OAKS = PAGES


@pytest.mark.parametrize(
    ("counts", "pages", "gone"),
    [
        pytest.param(
            {("1", "Elm"): [60], ("2", "Oak"): [7], ("1", ""): [5]},
            [ONE, ELMS],
            {own(ELMS), own(ELMS, "school")},
            id="the 5 that school 1 made in its own name hide on the page of the agency, which has fewer requests",
        ),
        pytest.param(
            {("", "Oak"): [20], ("2", "Oak"): [7], ("", ""): [1], ("", "Elm"): [5]},
            [TWO, ELMS, OAKS],
            {cell for page in (TWO, ELMS, OAKS) for cell in (own(page), own(page, "school"))},
            id="what is shown again is the dearest first: all 33, before the pages of three",
        ),
        pytest.param(
            {("1", ""): [6, 20], ("", "Elm"): [60, 90], ("", "Oak"): [1, 7], ("1", "Elm"): [6, 2]},
            [ONE, ELMS, OAKS],
            {own(OAKS), own(OAKS, "school"), own(OAKS, "health"), own(ONE, "health")},
            id="one that bounds do not prove small is asked of programmes over whole numbers before anything else is hidden",
        ),
        pytest.param(
            {("2", "Oak"): [9, 9, 5], ("", "Oak"): [4, 1, 60], ("1", ""): [7, 1, 5]},
            [ONE, TWO, OAKS],
            {*(own(each, kind) for each in (ONE, OAKS) for kind in KINDS), own(TWO, "health"), own(TWO, "voluntary")},
            id="a count that is at most the highest of the hidden range is proved small",
        ),
    ],
)
def test_what_is_hidden_with_the_small_counts_of_pages(counts, pages, gone):
    assert hidden_on_pages(of_schools(counts), pages, DFE) == gone


def test_a_bound_rests_only_on_sums_whose_other_parts_are_bounded():
    """With no totals told, school 1's 9 do not bound what school 2 made in Elm's name: 4 and 12 are hidden as one page."""
    found = of_schools({("1", ""): [9], ("2", "Elm"): [4], ("", "Elm"): [20], ("2", "Oak"): [12]})
    hidden = hidden_on_pages(found, [ONE, TWO, ELMS], DFE, totals_told=False)
    assert hidden == {own(ONE), own(TWO), own(ELMS), own(TWO, "school")}


# The search itself -------------------------------------------------------------------------------------------

CELLS = {"a": 3.0, "kept": 10.0, "v": 20.0, "u": 33.0, "d": 13.0, "m": 30.0, "h": 40.0, "f": 9.0, "k": 39.0}
SUMS = [
    *(Relation("u", ("a", "kept", "v")), Relation("u", ("v", "d"))),
    *(Relation("h", ("m", "kept")), Relation("k", ("m", "f"))),
]
"""The first two sums have u and v, which nobody knows, and what else they hold: 3 and 10 make 13. f is far from a."""


def searched(may_hide: str) -> set[object]:
    whole = table(CELLS, SUMS)
    hidden, open_to_hiding = (np.array([key in keys for key in whole.keys]) for keys in ("auv", may_hide))
    small = np.array([key == "a" for key in whole.keys])
    found = Search(whole, small, open_to_hiding, np.ones(len(whole.keys)), DFE.highest).hide(hidden)
    return {key for key, gone in zip(whole.keys, found, strict=True) if gone}


def test_a_small_count_that_only_two_sums_together_tell_is_kept_by_the_nearest_cell_that_may_be_hidden():
    assert searched("df") == {"a", "u", "v", "d"}


def test_where_nothing_that_may_be_hidden_protects_all_of_it_is_hidden():
    assert searched("f") == {"a", "u", "v", "f"}
    assert searched("") == {"a", "u", "v"}
