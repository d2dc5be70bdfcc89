"""Families made by lot, with an effect planted in them, as a study reads them: a `Cohort` without tables behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from earlyhelp.evaluate.studies.absence import Absence
from earlyhelp.evaluate.studies.cohort import NOTHING, Cohort
from earlyhelp.evaluate.studies.finding import About, Finding, evaluate
from earlyhelp.evaluate.studies.outcomes import OUTCOMES, Followed
from earlyhelp.evaluate.studies.protocol import Study, service_study
from unit.evaluate.offers_council import AS_AT

NAMES = ("needs", "family_help", "deprivation", "youngest", "children", "abuse")
ABOUT = About("S01", "Family Steps", annual_cost=300_000)
YEAR = 365
_TODAY = (AS_AT - date(1970, 1, 1)).days
_DAYS = NDArray[np.float64]


def families(
    seed: int = 1, number: int = 2_000, effect: float = -0.12, with_abuse: float | None = None, absence: float = 0.0
) -> Cohort:
    """So many families, about a third of whom are offered S01, the others S02 or nothing.

    Offers go to families with more needs and at the level of family help, who step up more whatever they are offered: the
    chance of a first step-up within a year is 0.1 + 0.05 for each need + 0.08 at family help, and `effect` more if S01 was
    offered (`with_abuse` for families with domestic abuse named, where it differs). Nothing else is changed by S01, but
    the share of sessions missed in the year after, by `absence`. Offers are made from 2018 to 2023, all long ago, in six
    wards alike.
    """
    luck = np.random.default_rng(seed)
    needs = luck.integers(1, 6, number).astype(np.float64)
    flags = luck.random((2, number)) < np.array([[0.4], [0.3]])
    others = (luck.integers(1, 11, number), luck.integers(0, 18, number), luck.integers(1, 5, number))
    before = np.column_stack([needs, flags[0], *others, flags[1]]).astype(np.float64)
    offered = luck.random(number) < 1 / (1 + np.exp(-(-2.2 + 0.45 * needs + 0.5 * flags[0])))
    service = np.where(offered, "S01", np.where(luck.random(number) < 0.4, "S02", NOTHING)).astype(np.str_)
    day = np.sort(luck.integers(_TODAY - 8 * YEAR, _TODAY - 3 * YEAR, number))
    base = 0.1 + 0.05 * needs + 0.08 * flags[0]
    change = np.where(flags[1] & (with_abuse is not None), with_abuse or 0.0, effect)
    closed = np.where(luck.random(number) < 0.1, np.nan, luck.integers(30, 400, number).astype(np.float64))
    open_for = (_TODAY - day).astype(np.float64)
    return Cohort(
        family=np.arange(number),
        service=service,
        day=day,
        before=before,
        names=NAMES,
        missing={},
        earlier=(luck.random(number) < 0.1 + 0.03 * needs).astype(np.float64),
        outcomes={
            name: _followed(luck, base + offered * change if name == "step_up" else base / 2, open_for, closed, name)
            for name in OUTCOMES
        },
        absence=_absence(luck, offered * absence),
        closed=closed,
        as_at=AS_AT,
        left_out=0,
        ward=np.char.add("ward ", (np.arange(number) % 6).astype(np.str_)),
    )


def _followed(luck: np.random.Generator, risk: _DAYS, open_for: _DAYS, closed: _DAYS, name: str) -> Followed:
    """Days to an outcome of which a share `risk` comes in the first year, at an even pace."""
    waited = np.ceil(luck.exponential(YEAR / -np.log1p(-risk)))
    ripe = open_for - closed if OUTCOMES[name].from_day == "end_date" else open_for
    return Followed(np.where(waited <= ripe, waited, np.nan), ripe, ripe)


def _absence(luck: np.random.Generator, change: _DAYS) -> Absence:
    """Shares of sessions missed around a level of each family's own; not on record for three in ten."""
    level = luck.uniform(0.02, 0.25, len(change))
    level[luck.random(len(change)) < 0.3] = np.nan
    earlier, before, after = (level + luck.normal(0, 0.02, len(change)) for _ in range(3))
    return Absence(earlier, before, after + change)


def changed(cohort: Cohort, name: str, column: NDArray[np.float64]) -> Cohort:
    """The cohort with other values of one covariate."""
    before = cohort.before.copy()
    before[:, cohort.names.index(name)] = column
    return replace(cohort, before=before)


def with_outcome(cohort: Cohort, happened: NDArray[np.bool_], *, moved: NDArray[np.bool_] | None = None) -> Cohort:
    """The cohort with other families stepping up, half a year after the offer; of those who `moved`, nobody knows."""
    ripe = cohort.outcomes["step_up"].ripe
    known = ripe if moved is None else np.where(moved, 10.0, ripe)
    event = np.where(happened if moved is None else happened & ~moved, 180.0, np.nan)
    return replace(cohort, outcomes={**cohort.outcomes, "step_up": Followed(event, known, ripe)})


def of_rows(cohort: Cohort, chosen: NDArray[np.bool_]) -> Cohort:
    """The cohort with some of its families alone."""
    rows = {
        name: getattr(cohort, name)[chosen]
        for name in ("family", "service", "day", "before", "earlier", "closed", "ward")
    }
    outcomes = {name: each.of(chosen) for name, each in cohort.outcomes.items()}
    return replace(cohort, **rows, outcomes=outcomes, absence=cohort.absence.of(chosen))


def offered(cohort: Cohort, service: str = "S01") -> NDArray[np.bool_]:
    """Who was offered a service."""
    return np.asarray(cohort.service == service)


def studied(cohort: Cohort, study: Study | None = None, about: About = ABOUT, *, whole: bool = False) -> Finding:
    """What a study of S01 finds in it."""
    return evaluate(cohort, study or service_study("S01"), about, whole=whole)
