"""What a family is: every definition there is, with its rules in words and in SQL. The manual prints this module.

A definition gathers groups of people, says which groups are one family, and which of several families is a person's main one.
Raise its version whenever a rule of it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from earlyhelp.link.homes import MOST_CARERS, MOST_PEOPLE, MOST_SURNAMES, PARENT_AGES
from earlyhelp.standard.ages import COMING_OF_AGE

MOST_IN_FAMILY = 30
"""More members than this, and a family id is a collective one ("unknown", a refuge, a hostel), which joins nobody."""


@dataclass(frozen=True)
class FamilyRule:
    """One rule: its name, what it says, and the SQL that carries it out.

    A rule that gathers groups gives `group_key`, `family_key` (NULL for a household), `person_id`, `from_date`, `to_date`,
    `founded` (the number of its first record) and `is_child`. A rule that joins gives pairs `group_key`, `same_as`, at most
    one for each `group_key`. A rule that chooses is an ORDER BY over the memberships of a person: the first is the main one. A
    rule of records gives pairs `family_key`, `family`.
    """

    name: str
    says: str
    sql: str


@dataclass(frozen=True)
class FamilyDefinition:
    """What a family is. `reads_homes`: it needs to know who lived where. `joins`: None where every group is a family."""

    name: str
    version: int
    says: str
    gathers: tuple[FamilyRule, ...]
    joins: FamilyRule | None
    main: FamilyRule
    records: FamilyRule
    reads_homes: bool

    @property
    def full_name(self) -> str:
        """What a measure tells of the families that it counts: name and version."""
        return f"{self.name} {self.version}"


MEMBERS = FamilyRule(
    "recorded",
    "The members that a system gives a family id are one family, from the first to the last day it gives.",
    """
    SELECT family_key AS group_key, family_key, person_id, from_date, to_date, founded, is_child
    FROM recorded_member WHERE rule = 'recorded'
    """,
)
NAMED = FamilyRule(
    "named",
    "A person whom a record of help names together with a family id belongs to that family, though no list of members says so.",
    "SELECT family_key AS group_key, family_key, person_id, from_date, to_date, founded, is_child "
    "FROM recorded_member WHERE rule = 'named'",
)
HOME = FamilyRule(
    "home",
    "People belong together who lived at one address (same UPRN, or same postcode and numbers of building and flat) at the "
    "same time and have a part of a surname in common, now or formerly; or are in one recorded family; or are a child and an "
    f"adult {PARENT_AGES[0]} to {PARENT_AGES[1]} years older, where at most {MOST_CARERS} adults live there. An address where "
    f"more than {MOST_PEOPLE} people or more than {MOST_SURNAMES} surnames are known is communal and joins nobody. An address "
    "is nobody's before the day of their birth. Where no "
    f"source says who is a child, those are under {COMING_OF_AGE} on the day of the extract.",
    """
    SELECT first_value(home || ' ' || person_id) OVER (PARTITION BY part ORDER BY person_id) AS group_key,
        CAST(NULL AS VARCHAR) AS family_key, person_id, from_date, to_date, family_person.row_id AS founded, is_child
    FROM home_group JOIN family_stay USING (home, person_id) JOIN family_person USING (person_id)
    """,
)
LIVES_TOGETHER = FamilyRule(
    "lives_together",
    "The people whose latest address is the same (same UPRN, or same postcode and numbers of building and flat) are one "
    f"household, related or not. Where more than {MOST_PEOPLE} people or more than {MOST_SURNAMES} surnames are known at it, "
    "everybody there is one alone.",
    """
    SELECT home AS group_key, CAST(NULL AS VARCHAR) AS family_key, person_id, from_date, to_date,
        family_person.row_id AS founded, is_child
    FROM (FROM family_stay SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY ends DESC, from_date DESC NULLS LAST,
        times DESC, home) AS place) AS stay
    JOIN family_person USING (person_id) ANTI JOIN communal_home USING (home) WHERE place = 1
    """,
)
SHARED_PEOPLE = FamilyRule(
    "shared_people",
    "Two groups are one family when all of the smaller are in the larger; or when they share a child and at least half of the "
    "smaller, unless each has an adult whom the other lacks: that child has two homes. Who has left a group does not count, "
    "unless all have: a family that moved. Each group joins the one it shares most people with, a recorded one first.",
    """
    WITH present AS (
        SELECT *, max(ends) OVER (PARTITION BY group_key) AS lasts FROM family_group
        QUALIFY ends = lasts OR ends = DATE '9999-12-31'
    ), member AS (
        SELECT group_key, person_id, is_child, count(*) OVER own AS people, count(*) FILTER (NOT is_child) OVER own AS adults,
            (family_key IS NOT NULL, lasts, people, -min(founded) OVER own, group_key) AS standing
        FROM present WINDOW own AS (PARTITION BY group_key)
    ), shared AS (
        SELECT small.group_key, large.group_key AS same_as, count(*) AS people, any_value(large.standing) AS standing,
            least(any_value(small.people), any_value(large.people)) AS fewer,
            count(*) FILTER (small.is_child AND large.is_child) AS children,
            any_value(small.adults) - count(*) FILTER (NOT small.is_child AND NOT large.is_child) AS only_small,
            any_value(large.adults) - count(*) FILTER (NOT small.is_child AND NOT large.is_child) AS only_large
        FROM member AS small JOIN member AS large USING (person_id) WHERE large.standing > small.standing GROUP BY ALL
    )
    SELECT group_key, arg_max(same_as, (standing[1], people, standing)) AS same_as FROM shared
    WHERE people = fewer OR children > 0 AND 2 * people >= fewer AND NOT (only_small > 0 AND only_large > 0) GROUP BY group_key
    """,
)
LATEST_RECORDED = FamilyRule(
    "latest_recorded",
    "Of several families a person's main one is that which they joined last.",
    "joined_date DESC NULLS LAST, family_key DESC",
)
WHERE_THEY_ARE = FamilyRule(
    "where_they_are",
    "Of several families a person's main one is one that they have not left; then one that a system records, which is the one "
    "that gets help; then one with an adult in it; then the one they joined last; then the one known first.",
    "ends DESC, recorded DESC, adults > 0 DESC, joined_date DESC NULLS LAST, oldest, family",
)
OWN_FAMILY = FamilyRule(
    "own_family",
    "A record that names a family id belongs to that family, and one that names only a person to that person's main family.",
    "SELECT group_key AS family_key, family FROM family_of_group",
)
WHERE_MOST_LIVE = FamilyRule(
    "where_most_live",
    "A record that names a family id belongs to the household where most of that family live, and one that names only a person "
    "to that person's household.",
    """
    SELECT family_key, arg_max(family, (people, -family)) AS family FROM (
        SELECT recorded_member.family_key, family, count(*) AS people
        FROM recorded_member JOIN family_place USING (person_id) WHERE main GROUP BY ALL
    ) GROUP BY family_key
    """,
)

RECORDED = FamilyDefinition(
    name="recorded",
    version=1,
    says="The council's own family ids, each by itself. A person in none is a family of one.",
    gathers=(MEMBERS,),
    joins=None,
    main=LATEST_RECORDED,
    records=OWN_FAMILY,
    reads_homes=False,
)
FAMILY = FamilyDefinition(
    name="family",
    version=2,
    says="Recorded families of all systems, joined through the people they share, and with those who live with them and "
    "belong to them. A child may have two families, one in each home.",
    gathers=(MEMBERS, NAMED, HOME),
    joins=SHARED_PEOPLE,
    main=WHERE_THEY_ARE,
    records=OWN_FAMILY,
    reads_homes=True,
)
HOUSEHOLD = FamilyDefinition(
    name="household",
    version=2,
    says="Who lives at one address now, related or not.",
    gathers=(LIVES_TOGETHER,),
    joins=None,
    main=WHERE_THEY_ARE,
    records=WHERE_MOST_LIVE,
    reads_homes=True,
)

DEFINITIONS: Mapping[str, FamilyDefinition] = {each.name: each for each in (RECORDED, FAMILY, HOUSEHOLD)}
"""Every definition of a family, by name."""
DEFAULT = FAMILY
"""The definition that stands behind `family_id` unless a council asks for another."""
