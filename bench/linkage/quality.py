"""Clusters held against the truth, pair by pair, and what each part of the benchmark asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb


class Quality(NamedTuple):
    """Of pairs of records: the share of those joined that are of one person, and of those of one person that are joined."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return (
            2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0
        )

    def __str__(self) -> str:
        return f"precision {self.precision:.4f}  recall {self.recall:.4f}  F1 {self.f1:.4f}"


@dataclass(frozen=True)
class Limit:
    """One figure beside what it must reach. `places`: decimals shown."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None
    places: int = 4

    @property
    def is_met(self) -> bool:
        """Both ends count as reached."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    def __str__(self) -> str:
        asked = f"at least {self.least}" if self.most is None else f"at most {self.most}"
        return f"  {'met   ' if self.is_met else 'MISSED'} {self.name}: {self.value:.{self.places}f}  ({asked})"


def judged(clusters: Path, truth: Path) -> Quality:
    """Pairwise quality of clusters (person_key, cluster) by a truth (person_key, person_id), both Parquet.

    Only records with a known truth count; one that is in no cluster is joined to none.
    """
    con = duckdb.connect()
    con.execute(
        f"CREATE TABLE told AS SELECT person_id, coalesce(CAST(cluster AS VARCHAR), 'alone ' || person_key) AS cluster "
        f"FROM '{truth}' LEFT JOIN '{clusters}' USING (person_key) WHERE person_id IS NOT NULL"
    )
    true, joined, right = (_pairs(con, by) for by in ("person_id", "cluster", "person_id, cluster"))
    return Quality(right / joined if joined else 1.0, right / true if true else 1.0)


def _pairs(con: duckdb.DuckDBPyConnection, by: str) -> float:
    return float(
        con.execute(
            f"SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (SELECT count(*) AS n FROM told GROUP BY {by})"
        ).fetchall()[0][0]
    )


def told(limits: Sequence[Limit]) -> bool:
    """Print each limit, and say whether all are met."""
    for each in limits:
        print(each)
    return all(each.is_met for each in limits)
