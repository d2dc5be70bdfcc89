"""What is joined directly or through others, against a slow search."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.link.components import joined

COUNT = 12
PAIRS = st.lists(st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)), max_size=20)


def searched(pairs: list[tuple[int, int]], count: int) -> list[int]:
    """The oracle: from each thing in its turn, everything that can be reached gets its number."""
    number: dict[int, int] = {}
    for start in range(count):
        waiting, mine = [start], number.setdefault(start, len(set(number.values())))
        while waiting:
            here = waiting.pop()
            near = {b for a, b in pairs if a == here} | {a for a, b in pairs if b == here}
            waiting += [each for each in near if each not in number]
            number |= dict.fromkeys(near, mine)
    return [number[each] for each in range(count)]


@given(PAIRS)
def test_components_are_those_of_a_search_and_numbered_by_their_smallest_member(pairs: list[tuple[int, int]]) -> None:
    left, right = (np.asarray([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))

    assert joined(left, right, COUNT).tolist() == searched(pairs, COUNT)


def test_a_long_way_in_any_order_is_one_component() -> None:
    way = np.random.default_rng(1).permutation(20_000)

    assert not joined(way[:-1], way[1:], way.size).any()


def test_nothing_joined_is_each_by_itself() -> None:
    nothing = np.empty(0, dtype=np.int64)

    assert joined(nothing, nothing, 3).tolist() == [0, 1, 2]
    assert joined(nothing, nothing, 0).tolist() == []
