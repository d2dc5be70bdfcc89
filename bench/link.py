"""Who is who: linkage held against known truth, against peers in the same run, and against its limits.

febrl     FEBRL 4, against plain Splink and recordlinkage: F1 at least 0.997, in at most half of plain Splink's time
samples   the same people in two systems that share no id (../shared/samples/linkage): F1 at least 0.998
people    1,000,000 records of families (../shared/bench/make_people.py), against plain Splink (plain_splink.py beside it): at
          most 1.2 times its time, F1 at least 0.95, precision at least 0.98
growth    10,000 to 2,000,000 records: time no steeper than n^1.15; --write writes docs/reference/generated/linkage.md
bad       input that makes no sense: finishes, warns, no giant cluster
councils  synthetic councils through the whole pipeline: F1 at least 0.97, precision at least 0.995, twins and siblings taken
          for one below 0.1 %
again     a second run with 5 % new records: at most 25 % of a full run's time, nothing else changes

Each run is a process of its own, timed from outside. Peers run in the environment that `make .venv-bench/ready` makes. Ends
with 1 where a limit is missed.

usage: python bench/link.py [--only febrl --only samples ...] [--write] [--size 1.0] [--runs 3] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from linkage import again, bad_input, councils, febrl, made, samples
from linkage.quality import Limit, told

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "generated" / "linkage.md"

Part = Callable[[Path, argparse.Namespace], list[Limit] | None]
"""Measures in a folder and prints what it finds; None where it was left out, having said why."""


def _people(folder: Path, options: argparse.Namespace) -> list[Limit] | None:
    return made.measure(folder, options.shared, int(1_000_000 * options.size))


def _growth(folder: Path, options: argparse.Namespace) -> list[Limit] | None:
    sizes = [int(size * options.size) for size in made.SIZES]
    return made.growth(folder, options.shared, sizes, PAGE if options.write else None)


PARTS: Mapping[str, Part] = {
    "febrl": lambda folder, options: febrl.measure(folder, options.runs),
    "samples": lambda folder, options: samples.measure(folder, options.shared),
    "people": _people,
    "growth": _growth,
    "bad": lambda folder, options: bad_input.measure(folder, options.shared, options.size, options.limit),
    "councils": lambda folder, options: councils.measure(folder, int(councils.CHILDREN * options.size)),
    "again": lambda folder, options: again.measure(folder, options.shared, int(1_000_000 * options.size)),
}


def main(arguments: Sequence[str]) -> int:
    """Every part asked for, in turn; 1 where a limit is missed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", action="append", choices=PARTS, help="measure this part; may be given again")
    asked.add_argument("--write", action="store_true", help="write the page with the table of growth")
    asked.add_argument("--size", type=float, default=1.0, help="share of the usual number of records")
    asked.add_argument("--runs", type=int, default=3, help="runs of each tool where they take seconds")
    asked.add_argument("--limit", type=float, default=600, help="seconds after which bad input has not finished")
    asked.add_argument("--keep", type=Path, help="keep the files made in this folder, and use those that are there")
    asked.add_argument("--shared", type=Path, default=ROOT / ".." / "shared", help="where samples and makers are")
    options = asked.parse_args(arguments)
    sys.stdout.reconfigure(line_buffering=True)  # parts take minutes: each shows when it is done
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        return _all(options.keep.resolve(), options)
    with tempfile.TemporaryDirectory() as folder:
        return _all(Path(folder), options)


def _all(folder: Path, options: argparse.Namespace) -> int:
    missed = []
    for name in options.only or PARTS:
        print(f"{name}:", flush=True)
        limits = PARTS[name](folder, options)
        if limits and not told(limits):
            missed.append(name)
    if missed:
        print(f"missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
