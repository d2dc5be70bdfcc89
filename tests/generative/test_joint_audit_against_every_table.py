"""The joint audit against an oracle that writes every table out: two wards by two age bands, told in several releases."""

from __future__ import annotations

from itertools import product
from math import inf

import numpy as np
from hypothesis import event, given, settings
from hypothesis import strategies as st

from earlyhelp.release.protect.overlaps import Listing, Told
from earlyhelp.release.protect.several import findings

EXAMPLES = settings(max_examples=100, deadline=None, derandomize=True)
HIGHEST, MOST = 3, 9
WARDS, BANDS = ("W1", "W2"), ("young", "old")
EVERY = np.array(list(product(range(MOST + 1), repeat=4)))
"""Every table there is, a row each: W1 young, W1 old, W2 young, W2 old."""
BY_WARD = {"place": [frozenset({each}) for each in WARDS]}
BY_AGE = {"age": [frozenset({each}) for each in BANDS]}


def boxes(by: dict) -> list[dict[str, frozenset[str]]]:
    return [dict(zip(by, codes, strict=True)) for codes in product(*by.values())]


def members(box: dict[str, frozenset[str]]) -> np.ndarray:
    """Which of the four counts a box holds."""
    return np.array(
        [ward in box.get("place", WARDS) and band in box.get("age", BANDS) for ward, band in product(WARDS, BANDS)]
    )


def listing(by: dict, counts: np.ndarray, hidden: list[bool]) -> Listing:
    cells = []
    for box, gone in zip(boxes(by), hidden, strict=False):
        count = float(counts[members(box)].sum())
        gone = gone or 1 <= count <= HIGHEST
        cells.append(Told(box, *((1.0, inf) if gone and count else (count, count)), bool(gone and count), HIGHEST))
    return Listing(tuple(cells))


def fits(listings: list[Listing]) -> np.ndarray:
    """The tables that fit everything that is told."""
    keeps = np.ones(len(EVERY), dtype=bool)
    for cell in (cell for each in listings for cell in each.cells):
        sums = EVERY[:, members(cell.box)].sum(axis=1)
        keeps &= (sums >= cell.lower) & (sums <= cell.upper)
    return EVERY[keeps]


def is_told(listings: list[Listing]) -> bool:
    """Whether a hidden count, or the total that two splits have in common, must be 0 to 3 and may be more than 0."""
    left = fits(listings)
    asked = [cell.box for each in listings for cell in each.cells if cell.hidden]
    if {"place"} in [set(each.cells[0].box) for each in listings] and {"age"} in [
        set(each.cells[0].box) for each in listings
    ]:
        asked.append({})
    greatest = [left[:, members(box)].sum(axis=1).max() for box in asked]
    return any(1 <= each <= HIGHEST for each in greatest)


@EXAMPLES
@given(
    counts=st.lists(st.integers(0, 6), min_size=4, max_size=4).map(np.array),
    splits=st.lists(st.sampled_from([BY_WARD, BY_AGE, BY_WARD | BY_AGE, {}]), min_size=1, max_size=4),
    hidden=st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=4, max_size=4),
)
def test_a_small_count_is_found_if_and_only_if_no_table_that_fits_has_more(counts, splits, hidden):
    told = [listing(by, counts, gone) for by, gone in zip(splits, hidden, strict=False)]
    wanted = is_told(told)
    event(f"told: {wanted}")
    assert bool(findings(told[-1:], told[:-1], HIGHEST) or findings(told, [], HIGHEST)) == wanted


@EXAMPLES
@given(
    counts=st.lists(st.integers(0, 6), min_size=4, max_size=4).map(np.array),
    hidden=st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=3, max_size=3),
)
def test_what_the_last_release_adds_is_found_if_and_only_if_those_before_do_not_tell_it(counts, hidden):
    told = [listing(by, counts, gone) for by, gone in zip((BY_WARD, BY_AGE, BY_WARD | BY_AGE), hidden, strict=True)]
    if not is_told(told[:-1]):
        assert bool(findings(told[-1:], told[:-1], HIGHEST)) == is_told(told)
