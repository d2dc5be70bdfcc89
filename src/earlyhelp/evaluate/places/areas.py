"""The small areas of a council, the wards they lie in, and how many children live there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import numpy as np

from earlyhelp.evaluate.methods.effect import Floats, Ints


@dataclass(frozen=True, eq=False)
class Areas:
    """Small areas in order of their code: arrays of one length, a place an area.

    `ward`: the place of its ward in `wards`. `children`: aged 0 to 17, NaN where nobody tells. `ward_names`: by code,
    where known.
    """

    lsoa: tuple[str, ...]
    ward: Ints
    wards: tuple[str, ...]
    children: Floats
    ward_names: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lsoa)

    @property
    def children_of_wards(self) -> Floats:
        """Children of each ward: NaN where it is not told of all of its areas, for a part is not the whole."""
        return np.bincount(self.ward, weights=self.children, minlength=len(self.wards)).astype(np.float64)


_AREAS = """
    WITH told AS (
        SELECT area_code AS lsoa, arg_max("count", year) AS children FROM population
        WHERE age_band = '0-17' AND coalesce(sex, 'all') IN ('all', 'not_recorded')
        AND coalesce(ethnicity, 'not_recorded') IN ('all', 'not_recorded') GROUP BY ALL
    )
    SELECT lsoa, min(ward_code), min(ward_name), coalesce(min(children_0_17), min(told.children))
    FROM place LEFT JOIN told USING (lsoa) WHERE la_code = ? GROUP BY lsoa ORDER BY lsoa
"""


def areas_of(con: duckdb.DuckDBPyConnection, area_code: str) -> Areas:
    """The areas of the council with that code, with the children that `place` or else the latest `population` tells.

    An area of nobody has no rate, so that 0 children are told as NaN. None at all where `place` holds none of the council.
    """
    rows = con.execute(_AREAS, [area_code]).fetchall()
    wards = sorted({ward for _, ward, _, _ in rows})
    at = {ward: place for place, ward in enumerate(wards)}
    return Areas(
        lsoa=tuple(lsoa for lsoa, _, _, _ in rows),
        ward=np.array([at[ward] for _, ward, _, _ in rows], dtype=np.int64),
        wards=tuple(wards),
        children=np.array([children or np.nan for *_, children in rows], dtype=np.float64),
        ward_names={ward: name for _, ward, name, _ in rows if name},
    )
