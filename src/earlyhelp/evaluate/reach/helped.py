"""Who was helped in the year: families by ward, children by ethnicity, age and sex, beside the children who live there.

Rules:

- Helped in the year are those with an episode of early help open on any of the 365 days up to the day of the data, as
  measure C1 counts who is open: a family that waits for a worker is open from the day of its acceptance.
- A family is counted once in each ward where a child of it lives who was helped; a child without a family is one of its own.
- Adults are in no group of children.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np

from earlyhelp.evaluate.methods.effect import Floats
from earlyhelp.evaluate.methods.small_areas import clustered
from earlyhelp.measures import Standards
from earlyhelp.measures.children import children
from earlyhelp.standard import person

YEAR = 365
AGES = ("0-4", "5-9", "10-15", "16-17")
LEAST_KNOWN = 0.5
"""The least share of children helped whose group is recorded, for anything to be said of that kind of group."""
SEX, AGE, ETHNICITY = "sex", "age", "ethnicity"


@dataclass(frozen=True)
class Group:
    """One group of children: how many were helped, of how many families, and how many live in the area."""

    code: str
    label: str
    helped: float
    families: float
    living: float


@dataclass(frozen=True)
class Groups:
    """The groups of one kind that the population tells of; without any, `why_not` says what is missing.

    `unknown`: children helped whose group is not recorded, or is none that the population tells of. `together`: how much
    more than Poisson their counts vary because brothers and sisters are helped together.
    """

    kind: str
    groups: tuple[Group, ...] = ()
    unknown: float = 0
    together: float = 1.0
    why_not: str = ""


def year_up_to(as_at: date) -> tuple[date, date]:
    """The first and the last of the 365 days told of."""
    return as_at - timedelta(days=YEAR - 1), as_at


def _helped(as_at: date) -> str:
    first, last = year_up_to(as_at)
    return f"""
        SELECT DISTINCT person_id, coalesce(family_id, person_id) AS family_id FROM eh_episode
        WHERE start_date <= DATE '{last}' AND (end_date IS NULL OR end_date >= DATE '{first}')
    """


def families_by_ward(con: duckdb.DuckDBPyConnection, as_at: date, wards: tuple[str, ...]) -> tuple[Floats, float]:
    """Families helped in each of the wards, (wards,), and those who live in none of them or nobody knows where.

    con: the standard tables with the profiles of `build`, and a table `ward_of_area` of lsoa and ward_code.
    """
    rows = con.execute(f"""
        SELECT ward_code, count(DISTINCT family_id) FROM ({_helped(as_at)}) AS helped
        LEFT JOIN profile USING (person_id) LEFT JOIN ward_of_area USING (lsoa) GROUP BY ALL
    """).fetchall()
    told = dict(rows)
    counts = np.array([told.pop(ward, 0) for ward in wards], dtype=np.float64)
    return counts, float(sum(told.values()))


def first_start(con: duckdb.DuckDBPyConnection) -> date | None:
    """The day on which the first episode held began."""
    [(first,)] = con.execute("SELECT min(start_date) FROM eh_episode").fetchall()
    return first if first is None else date.fromisoformat(str(first)[:10])


def groups_of_children(con: duckdb.DuckDBPyConnection, standards: Standards) -> tuple[Groups, ...]:
    """The children helped by ethnicity, age and sex, each beside the latest population told of by then."""
    year = standards.as_at.year
    told = {kind: children(con, standards.area_code, (kind,)) for kind in (ETHNICITY, SEX)}
    living = {kind: {code: each.of(year, (code,)) for (code,) in each.by_year} for kind, each in told.items()}
    living[AGE] = {ages: children(con, standards.area_code, (), ages).of(year, ()) for ages in AGES}
    return tuple(_groups(con, standards.as_at, kind, living[kind]) for kind in (ETHNICITY, AGE, SEX))


def _groups(con: duckdb.DuckDBPyConnection, as_at: date, kind: str, living: dict[str, float | None]) -> Groups:
    people = {code: n for code, n in living.items() if n and code not in ("not_recorded", "unmapped")}
    if len(people) < 2 or (kind == AGE and len(people) < len(AGES)):
        return Groups(kind, why_not=f"How many children live here by {kind} is not held (table population).")
    rows = con.execute(_CHILDREN.format(helped=_helped(as_at), group=_GROUP[kind].format(as_at=as_at))).fetchall()
    helped, own = Counter[str](), Counter[str]()
    for group, _, n in rows:
        helped[group] += n
        own[group] += 1
    unknown = sum(n for group, n in helped.items() if group not in people)
    total = sum(helped.values())
    if not total or unknown > (1 - LEAST_KNOWN) * total:
        return Groups(kind, why_not=f"The {kind} of most children helped is not recorded.")
    labels = _labels(kind)
    found = (Group(code, labels.get(code, code), helped[code], own[code], n) for code, n in sorted(people.items()))
    families = Counter[str]()
    for _, family, n in rows:
        families[family] += n
    together = clustered(np.array(list(families.values()), dtype=np.float64))
    return Groups(kind, tuple(found), float(unknown), together)


def _labels(kind: str) -> dict[str, str]:
    if kind == AGE:
        return {ages: f"Aged {ages.replace('-', ' to ')}" for ages in AGES}
    column = person.sex if kind == SEX else person.ethnicity
    return {each.code: each.label for each in column.code_list.values} if column.code_list else {}


_CHILDREN = """
    SELECT {group} AS kind, family_id, count(*) FROM ({helped}) AS helped LEFT JOIN profile USING (person_id)
    WHERE is_child IS DISTINCT FROM FALSE GROUP BY ALL ORDER BY ALL
"""
_YEARS_OLD = "date_diff('month', birth_month, DATE '{as_at}') // 12"
_GROUP = {
    SEX: "coalesce(sex, 'not_recorded')",
    ETHNICITY: "coalesce(ethnicity, 'not_recorded')",
    AGE: "CASE "
    + " ".join(f"WHEN {_YEARS_OLD} BETWEEN {ages.replace('-', ' AND ')} THEN '{ages}'" for ages in AGES)
    + " ELSE 'not_recorded' END",
}
