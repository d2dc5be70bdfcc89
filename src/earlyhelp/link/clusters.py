"""Pairs put together into people, so that no two records of one person contradict each other.

Records joined by pairs form components. A component in which two records cannot be of one person is taken apart and built
again from its strongest pair on, joining two groups only where no record of one contradicts a record of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import numpy as np
from numpy.typing import NDArray

from earlyhelp.link.components import Numbers, joined
from earlyhelp.link.records import records_sql
from earlyhelp.link.scoring import CLASH

MOST_RECORDS = 200
"""No person has more records. A larger component is joined by a value that many share, and is left apart."""


def make_clusters(con: duckdb.DuckDBPyConnection, least: float) -> None:
    """Make `link_cluster` (unique_id, cluster) from `link_edge` for every row of `link_record`.

    `least`: the weight from which a pair counts. A record that is joined to none is a cluster of its own. Weights that differ
    in their last digits alone count as equal: a weight kept from an earlier run is not worked out anew to the last of them.
    """
    edges = con.execute(
        f"SELECT unique_id_l, unique_id_r, method = 'model' AS judged FROM link_edge WHERE weight >= {least} "
        "ORDER BY round(weight, 6) DESC, unique_id_l, unique_id_r"
    ).fetchnumpy()
    records = np.asarray(con.execute("SELECT unique_id FROM link_row").fetchnumpy()["unique_id"], dtype=np.int64)
    left, right = (np.asarray(edges[name], dtype=np.int64) for name in ("unique_id_l", "unique_id_r"))
    cluster = _components(left, right, int(records.max(initial=0)) + 1)
    _hand_over(con, "link_cluster", records, cluster)
    doubtful = _doubtful(cluster, left[np.asarray(edges["judged"], dtype=bool)])
    _hand_over(con, "link_doubtful", records[doubtful[cluster[records]]], cluster)
    conflicts = _conflicts(con)
    if conflicts:
        parted = np.isin(cluster[left], np.unique(cluster[[one for one, _ in conflicts]]))
        _relabel(cluster, _joined_without_conflict(left[parted], right[parted], conflicts))
        _hand_over(con, "link_cluster", records, cluster)


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


def _conflicts(con: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Pairs of records in one cluster that cannot be of one person, but for those of whom a reviewer said that they are."""
    return con.execute(_CONFLICTS).fetchall()


_CONFLICTS = f"""
    WITH pair AS (
        SELECT l.unique_id AS unique_id_l, r.unique_id AS unique_id_r
        FROM link_doubtful AS l JOIN link_doubtful AS r USING (cluster) WHERE l.unique_id < r.unique_id
    ), told AS (
        {records_sql("(FROM link_row SEMI JOIN link_doubtful USING (unique_id))")}
    ), judged AS MATERIALIZED (
        SELECT unique_id_l, unique_id_r, clash FROM pair LEFT JOIN link_pair USING (unique_id_l, unique_id_r)
    ), once AS MATERIALIZED (
        SELECT unique_id_l AS one, unique_id_r AS other FROM judged WHERE clash
        UNION ALL SELECT unique_id_l, unique_id_r FROM (FROM judged WHERE clash IS NULL)
        JOIN told AS l ON l.unique_id = unique_id_l JOIN told AS r ON r.unique_id = unique_id_r WHERE {CLASH}
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
) -> Mapping[int, set[int]]:
    """Groups by their members, each pair joined in its turn unless two of the joined would contradict each other."""
    against: dict[int, set[int]] = {}
    for one, other in conflicts:
        against.setdefault(one, set()).add(other)
        against.setdefault(other, set()).add(one)
    group = {int(each): {int(each)} for each in np.union1d(left, right)}
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        first, second = group[one], group[other]
        if first is not second and not any(not against.get(each, set()).isdisjoint(second) for each in first):
            small, large = sorted((first, second), key=len)
            large |= small
            for each in small:
                group[each] = large
    return group


def _relabel(cluster: Numbers, group: Mapping[int, set[int]]) -> None:
    for record, members in group.items():
        cluster[record] = min(members)
