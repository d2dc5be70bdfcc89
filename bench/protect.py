"""Disclosure control of tables: time, weight against the proved optimum, attacks, and planted differencing.

flat          two-way tables of 30 by 12: weight at most 1.05 times the optimum (`--tables` of them)
hierarchical  wards in localities in a council, by need: at most 1.25 times what is proved within 120 s
large         64 wards, 15 needs, 3 years, about 5,000 cells: pattern and audit at most 30 s
largest       150 wards, needs in groups, 4 ages, about 21,000 cells: at most 10 minutes (only with --largest)
usual         what hiding the next smallest of each row and column leaves open, beside ours: recoverable and provable
planted       200 pairs of releases that are safe alone and leak together: how many the joint audit stops
register      365 attacks in 17 kinds through tables of the register, 240 of them through other measures, definitions,
              means, documents and splits: how many are stopped, and how many of as many harmless ones
door          a question of 50 cells published, the median of 20

Counts are drawn (gamma-Poisson, so many are small) from seeds; times are of the processor. Ends with 1 where a limit is
missed.

usage: python bench/protect.py [--tables 10] [--seconds 120] [--largest]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

import numpy as np

from earlyhelp.measures import CATALOGUE, Figure, Figures, Period
from earlyhelp.release import policy, publish
from earlyhelp.release.protect.attack import audit, seen
from earlyhelp.release.protect.optimum import optimum
from earlyhelp.release.protect.suppress import problem, suppress
from earlyhelp.release.protect.tables import Dimension, Table, crossed, flat, nested

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / each) for each in ("tests", "")]

DFE = policy("dfe")


class Limit(NamedTuple):
    """A figure with the limit it is held to."""

    name: str
    found: float
    most: float

    @property
    def is_kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.found <= self.most


def drawn(rng: np.random.Generator, shape: tuple[int, ...], mean: float) -> np.ndarray:
    """Counts of which many are small."""
    return rng.poisson(rng.gamma(0.6, mean / 0.6, shape))


def places(wards: int, localities: int) -> Dimension:
    """Wards in localities in a council."""
    groups = {"council": tuple(f"L{at}" for at in range(localities))}
    return nested(
        groups | {f"L{at}": tuple(f"W{each}" for each in range(at, wards, localities)) for at in range(localities)}
    )


def codes(letter: str, many: int) -> Dimension:
    """So many codes beside their total."""
    return flat([f"{letter}{at}" for at in range(many)])


def flat_tables(tables: int, seconds: float) -> Iterator[Limit]:
    """The pattern that a release gets, against the proved optimum; and the quick one beside it."""
    ratios, quick, open_ones = [], [], 0
    for seed in range(tables):
        rng = np.random.default_rng(seed)
        given = problem(crossed([codes("r", 30), codes("c", 12)], drawn(rng, (30, 12), 15 + 5 * (seed % 5))), DFE)
        best, first = optimum(given, seconds), suppress(given)
        ratios.append(best.cost / best.bound if best.bound else 1.0)
        quick.append(first.cost / best.bound if best.bound else 1.0)
        open_ones += not best.is_optimal
    print(f"flat: optimum not proved for {open_ones} of {tables}; quick pattern median {statistics.median(quick):.3f}")
    yield Limit("flat: weight over what is proved, worst", max(ratios), 1.05)
    yield Limit("flat: weight of the quick pattern, worst", max(quick), float("inf"))


def hierarchical(seconds: float) -> Iterator[Limit]:
    """Wards, localities, council by need."""
    rng = np.random.default_rng(1)
    given = problem(crossed([places(30, 6), codes("n", 12)], drawn(rng, (30, 12), 15)), DFE)
    best, first = optimum(given, seconds), suppress(given)
    print(f"hierarchical: quick {first.cost:.2f}, best {best.cost:.2f}, proved {best.bound:.2f}")
    yield Limit("hierarchical: weight over what is proved", min(best.cost, first.cost) / best.bound, 1.25)


def timed(name: str, table: Table, most: float) -> Iterator[Limit]:
    """Pattern and audit of one table."""
    started = process_time()
    pattern = suppress(problem(table, DFE))
    found = audit(seen(table, pattern.hidden, DFE))
    spent = process_time() - started
    further = int(pattern.hidden.sum() - pattern.primary.sum())
    print(
        f"{name}: {len(table.values)} cells, {int(pattern.primary.sum())} small, {further} further; {found.sentences}"
    )
    yield Limit(f"{name}: seconds", spent, most)
    yield Limit(f"{name}: recoverable or provable", len(found.recoverable) + len(found.provable), 0)
    naive = audit(seen(table, next_smallest(table, pattern.primary), DFE))
    print(f"{name}: the usual way leaves {len(naive.recoverable)} recoverable and {len(naive.provable)} provable")


def next_smallest(table: Table, primary: np.ndarray) -> np.ndarray:
    """The usual way: in each relation with one hidden cell the next smallest is hidden too, until there is none."""
    hidden = primary.copy()
    relations = table.relations
    rows = np.split(relations.indices, relations.indptr[1:-1])
    changed = True
    while changed:
        changed = False
        for row in rows:
            if hidden[row].sum() == 1:
                shown = row[~hidden[row] & (table.values[row] > 0)]
                if len(shown):
                    hidden[shown[np.argmin(table.values[shown])]] = changed = True
    return hidden


def planted() -> Iterator[Limit]:
    """Two hundred planted attacks, and as many pairs that do not leak."""
    from planted_differencing import pairs

    missed = sum(not each.is_caught() for each in pairs(200))
    alarms = sum(each.is_caught() for each in pairs(200, leaking=False))
    print(f"planted: {200 - missed} of 200 attacks stopped; {alarms} of 200 pairs that tell of many stopped too")
    yield Limit("planted: attacks missed", missed, 0)


def through_register() -> Iterator[Limit]:
    """Attacks through tables as they leave: each safe by itself, stopped beside what left; and as many that tell of many."""
    from tests import planted_measures, planted_tables

    missed = alarms = attacks = 0
    started = process_time()
    for of, each in ((planted_tables, 25), (planted_measures, 20)):
        for kind in of.KINDS:
            leaking, harmless = of.planted(kind, each), of.planted(kind, each, leaking=False)
            missed_here = sum(not _is_stopped(pair) for pair in leaking)
            alarms_here = sum(not pair.together.passed for pair in harmless)
            print(f"register, {kind}: {each - missed_here} of {each} stopped; {alarms_here} harmless ones stopped too")
            missed, alarms, attacks = missed + missed_here, alarms + alarms_here, attacks + each
    print(f"register: {attacks - missed} of {attacks} attacks stopped in {process_time() - started:.0f} s")
    yield Limit("register: attacks missed", missed, 0)
    yield Limit("register: harmless pairs stopped", alarms, 0)


def _is_stopped(pair: Any) -> bool:
    """Whether both are safe by themselves and the second is stopped beside the first, for a small count that it tells."""
    return all(found.passed for found in pair.each_alone) and bool(pair.together.small)


def door() -> Iterator[Limit]:
    """A question of ten places by five names in one year."""
    year, spent = Period(date(2024, 4, 1), date(2025, 3, 31)), []
    groups = list(product([f"P{at}" for at in range(10)], "abcde"))
    for seed in range(21):
        counts = drawn(np.random.default_rng(seed), (50,), 20)
        figures = [
            Figure(year, {"locality": place, "requestor_organisation": name}, int(count), None)
            for (place, name), count in zip(groups, counts, strict=True)
        ]
        started = process_time()
        publish(Figures(CATALOGUE["A1"], ("locality", "requestor_organisation"), figures), DFE)
        spent.append(1000 * (process_time() - started))
    yield Limit("door: milliseconds of a question of 50 cells, median", statistics.median(spent[1:]), 20)


def main(arguments: Sequence[str]) -> int:
    """All of it, smallest first; 1 where a limit is missed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tables", type=int, default=10, help="how many flat tables")
    asked.add_argument("--seconds", type=float, default=120, help="for one optimum")
    asked.add_argument("--largest", action="store_true", help="also the table of 21,000 cells")
    options = asked.parse_args(arguments)
    rng = np.random.default_rng(1)
    limits = [
        *door(),
        *planted(),
        *through_register(),
        *flat_tables(options.tables, options.seconds),
        *hierarchical(options.seconds),
    ]
    limits += timed("large", crossed([places(64, 8), codes("n", 15), codes("y", 3)], drawn(rng, (64, 15, 3), 25)), 30)
    if options.largest:
        needs = nested({"all": tuple("GHIJK")} | {each: tuple(f"{each}{at}" for at in range(4)) for each in "GHIJK"})
        whole = crossed([places(150, 10), needs, codes("a", 4)], drawn(rng, (150, 20, 4), 25))
        limits += timed("largest", whole, 600)
    for each in limits:
        print(f"{each.name}: {each.found:.3f} (at most {each.most:g}){'' if each.is_kept else ' MISSED'}")
    return 0 if all(each.is_kept for each in limits) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
