"""Wards: which there are, and how many children live in each, as published."""

from __future__ import annotations

from typing import NamedTuple

from earlyhelp.measures.engines import Engine

BY_WARD = "ward_code"


class Ward(NamedTuple):
    """One ward. `children`: aged 0 to 17, from publications; None where its small areas do not tell."""

    code: str
    name: str
    children: float | None


def wards(con: Engine) -> list[Ward]:
    """Every ward of the council's places, by code."""
    rows = con.execute("""
        SELECT ward_code, coalesce(min(ward_name), ward_code),
        CASE WHEN count(*) = count(children) THEN CAST(sum(children) AS DOUBLE) END
        FROM (SELECT lsoa, min(ward_code) AS ward_code, min(ward_name) AS ward_name, max(children_0_17) AS children
              FROM place GROUP BY lsoa)
        WHERE ward_code IS NOT NULL GROUP BY ward_code ORDER BY ward_code
    """).fetchall()
    return [Ward(*each) for each in rows]
