"""Who are we not reaching: the counts that answer it, exact, so that `release` alone may pass them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow as pa

from earlyhelp.errors import InputRefused
from earlyhelp.evaluate.methods.effect import Floats
from earlyhelp.evaluate.reach.helped import Groups, families_by_ward, first_start, groups_of_children, year_up_to
from earlyhelp.evaluate.reach.need import NOTHING, Need, holding, need_of_packs, need_of_places
from earlyhelp.evaluate.reach.schools import SilentSchools, silent_schools
from earlyhelp.measures import Standards
from earlyhelp.reference.pack import Pack
from earlyhelp.reference.reading import small_areas

MATCHED, NOT_MATCHED, NO_PACK = "matched", "not_matched", "no_pack"


@dataclass(frozen=True, eq=False)
class Reach:
    """All that is known. Without wards or episodes, `why_no_data` says so and there are no wards.

    `families`: (wards,) helped in the year, in the order of `need`; `nowhere`: those in none of the wards. `statistics`:
    whether a pack of public statistics knows the wards. `whole_year`: whether the episodes held reach back so far.
    """

    as_at: date
    first: date
    why_no_data: str = ""
    need: Need | None = None
    families: Floats = field(default_factory=lambda: np.empty(0))
    nowhere: float = 0
    statistics: str = NO_PACK
    groups: tuple[Groups, ...] = ()
    schools: SilentSchools = field(default_factory=SilentSchools)
    whole_year: bool = True


def reach(con: duckdb.DuckDBPyConnection, standards: Standards, packs: Sequence[Pack] = ()) -> Reach:
    """Families helped in the year by ward beside the need of the ward, groups of children, and silent schools.

    con: the standard tables with the profiles of `build`; a temporary table of wards is made in it. packs: public
    statistics; of each publication the last pack by name is read. Raises InputRefused for a file of it that cannot be read.
    """
    first, last = year_up_to(standards.as_at)
    began = first_start(con)
    if began is None:
        return Reach(last, first, "No episodes of early help are held.")
    need = need_of_places(con, standards.area_code)
    lookup = _of_places(con, standards.area_code) if len(need) else _of_packs(packs, standards.area_code)
    if lookup is None:
        return Reach(last, first, "No small areas of this council are held, so that nobody can be placed in a ward.")
    con.register("ward_of_area", lookup)
    need, statistics = _public(need, packs, standards.area_code)
    families, nowhere = families_by_ward(con, last, need.codes)
    con.unregister("ward_of_area")
    groups, schools = groups_of_children(con, standards), silent_schools(con, standards)
    whole_year = began <= first + timedelta(days=31)
    return Reach(last, first, "", need, families, nowhere, statistics, groups, schools, whole_year)


def _of_places(con: duckdb.DuckDBPyConnection, area_code: str) -> pa.Table:
    query = "SELECT lsoa, min(ward_code) AS ward_code FROM place WHERE la_code = ? GROUP BY lsoa"
    return con.execute(query, [area_code]).to_arrow_table()


def _of_packs(packs: Sequence[Pack], area_code: str) -> pa.Table | None:
    """The small areas of the council by the packs' list; None where there is none of this council."""
    pack = holding(packs, "small_areas")
    try:
        return small_areas(pack.folder, area_code).select(["lsoa", "ward_code"]) if pack else None
    except InputRefused:
        return None


def _public(need: Need, packs: Sequence[Pack], area_code: str) -> tuple[Need, str]:
    """The need of the same wards by public statistics, where the packs tell of any of them; else as it is."""
    if holding(packs, "low_income_of_wards") is None:
        return need, NO_PACK
    told = need_of_packs(packs, area_code, tuple(zip(need.codes, need.names, strict=True)))
    return (need, NOT_MATCHED) if told.told_by == NOTHING else (told, MATCHED)
