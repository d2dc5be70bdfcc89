"""Who the adults of each family are to it, which fathers joined another family, and which children have two homes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from earlyhelp.standard import family_member
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.population import Days, Flags, Ints, People, Texts
from earlyhelp.synthetic.rows import standard_rows
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY

KINSHIP = 0.012
"""Families in which grandparents bring up the children: about 1 in 100 children in England (census 2021, kinship care)."""
STEP_FAMILIES = 0.09
"""Couples of whom one has children elsewhere: about one couple family in eleven is a step-family (ONS, 2021)."""
SHARED_CARE = 0.45
"""Separated fathers in a new family whose children live there too for part of the week."""
_LONE_FATHERS, _SAME_SEX = 0.11, 0.012
_DAY = np.timedelta64(1, "D")
_YEAR = 365.25


@dataclass(frozen=True)
class Households:
    """What the adults are to their families: arrays of one value an adult, in the order of `People`.

    `role`: code of the standard. `since`: first day in the family. `former_family`: the family of their own children
    which they left on `former_until`, -1 for most. `kinship` (n_families,): grandparents bring up the children.
    Children who live in two families: `shared_child`, `shared_family` and the first day of it, `shared_since`.
    """

    role: Texts
    female: Flags
    born: Days
    since: Days
    former_family: Ints
    former_until: Days
    kinship: Flags
    shared_child: Ints
    shared_family: Ints
    shared_since: Days


def first_and_last_child(people: People) -> tuple[Ints, Ints]:
    """The places of the eldest and the youngest child of each family; children stand in order of family and birth."""
    families = np.arange(len(people.family_key))
    return (
        np.searchsorted(people.child_family, families),
        np.searchsorted(people.child_family, families, side="right") - 1,
    )


def make_households(people: People, seed: int) -> Households:
    """The adults' roles and ages, step-families and shared care; the same people and seed give the same again."""
    luck = chance(seed, "households")
    eldest, _ = first_and_last_child(people)
    kinship = luck.random(len(people.family_key)) < KINSHIP
    rank = np.arange(len(people.adult_family)) - np.flatnonzero(people.mother)[people.adult_family]
    elder = kinship[people.adult_family] | (rank + people.lone_parent[people.adult_family] >= 2)
    female = _women(people, rank, luck)
    father, joined_from, separated, joined = _step_fathers(people, kinship, rank, female, luck)
    role = np.where(elder, "grandparent", "parent")
    role[father] = "partner"
    since = people.born[eldest][people.adult_family]
    since[father] = joined
    former = np.full(len(role), -1)
    former[father] = joined_from
    until = np.full(len(role), np.datetime64("NaT"), dtype="datetime64[D]")
    until[father] = separated
    children, families, shared_since = _shared_care(people, father, joined_from, joined, luck)
    born = _births_of_adults(people, np.where(former >= 0, former, people.adult_family), female, elder, luck)
    return Households(role, female, born, since, former, until, kinship, children, families, shared_since)


def _women(people: People, rank: Ints, luck: np.random.Generator) -> Flags:
    """The first carer is mostly a woman, the second mostly of the other sex, a third mostly a grandmother."""
    alone, same, third = luck.random((3, len(people.family_key)))
    first = (alone >= np.where(people.lone_parent, _LONE_FATHERS, 0.02))[people.adult_family]
    other = np.where((same < _SAME_SEX)[people.adult_family], first, ~first)
    grandmother = (third < 0.7)[people.adult_family]
    extra = (rank + people.lone_parent[people.adult_family] >= 2) & (rank >= 1)
    women: Flags = np.where(rank == 0, first, np.where(extra, grandmother, other))
    return women


