"""Pairs of released tables, each safe by itself, planted with a small count that only both together tell; and harmless pairs.

Every pair is drawn from a seed. Where a pair does not leak, what both together tell is of ten people or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from tests.register_tables import LOCALITIES, MONTHS, PLACES, QUARTERS, WARDS, YEAR, table

from earlyhelp.measures.periods import Period
from earlyhelp.release.register_audit import Earlier, RegisterAudit, audited
from earlyhelp.release.register_table import ReleasedTable

Made = tuple[ReleasedTable, ReleasedTable]


@dataclass(frozen=True)
class Planted:
    """Two tables, the first of which left before, and the kind of the attack."""

    kind: str
    first: ReleasedTable
    second: ReleasedTable

    @property
    def each_alone(self) -> list[RegisterAudit]:
        """The audit of either by itself."""
        return [audited([each], [], PLACES) for each in (self.first, self.second)]

    @property
    def together(self) -> RegisterAudit:
        """The audit of the second beside the first."""
        return audited([self.second], [Earlier("R1", (self.first,))], PLACES)


def planted(kind: str, number: int, seed: int = 20261122, *, leaking: bool = True) -> Iterator[Planted]:
    """So many pairs of a kind."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        leak = int(rng.integers(1, 6)) if leaking else int(rng.integers(10, 40))
        yield Planted(kind, *KINDS[kind](rng, leak))


def _many(rng: np.random.Generator) -> int:
    return int(8 + rng.poisson(12))


def _age_bands(rng: np.random.Generator, leak: int) -> Made:
    """Children by ward and age band; the second table moves one boundary by a year, in which one ward has few."""
    edge, quiet = int(rng.integers(3, 14)), str(rng.choice(WARDS))
    young, old = {ward: _many(rng) for ward in WARDS}, {ward: _many(rng) for ward in WARDS}
    between = {ward: leak if ward == quiet else _many(rng) for ward in WARDS}
    first = {(ward, f"0-{edge - 1}"): young[ward] for ward in WARDS}
    first |= {(ward, f"{edge}-17"): between[ward] + old[ward] for ward in WARDS}
    second = {(ward, f"0-{edge}"): young[ward] + between[ward] for ward in WARDS}
    second |= {(ward, f"{edge + 1}-17"): old[ward] for ward in WARDS}
    by = ("ward_code", "age_band")
    return table(by, _in(YEAR, first)), table(by, _in(YEAR, second))


def _in(span: Period, counts: dict) -> dict:
    return {(span, codes): count for codes, count in counts.items()}


def _quarters_and_year(rng: np.random.Generator, leak: int) -> Made:
    """Three quarters by ward, and later the year, by age as well: the fourth quarter of one ward is what is left."""
    quiet = str(rng.choice(WARDS))
    counts = {(span, (ward,)): _many(rng) for span in QUARTERS for ward in WARDS}
    counts[QUARTERS[3], (quiet,)] = leak
    first = {key: count for key, count in counts.items() if key[0] != QUARTERS[3]}
    year = {(ward,): sum(counts[span, (ward,)] for span in QUARTERS) for ward in WARDS}
    if rng.random() < 0.5:
        return table(("ward_code",), first), table(("ward_code",), _in(YEAR, year))
    parts = {(ward, band): total // 2 for (ward,), total in year.items() for band in ("0-9", "10-17")}
    for (ward,), total in year.items():
        parts[ward, "10-17"] += total % 2
    return table(("ward_code",), first), table(("ward_code", "age_band"), _in(YEAR, parts))


def _revision(rng: np.random.Generator, leak: int) -> Made:
    """A table by ward and quarter, and the same after a few records of one ward came in."""
    counts = {(span, (ward,)): _many(rng) for span in QUARTERS for ward in WARDS}
    later = dict(counts)
    key = QUARTERS[int(rng.integers(4))], (str(rng.choice(WARDS)),)
    later[key] += leak
    return table(("ward_code",), counts), table(("ward_code",), later, snapshot="s2")


def _geography(rng: np.random.Generator, leak: int) -> Made:
    """Wards, with one of few hidden beside another, and later their localities: harmless where both are of one."""
    quiet = str(rng.choice(LOCALITIES["North"]))
    beside = str(
        rng.choice(LOCALITIES["South"] if leak <= 5 else [ward for ward in LOCALITIES["North"] if ward != quiet])
    )
    counts = {(ward,): 12 + _many(rng) for ward in WARDS}
    counts[quiet,], counts[beside,] = 1 + leak % 5, 8
    totals = {(name,): sum(counts[ward,] for ward in wards) for name, wards in LOCALITIES.items()}
    return table(("ward_code",), _in(YEAR, counts)), table(("locality",), _in(YEAR, totals))


def _overlapping_periods(rng: np.random.Generator, leak: int) -> Made:
    """Days of some months by ward, and the same with a week more."""
    month = MONTHS[int(rng.integers(1, 11))]
    quiet = str(rng.choice(WARDS))
    counts = {(ward,): _many(rng) for ward in WARDS}
    week = {(ward,): leak if ward == quiet else _many(rng) for ward in WARDS}
    longer = Period(MONTHS[0].start, date(month.end.year, month.end.month, month.end.day))
    shorter = Period(MONTHS[0].start, date(month.end.year, month.end.month, month.end.day - 7))
    more = {key: count + week[key] for key, count in counts.items()}
    return table(("ward_code",), _in(shorter, counts)), table(("ward_code",), _in(longer, more))


KINDS: dict[str, Callable[[np.random.Generator, int], Made]] = {
    "age bands": _age_bands,
    "quarters and year": _quarters_and_year,
    "revision": _revision,
    "geography": _geography,
    "overlapping periods": _overlapping_periods,
}
