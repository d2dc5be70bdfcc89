"""The weakest link on the best way between two records, against every way tried one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.link.paths import weakest_links

Links = dict[tuple[int, int], float]


def found(links: Links) -> Links:
    left, right = (np.asarray([pair[side] for pair in links], dtype=np.int64) for side in (0, 1))
    told = weakest_links(left, right, np.asarray(list(links.values()), dtype=np.float64))
    pairs = list(zip(*(each.tolist() for each in told), strict=True))
    assert len({(one, other) for one, other, _ in pairs}) == len(pairs)
    return {(one, other): weight for one, other, weight in pairs}


def slowly(links: Links) -> Links:
    """Let every record in turn be a stop on the way, until nothing gets better."""
    best = links | {(other, one): weight for (one, other), weight in links.items()}
    records = {record for pair in links for record in pair}
    for stop in records:
        for one in records:
            for other in records - {one}:
                by_stop = min(best.get((one, stop), -np.inf), best.get((stop, other), -np.inf))
                best[one, other] = max(best.get((one, other), -np.inf), by_stop)
    return {(one, other): weight for (one, other), weight in best.items() if one < other and weight > -np.inf}


def test_a_chain_is_as_strong_as_its_weakest_link() -> None:
    assert found({(1, 2): 9.0, (2, 3): 5.0})[1, 3] == 5.0


def test_a_weak_link_does_not_weaken_two_that_others_hold_together() -> None:
    assert found({(1, 2): 9.0, (2, 3): 8.0, (1, 3): 4.0}) == {(1, 2): 9.0, (2, 3): 8.0, (1, 3): 8.0}


def test_records_that_nothing_joins_are_no_pair() -> None:
    assert set(found({(1, 2): 9.0, (3, 4): 9.0})) == {(1, 2), (3, 4)}
    assert found({}) == {}


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda pair: pair[0] < pair[1]),
        st.integers(1, 6).map(float),
        max_size=16,
    )
)
def test_every_pair_has_the_weakest_link_of_its_best_way(links) -> None:
    assert found(links) == slowly(links)