def _step_fathers(
    people: People, kinship: Flags, rank: Ints, female: Flags, luck: np.random.Generator
) -> tuple[Ints, Ints, Days, Days]:
    """Second adults of couples who have children in a lone mother's family: the adult, that family, left it, joined.

    They left within three years of the youngest's birth, if that was before the six years began, and joined up to four
    years later. Pairs in which that would be after the six years are dropped.
    """
    couples = ~people.lone_parent & ~kinship
    men = np.flatnonzero((rank == 1) & ~female & couples[people.adult_family])
    men = luck.permutation(men)[: round(STEP_FAMILIES * len(men))]
    mothers = people.adult_family[people.mother & female]
    left = luck.permutation(mothers[(people.lone_parent & ~kinship)[mothers]])[: len(men)]
    men = men[: len(left)]
    _, youngest = first_and_last_child(people)
    birth = people.born[youngest][left]
    apart = np.maximum(np.datetime64(FIRST_DAY) - birth, 60 * _DAY).astype(np.int64)
    separated = birth + 60 * _DAY + (luck.random(len(men)) * np.minimum(apart, 3 * _YEAR)).astype("timedelta64[D]")
    joined = separated + luck.integers(60, 1460, len(men)).astype("timedelta64[D]")
    kept = joined < np.datetime64(LAST_DAY) - 60 * _DAY
    return men[kept], left[kept], separated[kept], joined[kept]


def _shared_care(
    people: People, father: Ints, left: Ints, joined: Days, luck: np.random.Generator
) -> tuple[Ints, Ints, Days]:
    """Children with a second home with their father: the child, the father's family, and since when."""
    shares = luck.random(len(father)) < SHARED_CARE
    second = np.full(len(people.family_key), -1)
    second[left[shares]] = people.adult_family[father[shares]]
    since = np.full(len(people.family_key), np.datetime64("NaT"), dtype="datetime64[D]")
    since[left[shares]] = joined[shares]
    family = people.child_family
    young = people.born + np.timedelta64(16 * 365, "D") > since[family]
    children = np.flatnonzero((second[family] >= 0) & young)
    return children, second[family[children]], since[family[children]]


def _births_of_adults(people: People, family: Ints, female: Flags, elder: Flags, luck: np.random.Generator) -> Days:
    """Birth days from the children's: mothers 15 to 46 at each birth, fathers a little older, grandparents by a generation."""
    eldest, youngest = first_and_last_child(people)
    age = luck.normal(28.5, 5.5, len(family)) + np.where(female, 0, luck.normal(2.5, 3.5, len(family)))
    span = (people.born[youngest] - people.born[eldest]).astype(np.int64)[family] / _YEAR
    age = np.clip(age, 15.5, np.maximum(np.where(female, 45.5, 60) - span, 15.5)) + np.where(elder, 26, 0)
    first = people.born[eldest][family]
    born: Days = first - np.floor(age * _YEAR).astype("timedelta64[D]")
    return born


def membership_records(people: People, households: Households) -> dict[str, pa.Table]:
    """The standard table `family_member`: children from birth, adults from the eldest child's birth or since they joined.

    A father who joined another family has left his first one; children in shared care belong to both.
    """
    eldest, _ = first_and_last_child(people)
    moved = np.flatnonzero(households.former_family >= 0)
    former = households.former_family[moved]
    shared = households.shared_child
    never = np.array("NaT", dtype="datetime64[D]")
    child, parent = np.array("child"), np.array("parent")
    groups: list[tuple[Ints, Texts, Texts, Days, Days]] = [
        (people.child_family, people.child_key, child, people.born, never),
        (people.adult_family, people.adult_key, households.role, households.since, never),
        (former, people.adult_key[moved], parent, people.born[eldest][former], households.former_until[moved]),
        (households.shared_family, people.child_key[shared], child, households.shared_since, never),
    ]
    family = np.concatenate([each[0] for each in groups])
    order = np.argsort(family, kind="stable")
    until = [np.broadcast_to(each[4], len(each[0])) for each in groups]
    table = standard_rows(
        family_member,
        family_key=people.family_key[family[order]],
        person_key=np.concatenate([each[1] for each in groups])[order],
        role=np.concatenate([np.broadcast_to(each[2], len(each[0])) for each in groups])[order],
        from_date=np.concatenate([each[3] for each in groups])[order],
        to_date=np.concatenate(until)[order],
    )
    return {"family_member": table}
