"""Invented families for the tests of the poverty study: from a few rows, or as arrays drawn by lot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb
import numpy as np

from earlyhelp.evaluate.poverty.families import Families, Span
from earlyhelp.evaluate.poverty.follow_up import Events
from spec.dataset import Rows, insert, parse, snapshot

AS_AT = date(2026, 3, 31)
KINDS = ("request", "social_care", "domestic_abuse", "accepted")
MEMBERS = "person_id | family_id | from_date | to_date"


def council(tables: Mapping[str, Rows], members: str | list[dict[str, object]]) -> duckdb.DuckDBPyConnection:
    """A snapshot with the given rows, and with who belongs to which family, as linkage tells it."""
    con = snapshot(tables, AS_AT, checked=False)
    con.execute("CREATE TABLE family_membership (person_id VARCHAR, family_id VARCHAR, from_date DATE, to_date DATE)")
    insert(con, "family_membership", parse(members) if isinstance(members, str) else members)
    return con


def drawn(seed: int, families: int = 80, months: int = 40, chance: float = 0.05) -> tuple[Families, Events]:
    """Families of few kinds, who come and go, and events of each kind in each month by lot."""
    luck = np.random.default_rng(seed)
    shape = (months, families)
    children = np.repeat(luck.integers(1, 3, families)[None, :], months, axis=0).astype(np.int16)
    children[: months // 2, luck.random(families) < 0.1] = 0
    youngest = np.repeat(luck.choice([6, 100], families)[None, :], months, axis=0).astype(np.int16)
    area = np.repeat(luck.integers(1, 5, families)[None, :], months, axis=0).astype(np.int32)
    decile = (area + 1).astype(np.int8)
    adults = np.repeat(luck.integers(1, 3, families)[None, :], months, axis=0).astype(np.int16)
    ids = np.array([f"F{number}" for number in range(families)], dtype=object)
    known = Families(Span(date(2020, 4, 1), months), ids, children, adults, youngest, decile, area)
    return known, happened(luck.random((len(KINDS), *shape)) < chance, KINDS)


def happened(flags: np.ndarray, names: tuple[str, ...]) -> Events:
    """Events from flags (kinds, months, families), all of them covered from the first month to the last."""
    kinds, months, families = flags.shape
    upto = np.zeros((kinds, months + 1, families), np.uint8)
    np.cumsum(flags, axis=1, dtype=np.uint8, out=upto[:, 1:])
    return Events(names, upto, np.tile(np.array([0, months - 1]), (kinds, 1)))
