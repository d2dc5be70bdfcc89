"""Tables for the register of releases, made of counts of children by ward, age band and month; nothing of them is real."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product

import numpy as np

from earlyhelp.measures import CATALOGUE, Figure, Figures
from earlyhelp.measures.figures import Estimate
from earlyhelp.measures.periods import Grain, Period, periods
from earlyhelp.release import policy, publish
from earlyhelp.release.register_table import ReleasedTable, TableAbout, table_of

REQUESTS = CATALOGUE["A1"]
WARDS = tuple(f"W{number}" for number in range(1, 7))
LOCALITIES = {"North": WARDS[:3], "South": WARDS[3:]}
PLACES = {
    "ward_code": {ward: frozenset({f"{ward}-1", f"{ward}-2"}) for ward in WARDS},
    "locality": {
        name: frozenset(f"{ward}-{each}" for ward in wards for each in (1, 2)) for name, wards in LOCALITIES.items()
    },
}
BANDS = ("under 1", "1-4", "5-9", "10-15", "16-17")
MONTHS = tuple(periods(date(2025, 4, 1), date(2026, 3, 31), Grain.MONTH))
QUARTERS = tuple(periods(date(2025, 4, 1), date(2026, 3, 31), Grain.QUARTER))
YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))

Counts = Mapping[tuple[Period, tuple[str, ...]], float]


def about(snapshot: str = "s1", meaning: str = "requests") -> TableAbout:
    return TableAbout("Testing", "E09000032", snapshot, "2026-03-31", "1", meaning)


def table(by: Sequence[str], counts: Counts, rule: str = "dfe", **more: str) -> ReleasedTable:
    """A table of requests for support through the door, with the counts of each period and combination of codes."""
    figures = [
        Figure(period, dict(zip(by, codes, strict=True)), count, None) for (period, codes), count in counts.items()
    ]
    released = publish(Figures(REQUESTS, tuple(by), figures), policy(rule))
    return table_of(released, tuple(by), about(**more), figures)


def shown_as_it_is(by: Sequence[str], counts: Counts, **more: str) -> ReleasedTable:
    """A table whose every count is shown, in words of the policy that hides 1 to 5: nothing in it may be small."""
    made = table(by, counts, **more)
    assert not made.hidden
    return made


def drawn(rng: np.random.Generator, least: int = 8) -> dict[tuple[str, str, Period], int]:
    """Children by ward, age band and month, none fewer than `least`."""
    return {each: int(least + rng.poisson(6)) for each in product(WARDS, BANDS, MONTHS)}


def summed(
    children: Mapping[tuple[str, str, Period], int],
    by: Sequence[str],
    spans: Sequence[Period],
    leave_out: Sequence[str] = (),
) -> dict[tuple[Period, tuple[str, ...]], float]:
    """The counts of a table by ward, locality, age band or several of them, in longer periods."""
    found: dict[tuple[Period, tuple[str, ...]], float] = {}
    for span in spans:
        for (ward, band, month), count in children.items():
            if span.start <= month.start and month.end <= span.end and ward not in leave_out:
                codes = {
                    "ward_code": ward,
                    "age_band": band,
                    "locality": next(name for name, wards in LOCALITIES.items() if ward in wards),
                }
                key = span, tuple(codes[name] for name in by)
                found[key] = found.get(key, 0) + count
    return found


def of_measure(
    called: str,
    by: Sequence[str],
    figures: Mapping[tuple[Period, tuple[str, ...]], tuple[float, float | None]],
    rule: str = "dfe",
    *,
    value: float | None = None,
    complete: bool = True,
    **more: str,
) -> ReleasedTable:
    """A table of any measure, `A9` or `A9.rate`, with both counts of each figure; `value`: the mean or median of each."""
    name, _, definition = called.partition(".")
    measure = CATALOGUE[name].defined_as(definition or "default")
    estimate = None if value is None else Estimate(value, value - 1, value + 1)
    made = [
        Figure(period, dict(zip(by, codes, strict=True)), above, below, estimate=estimate)
        for (period, codes), (above, below) in figures.items()
    ]
    released = publish(Figures(measure, tuple(by), made), policy(rule))
    return table_of(released, tuple(by), about(**{"meaning": called, **more}), made, complete=complete)
