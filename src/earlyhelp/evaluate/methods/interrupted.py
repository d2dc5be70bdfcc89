"""Interrupted time series: whether a count changed when something else did, beyond its trend and its seasons.

Months resemble their neighbours, so an error that takes them as separate news is too small. Of the remedies tried on
60 months, Newey-West errors held the truth in 83 to 89 of 100 intervals and the one used here in 92 to 96.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, NotEstimable, effect
from earlyhelp.evaluate.methods.quasi_likelihood import autocorrelation, moments, quasi_likelihood
from earlyhelp.statistics.estimates import Estimate

LEAST_BEFORE = 24
LEAST_AFTER = 12
"""Fewer points than these before or after, and a trend or a season is taken for an effect: the series is only described."""

_HARMONICS = 2


class Series(NamedTuple):
    """A series as it is fitted: its time, counts, totals where controlled, offset (n,) and columns (n, k).

    The last `changes` of the columns are the change.
    """

    time: Ints
    events: Floats
    total: Floats | None
    offset: Floats
    columns: Floats
    changes: int


class InterruptedTimeSeries(NamedTuple):
    """The change at the break as logs of rate ratios, what the errors rest on, and the model for further questions.

    `level` is the change at the break, `slope` the change of the trend by period (None unless asked for), `rate_ratio`
    exp(level) with its interval. Where neighbours are given both are relative to theirs. `dispersion` is phi, `rho` the
    likeness of a period to the one before, `degrees` those of Student's t. `design_grade` is on the Maryland scale: 2 for a
    single series, 3 where neighbours show what would have happened.
    """

    level: Effect
    slope: Effect | None
    rate_ratio: Estimate[float]
    dispersion: float
    rho: float
    degrees: int
    design_grade: int
    series: Series
    coefficients: Floats
    covariance: Floats
    events_before: float


class PlaceboBreak(NamedTuple):
    """The change found at a date when nothing happened: the position of the date, the effect and its p value."""

    at: int
    level: Effect
    p_value: float


def interrupted_time_series(
    events: ArrayLike,
    population: ArrayLike,
    break_at: int,
    *,
    neighbours: tuple[ArrayLike, ArrayLike] | None = None,
    slope_change: bool = False,
    excluded: ArrayLike | None = None,
    covariates: ArrayLike | None = None,
    season: int = 12,
) -> InterruptedTimeSeries:
    """The change of a rate at a declared break, as the log of a rate ratio, beside its trend and its seasons.

    Model: log E[events] = log population + a + b t + two harmonics (sine and cosine of 2 pi k t / season, k = 1, 2) +
    level x (t >= break) + slope x (t - break + 1/2)(t >= break), quasi-Poisson. Controlled by neighbours, the events are
    the own share of own and neighbours' events (quasi-binomial), which takes out whatever happened to all of them in a
    period; every coefficient is then relative to the neighbours. Errors are the model's, multiplied by
    sqrt(phi (1 + rho)/(1 - rho)), phi = max(1, sum of squared Pearson residuals / (n - k)) and rho the residuals'
    correlation with the period before, corrected for what the fitted columns take out of it (`autocorrelation`), from
    0 to 0.9. Intervals use Student's t on n - k degrees of freedom.

    events: (periods,) counts, NaN where not known (left out); population: (periods,) people at risk, above 0;
    break_at: the position, from 0, of the first period after the change, declared before the figures are looked at;
    neighbours: their events and population, each (periods,) or (neighbours, periods), which are added up;
    excluded: (periods,) bool, periods to leave out (phase-in, lockdowns); season: periods in a year;
    covariates: (periods, k) known causes of other changes, none missing, such as 1 in the months of a lockdown.
    Raises NotEstimable with fewer than 24 points before or 12 after (describe the series instead), with half of the
    counts missing, or without events on one side.

    Source: Bernal, Cummins and Gasparrini (2017), International Journal of Epidemiology 46:348-355 (model); the same
    (2018) 47:2082-2093 (controls); McCullagh and Nelder (1989), Generalized Linear Models, sections 4.5 and 6.2
    (dispersion). Known answers: tests/known_answers/test_designs_over_time_published.py.
    """
    columns = _columns(np.arange(len(np.asarray(events))), break_at, slope_change, covariates, season)
    series = _series(events, population, neighbours, excluded, columns, 1 + slope_change)
    before = series.time < break_at
    _refuse_short(int(before.sum()), int((~before).sum()))
    _refuse_empty(series, before)
    fitted = quasi_likelihood(series.events, series.columns, series.offset, series.total)
    degrees = len(series.time) - series.columns.shape[1]
    dispersion = max(1.0, float(fitted.residuals @ fitted.residuals) / degrees)
    rho = autocorrelation(fitted.residuals, fitted.hat, series.time)
    covariance = fitted.unscaled * dispersion * (1 + rho) / (1 - rho)
    method = "interrupted_time_series" if neighbours is None else "controlled_interrupted_time_series"
    found = [
        effect(method, fitted.coefficients[place], float(np.sqrt(covariance[place, place])), _critical(degrees))
        for place in range(-series.changes, 0)
    ]
    ratio = np.exp([found[0].estimate, found[0].lower, found[0].upper])
    return InterruptedTimeSeries(
        level=found[0],
        slope=found[1] if slope_change else None,
        rate_ratio=Estimate(float(ratio[0]), float(ratio[1]), float(ratio[2])),
        dispersion=dispersion,
        rho=rho,
        degrees=degrees,
        design_grade=2 if neighbours is None else 3,
        series=series,
        coefficients=fitted.coefficients,
        covariance=covariance,
        events_before=float(np.mean(series.events[before])),
    )


def excess_events(found: InterruptedTimeSeries, seed: int, draws: int = 10_000) -> Effect:
    """The events after the break beyond those expected without the change (fewer are negative), with an interval.

    Point: the sum over the periods fitted after the break of m - m exp(-d), with m the expected count and d the change
    on the log scale; without the change the count would have been m exp(-d). Interval: 2.5th and 97.5th percentiles
    over `draws` draws of all coefficients from the multivariate t of the fit. The standard error is the draws'.
    Excluded and missing periods are not counted. seed: the same seed gives the same interval.

    Source: Gasparrini and Leone (2014), BMC Medical Research Methodology 14:55 (attributable number, simulated).
    """
    random = np.random.default_rng(seed)
    root = np.linalg.cholesky(found.covariance)
    steps = random.standard_normal((draws, len(root))) @ root.T
    scale = np.sqrt(found.degrees / random.chisquare(found.degrees, draws))
    drawn = _excess(found.series, found.coefficients + steps * scale[:, None])
    point = float(_excess(found.series, found.coefficients[None, :])[0])
    lower, upper = np.percentile(drawn, [2.5, 97.5])
    return Effect("excess_events", point, float(np.std(drawn, ddof=1)), float(lower), float(upper))


def placebo_breaks(
    events: ArrayLike,
    population: ArrayLike,
    break_at: int,
    *,
    neighbours: tuple[ArrayLike, ArrayLike] | None = None,
    excluded: ArrayLike | None = None,
    covariates: ArrayLike | None = None,
    season: int = 12,
    every: int = 1,
) -> tuple[PlaceboBreak, ...]:
    """The level change at each date before the break at which one could be looked for, from the periods before it alone.

    Where much more than 1 in 20 has a p value under 0.05, the method finds changes in this series when there are none.
    Empty when the periods before the break are too few to be split. every: look at each such date, or at every n-th.
    Other arguments as for `interrupted_time_series`.
    """
    earlier = slice(0, break_at)
    pair = None if neighbours is None else (_part(neighbours[0], earlier), _part(neighbours[1], earlier))
    left_out = None if excluded is None else np.asarray(excluded, dtype=bool)[earlier]
    beside = None if covariates is None else _varying(np.asarray(covariates, dtype=np.float64)[earlier])
    placebos = []
    for at in range(LEAST_BEFORE, break_at - LEAST_AFTER + 1, every):
        try:
            found = interrupted_time_series(
                _part(events, earlier),
                _part(population, earlier),
                at,
                neighbours=pair,
                excluded=left_out,
                covariates=beside,
                season=season,
            )
        except NotEstimable:
            continue
        placebos.append(PlaceboBreak(at, found.level, _p_value(found)))
    return tuple(placebos)


def power(found: InterruptedTimeSeries, rate_ratio: float = 1.15) -> float:
    """The share of such series in which a true change of this size would be told from chance, between 0.05 and 1.

    P(|T + log(rate ratio)/SE| > t), T being Student's t on the fit's degrees of freedom, t its 97.5th percentile.
    """
    from scipy.special import stdtr

    reach = abs(float(np.log(rate_ratio))) / found.level.standard_error
    critical = _critical(found.degrees)
    return float(stdtr(found.degrees, reach - critical) + stdtr(found.degrees, -reach - critical))


def power_sentence(found: InterruptedTimeSeries, rate_ratio: float = 1.15) -> str:
    """How easily this series would have shown a true change of this size, in words, with the events it rests on."""
    change = f"a {'rise' if rate_ratio > 1 else 'fall'} of {abs(rate_ratio - 1):.0%}"
    start = f"Before the change there were about {found.events_before:.3g} events a period."
    share = power(found, rate_ratio)
    if share >= 0.8:
        return f"{start} A true {change[2:]} would be noticed in {share:.0%} of such series."
    return (
        f"{start} A true {change[2:]} would be noticed in only {share:.0%} of such series, "
        "so finding no change does not show that there was none."
    )


def _series(
    events: ArrayLike,
    population: ArrayLike,
    neighbours: tuple[ArrayLike, ArrayLike] | None,
    excluded: ArrayLike | None,
    columns: Floats,
    changes: int,
) -> Series:
    count, people = np.asarray(events, dtype=np.float64), np.asarray(population, dtype=np.float64)
    time = np.arange(len(count))
    left_out = np.zeros(len(count), dtype=bool) if excluded is None else np.asarray(excluded, dtype=bool)
    total, offset = None, np.log(_at_risk(people))
    if neighbours is not None:
        others, their_people = (np.atleast_2d(np.asarray(part, dtype=np.float64)).sum(axis=0) for part in neighbours)
        total, offset = count + others, offset - np.log(_at_risk(their_people))
    known = np.isfinite(count if total is None else total)
    if np.any(count[known] < 0) or (total is not None and np.any(total[known] < count[known])):
        raise ValueError("events are counts: from 0 up")
    if len(count) and np.mean(known) <= 0.5:
        raise NotEstimable("The count is missing for half of the periods.", "More than half of them must be known.")
    kept = known & ~left_out & (np.ones(len(count), dtype=bool) if total is None else np.nan_to_num(total) > 0)
    of_kept = None if total is None else total[kept]
    return Series(time[kept], count[kept], of_kept, offset[kept], columns[kept], changes)


def _columns(time: Ints, break_at: int, slope_change: bool, covariates: ArrayLike | None, season: int) -> Floats:
    """Constant, trend, harmonics, covariates, then the change. The trend counts hundreds of periods from the break."""
    since = (time - break_at + 0.5).astype(np.float64)
    after = (time >= break_at).astype(np.float64)
    waves = [
        wave(2 * np.pi * k * time / season)
        for k in range(1, _HARMONICS + 1)
        for wave in (np.sin, np.cos)
        if 2 * k < season  # a faster wave cannot be seen with so few periods a year
    ]
    change = [after, after * since] if slope_change else [after]
    beside = [] if covariates is None else [np.asarray(covariates, dtype=np.float64)]
    return np.column_stack([np.ones(len(time)), since / 100, *waves, *beside, *change])


def _excess(series: Series, coefficients: Floats) -> Floats:
    """One sum of excess events for each row of coefficients (draws, k)."""
    linear = coefficients @ series.columns.T + series.offset
    change = coefficients[:, -series.changes :] @ series.columns[:, -series.changes :].T
    expected = moments(linear, series.total)[0]
    return np.asarray((expected * -np.expm1(-change)).sum(axis=1), dtype=np.float64)


def _refuse_short(before: int, after: int) -> None:
    if before < LEAST_BEFORE or after < LEAST_AFTER:
        raise NotEstimable(
            f"There are {before} periods before the change and {after} after it.",
            f"At least {LEAST_BEFORE} before and {LEAST_AFTER} after are needed; until then the series can only be described.",
        )


def _refuse_empty(series: Series, before: Flags) -> None:
    others = None if series.total is None else series.total - series.events
    for side, name in ((before, "before"), (~before, "after")):
        if series.events[side].sum() < 2 or (others is not None and others[side].sum() < 2):
            raise NotEstimable(
                f"There are fewer than two events {name} the change.",
                "A ratio needs events on both sides of the change, here and among the neighbours.",
            )


def _at_risk(population: Floats) -> Floats:
    if not np.all(np.isfinite(population) & (population > 0)):
        raise ValueError("the population must be known and above 0 in every period")
    return population


def _part(values: ArrayLike, kept: slice) -> Floats:
    """The periods kept, the last axis being time."""
    return np.asarray(np.asarray(values, dtype=np.float64)[..., kept])


def _varying(columns: Floats) -> Floats:
    """The columns (n, k) that are not the same throughout: a cause that comes later cannot be fitted beforehand."""
    return columns[:, np.ptp(columns, axis=0) > 0]


def _p_value(found: InterruptedTimeSeries) -> float:
    from scipy.special import stdtr

    return float(2 * stdtr(found.degrees, -abs(found.level.estimate) / found.level.standard_error))


def _critical(degrees: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.975))
