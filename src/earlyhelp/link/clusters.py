"""Pairs put together into people, so that no two records of one person contradict each other.

Records joined by pairs form components. A component in which two records cannot be of one person is taken apart and built
again from its strongest pair on, joining two groups only where no record of one contradicts a record of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from earlyhelp.link.components import Numbers, joined
from earlyhelp.link.records import records_sql
from earlyhelp.link.scoring import CLASH, TWO_BIRTHS

_Against = Mapping[int, set[int]]
MOST_RECORDS = 200
"""No person has more records. A larger component is joined by a value that many share, and is left apart."""


def make_clusters(con: duckdb.DuckDBPyConnection, least: float) -> None:
    """Make `link_cluster` (unique_id, cluster) from `link_edge` for every row of `link_record`.

    `least`: the weight from which a pair counts. A record that is joined to none is a cluster of its own. Weights that differ
    in their last digits alone count as equal: a weight kept from an earlier run is not worked out anew to the last of them.
    """
    records = np.asarray(con.execute("SELECT unique_id FROM link_row").fetchnumpy()["unique_id"], dtype=np.int64)
    edges = _edges(con, least)
    cluster = _components(edges.left, edges.right, int(records.max(initial=0)) + 1)
    _hand_over(con, "link_cluster", records, cluster)
    doubtful = _doubtful(cluster, edges.left[edges.judged])
    _hand_over(con, "link_doubtful", records[doubtful[cluster[records]]], cluster)
    conflicts = _conflicts(con, least)
    if conflicts:
        parted = edges.those(np.isin(cluster[edges.left], np.unique(cluster[[one for one, _ in conflicts]])))
        either = _could_be_either(parted, _say_little(con), conflicts, least)
        kept = parted.those(~parted.judged | ~(np.isin(parted.left, either) | np.isin(parted.right, either)))
        _relabel(cluster, parted.records(), _joined_without_conflict(kept.left, kept.right, conflicts))
        _hand_over(con, "link_cluster", records, cluster)


@dataclass(frozen=True)
class _Edges:
    """Pairs from the strongest on, by their records; `judged`: likeness joins them, and nobody's word or number."""

    left: Numbers
    right: Numbers
    weight: NDArray[np.float64]
    judged: NDArray[np.bool_]

    def those(self, which: NDArray[np.bool_]) -> _Edges:
        """The pairs that `which` chooses."""
        return _Edges(self.left[which], self.right[which], self.weight[which], self.judged[which])

    def records(self) -> Numbers:
        """Every record of a pair, once."""
        found: Numbers = np.union1d(self.left, self.right)
        return found


def _edges(con: duckdb.DuckDBPyConnection, least: float) -> _Edges:
    told = con.execute(
        "SELECT unique_id_l, unique_id_r, round(weight, 6) AS weight, method = 'model' AS judged FROM link_edge "
        f"WHERE weight >= {least} ORDER BY round(weight, 6) DESC, unique_id_l, unique_id_r"
    ).fetchnumpy()
    left, right = (np.asarray(told[name], dtype=np.int64) for name in ("unique_id_l", "unique_id_r"))
    return _Edges(left, right, np.asarray(told["weight"], dtype=np.float64), np.asarray(told["judged"], dtype=bool))


