"""What the people of a synthetic council are called and numbered: the tables `person` and `person_identifier`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from earlyhelp.errors import UsageProblem
from earlyhelp.standard import person, person_identifier
from earlyhelp.synthetic.addresses import Homes, Stays, latest_home
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.households import Households, first_and_last_child
from earlyhelp.synthetic.names import (
    communities,
    declared,
    draw_communities,
    draw_forenames,
    draw_surnames,
    draw_weighted,
    forenames,
    languages,
    nickname_of,
    share_of_communities,
    surnames,
)
from earlyhelp.synthetic.population import Days, Flags, Ints, People, Places, Texts
from earlyhelp.synthetic.rows import standard_rows
from earlyhelp.synthetic.timeline import LAST_DAY

UPN_AUTHORITY = "990"
"""No local authority of England has this number."""
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_GOES_BY_NICKNAME, _FEMININE_FORM = 0.25, 0.75
"""Of people whose forename has short forms; and of families of communities in which women's surnames differ."""
_PLAN_DISABLED, _PLAN_OTHER = 0.30, 0.018
_SUPPORT_DISABLED, _SUPPORT_OTHER = 0.30, 0.118
"""Together about England's 4.8 per cent of pupils with a plan and 13.6 with support (DfE, January 2024)."""
_BOYS, _GIRLS = 1.25, 0.74
"""How much more often boys, and less often girls, have special educational needs than all."""
_DISABILITIES = {
    "AUT": 34, "LD": 28, "BEH": 18, "COMM": 17, "MOB": 9, "PC": 5, "INC": 4, "HAND": 3, "HEAR": 4, "VIS": 4, "CON": 5,
    "DDA": 12,
}  # fmt: skip


@dataclass(frozen=True)
class _Families:
    """Of each family: the communities of its two sides, and the surnames (places in the CSV) of mother, father, another."""

    mothers: Ints
    fathers: Ints
    mother_name: Ints
    father_name: Ints
    other_name: Ints
    feminine: Flags


@dataclass(frozen=True)
class _Called:
    """The names of some people, in their order; `former` and `short` are empty for most."""

    forename: Texts
    surname: Texts
    former: Texts
    short: Texts


def person_records(
    people: People, places: Places, households: Households, homes: Homes, stays: Stays, seed: int
) -> dict[str, pa.Table]:
    """The standard table `person`: the children, then the adults, as someone who knew everything would record them.

    `source_person_id` is the true key itself. Addresses are those of the last stay. Adults have neither disability nor
    special educational needs, and pupils alone have the latter.
    """
    families = _families(people, households, seed)
    young, grown = (
        _children_called(people, households, families, seed),
        _adults_called(people, households, families, seed),
    )
    key = np.concatenate([people.child_key, people.adult_key])
    home = latest_home(stays, len(key))
    female = np.concatenate([people.female, households.female])
    mothers, fathers = _first_languages(families, seed)
    of_adults = np.where(_fathers_side(people, households), fathers[people.adult_family], mothers[people.adult_family])
    adults = len(people.adult_key)
    table = standard_rows(
        person,
        person_key=key,
        source_person_id=key,
        forename=np.concatenate([young.forename, grown.forename]),
        surname=np.concatenate([young.surname, grown.surname]),
        preferred_name=np.concatenate([young.short, grown.short]),
        former_surname=np.concatenate([young.former, grown.former]),
        dob=np.concatenate([people.born, households.born]),
        dob_accuracy=np.full(len(key), "exact"),
        sex=np.where(female, "F", "M"),
        ethnicity=np.concatenate([people.ethnicity, _ethnicity_of_adults(people, households, families)]),
        disability=np.concatenate([_disabilities(people, seed), np.full(adults, "")]),
        first_language=np.concatenate([mothers[people.child_family], of_adults]),
        sen_status=np.concatenate([_special_needs(people, seed), np.full(adults, "")]),
        address_line=np.where(home >= 0, homes.line[home], ""),
        postcode=np.where(home >= 0, homes.postcode[home], ""),
        uprn=np.where(home >= 0, homes.uprn[home], ""),
        lsoa=np.where(home >= 0, places.lsoa[homes.area[home]], ""),
        is_child=np.arange(len(key)) < len(people.child_key),
    )
    return {"person": table}


