"""How long until the list is clear: the queue played on from today, as now and with more workers, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.measures.waiting.flow import FEWEST_WEEKS, WEEKS, Flow
from earlyhelp.measures.waiting.queue import Played, play

HORIZON = 104
"""Weeks played: two years; what a council's flow will be later, nobody knows."""
RUNS = 300
FEWEST_BUSY = 4
"""Weeks that must have ended with families waiting: those without show only the least that the service can do."""
LIKELY = 0.5
"""A list is said to be clear when it is so in this share of the runs."""
SEASON = 6
"""Arrivals of a week to come are those of a week of last year no further than this from the same time of year."""
BOUNDS = (0.05, 0.5, 0.95)
STEADY = 0.05
"""A list that changes by less than this many families a week is said to stay as it is."""

CANNOT_BE_KNOWN = (
    "Whether families will ask for help as they did last year: a school closing, a new threshold or a shock is not in it.",
    "Whether new workers can be found, how long they take to learn the work, and whether others leave.",
    "Whether a family waits for a worker or for a meeting that allocates: a list may stay that more workers cannot clear.",
    "Whether those waiting longest differ from others in how likely they are to leave or to need more than early help.",
    "What becomes of families once they are served: the list alone is played, not their help.",
)


class Range(NamedTuple):
    """The 5th, 50th and 95th percentile of all runs; None where the run does not get there in the weeks played."""

    lower: float | None
    median: float | None
    upper: float | None


@dataclass(frozen=True)
class Scenario:
    """The list played on with so many more workers (or allocations a week).

    `by_week`: families waiting at the end of each week to come. `weeks_to_clear`: the first week that ends with nobody
    waiting; `share_clear`: of the runs, in how many there is one. `growth`: families a week that the list gains between
    today and the last week. `escalated`: families that escalate while waiting, in all those weeks. `weeks_waited`: the
    mean of those served in them, one range a class of priority, the first to be served first.
    """

    extra: float
    unit: str
    by_week: tuple[Range, ...]
    weeks_to_clear: Range
    share_clear: float
    growth: Range
    escalated: Range
    weeks_waited: tuple[Range, ...]

    @property
    def sentence(self) -> str:
        """The answer, by rule."""
        if self.share_clear >= LIKELY:
            return (
                f"{self._given} the list would be clear in {_weeks(self.weeks_to_clear.median)} {self._range_of_weeks}."
            )
        chance = f" (it would in about {self.share_clear:.0%} of runs)" if self.share_clear >= BOUNDS[0] else ""
        return f"{self._given} the list would not be clear in {len(self.by_week)} weeks{chance}; {self._change}."

    @property
    def _given(self) -> str:
        if not self.extra:
            return "As now,"
        many, plural = abs(self.extra), "" if abs(self.extra) == 1 else "s"
        of = f"full-time worker{plural}" if self.unit == "worker" else f"allocation{plural} a week"
        return f"With {many:g} {'more' if self.extra > 0 else 'fewer'} {of},"

    @property
    def _range_of_weeks(self) -> str:
        low, _, high = self.weeks_to_clear
        return f"(range {low:.0f} to {f'{high:.0f}' if high is not None else f'more than {len(self.by_week)}'})"

    @property
    def _change(self) -> str:
        low, middle, high = (each or 0.0 for each in self.growth)
        if low < 0 < high:
            return f"it neither clearly grows nor clearly shrinks (range {low:+.1f} to {high:+.1f} families a week)"
        if abs(middle) < STEADY:
            return "it stays about as long as it is"
        verb = "grows" if middle > 0 else "shrinks"
        return f"it {verb} by about {abs(middle):.1f} families a week (range {low:+.1f} to {high:+.1f})"


