"""Made-up children and providers, the same in every run, as files that Python and R read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Table = dict[str, NDArray[np.float64]]

COVARIATES = 11
STRENGTHS = np.array([0.3, -0.2, 0.15, 0.25, 0.1, 0.5, 0.3, -0.4, 0.2, 0.6, -0.1])
RISKS = np.array([0.25, 0.1, -0.1, 0.2, 0.05, 0.4, 0.3, -0.2, 0.1, 0.3, 0.2])
PROVIDERS, CASES = 60, 13_378


def children(treated: int, compared: int) -> Table:
    """So many helped and not helped: five scores and six flags that move both who is helped and the outcome, of a fifth.

    One, two or three children to a family; help lowers the chance of the outcome by a seventh.
    """
    chance = np.random.default_rng(20260331)
    number = treated + compared
    x = chance.normal(size=(number, COVARIATES))
    x[:, 5:] = x[:, 5:] > np.array([0.5, 0.8, 1.0, 1.2, 1.5, 0.2])
    # Gumbel noise on the log odds: the highest are a sample with just these chances, of just this size.
    order = np.argsort(-(x @ STRENGTHS + chance.gumbel(size=number)))
    helped = np.zeros(number)
    helped[order[:treated]] = 1
    risk = 1 / (1 + np.exp(1.7 - x @ RISKS))
    outcome = chance.random(number) < risk * np.where(helped > 0, 6 / 7, 1)
    family = np.cumsum(chance.random(number) < 0.6)
    return {"x": x, "treated": helped, "outcome": outcome.astype(float), "family": family.astype(float)}


def providers() -> Table:
    """Cases of 60 providers of very different size, five covariates, and providers that differ by 0.3 in log odds."""
    chance = np.random.default_rng(20260401)
    sizes = chance.gamma(1.5, size=PROVIDERS)
    provider = np.sort(chance.choice(PROVIDERS, size=CASES, p=sizes / sizes.sum()))
    x = chance.normal(size=(CASES, 5))
    x[:, 3:] = x[:, 3:] > 0.7
    log_odds = -1.5 + x @ RISKS[:5] + chance.normal(0, 0.3, PROVIDERS)[provider]
    outcome = chance.random(CASES) < 1 / (1 + np.exp(-log_odds))
    return {"x": x, "provider": provider.astype(float), "outcome": outcome.astype(float)}


def written(table: Table, path: Path) -> Path:
    """The table as `path`.npz for Python, and as `path`.csv with one column for each of x1, x2, ... for R."""
    np.savez(path.with_suffix(".npz"), **table)  # type: ignore[arg-type]
    wide = table["x"].shape[1]
    columns = {f"x{place + 1}": table["x"][:, place] for place in range(wide)}
    columns.update({name: values for name, values in table.items() if name != "x"})
    np.savetxt(
        path.with_suffix(".csv"),
        np.column_stack(list(columns.values())),
        delimiter=",",
        header=",".join(columns),
        comments="",
        fmt="%.9g",
    )
    return path