def _families(people: People, households: Households, seed: int) -> _Families:
    """Communities and surnames of every family; a step-father's are those of the family he left."""
    luck = chance(seed, "identities", "families")
    eldest, _ = first_and_last_child(people)
    n = len(people.family_key)
    mothers, fathers = draw_communities(people.ethnicity[eldest], luck.random(n))
    mother, father, other = (draw_surnames(each, luck.random(n)) for each in (mothers, fathers, fathers))
    step = np.flatnonzero(households.former_family >= 0)
    home, left = people.adult_family[step], households.former_family[step]
    other[home] = father[home]
    father[home], fathers[home] = father[left], fathers[left]
    return _Families(mothers, fathers, mother, father, other, luck.random(n) < _FEMININE_FORM)


def _written(families: _Families, family: Ints, name: Ints, female: Flags) -> Texts:
    """Surnames as these people bear them: women of some communities in their feminine form."""
    return np.where(female & families.feminine[family], surnames("feminine")[name], surnames()[name])


def _children_called(people: People, households: Households, families: _Families, seed: int) -> _Called:
    """Siblings mostly share a surname: the father's, the mother's, or both with a hyphen or a space between.

    Children born before a step-father came bear another man's; some of them have taken his since.
    """
    luck = chance(seed, "identities", "children")
    family = people.child_family
    whose, joint, hyphen, takes = luck.random((4, len(people.family_key)))
    mothers_till = np.where(people.lone_parent, 0.45, 0.12)
    mine = np.where(whose < mothers_till, families.mother_name, families.father_name)[family]
    earlier = people.born < _step_since(people, households)[family]
    half = luck.random(len(family)) < np.where(people.lone_parent, 0.04, 0.01)[family]
    mine = np.where(earlier | half, families.other_name[family], mine)
    called = _written(families, family, mine, people.female)
    both = np.flatnonzero((joint < np.where(people.lone_parent, 0.09, 0.06))[family] & ~earlier & ~half)
    called = called.astype(object)
    called[both] = _joined(families, people, both, hyphen)
    changed = np.flatnonzero(earlier & (takes < 0.18)[family])
    once = np.full(len(family), "", dtype=object)
    once[changed] = called[changed]
    called[changed] = _written(families, family[changed], families.father_name[family[changed]], people.female[changed])
    also = np.flatnonzero((luck.random(len(family)) < 0.008) & (once == "") & ~earlier)
    once[also] = _written(families, family[also], families.mother_name[family[also]], people.female[also])
    once[once == called] = ""
    forename = _childrens_forenames(people, families, seed)
    short = np.where(luck.random(len(family)) < _GOES_BY_NICKNAME, nickname_of(forename, luck.random(len(family))), "")
    return _Called(forename, called.astype(str), once.astype(str), short)


def _joined(families: _Families, people: People, child: Ints, hyphen: np.ndarray) -> Texts:
    """Double-barrelled surnames of some children: mother's then father's, three in four with a hyphen."""
    family = people.child_family[child]
    mother = _written(families, family, families.mother_name[family], people.female[child]).tolist()
    father = _written(families, family, families.father_name[family], people.female[child]).tolist()
    between = np.where(hyphen[family] < 0.75, "-", " ").tolist()
    joined = [a if a == b else f"{a}{sign}{b}" for a, sign, b in zip(mother, between, father, strict=True)]
    return np.array(joined, dtype=object)


def _step_since(people: People, households: Households) -> Days:
    """The day a step-father joined each family; long ago where none did."""
    since = np.full(len(people.family_key), np.datetime64("1900-01-01"))
    step = np.flatnonzero(households.former_family >= 0)
    since[people.adult_family[step]] = households.since[step]
    return since


