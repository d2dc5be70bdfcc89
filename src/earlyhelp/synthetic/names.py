"""Names of England's many communities: what people are called, for short, and in other spellings.

The lists are declared in CSV files beside this module, from general knowledge of common names; no person is meant.
`forenames.csv`: by community, sex and years of birth. `surnames.csv`: by community, with the form women bear.
`communities.csv`: first language, share that speaks English first, share with a British forename, share of women who
take their partner's name. `ethnic_groups.csv`: which communities the codes of the standard are drawn from.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt

from earlyhelp.synthetic.population import Flags, Floats, Ints, Texts


def declared(name: str) -> list[dict[str, str]]:
    """The rows of one of the CSV files of names, in their order."""
    file = resources.files("earlyhelp.synthetic") / "names" / f"{name}.csv"
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))


class Variants(Mapping[str, tuple[str, ...]]):
    """Other forms of a name by the name, read from a CSV of pairs when first asked."""

    def __init__(self, name: str, key: str, variant: str) -> None:
        self._name, self._key, self._variant = name, key, variant

    @cached_property
    def _forms(self) -> dict[str, tuple[str, ...]]:
        forms: dict[str, tuple[str, ...]] = {}
        for row in declared(self._name):
            forms[row[self._key]] = (*forms.get(row[self._key], ()), row[self._variant])
        return forms

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._forms[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)


NICKNAMES = Variants("nicknames", "name", "nickname")
"""What people with a forename are called for short: `NICKNAMES["Elizabeth"]` holds "Liz" and "Beth"."""
TRANSLITERATIONS = Variants("transliterations", "name", "variant")
"""Other spellings of a forename or surname: `TRANSLITERATIONS["Mohammed"]` holds "Muhammad"."""


@cache
def communities() -> tuple[str, ...]:
    """The communities names are declared for, in their order; other arrays hold places in it."""
    return tuple(row["community"] for row in declared("communities"))


@cache
def share_of_communities(column: str) -> Floats:
    """One share of `communities.csv` for each community, as `speaks_english`."""
    return np.array([float(row[column]) for row in declared("communities")])


@cache
def languages() -> Texts:
    """The first language of each community."""
    return np.array([row["first_language"] for row in declared("communities")])


def draw_weighted(weights: npt.ArrayLike, luck: Floats) -> Ints:
    """Places in `weights`, drawn in proportion to them by numbers from 0 to 1 in `luck`."""
    ends = np.cumsum(np.asarray(weights, dtype=np.float64))
    drawn: Ints = np.minimum(np.searchsorted(ends, luck * ends[-1], side="right"), len(ends) - 1).astype(np.int64)
    return drawn


def draw_communities(ethnicity: Texts, luck: Floats) -> tuple[Ints, Ints]:
    """The communities of the two parents of families with these ethnic groups, as places in `communities`."""
    rows = declared("ethnic_groups")
    place = {name: i for i, name in enumerate(communities())}
    pairs = np.array([(place[row["community"]], place[row["partner_community"]]) for row in rows])
    drawn = np.zeros(len(ethnicity), dtype=np.int64)
    for code in dict.fromkeys(row["ethnicity"] for row in rows):
        mine = np.flatnonzero(ethnicity == code)
        weights = [float(row["share"]) if row["ethnicity"] == code else 0.0 for row in rows]
        drawn[mine] = draw_weighted(weights, luck[mine])
    return pairs[drawn, 0], pairs[drawn, 1]


@cache
def forenames() -> Texts:
    """Every forename, in the order of its CSV; the same name of two communities stands twice."""
    return np.array([row["forename"] for row in declared("forenames")])


def draw_forenames(community: Ints, female: Flags, born_year: Ints, luck: Floats) -> Ints:
    """Places in `forenames` for people by community, sex and year of birth.

    Someone born outside the years of every list of their community gets a name of the list nearest in time.
    """
    drawn = np.zeros(len(community), dtype=np.int64)
    for (name, sex), lists in _forename_lists().items():
        of_group = (community == communities().index(name)) & (female == (sex == "F"))
        for last_of_earlier, last, first_row, weights in lists:
            mine = np.flatnonzero(of_group & (born_year > last_of_earlier) & (born_year <= last))
            drawn[mine] = first_row + draw_weighted(weights, luck[mine])
    return drawn


@cache
def _forename_lists() -> dict[tuple[str, str], list[tuple[int, int, int, Floats]]]:
    """By community and sex: each list's years (after the first, up to the second), first row, and weights."""
    found: dict[tuple[str, str, int], list[tuple[int, float]]] = {}
    for i, row in enumerate(declared("forenames")):
        key = row["community"], row["sex"], int(row["first_year"])
        found.setdefault(key, []).append((i, float(row["weight"])))
    starts: dict[tuple[str, str], list[int]] = {}
    for name, sex, first in found:
        starts.setdefault((name, sex), []).append(first)
    return {
        group: [
            (
                -9999 if first == years[0] else first - 1,
                after - 1,
                found[*group, first][0][0],
                _weights(found[*group, first]),
            )
            for first, after in zip(years, [*years[1:], 10_000], strict=True)
        ]
        for group, years in ((group, sorted(firsts)) for group, firsts in starts.items())
    }


def _weights(rows: list[tuple[int, float]]) -> Floats:
    return np.array([weight for _, weight in rows])


@cache
def surnames(form: str = "surname") -> Texts:
    """Every surname in the order of its CSV; with `form="feminine"` the form that women bear."""
    return np.array([row[form] for row in declared("surnames")])


def draw_surnames(community: Ints, luck: Floats) -> Ints:
    """Places in `surnames` for families by community."""
    rows = declared("surnames")
    drawn = np.zeros(len(community), dtype=np.int64)
    for i, name in enumerate(communities()):
        mine = np.flatnonzero(community == i)
        drawn[mine] = draw_weighted([float(row["weight"]) * (row["community"] == name) for row in rows], luck[mine])
    return drawn


def nickname_of(forename: Texts, luck: Floats) -> Texts:
    """What each person goes by, drawn from their forename's nicknames; empty where it has none."""
    kinds, kind = np.unique(forename, return_inverse=True)
    short = [NICKNAMES.get(str(name), ("",)) for name in kinds]
    widest = max(map(len, short), default=1)
    forms = np.array([[each[i % len(each)] for i in range(widest)] for each in short] or [[""]])
    return forms[kind, (luck * widest).astype(np.int64)] if len(forename) else forename
