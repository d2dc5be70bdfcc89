"""What quality is reckoned from: every pair that was linked, or nearly so, and the groups that its two records are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from earlyhelp.link.blocking import BLOCKING, KEYS
from earlyhelp.link.matching import LINKED, weight_of
from earlyhelp.link.paths import weakest_links
from earlyhelp.link.people import GRADES
from earlyhelp.link.relatives import holds_relatives
from earlyhelp.link.scoring import BIRTHS_CLASH, CLASH, DEATHS_CLASH, NAMES_CLASH, NUMBERS_CLASH
from earlyhelp.standard.ages import age_band_cases

GRADED = (*(grade for grade, _ in GRADES), "reviewed")
"""All grades of a link."""
BY_NAMES, BY_BIRTH = ("both_names", "birth_year"), ("birth_text", "postcode")
"""Two lines of `BLOCKING` that have little in common: what hides a pair from one seldom hides it from the other."""
_MOST_MISSED = 100
"""Pairs between two clusters that are counted together; of larger clusters only those that were compared."""
_SURE_WEIGHT = 20
"""Where every two records of a person are joined by so much, one in a million, no way about can add to it."""
_NOT_RECORDED = "not_recorded"

Array = NDArray[Any]


@dataclass(frozen=True)
class Records:
    """Facts of each record, at the place of its `unique_id`; a number is 0 where nothing is known.

    `groups`: by what records are grouped -> (the group of each as a number, the names of the groups); -1 is in none.
    """

    cluster: Array
    complete: Array
    named: Array
    keys: Mapping[str, Array]
    groups: Mapping[str, tuple[Array, Array]]

    def agree(self, key: str, left: Array, right: Array) -> Array:
        """True for pairs that both have this key, and the same."""
        found = self.keys[key][left]
        same: Array = (found != 0) & (found == self.keys[key][right])
        return same

    def both(self, key: str, left: Array, right: Array) -> Array:
        """True for pairs that both have this key."""
        told: Array = (self.keys[key][left] != 0) & (self.keys[key][right] != 0)
        return told


@dataclass(frozen=True)
class Pairs:
    """Pairs of records. `likely`: probability that they are of one person; `told`: what else is known of each pair, by name."""

    left: Array
    right: Array
    linked: Array
    likely: Array
    told: Mapping[str, Array]


def read_records(con: duckdb.DuckDBPyConnection, as_at: date | None) -> Records:
    """The records of `link_record`, with their clusters and the groups that they are of."""
    found = con.execute(
        f"SELECT unique_id, cluster, {_COMPLETE} AS complete, forename IS NOT NULL AS named, "
        f"{', '.join(f'coalesce({sql}, 0) AS {name}' for name, sql in _KEYS.items())}, record.source_system AS systems, "
        f"coalesce(record.ethnicity, '{_NOT_RECORDED}') AS ethnicity, {_AREA} AS area, {_band_sql(as_at)} AS age_band "
        "FROM link_record AS record JOIN link_cluster USING (unique_id) "
        "LEFT JOIN (SELECT row_id, lsoa FROM person WHERE lsoa IS NOT NULL) AS person USING (row_id)"
    ).to_arrow_table()
    at = np.asarray(found["unique_id"])
    size = int(at.max(initial=0)) + 1

    def placed(values: Any, empty: Any = 0) -> Array:
        whole = np.full(size, empty, dtype=np.asarray(values).dtype)
        whole[at] = values
        return whole

    groups = {}
    for name in ("systems", "ethnicity", "area", "age_band"):
        coded = found[name].combine_chunks().dictionary_encode()
        groups[name] = (placed(np.asarray(coded.indices.fill_null(-1)), -1), np.asarray(coded.dictionary, dtype=object))
    return Records(
        placed(np.asarray(found["cluster"])),
        placed(np.asarray(found["complete"])),
        placed(np.asarray(found["named"])),
        {name: placed(np.asarray(found[name])) for name in _KEYS},
        groups,
    )


_KEY_OF = dict(zip(BLOCKING, KEYS, strict=True))
_KEYS = {
    "names": _KEY_OF[BY_NAMES],
    "birth": _KEY_OF[BY_BIRTH],
    "upn": "CASE WHEN upn IS NOT NULL THEN hash(upn) END",
    "nhs_number": "CASE WHEN nhs_number IS NOT NULL THEN hash(nhs_number) END",
}
_COMPLETE = "(forename IS NOT NULL AND surname IS NOT NULL AND birth_text IS NOT NULL AND postcode IS NOT NULL)"
"""What both ways of finding pairs need."""
_AREA = (
    "coalesce(person.lsoa, CASE WHEN length(record.postcode) BETWEEN 5 AND 7 THEN record.postcode[:-4] END, "
    f"'{_NOT_RECORDED}')"
)


def _band_sql(as_at: date | None) -> str:
    """SQL of the age band on a day, as the month of birth tells it."""
    if as_at is None:
        return "CAST(NULL AS VARCHAR)"
    age = f"({12 * as_at.year + as_at.month} - 12 * year(record.dob) - month(record.dob)) // 12"
    return (
        f"CASE WHEN record.dob IS NULL THEN '{_NOT_RECORDED}' WHEN record.dob > DATE '{as_at.isoformat()}' THEN 'unborn' "
        f"{age_band_cases(age)} END"
    )


def read_pairs(con: duckdb.DuckDBPyConnection, records: Records) -> Pairs:
    """Every pair that was linked, and every pair that nearly was.

    A pair linked is as sure as the weakest link on the best way between its records. `told` holds for each pair: `clash`, a rule
    holds it apart; `reviewed`; `agree`, the two have a number in common; what `_tried` says of those; and `ruled`, whether names
    and births hold anybody apart at all.
    """
    left, right, weight = _linked(con, records)
    missed = con.execute(_MISSED).fetchnumpy()
    lefts, rights = (np.concatenate([mine, missed[n]]) for mine, n in ((left, "unique_id_l"), (right, "unique_id_r")))
    clash = np.concatenate([np.zeros(left.size, dtype=bool), np.asarray(missed["clash"], dtype=bool)])
    likely = np.concatenate([1 / (1 + np.exp2(-weight)), missed["probability"]])
    agree = records.agree("upn", lefts, rights) | records.agree("nhs_number", lefts, rights)
    told = {"clash": clash, "agree": agree, "reviewed": _among(lefts, rights, con, "link_together")}
    numbered = records.both("upn", lefts, rights) | records.both("nhs_number", lefts, rights)
    told |= _tried(con, lefts, rights, agree | clash & numbered) | {"ruled": np.full(lefts.size, holds_relatives(con))}
    return Pairs(lefts, rights, np.arange(lefts.size) < left.size, np.where(clash, 0.0, likely), told)


def _linked(con: duckdb.DuckDBPyConnection, records: Records) -> tuple[Array, Array, Array]:
    links = con.execute("SELECT unique_id_l, unique_id_r, weight FROM link_edge WHERE weight >= ?", [weight_of(LINKED)])
    left, right, weight = (np.asarray(each) for each in links.fetchnumpy().values())
    within = records.cluster[left] == records.cluster[right]
    left, right, weight = left[within], right[within], weight[within]
    cluster = records.cluster[left]
    size, joined = np.bincount(records.cluster), np.bincount(cluster, minlength=records.cluster.max(initial=0) + 1)
    weak = np.bincount(cluster, weight < _SURE_WEIGHT, joined.size)
    several = ((joined < size * (size - 1) // 2) | (weak > 0) & (size > 2))[cluster]
    found = weakest_links(left[several], right[several], weight[several])
    one, other, sure = (np.concatenate([a[~several], b]) for a, b in zip((left, right, weight), found, strict=True))
    return one, other, sure


def _among(left: Array, right: Array, con: duckdb.DuckDBPyConnection, table: str) -> Array:
    """True for the pairs that a table of pairs holds."""
    held = con.execute(f"SELECT unique_id_l, unique_id_r FROM {table}").fetchnumpy()
    size = np.int64(max(left.max(initial=0), right.max(initial=0), held["unique_id_r"].max(initial=0)) + 1)
    return np.isin(left * size + right, held["unique_id_l"] * size + held["unique_id_r"])


def _tried(con: duckdb.DuckDBPyConnection, left: Array, right: Array, which: Array) -> dict[str, Array]:
    """What a rule says of names, births and numbers of the pairs that `which` chooses; False for the others."""
    con.register(
        "tried_pairs", {"place": np.flatnonzero(which), "unique_id_l": left[which], "unique_id_r": right[which]}
    )
    found = con.execute(
        f"SELECT place, coalesce({NAMES_CLASH}, FALSE) AS names_clash, coalesce({BIRTHS_CLASH}, FALSE) AS births_clash, "
        f"{NUMBERS_CLASH} AND NOT {DEATHS_CLASH} AS numbers_clash FROM tried_pairs "
        "JOIN link_record AS l ON l.unique_id = unique_id_l JOIN link_record AS r ON r.unique_id = unique_id_r"
    ).fetchnumpy()
    con.unregister("tried_pairs")
    place = found.pop("place")
    told = {name: np.zeros(left.size, dtype=bool) for name in found}
    for name, values in found.items():
        told[name][place] = values
    return told


_MISSED = f"""
    WITH parted AS (
        SELECT pair.*, least(l.cluster, r.cluster) AS one, greatest(l.cluster, r.cluster) AS other
        FROM link_pair AS pair JOIN link_cluster AS l ON l.unique_id = unique_id_l
        JOIN link_cluster AS r ON r.unique_id = unique_id_r
        WHERE l.cluster <> r.cluster
    ),
    near AS (SELECT * FROM parted ANTI JOIN link_apart USING (unique_id_l, unique_id_r) WHERE NOT clash),
    against AS (
        SELECT one, other FROM parted WHERE clash UNION ALL
        SELECT one, other FROM parted SEMI JOIN link_apart USING (unique_id_l, unique_id_r)
    ),
    size AS (SELECT cluster, count(*) AS records FROM link_cluster GROUP BY cluster),
    whole AS (
        SELECT one, other, max(probability) AS probability FROM near ANTI JOIN against USING (one, other)
        JOIN size AS l ON l.cluster = one JOIN size AS r ON r.cluster = other WHERE l.records * r.records <= {_MOST_MISSED}
        GROUP BY one, other
    ),
    across AS (
        SELECT one, other, probability, least(l.unique_id, r.unique_id) AS unique_id_l,
            greatest(l.unique_id, r.unique_id) AS unique_id_r, {CLASH} AS clash
        FROM whole JOIN link_cluster AS a ON a.cluster = one JOIN link_cluster AS b ON b.cluster = other
        JOIN link_record AS l ON l.unique_id = a.unique_id JOIN link_record AS r ON r.unique_id = b.unique_id
    ),
    sound AS (SELECT one, other FROM across GROUP BY one, other HAVING NOT bool_or(clash))
    SELECT unique_id_l, unique_id_r, probability, FALSE AS clash FROM across SEMI JOIN sound USING (one, other)
    UNION ALL SELECT unique_id_l, unique_id_r, probability, FALSE FROM near ANTI JOIN sound USING (one, other)
    UNION ALL SELECT unique_id_l, unique_id_r, probability, TRUE FROM parted WHERE clash AND probability >= {LINKED}