def _childrens_forenames(people: People, families: _Families, seed: int) -> Texts:
    """A forename for each child from the side of the mother or of the father; siblings never share one."""
    luck = chance(seed, "identities", "forenames")
    family = people.child_family
    sides = np.where(luck.random(len(family)) < 0.5, families.mothers[family], families.fathers[family])
    british = luck.random(len(family)) < share_of_communities("british_forename")[sides]
    community = np.where(british, communities().index("british"), sides)
    year = _years(people.born)
    called = forenames()[draw_forenames(community, people.female, year, luck.random(len(family)))]
    while len(again := _same_as_a_sibling(family, called)):
        lucky = luck.random(len(again))
        called[again] = forenames()[draw_forenames(community[again], people.female[again], year[again], lucky)]
    return called


def _same_as_a_sibling(family: Ints, called: Texts) -> Ints:
    """Children who bear the name of an earlier one in the family."""
    name = np.unique(called, return_inverse=True)[1]
    order = np.lexsort((np.arange(len(family)), name, family))
    same = (np.diff(family[order]) == 0) & (np.diff(name[order]) == 0)
    again: Ints = order[1:][same]
    return again


def _adults_called(people: People, households: Households, families: _Families, seed: int) -> _Called:
    """Mothers bear their own name or their partner's, grandparents the mother's, others the father's."""
    luck = chance(seed, "identities", "adults")
    n, family = len(people.adult_key), people.adult_family
    fathers_side = _fathers_side(people, households)
    own = np.where(fathers_side, families.father_name[family], families.mother_name[family])
    community = np.where(fathers_side, families.fathers[family], families.mothers[family])
    chances = share_of_communities("takes_partners_name")[community] * np.where(people.lone_parent, 0.35, 0.85)[family]
    takes = people.mother & households.female & ~households.kinship[family] & (luck.random(n) < chances)
    maiden = _written(families, family, own, households.female)
    married = _written(families, family, np.where(takes, families.father_name[family], own), households.female)
    british = luck.random(n) < share_of_communities("british_forename")[community] / 2
    named = np.where(british, communities().index("british"), community)
    forename = forenames()[draw_forenames(named, households.female, _years(households.born), luck.random(n))]
    short = np.where(luck.random(n) < _GOES_BY_NICKNAME, nickname_of(forename, luck.random(n)), "")
    return _Called(forename, married, np.where(married != maiden, maiden, ""), short)


def _years(days: Days) -> Ints:
    return days.astype("datetime64[Y]").astype(np.int64) + 1970


def _ethnicity_of_adults(people: People, households: Households, families: _Families) -> Texts:
    """The family's ethnic group, or for a parent of mixed children the group their own community mostly belongs to."""
    eldest, _ = first_and_last_child(people)
    main: dict[str, tuple[float, str]] = {}
    for row in declared("ethnic_groups"):
        if row["community"] == row["partner_community"]:
            name, found = row["community"], (float(row["share"]), row["ethnicity"])
            main[name] = max(main.get(name, (0.0, "")), found)
    groups = np.array([main[name][1] for name in communities()])
    fathers_side = _fathers_side(people, households)
    source = np.where(households.former_family >= 0, households.former_family, people.adult_family)
    group = people.ethnicity[eldest][source]
    side = np.where(fathers_side, families.fathers[people.adult_family], families.mothers[people.adult_family])
    return np.where(np.char.startswith(group.astype(str), "M"), groups[side], group)


def _first_languages(families: _Families, seed: int) -> tuple[Texts, Texts]:
    """The first language of the mother, which is the children's, and of the father: English or their community's."""
    english = chance(seed, "identities", "language").random(len(families.mothers))
    sides = families.mothers, families.fathers
    mothers, fathers = (
        np.where(english < share_of_communities("speaks_english")[side], "English", languages()[side]) for side in sides
    )
    return mothers, fathers


def _fathers_side(people: People, households: Households) -> Flags:
    """The adults who bear the father's name and belong to his community: second carers who are no grandparents."""
    of_father: Flags = ~people.mother & (households.role != "grandparent")
    return of_father


def _disabilities(people: People, seed: int) -> Texts:
    """Codes of each child's disabilities with semicolons between: NONE, one, or for a third of the disabled two."""
    luck = chance(seed, "identities", "disability")
    codes = np.array(list(_DISABILITIES))
    n = len(people.child_key)
    first, other = (draw_weighted(list(_DISABILITIES.values()), luck.random(n)) for _ in range(2))
    two = (luck.random(n) < 1 / 3) & (first != other)
    pairs = np.array([[f"{a};{b}" for b in codes] for a in codes])
    return np.where(people.disabled, np.where(two, pairs[first, other], codes[first]), "NONE")