@dataclass(frozen=True)
class Forecast:
    """The list played on from today. Exact figures of today and of last year: `release` alone may pass them on.

    `why_not`: why nothing can be said; then there are no scenarios. `waiting`: families on the list today. Of the `weeks`
    that were read, in families a week: `arrivals`, `allocated`, and `capacity`, how many could have been. `escalations`
    and `leavers` in `family_weeks` weeks on the list give the chances to escalate and to leave in one.
    `per_worker_week`, `workers`: families that one full-time worker takes on in a week, and how many such workers there
    are; None where the records do not tell.
    """

    why_not: str = ""
    waiting: int = 0
    weeks: int = 0
    arrivals: float = 0.0
    allocated: float = 0.0
    capacity: float = 0.0
    escalations: int = 0
    leavers: int = 0
    family_weeks: int = 0
    per_worker_week: float | None = None
    workers: float | None = None
    scenarios: tuple[Scenario, ...] = ()
    assumptions: tuple[str, ...] = ()
    cannot_be_known: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answers, one a scenario, or why there are none."""
        return (self.why_not,) if self.why_not else tuple(each.sentence for each in self.scenarios)


def forecast(
    past: Flow,
    extra: Sequence[float] = (0, 1, 2, 3),
    *,
    seed: int = 0,
    weeks: int = HORIZON,
    runs: int = RUNS,
    ready_in: int = 0,
) -> Forecast:
    """The list played on for `weeks`, with each number of `extra` workers from week `ready_in` on.

    Where the records do not tell who works there, `extra` are allocations a week instead. All scenarios share their
    luck, so that they differ by the workers alone. The ranges hold the chance of single weeks and what a year of records
    leaves open about their level: in each run the levels of arrivals and of capacity are those of as many weeks drawn
    anew, and the chances to escalate and to leave are drawn from what their counts leave possible (gamma, Jeffreys).

    Source: Davison and Hinkley (1997), Bootstrap Methods and their Application, chapter 2; gamma with half an event
    added: Jeffreys (1961), Theory of Probability. The queue itself: `play`.
    """
    if why_not := _why_not(past):
        return Forecast(why_not, waiting=int(past.list_now.sum()), weeks=len(past))
    luck = _Luck.drawn(past, seed, runs, weeks)
    rate = past.per_worker_week
    scenarios = tuple(_scenario(past, luck, each, rate, ready_in) for each in extra)
    return Forecast(
        waiting=int(past.list_now.sum()),
        weeks=len(past),
        arrivals=float(past.arrivals.sum() / len(past)),
        allocated=float(past.allocated.mean()),
        capacity=float(np.dot(*past.capacity)),
        escalations=int(past.escalated.sum()),
        leavers=int(past.left.sum()),
        family_weeks=int(past.waiting_before.sum()),
        per_worker_week=rate,
        workers=None if rate is None or past.workers is None else float(past.workers[-1]),
        scenarios=scenarios,
        assumptions=tuple(_assumptions(past, ready_in)),
        cannot_be_known=CANNOT_BE_KNOWN,
    )


def _why_not(past: Flow) -> str:
    if len(past) < FEWEST_WEEKS:
        return (
            f"The records hold {len(past)} weeks of the waiting list; at least {FEWEST_WEEKS} are needed to play it on."
        )
    if not past.list_now.sum():
        return "Of those who have not stepped up, nobody waits today."
    if not past.allocated.sum():
        return f"Nobody was allocated in the last {len(past)} weeks, so that what the service can do is not known."
    if past.busy.sum() < FEWEST_BUSY:
        return "The list was empty at the end of nearly every week, so that what the service can do is not known."
    return ""


@dataclass(frozen=True, eq=False)
class _Luck:
    """What chance brings in each run, the same for all scenarios."""

    arrivals: NDArray[np.int64]
    base: NDArray[np.float64]
    level: NDArray[np.float64]
    rounding: NDArray[np.float64]
    escalated: NDArray[np.float64]
    left: NDArray[np.float64]
    fate: NDArray[np.float64]

    @staticmethod
    def drawn(past: Flow, seed: int, runs: int, weeks: int) -> _Luck:
        draw = np.random.default_rng(seed)
        numbers, chances = past.capacity
        again = draw.choice(numbers, (runs, len(past)), p=chances).mean(axis=1, keepdims=True)
        level = again / (numbers @ chances)
        exposed = max(int(past.waiting_before.sum()), 1)
        up, out = (draw.gamma(int(n.sum()) + 0.5, 1 / exposed, runs) for n in (past.escalated, past.left))
        too_much = np.maximum(up + out, 1)
        return _Luck(
            arrivals=_arrivals(draw, past, runs, weeks),
            base=level * draw.choice(numbers, (runs, weeks), p=chances),
            level=level,
            rounding=draw.random((runs, weeks)),
            escalated=up / too_much,
            left=out / too_much,
            fate=draw.random((runs, weeks, past.arrivals.shape[1], 2)),
        )


def _arrivals(draw: np.random.Generator, past: Flow, runs: int, weeks: int) -> NDArray[np.int64]:
    """Families that join, (runs, weeks, classes): those of a past week near the same time of year, at the run's level."""
    many, total = len(past), past.arrivals.sum(axis=1)
    if many >= WEEKS:
        chosen = (np.arange(weeks) + draw.integers(-SEASON, SEASON + 1, (runs, weeks))) % many
    else:
        chosen = draw.integers(0, many, (runs, weeks))
    expected = past.arrivals[chosen] * _level(draw, total, runs)[:, :, None]
    return np.asarray(np.floor(expected + draw.random(expected.shape)), dtype=np.int64)


