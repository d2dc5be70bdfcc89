"""How waits end: the shares that were allocated, escalated or left by each day, with those still waiting counted as such.

To take a family that left or escalated for one that "might yet be allocated" (Kaplan-Meier, censored) would overstate
every share: a family is on the list only until the first of the three. So they are competing risks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.measures.waiting.waits import ENDED, Ending, Waits
from earlyhelp.statistics.competing_risks import AalenJohansen, aalen_johansen
from earlyhelp.statistics.survival import TOLERANCE, Quantile

DAYS = (28, 56, 84)
"""The days that waits are told at: 4, 8 and 12 weeks. Eight weeks is the limit an inspection named (Worcestershire 2019)."""
CURVE_DAYS = tuple(range(0, 183, 7))
"""The days of a drawn curve: each week of half a year."""
WITHIN = 365
"""Those allocated within this many days are "those served" whose median is told; later ones are few and far between."""
FEWEST_ALLOCATED = 10
"""With fewer allocated there are no bounds: draws from so few are all alike, and would look certain."""
RESAMPLES = 200
LEVELS = (0.025, 0.975)


class EndedBy(NamedTuple):
    """The share of waits that had ended in one way up to and on one day, with bounds of 95 %; from 0 to 1.

    `events`: how many had; `at_risk`: how many were still waiting, and in sight, when that day began; `of`: how many
    waits there are. The share is None where nobody has been followed so far: not mature, which is not zero. The bounds
    are None besides where none or all have ended that way.
    """

    ending: Ending
    day: int
    share: float | None
    lower: float | None
    upper: float | None
    events: int
    at_risk: int
    of: int


@dataclass(frozen=True)
class Served:
    """How long those who are allocated wait, in days.

    `median`, `ninth_decile`: the days by which a half and nine in ten of those allocated within `within` days have been,
    families still waiting taken into account, with bounds of 95 %. `ended_median`, `ended_ninth_decile`: the same of
    those allocated so far, which leaves out whoever still waits and so looks better than it is: shown beside, never
    alone. `allocated`: how many have been; `waiting`: how many still wait.
    """

    within: int
    median: Quantile
    ninth_decile: Quantile
    ended_median: float | None
    ended_ninth_decile: float | None
    allocated: int
    waiting: int


@dataclass(frozen=True)
class Endings:
    """What became of families on the list. Exact figures: `release` alone may pass them on.

    `counts`: waits by what ended them so far. `shares`: of each ending at each of `DAYS`; `curve`: at each week. The
    sentences hold the same exact figures: where a count is suppressed, so is the sentence that rests on it.
    """

    counts: Mapping[Ending, int]
    shares: tuple[EndedBy, ...]
    curve: tuple[EndedBy, ...]
    served: Served

    def share(self, ending: Ending, day: int) -> EndedBy:
        """One of `shares`. Raises KeyError for a day that is not among `DAYS`."""
        for each in self.shares:
            if (each.ending, each.day) == (ending, day):
                return each
        raise KeyError(f"{ending.name.lower()} by day {day}")

    @property
    def sentences(self) -> tuple[str, ...]:
        """What became of families on the list, by rule, in shares and days."""
        return tuple(each for each in (self._allocated, self._escalated) if each)

    @property
    def _allocated(self) -> str:
        half, most, ended = self.served.median, self.served.ninth_decile, self.served.ended_median
        if half.estimate is None or most.estimate is None:
            return "Nobody has been allocated."
        beside = f" Those already allocated alone would give {ended:.0f} days." if ended != half.estimate else ""
        return (
            f"Half of the families that are allocated within a year wait {_days(half)} or less, nine in ten "
            f"{_days(most)} or less, with those still waiting taken into account.{beside}"
        )

    @property
    def _escalated(self) -> str:
        known = [each for each in self.shares if each.ending is Ending.ESCALATED and each.share is not None]
        if not known:
            return ""
        told = ", ".join(f"{_percent(each)} by day {each.day}" for each in known)
        return f"Of families accepted, these shares had stepped up to statutory services while they waited: {told}."


def _days(found: Quantile) -> str:
    if found.lower is None or found.upper is None:
        return f"{found.estimate:.0f} days"
    return f"{found.estimate:.0f} days (95% interval {found.lower:.0f} to {found.upper:.0f})"


def _percent(found: EndedBy) -> str:
    if found.lower is None or found.upper is None:
        return f"{found.share:.1%}"
    return f"{found.share:.1%} (95% interval {found.lower:.1%} to {found.upper:.1%})"


def endings(waits: Waits, seed: int = 0) -> Endings:
    """What became of the waits: Aalen-Johansen shares by day, and how long those served have waited.

    The bounds of the shares are log-log; those of the median and the ninth decile are percentiles of `RESAMPLES` draws
    of as many waits from these with replacement, from `seed`. Waits of one family count as if they were of several,
    which makes the bounds a little too narrow where families come often.

    Source: Aalen and Johansen (1978); `earlyhelp.statistics.competing_risks`. Efron and Tibshirani (1993), An
    Introduction to the Bootstrap, chapter 13 (percentile intervals).
    """
    fit = aalen_johansen(waits.days, waits.ending, n_causes=len(ENDED))
    return Endings(
        counts={ending: int(np.sum(waits.ending == ending)) for ending in Ending},
        shares=tuple(_shares(waits, fit, DAYS)),
        curve=tuple(_shares(waits, fit, CURVE_DAYS)),
        served=_served(waits, fit, seed),
    )


def shares_at(waits: Waits, day: int) -> dict[Ending, EndedBy]:
    """The share that ended in each way by one day."""
    fit = aalen_johansen(waits.days, waits.ending, n_causes=len(ENDED))
    return {each.ending: each for each in _shares(waits, fit, (day,))}


def _shares(waits: Waits, fit: AalenJohansen, days: tuple[int, ...]) -> Iterator[EndedBy]:
    found = fit.at(days)
    at_risk = [int(np.sum(waits.days >= day)) for day in days]
    for ending in ENDED:
        lengths = waits.days[waits.ending == ending]
        for place, day in enumerate(days):
            share, lower, upper = (_number(figures[ending - 1, place]) for figures in found)
            events = int(np.sum(lengths <= day))
            yield EndedBy(ending, day, share, lower, upper, events, at_risk[place], len(waits))


def _served(waits: Waits, fit: AalenJohansen, seed: int) -> Served:
    lengths = waits.days[waits.ending == Ending.ALLOCATED]
    median, ninth_decile = _with_bounds(waits, fit, (0.5, 0.9), seed)
    return Served(
        within=WITHIN,
        median=median,
        ninth_decile=ninth_decile,
        ended_median=_plain_quantile(lengths, 0.5),
        ended_ninth_decile=_plain_quantile(lengths, 0.9),
        allocated=len(lengths),
        waiting=int(np.sum(waits.ending == Ending.WAITING)),
    )


def _with_bounds(waits: Waits, fit: AalenJohansen, levels: tuple[float, ...], seed: int) -> list[Quantile]:
    enough = int(np.sum(waits.ending == Ending.ALLOCATED)) >= FEWEST_ALLOCATED
    drawn = list(_redrawn(waits, seed)) if enough else []
    return [_quantile_with_bounds(fit, drawn, q) for q in levels]


def _redrawn(waits: Waits, seed: int) -> Iterator[AalenJohansen]:
    """The curves of as many waits drawn from these with replacement, `RESAMPLES` times."""
    cells, counts = np.unique(np.stack([waits.days, waits.ending]), axis=1, return_counts=True)
    draws = np.random.default_rng(seed).multinomial(len(waits), counts / len(waits), size=RESAMPLES)
    for draw in draws:
        yield aalen_johansen(cells[0], cells[1], draw, n_causes=len(ENDED))


def _quantile_with_bounds(fit: AalenJohansen, drawn: list[AalenJohansen], q: float) -> Quantile:
    found = [each for each in (_served_by(one, q) for one in drawn) if each is not None]
    if not found:
        return Quantile(_served_by(fit, q), None, None)
    lower, upper = np.quantile(found, LEVELS, method="inverted_cdf")
    return Quantile(_served_by(fit, q), float(lower), float(upper))


def _served_by(fit: AalenJohansen, q: float) -> float | None:
    """The first day by which a share q of those allocated within `WITHIN` days have been; None where nobody has."""
    inside = fit.times <= WITHIN
    allocated = fit.incidence[Ending.ALLOCATED - 1][inside]
    if not allocated.size or allocated[-1] == 0:
        return None
    return float(fit.times[inside][allocated >= q * allocated[-1] - TOLERANCE][0])


def _plain_quantile(lengths: NDArray[np.int64], q: float) -> float | None:
    return float(np.quantile(lengths, q, method="inverted_cdf")) if len(lengths) else None


def _number(figure: Any) -> float | None:
    return None if np.isnan(figure) else float(figure)
