"""What reviewers' decisions say about the links: of each grade so much, and each grade with its share of all links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import numpy as np

from earlyhelp.link.estimates import Estimate, added, wilson
from earlyhelp.link.matching import LINKED
from earlyhelp.link.quality_pairs import GRADED, Pairs, Records, graded, groups_of

ENOUGH_REVIEWED = 30
"""Pairs of a grade that must have been reviewed before anything is said of it."""


def by_review(
    con: duckdb.DuckDBPyConnection, records: Records, counted: Mapping[str, Any]
) -> tuple[dict[str, Any], Estimate, Estimate]:
    """Groups of which reviews can speak, all and grades always, with precision; NaN where too few were reviewed. No recall.

    Reviews are of what the model says, so grades are the model's, before anybody decided. `counted` tells the size of groups.
    """
    pairs = _reviewed(con)
    size = dict(
        zip(
            zip(counted["by"], counted["group"], strict=True),
            zip(counted["records"], counted["linked_pairs"], strict=True),
            strict=True,
        )
    )
    told: list[tuple[Any, ...]] = []
    if pairs is None:
        told = [(by, group, np.nan, np.nan, np.nan) for by, group in size if by in ("all", "grade")]
    else:
        for by, names, _, pair, group in groups_of(records, pairs):
            found = _precision(pairs, pair, group, names.size)
            shown = np.full(names.size, by in ("all", "grade")) | ~np.isnan(found.value)
            told += [
                (by, names[at], *(each[at] for each in found))
                for at in np.flatnonzero(shown)
                if (by, names[at]) in size
            ]
    return _as_columns(told, size)


def _as_columns(told: list[tuple[Any, ...]], size: Mapping[Any, Any]) -> tuple[dict[str, Any], Estimate, Estimate]:
    groups: dict[str, Any] = {
        "by": np.asarray([by for by, *_ in told], dtype=object),
        "group": np.asarray([group for _, group, *_ in told], dtype=object),
        "records": np.asarray([size[by, group][0] for by, group, *_ in told], dtype=float),
        "linked_pairs": np.asarray([size[by, group][1] for by, group, *_ in told], dtype=float),
    }
    figures = (np.asarray([each[at] for each in told], dtype=float) for at in (2, 3, 4))
    return groups, Estimate(*figures), Estimate(*[np.full(len(told), np.nan)] * 3)


def _reviewed(con: duckdb.DuckDBPyConnection) -> Pairs | None:
    """The pairs that the model takes for links, and what reviewers said of them; None where they said nothing."""
    columns = {
        name
        for (name,) in con.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = 'link_decision'"
        ).fetchall()
    }
    if not columns:
        return None
    found = con.execute(_PAIRS.format(sample="AND sample" if "sample" in columns else "")).fetchnumpy()
    left, right = (np.asarray(found[name]) for name in ("unique_id_l", "unique_id_r"))
    nothing = np.zeros(left.size, dtype=bool)
    told = {"reviewed": nothing, "decided": np.asarray(found["decided"]), "apart": np.asarray(found["apart"])}
    return Pairs(left, right, ~nothing, np.asarray(found["probability"]), told)


_PAIRS = f"""
    WITH decided AS (
        SELECT least(l.unique_id, r.unique_id) AS unique_id_l, greatest(l.unique_id, r.unique_id) AS unique_id_r,
            bool_or(decision = 'different') AS apart
        FROM link_decision JOIN link_record AS l ON l.person_key = person_key_l
        JOIN link_record AS r ON r.person_key = person_key_r
        WHERE decision IN ('same', 'different') {{sample}} GROUP BY ALL
    )
    SELECT pair.unique_id_l, pair.unique_id_r, probability, coalesce(apart, FALSE) AS apart, apart IS NOT NULL AS decided
    FROM link_pair AS pair LEFT JOIN decided USING (unique_id_l, unique_id_r)
    WHERE NOT clash AND probability >= {LINKED}
"""
"""Answers to the queue are left out where the sample is marked: the queue asks about doubtful links."""


def _precision(pairs: Pairs, pair: Any, group: Any, size: int) -> Estimate:
    """The share of links that reviewers would call right, for each group: its grades, each by its share of the group's links.

    Source of the sum over strata: Zou and Donner (2008), see `added`.
    """
    grade = graded(pairs.likely, pairs.told["reviewed"])[pair]
    decided, apart = pairs.told["decided"][pair], pairs.told["apart"][pair]
    links = np.bincount(group, minlength=size)
    parts, shares = [], []
    for each in range(len(GRADED)):
        here = grade == each
        of_grade = np.bincount(group[here], minlength=size)
        reviewed = np.bincount(group[here & decided], minlength=size)
        same = np.bincount(group[here & decided & ~apart], minlength=size)
        found = wilson(same, np.where(reviewed >= ENOUGH_REVIEWED, reviewed, np.nan))
        parts.append(Estimate(*(np.where(of_grade > 0, figure, 0.0) for figure in found)))
        shares.append(of_grade / np.where(links > 0, links, np.nan))
    return Estimate(*(np.clip(figure, 0, 1) for figure in added(parts, shares)))
