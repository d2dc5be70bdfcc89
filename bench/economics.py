"""A scenario's draws, timed: 20,000 draws of 12 services, 5 outcomes and 5 years, with the 5th, 50th and 95th per cent of all.

The fastest of the runs stands, since what others do meanwhile only ever adds. Ends with 1 where it takes more than 1 s.

usage: python bench/economics.py [--runs 5]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from statistics import median
from time import perf_counter

import numpy as np
from linkage.quality import Limit, told

from earlyhelp.economics.simulation import DRAWS, Inputs, ranges, simulate, units_by_year

SERVICES, OUTCOMES, YEARS, MOST_SECONDS = 12, 5, 5, 1.0


def inputs() -> Inputs:
    """A made-up council: small services, outcomes of 1 to 25 in a hundred, costs of 100 to 5,000 pounds a month."""
    rng = np.random.default_rng(1)
    shape = (SERVICES, OUTCOMES)
    seen = np.full(shape, 400.0)
    same, following = units_by_year(np.array([4.0, 3.0, 2.0, 1.0, 0.5]), 3)
    return Inputs(
        families=rng.uniform(5, 50, SERVICES),
        events=np.round(seen * rng.uniform(0.01, 0.25, shape)),
        seen=seen,
        log_ratio=rng.normal(-0.2, 0.2, shape),
        spread=np.full(shape, 0.3),
        cost=rng.uniform(100, 5_000, OUTCOMES),
        variation=np.full(OUTCOMES, 0.3),
        same_year=np.tile(same, (OUTCOMES, 1)),
        next_year=np.tile(following, (OUTCOMES, 1)),
    )


def main(arguments: Sequence[str]) -> int:
    """Time it; 1 where the limit is missed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=5, help="runs, of which the fastest stands")
    options = asked.parse_args(arguments)
    made, seconds = inputs(), []
    for _ in range(options.runs):
        begun = perf_counter()
        found = ranges(simulate(made, DRAWS).amounts)
        seconds.append(perf_counter() - begun)
    assert found.shape == (3, SERVICES, OUTCOMES, YEARS)
    print(f"{DRAWS:,} draws: fastest of {len(seconds)} {min(seconds):.3f} s, median {median(seconds):.3f} s")
    return 0 if told([Limit("seconds", min(seconds), most=MOST_SECONDS, places=3)]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