"""
"""If two records that were not joined are of one person, so are all records joined to either: what is missed comes in bunches.
Not so where anything speaks against one of those pairs: there each pair stands for itself."""


def groups_of(records: Records, pairs: Pairs) -> Iterator[tuple[str, Array, Array, Array, Array]]:
    """By what pairs are grouped, the names of the groups, how many records each holds, and (pair, group) as two arrays of places.

    A pair whose records are of two groups is in both; by systems it is in the pair of theirs.
    """
    every = np.arange(pairs.left.size)
    yield "all", np.asarray(["all"], dtype=object), np.asarray([np.count_nonzero(records.cluster)]), every, 0 * every
    grade = graded(pairs.likely, pairs.told["reviewed"])
    chosen = np.flatnonzero(pairs.linked)
    held = [
        np.unique(np.concatenate([side[chosen][grade[chosen] == g] for side in (pairs.left, pairs.right)]))
        for g in range(len(GRADED))
    ]
    yield "grade", np.asarray(GRADED, dtype=object), np.asarray([each.size for each in held]), chosen, grade[chosen]
    yield _systems(records, pairs)
    for by in ("ethnicity", "area", "age_band"):
        group, names = records.groups[by]
        one, other = group[pairs.left], group[pairs.right]
        twice = np.flatnonzero((other != one) & (other >= 0))
        first = np.flatnonzero(one >= 0)
        count = np.bincount(group[group >= 0], minlength=names.size)
        yield by, names, count, np.concatenate([first, twice]), np.concatenate([one[first], other[twice]])


def _systems(records: Records, pairs: Pairs) -> tuple[str, Array, Array, Array, Array]:
    system, names = records.groups["systems"]
    order = np.argsort(np.argsort(names.astype(str)))
    one, other = system[pairs.left], system[pairs.right]
    swapped = order[one] > order[other]
    one, other = np.where(swapped, other, one), np.where(swapped, one, other)
    code, place = np.unique(one * np.int64(names.size) + other, return_inverse=True)
    first, second = code // max(names.size, 1), code % max(names.size, 1)
    held = np.bincount(system[system >= 0], minlength=names.size)
    count = held[first] + np.where(first == second, 0, held[second])
    told = np.asarray([f"{names[a]} and {names[b]}" for a, b in zip(first, second, strict=True)], dtype=object)
    return "systems", told, count, np.arange(one.size), place


def graded(probability: Array, reviewed: Array) -> Array:
    """The place in `GRADED` of pairs of these probabilities."""
    least = np.asarray([each for _, each in GRADES])
    grade: Array = np.argmax(probability[:, None] >= least, axis=1)
    return np.where(reviewed, len(GRADES), grade)