def _level(draw: np.random.Generator, weekly: NDArray[np.int64], runs: int) -> NDArray[np.float64]:
    """What another year of such weeks would have come to, against this one: (runs, 1)."""
    drawn = weekly[draw.integers(0, len(weekly), (runs, len(weekly)))].mean(axis=1, keepdims=True)
    return np.asarray(drawn / weekly.mean() if weekly.any() else np.ones((runs, 1)), dtype=np.float64)


def _scenario(past: Flow, luck: _Luck, extra: float, rate: float | None, ready_in: int) -> Scenario:
    there = np.arange(luck.base.shape[1]) >= ready_in
    more = extra * (1 if rate is None else rate) * luck.level * there
    capacity = np.floor(np.maximum(luck.base + more, 0) + luck.rounding)
    played = play(past.list_now, luck.arrivals, capacity, luck.escalated, luck.left, luck.fate)
    return _summary(played, int(past.list_now.sum()), extra, "allocation" if rate is None else "worker")


def _summary(played: Played, start: int, extra: float, unit: str) -> Scenario:
    waiting = played.waiting.sum(axis=2)
    clear = waiting == 0
    first = np.where(clear.any(axis=1), clear.argmax(axis=1) + 1.0, np.inf)
    served = played.served.sum(axis=1)
    waited = np.divide(played.weeks_waited.sum(axis=1), served, out=np.full(served.shape, np.inf), where=served > 0)
    return Scenario(
        extra=extra,
        unit=unit,
        by_week=tuple(_range(week) for week in waiting.T),
        weeks_to_clear=_range(first),
        share_clear=float(np.isfinite(first).mean()),
        growth=_range((waiting[:, -1] - start) / waiting.shape[1]),
        escalated=_range(played.escalated.sum(axis=(1, 2))),
        weeks_waited=tuple(_range(each) for each in waited.T),
    )


def _range(runs: NDArray[np.generic]) -> Range:
    found = np.quantile(runs.astype(np.float64), BOUNDS, method="inverted_cdf")
    return Range(*(float(each) if np.isfinite(each) else None for each in found))


def _weeks(many: float | None) -> str:
    return "1 week" if many == 1 else f"{many:.0f} weeks"


def _assumptions(past: Flow, ready_in: int) -> Iterator[str]:
    near = f"of weeks within {SEASON} of the same time of year" if len(past) >= WEEKS else "of any of those weeks"
    yield f"Families join the list as in the last {len(past)} weeks: each week to come has the arrivals {near}."
    idle = len(past) - int(past.busy.sum())
    least = f"; {idle} of them ended with nobody waiting and show the least that could have been done" if idle else ""
    yield f"As many families can be allocated in a week as in those weeks{least}. What a week does not need is lost."
    if past.per_worker_week is None:
        yield "The records do not tell who works there, so that scenarios are of allocations a week, not of workers."
    else:
        yield (
            f"One more full-time worker takes on {past.per_worker_week:.2f} families a week, as present ones did, from "
            f"week {ready_in + 1} on; that a new worker begins with an empty caseload is not counted."
        )
    yield (
        "Every week on the list has the same chance of leaving it unserved, and of escalating, as in these weeks, "
        "however long a family has waited; the one does not change the other."
    )
    first = "those with priority first, then " if past.arrivals.shape[1] > 1 else ""
    yield f"Families are served in the order of acceptance ({first}who has waited longest); a family can be in its first week."
    yield "Any team can take on any family; lists that are kept apart, by locality say, clear more slowly than one."
    yield "The list is clear when a week ends with nobody on it."