def _special_needs(people: People, seed: int) -> Texts:
    """Special educational needs of those who were of school age within the six years; empty for others."""
    luck = chance(seed, "identities", "special needs").random(len(people.child_key))
    by_sex = np.where(people.female, _GIRLS, _BOYS)
    plan = np.where(people.disabled, _PLAN_DISABLED, _PLAN_OTHER) * by_sex
    support = np.where(people.disabled, _SUPPORT_DISABLED, _SUPPORT_OTHER) * by_sex
    pupil = people.born <= np.datetime64(LAST_DAY) - np.timedelta64(4 * 365 + 1, "D")
    status = np.where(luck < plan, "ehcp", np.where(luck < plan + support, "support", "none"))
    return np.where(pupil, status, "")


def identifier_records(people: People, seed: int) -> dict[str, pa.Table]:
    """The standard table `person_identifier`: everyone's NHS number, pupils' UPN, children's number in a case system."""
    children, adults = len(people.child_key), len(people.adult_key)
    nhs = nhs_numbers(children + adults, seed)
    pupils = np.flatnonzero(people.school >= 0)
    entry = entry_years(people.born[pupils])
    upn = upns(people.school[pupils], entry)
    case = chance(seed, "identities", "case").permutation(np.arange(100_000, 100_000 + 3 * children))[:children]
    never = np.full(adults, np.datetime64("NaT", "D"))
    started = (entry - 1970).astype("datetime64[Y]").astype("datetime64[D]") + np.timedelta64(243, "D")
    table = standard_rows(
        person_identifier,
        person_key=np.concatenate([people.child_key, people.adult_key, people.child_key[pupils], people.child_key]),
        type=np.repeat(["nhs_number", "upn", "case_id"], [children + adults, len(pupils), children]),
        value=np.concatenate([nhs, upn, case.astype(str)]),
        valid_from=np.concatenate([people.born, never, started, np.full(children, np.datetime64("NaT", "D"))]),
    )
    return {"person_identifier": table}


def nhs_numbers(count: int, seed: int) -> Texts:
    """Distinct NHS numbers of the range kept for tests, 999, with their check digit (modulus 11, weights 10 to 2).

    Raises UsageProblem for more people than the range has numbers.
    """
    serial = chance(seed, "identities", "nhs").permutation(1_000_000)
    digits = serial[:, None] // 10 ** np.arange(5, -1, -1) % 10
    check = (11 - (9 * (10 + 9 + 8) + digits @ np.arange(7, 1, -1)) % 11) % 11
    valid = np.flatnonzero(check < 10)
    if count > len(valid):
        raise UsageProblem(
            f"{count:,} people are more than there are NHS numbers for tests.", fix="Ask for fewer children."
        )
    chosen = valid[:count]
    return (9_990_000_000 + serial[chosen] * 10 + check[chosen]).astype(str)


def entry_years(born: Days) -> Ints:
    """The year in which each child starts school: the September after their fourth birthday."""
    month = born.astype("datetime64[M]").astype(np.int64)
    return (month + 4) // 12 + 1970 + 4


def upns(school: Ints, entry: Ints) -> Texts:
    """Pupil numbers of pupils by school and year of entry: check letter, authority, school, year and serial number.

    The letter is that of the sum of the digits weighted 2 to 13, modulus 23, in the alphabet without I, O and S
    (DfE, unique pupil numbers: guide for schools).
    """
    order = np.lexsort((np.arange(len(school)), entry, school))
    group = (school * 10_000 + entry)[order]
    serial = np.empty(len(school), dtype=np.int64)
    serial[order] = np.arange(len(school)) - np.searchsorted(group, group)
    number = int(UPN_AUTHORITY) * 10**9 + (2_000 + school) * 10**5 + entry % 100 * 1_000 + serial
    digits = number[:, None] // 10 ** np.arange(11, -1, -1) % 10
    letter = np.array(list(_UPN_LETTERS))[digits @ np.arange(2, 14) % 23]
    return np.char.add(letter, number.astype(str))