def _doubtful(cluster: Numbers, judged: Numbers) -> NDArray[np.bool_]:
    """For each cluster by its number, whether two of its records may contradict each other: three or more, not all scored.

    `judged`: one record of each pair that was scored and found not to clash, so that its cluster is known.
    """
    size = np.bincount(cluster)
    sound = np.bincount(cluster[judged], minlength=size.size)
    found: NDArray[np.bool_] = (size > 2) & (sound < size * (size - 1) // 2)
    return found


def _components(left: Numbers, right: Numbers, records: int) -> Numbers:
    """For each record the smallest record it is joined to, directly or through others."""
    label = joined(left, right, records)
    count = int(label.max(initial=-1)) + 1
    first = np.full(count, records, dtype=np.int64)
    np.minimum.at(first, label, np.arange(records))
    found: Numbers = first[label]
    large = np.bincount(label, minlength=count)[label] > MOST_RECORDS
    found[large] = np.flatnonzero(large)
    return found


def _hand_over(con: duckdb.DuckDBPyConnection, table: str, records: Numbers, cluster: Numbers) -> None:
    """Make a table (unique_id, cluster) of these records."""
    con.register("found_clusters", {"unique_id": records, "cluster": cluster[records]})
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT unique_id, cluster FROM found_clusters")
    con.unregister("found_clusters")


def _conflicts(con: duckdb.DuckDBPyConnection, least: float) -> list[tuple[int, int]]:
    """Pairs of records in one cluster that cannot be of one person, but for those of whom a reviewer said that they are.

    Two that tell two births, and that likeness does not join, count as such: they share a name and a third record.
    """
    return con.execute(_CONFLICTS, [least]).fetchall()


_CONFLICTS = f"""
    WITH pair AS (
        SELECT l.unique_id AS unique_id_l, r.unique_id AS unique_id_r
        FROM link_doubtful AS l JOIN link_doubtful AS r USING (cluster) WHERE l.unique_id < r.unique_id
    ), told AS (
        {records_sql("(FROM link_row SEMI JOIN link_doubtful USING (unique_id))")}
    ), judged AS MATERIALIZED (
        SELECT unique_id_l, unique_id_r, clash, edge.unique_id_l IS NULL AS unlike
        FROM pair LEFT JOIN link_pair USING (unique_id_l, unique_id_r)
        LEFT JOIN (SELECT DISTINCT unique_id_l, unique_id_r FROM link_edge WHERE weight >= ?) AS edge
            USING (unique_id_l, unique_id_r)
    ), once AS MATERIALIZED (
        SELECT unique_id_l AS one, unique_id_r AS other FROM judged WHERE clash
        UNION ALL SELECT unique_id_l, unique_id_r FROM (FROM judged WHERE clash IS NULL OR NOT clash AND unlike)
        JOIN told AS l ON l.unique_id = unique_id_l JOIN told AS r ON r.unique_id = unique_id_r
        WHERE clash IS NULL AND {CLASH} OR unlike AND coalesce(l.case_id <> r.case_id, TRUE) AND {TWO_BIRTHS}
    ), clash AS (
        FROM once UNION ALL SELECT other, one FROM once
    ), said AS (
        SELECT unique_id_l AS one, unique_id_r AS other FROM link_together
        UNION ALL SELECT unique_id_r, unique_id_l FROM link_together
    ), overruled AS (
        FROM said
        UNION SELECT clash.one, clash.other FROM clash JOIN said USING (one)
        WHERE (clash.one, said.other) IN (FROM (SELECT (one, other) FROM clash))
            AND (said.other, clash.other) NOT IN (FROM (SELECT (one, other) FROM clash))
    )
    SELECT one, other FROM clash WHERE one < other
        AND (one, other) NOT IN (FROM (SELECT (one, other) FROM overruled))
        AND (other, one) NOT IN (FROM (SELECT (one, other) FROM overruled))
    UNION SELECT unique_id_l, unique_id_r FROM link_apart JOIN link_cluster AS l ON l.unique_id = unique_id_l
        JOIN link_cluster AS r ON r.unique_id = unique_id_r WHERE l.cluster = r.cluster
    ORDER BY ALL
"""
"""Pairs that were scored are judged already. Where a clash was reviewed, what clashes with one of the two for the same reason
does not count either."""


def _joined_without_conflict(
    left: Numbers, right: Numbers, conflicts: Iterable[tuple[int, int]]
) -> dict[int, set[int]]:
    """Groups by their members, each pair joined in its turn unless two of the joined would contradict each other."""
    against = _against(conflicts)
    group = {int(each): {int(each)} for each in np.union1d(left, right)}
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        first, second = group[one], group[other]
        if first is not second and not _contradict(first, second, against):
            small, large = sorted((first, second), key=len)
            large |= small
            for each in small:
                group[each] = large
    return group


def _against(conflicts: Iterable[tuple[int, int]]) -> _Against:
    """For each record those that it contradicts."""
    against: dict[int, set[int]] = {}
    for one, other in conflicts:
        against.setdefault(one, set()).add(other)
        against.setdefault(other, set()).add(one)
    return against


def _contradict(first: Iterable[int], second: set[int], against: _Against) -> bool:
    return any(not against.get(each, set()).isdisjoint(second) for each in first)


def _say_little(con: duckdb.DuckDBPyConnection) -> frozenset[int]:
    """The records of doubtful clusters without a birth, or without a forename in full: what they say is true of several."""
    found = con.execute(
        f"SELECT unique_id FROM ({records_sql('(FROM link_row SEMI JOIN link_doubtful USING (unique_id))')}) "
        "WHERE birth IS NULL OR coalesce(length(forename), 0) < 2"
    ).fetchall()
    return frozenset(each for (each,) in found)


def _could_be_either(
    edges: _Edges, little: frozenset[int], conflicts: Iterable[tuple[int, int]], least: float
) -> list[int]:
    """The records that say little and may be of either of two people: whoever joins them to one, does so by chance.

    `little`: the records that say little. `least`: the logarithm of the odds by which the one must be likelier.
    """
    named = edges.those(~(np.isin(edges.left, list(little)) | np.isin(edges.right, list(little))))
    people = _joined_without_conflict(named.left, named.right, conflicts)
    against = _against(conflicts)
    liked = _likeness_to_people(edges, little, people)
    return [record for record, each in liked.items() if _has_rival(each, people, against, least)]


def _likeness_to_people(
    edges: _Edges, little: frozenset[int], people: Mapping[int, set[int]]
) -> dict[int, dict[int, float]]:
    """For each record that says little, the weight of its strongest pair with each person, told by the first of their records."""
    liked: dict[int, dict[int, float]] = {}
    for one, other, weight in zip(edges.left.tolist(), edges.right.tolist(), edges.weight.tolist(), strict=True):
        for record, beside in ((one, other), (other, one)):
            if record in little and beside not in little:
                liked.setdefault(record, {}).setdefault(min(people.get(beside, {beside})), weight)
    return liked


def _has_rival(liked: Mapping[int, float], people: Mapping[int, set[int]], against: _Against, least: float) -> bool:
    """True where another person whom the likeliest one contradicts is not much less likely."""
    best = max(liked, key=lambda each: liked[each])
    members = people.get(best, {best})
    return any(
        liked[best] - weight < least and _contradict(members, people.get(rival, {rival}), against)
        for rival, weight in liked.items()
        if rival != best
    )


def _relabel(cluster: Numbers, records: Numbers, group: Mapping[int, set[int]]) -> None:
    """Give each record the first of its group, and one in no group itself."""
    cluster[records] = records
    for record, members in group.items():
        cluster[record] = min(members)
