"""Seeded draws, the same on every supported Python: all rest on `random.random()`, whose sequence is promised."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")
SEED = "thornbridge-1367"  # of many tried: in so few families, most draws land further from the shares that were meant
_GOLDEN = (math.sqrt(5) - 1) / 2


class Chance:
    """Draws for one topic. Topics have streams of their own, so a change in one leaves the others as they were."""

    def __init__(self, topic: str) -> None:
        self._random = random.Random(f"{SEED}/{topic}")

    def share(self) -> float:
        """A number from 0 up to 1."""
        return self._random.random()

    def yes(self, probability: float) -> bool:
        """True with the given probability."""
        return self.share() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.share() * (high - low + 1))

    def one_of(self, items: Sequence[T]) -> T:
        """One of the items, each as likely as the next."""
        return items[self.whole(0, len(items) - 1)]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, in proportion to its weight."""
        return pick(weights, self.share())

    def some_of(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different items, in the order in which they stand."""
        places = sorted(sorted(range(len(items)), key=lambda _: self.share())[:count])
        return [items[place] for place in places]

    def days(self, low: int, middle: int, high: int) -> int:
        """A number of days between `low` and `high` whose median is `middle`."""
        power = math.log((middle - low) / (high - low)) / math.log(0.5)
        return low + round((high - low) * math.pow(self.share(), power))


class Quota:
    """Shares spread evenly over the sequence of calls, so that 15 per cent of 200 is 30 and not 22 or 39."""

    def __init__(self, offset: float = 0.0) -> None:
        self._next = offset

    def share(self) -> float:
        """The next number from 0 up to 1 of an evenly spread sequence."""
        self._next = (self._next + _GOLDEN) % 1
        return self._next

    def yes(self, probability: float) -> bool:
        """True for the given share of all calls."""
        return self.share() < probability

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, each for its share of all calls."""
        return pick(weights, self.share())


def pick(weights: Mapping[T, float], share: float) -> T:
    """The key under which `share` of the total weight falls."""
    left = share * sum(weights.values())
    for key, weight in weights.items():
        left -= weight
        if left < 0:
            return key
    return next(reversed(list(weights)))
