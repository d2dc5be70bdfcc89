"""Which counts of requests the pages of schools and of organisations may show, all of them protected together.

One table holds both: a request that a school made under an organisation's name stands on the pages of the two, so that the
difference of two pages is a count of requests too. Its cells are the requests of each school under each organisation, of
each page, and of everybody, by group and in all. Whoever looks is taken to know which schools ask under which name, how many
requests there are, and that a hidden count is not 0.

A small count is protected where tables that fit all that is shown let it be beyond the hidden range (`page_search`).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from earlyhelp.measures.partners import ORGANISATION, SCHOOL, Crossed
from earlyhelp.release.page_search import Search
from earlyhelp.release.policy import Policy
from earlyhelp.release.protect.tables import Flags, Relation, table

Page = tuple[str, str]
"""The kind and the code of a partner."""
Key = tuple[Hashable, ...]
_OWN, _EVERYBODY, _BOTH, _REST = "own", "everybody", "both", "rest"
_COSTS_MORE = 8.0
"""Hiding how many requests a partner made costs as much as hiding so many of its groups, since much of a page rests on it; so
does hiding what everybody has of a group, since that is on every page."""


def own(page: Page, *group: str) -> Key:
    """The cell of what a page tells of a group; without one, of all requests of its partner."""
    return (_OWN, page, *group)


def everybody(*group: str) -> Key:
    """The cell of a group's requests by whomever; without one, of all requests."""
    return (_EVERYBODY, "", *group)


def hidden_on_pages(
    crossed: Crossed, pages: Collection[Page], policy: Policy, *, totals_told: bool = True
) -> frozenset[Key]:
    """The cells to hide (`own`, `everybody`) so that no page, nor all of them together, tells of a small count.

    pages: the partners that have one. totals_told: whether a page tells how many requests its partner made. Where no
    choice protects, all that pages tell is hidden. The last answers are kept, since each page of a council asks the same.
    """
    return _hidden(tuple(sorted(crossed.counts.items())), frozenset(pages), policy, totals_told)


@lru_cache(maxsize=4)
def _hidden(
    counts: tuple[tuple[tuple[str, str, str], int], ...], pages: frozenset[Page], policy: Policy, totals_told: bool
) -> frozenset[Key]:
    cells = _cells(counts, pages, policy)
    keys = list(cells.counts)
    small = _flags(policy.hides(each) for each in cells.counts.values())
    of_page = _flags(key[0] == _OWN and (totals_told or len(key) > 2) for key in keys)
    of_all = _hidden_of_everybody(cells, policy)
    told = of_page | _flags(key[0] == _EVERYBODY for key in keys)
    hidden = small | ~told | _flags(key in of_all or (_REST, *key) in cells.counts for key in keys)
    if policy.hides_others_too:
        costs = [(1.0 if key[0] == _OWN and len(key) > 2 else _COSTS_MORE) * each for key, each in cells.counts.items()]
        whole = table(dict[Hashable, float](cells.counts.items()), cells.relations)
        may_hide = told & _flags(key != everybody() for key in keys)
        hidden = Search(whole, small, may_hide, np.array(costs), policy.highest).hide(hidden)
    return frozenset(
        key for key, gone in zip(keys, hidden.tolist(), strict=True) if gone and key[0] in (_OWN, _EVERYBODY)
    )


def _flags(told: Iterable[bool]) -> Flags:
    return np.array(list(told), dtype=bool)


@dataclass
class _Cells:
    """The cells of the table as they are put together, and how they add up."""

    counts: dict[Key, float] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def add(self, whole: Key, parts: Collection[Key]) -> None:
        """A cell that is the sum of others."""
        self.counts[whole] = sum(self.counts[part] for part in parts)
        self.relations.append(Relation(whole, tuple(parts)))

    def add_rest(self, part: Key, whole: Key, policy: Policy) -> None:
        """What others than one partner have, where that is few."""
        rest = self.counts[whole] - self.counts[part]
        if policy.hides(rest):
            self.counts[_REST, *part] = rest
            self.relations.append(Relation(whole, (part, (_REST, *part))))


def _cells(counts: Iterable[tuple[tuple[str, str, str], int]], pages: Collection[Page], policy: Policy) -> _Cells:
    """Requests by the pages that they stand on and by group, then the groups of each page and of everybody, then all."""
    found, of_group, of_all = _Cells(), dict[Key, list[Key]](), dict[Key, list[Key]]()
    for (school, organisation, group), number in counts:
        on = tuple(each for each in ((SCHOOL, school), (ORGANISATION, organisation)) if each in pages)
        finest: Key = (_BOTH, on, group)
        if finest not in found.counts:
            for whole in (everybody(group), *(own(page, group) for page in on)):
                of_group.setdefault(whole, []).append(finest)
        found.counts[finest] = found.counts.get(finest, 0.0) + number
    for each, parts in of_group.items():
        found.add(each, parts)
    for each in [*found.counts]:
        of_all.setdefault(each[:-1], []).append(each)
    for whole, parts in of_all.items():
        found.add(whole, parts)
    for each in [each for each in found.counts if each[0] == _OWN]:
        found.add_rest(each, everybody(*map(str, each[2:])), policy)
    return found


def _hidden_of_everybody(cells: _Cells, policy: Policy) -> set[Key]:
    """Everybody's groups that are few, and the next smallest for as long as few could be worked out of all requests."""
    groups = [each for each in cells.counts if each[0] == _EVERYBODY and len(each) > 2]
    by_size = sorted(groups, key=lambda each: (cells.counts[each], str(each)))
    hidden = [each for each in by_size if policy.hides(cells.counts[each])]
    for each in by_size[len(hidden) :] if hidden and policy.hides_others_too else ():
        if sum(cells.counts[one] for one in hidden) - (len(hidden) - 1) > policy.highest:
            break
        hidden.append(each)
    return set(hidden)
