"""A council's offers with what came before and after each, read once for every study of its services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
from numpy.typing import NDArray

from earlyhelp.evaluate.methods.effect import Flags, Floats, Ints, NotEstimable
from earlyhelp.evaluate.studies.absence import Absence, absence
from earlyhelp.evaluate.studies.covariates import COVARIATES, EARLIER, filled, values
from earlyhelp.evaluate.studies.offers import HOMES, OFFERS, make_offers
from earlyhelp.evaluate.studies.outcomes import OUTCOMES, Followed, closures, followed

Texts = NDArray[np.str_]
NOTHING = ""
"""The service of families offered nothing."""


@dataclass(frozen=True)
class Cohort:
    """Eligible offers, one a row; every array has that first dimension, in order of time zero.

    `family`: number of the family; `service`: id of what was offered first, "" for nothing; `day`: time zero as days
    since 1970; `before`: (offers, covariates) without gaps, named by `names`; `missing`: share not recorded by
    covariate; `earlier`: an outcome before time zero that is not balanced on; `outcomes`: by name; `absence`: sessions
    missed before and after; `closed`: days to the closing of help, NaN while open. `left_out`: how many offers were not
    eligible. `ward`: of the home on the day of the offer, "" where it is not known.
    """

    family: Ints
    service: Texts
    day: Ints
    before: Floats
    names: tuple[str, ...]
    missing: Mapping[str, float]
    earlier: Floats
    outcomes: Mapping[str, Followed]
    absence: Absence
    closed: Floats
    as_at: date
    left_out: int
    ward: Texts

    def running(self, service: str) -> Flags:
        """Offers made while the service was offered at all: from its first offer to its last; (offers,)."""
        days = self.day[self.service == service]
        return (self.day >= days.min()) & (self.day <= days.max()) if len(days) else np.zeros(len(self.day), bool)


def read_cohort(con: duckdb.DuckDBPyConnection, as_at: date) -> Cohort:
    """Every eligible offer of a snapshot. Raises NotEstimable where the records hold no offer of any service."""
    make_offers(con)
    rows = con.execute(f"SELECT * FROM {OFFERS} ORDER BY offer").fetchnumpy()
    chosen = np.asarray(rows["eligible"], dtype=bool)
    service = np.array([each or NOTHING for each in _texts(rows["service_id"])], dtype=np.str_)
    if not (chosen & (service != NOTHING)).any():
        raise NotEstimable(
            "No offer of a service to a family with allocated early help is recorded.",
            "Records of services delivered, with the family and the day of the offer.",
        )
    held = np.column_stack([values(con, each) for each in COVARIATES])[chosen]
    before, names, missing = filled(held, tuple(each.name for each in COVARIATES))
    outcomes = {name: followed(con, each, as_at.isoformat()) for name, each in OUTCOMES.items()}
    return Cohort(
        family=np.unique(_texts(rows["family_id"]), return_inverse=True)[1][chosen].astype(np.int64),
        service=service[chosen],
        day=rows["time_zero"][chosen].astype("datetime64[D]").astype(np.int64),
        before=before,
        names=names,
        missing=missing,
        earlier=np.nan_to_num(values(con, EARLIER))[chosen],
        outcomes={name: each.of(chosen) for name, each in outcomes.items()},
        absence=absence(con).of(chosen),
        closed=closures(con)[chosen],
        as_at=as_at,
        left_out=int((~chosen).sum()),
        ward=_wards(con)[chosen],
    )


def _wards(con: duckdb.DuckDBPyConnection) -> Texts:
    found = con.execute(
        f"SELECT max(ward_code) AS ward FROM {OFFERS} LEFT JOIN {HOMES} USING (offer) LEFT JOIN place USING (lsoa) "
        "GROUP BY offer ORDER BY offer"
    ).fetchnumpy()
    return np.array(_texts(found["ward"]), dtype=np.str_)


def _texts(column: np.ma.MaskedArray | NDArray[np.object_]) -> list[str]:
    return [each if isinstance(each, str) else "" for each in np.ma.filled(np.ma.asarray(column, dtype=object), "")]
