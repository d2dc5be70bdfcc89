"""What several sources have in common about areas, told apart from what only one of them says."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Floats, NotEstimable
from earlyhelp.statistics.intervals import figures

CHAINS, BURN_IN, KEPT = 100, 200, 60
SCALE = 0.5
"""Scale of the half-Cauchy priors of the standard deviations, of the logarithm of a rate."""
FEWEST_SOURCES = 3


class Shared(NamedTuple):
    """Draws of what is common to all sources and of what is a source's own, both as logarithms around the whole.

    `common`: (draws, areas). `own`: (draws, sources, areas). `own_spread`: (draws, sources) standard deviation of own.
    """

    common: Floats
    own: Floats
    own_spread: Floats


def shared_component(counts: Floats, population: Floats, *, seed: int) -> Shared:
    """Draws of the log rate common to all sources, by area, and of each source's own departure from it.

    With y the log of (n + 1/2) / (e r), r the source's rate over all areas and v = 1/(n + 1/2) its variance by chance:
    y = m_source + common_area + own_source,area + chance, with common ~ N(0, t^2), own ~ N(0, s_source^2) and half-Cauchy
    priors of t and s. A source that says nothing of what the others say has a large s and hardly moves `common`.
    Drawn by Gibbs sampling from many chains side by side.

    counts: (sources, areas) from 0 up, such as families that each source tells of; population: (areas,) above 0.
    seed: the same seed gives the same draws. Sources count as independent given the area: where one is told by another,
    what both have of their own is taken for common.
    Raises NotEstimable for fewer than three sources with any count (two cannot tell which of them is wrong) or three areas.
    Source: Knorr-Held and Best (2001), Journal of the Royal Statistical Society A 164:73-85; several sources as in
    Held, Natario, Fenton, Rue and Becker (2005), Statistical Methods in Medical Research 14:61-82; half-Cauchy by
    Makalic and Schmidt (2016), IEEE Signal Processing Letters 23:179-182.
    """
    counts, population = figures("count", counts), figures("population", population)
    told = counts.sum(axis=1) > 0
    if told.sum() < FEWEST_SOURCES or counts.shape[1] < 3:
        raise NotEstimable(
            f"{int(told.sum())} sources tell of {counts.shape[1]} areas.",
            "At least three sources and three areas are needed to tell what they have in common.",
        )
    whole = counts.sum(axis=1, keepdims=True) / population.sum()
    expected = np.where(whole > 0, whole, 1.0) * population
    variance = np.where(told[:, None], 1 / (counts + 0.5), np.inf)
    seen = np.where(told[:, None], np.log((counts + 0.5) / expected), 0.0)
    return _sampled(seen, variance, np.random.default_rng(seed))


def _sampled(seen: Floats, variance: Floats, luck: np.random.Generator) -> Shared:
    sources, areas = seen.shape
    common, middle = np.zeros((CHAINS, areas)), np.zeros((CHAINS, sources, 1))
    spread2, own2 = np.full((CHAINS, 1), 0.1), np.full((CHAINS, sources), 0.1)
    kept = []
    for step in range(BURN_IN + KEPT):
        common = _common(seen - middle, variance + own2[:, :, None], spread2, luck)
        left = seen - middle - common[:, None, :]
        own = _own(left, variance, own2[:, :, None], luck)
        middle = _middle(seen - common[:, None, :] - own, variance, luck)
        own2 = _variance(own, own2, luck)
        spread2 = _variance(common[:, None, :], spread2, luck)
        if step >= BURN_IN:
            kept.append((common, own, np.sqrt(own2)))
    joined = [np.concatenate(each) for each in zip(*kept, strict=True)]
    return Shared(joined[0], joined[1], joined[2])


def _common(left: Floats, variance: Floats, spread2: Floats, luck: np.random.Generator) -> Floats:
    """What is common, with what is a source's own summed over: (chains, areas)."""
    precision = 1 / spread2 + (1 / variance).sum(axis=1)
    drawn: Floats = (left / variance).sum(axis=1) / precision + luck.normal(size=precision.shape) / np.sqrt(precision)
    return drawn


def _own(left: Floats, variance: Floats, own2: Floats, luck: np.random.Generator) -> Floats:
    """Each source's own: (chains, sources, areas)."""
    precision = 1 / own2 + 1 / variance
    drawn: Floats = left / variance / precision + luck.normal(size=left.shape) / np.sqrt(precision)
    return drawn


def _middle(left: Floats, variance: Floats, luck: np.random.Generator) -> Floats:
    """The level of each source, of which nothing is known beforehand: (chains, sources, 1); 0 where it tells nothing."""
    precision = (1 / variance).sum(axis=1)
    told = precision > 0
    safe = np.where(told, precision, 1.0)
    mean = (left / variance).sum(axis=2) / safe
    drawn: Floats = np.where(told, mean + luck.normal(size=mean.shape) / np.sqrt(safe), 0.0)[:, :, None]
    return drawn


def _variance(values: Floats, before: Floats, luck: np.random.Generator) -> Floats:
    """The variance of the values, (chains, k, areas) to (chains, k), under a half-Cauchy prior of its root."""
    scale = (1 / SCALE**2 + 1 / before) / luck.standard_gamma(1.0, size=before.shape)
    drawn: Floats = (1 / scale + (values**2).sum(axis=2) / 2) / luck.standard_gamma(
        (values.shape[2] + 1) / 2, size=before.shape
    )
    return np.maximum(drawn, 1e-8)
