"""Are the synthetic councils plausible? Each is drawn at its real size and its rates are held against published ones.

Writes docs/reference/generated/plausibility.md from the statistics in ../shared, which are not part of the repository;
without them it says so and leaves the page as it is. Ends with 1 where a rate lies outside the published range.

usage: python bench/plausibility.py [--seed 1] [--shared ../shared]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from earlyhelp.store.files import write_text
from earlyhelp.synthetic.council import make_council
from earlyhelp.synthetic.plausibility import RATES, YEARS, Comparison, Rate, compare
from earlyhelp.synthetic.profiles import PROFILES, Profile

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "generated" / "plausibility.md"


def page(found: Mapping[str, Sequence[Comparison]], seed: int) -> str:
    """The whole page: a table a rate, a line a council."""
    tables = [_table(place, rate, found) for place, rate in enumerate(RATES)]
    return "\n".join([_top(found, seed), *tables, _not_compared()])


def _top(found: Mapping[str, Sequence[Comparison]], seed: int) -> str:
    every = [each for comparisons in found.values() for each in comparisons]
    inside = sum(each.is_within for each in every)
    return f"""# Plausibility of the synthetic councils

Written by `python bench/plausibility.py --seed {seed}`, not by `make docs`: it takes minutes and reads published
statistics that are not part of this repository.

Each invented council is drawn at the size of the council that it resembles, once, with seed {seed}. Its rates are the means
of the years to 31 March {YEARS[0]} to {YEARS[-1]}, with the lowest and the highest year in brackets. Published is the smallest
and the largest figure of the council resembled, over the years named. The range is widened by 1.96 standard errors of the
drawn mean: brothers and sisters count as one draw, and what is open on a day as one draw in all years. Years of what
happens in a year are draws of their own.

**{inside} of {len(every)} rates lie within the widened range.**
"""


def _table(place: int, rate: Rate, found: Mapping[str, Sequence[Comparison]]) -> str:
    lines = [f"## {rate.title}", "", f"Source: {rate.source}.", ""]
    lines += ["| drawn like | drawn | published | years | widened | within |", "|---|---:|---:|---|---:|---|"]
    return "\n".join([*lines, *(_line(name, each[place]) for name, each in found.items()), ""])


def _line(name: str, each: Comparison) -> str:
    drawn, least, most, low, high, lower, upper = (
        _amount(value, each.rate)
        for value in (
            each.drawn, each.lowest_drawn, each.highest_drawn, each.low, each.high, each.lower, each.upper,
        )
    )  # fmt: skip
    within = "yes" if each.is_within else "**no**"
    return (
        f"| {name} | {drawn} ({least} to {most}) | {low} to {high} | {each.first} to {each.last} | {lower} to {upper} "
        f"| {within} |"
    )


def _amount(value: float, rate: Rate) -> str:
    if rate.is_share:
        return f"{100 * value:.1f} %"
    return f"{value:.2f}" if value < 2 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _not_compared() -> str:
    return """## What is not compared

- **Children in low income.** The lives have needs, not incomes: need SF10 (financial stability) is rarer than low income.
  Its spread between wards is compared, its level is not.
- **A factor of domestic abuse** is published as three counts that overlap. A year stands for the range from the commonest
  of them to their sum. Years with fewer than half of a council's usual number of assessments are left out.
- **Referrals by small area or ward** are not published, so their spread cannot be compared.
- **Early help itself.** No rates of early help are published by council. Requests, starts, lengths, waits and step-ups
  after early help are chosen, near what single councils report.
"""


def main(arguments: Sequence[str]) -> int:
    """Draw every council, write the page; 1 where a rate is outside."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--shared", type=Path, default=ROOT / ".." / "shared", help="where the statistics are")
    asked.add_argument("--page", type=Path, default=PAGE, help="where the page is written")
    options = asked.parse_args(arguments)
    if not (options.shared / "reference").is_dir():
        print("The published statistics are not there; the page stays as it is.")
        return 0
    found = {each.resembles: _compared(each, options) for each in PROFILES.values()}
    write_text(options.page, page(found, options.seed))
    outside = [f"{name}: {each.rate.name}" for name, every in found.items() for each in every if not each.is_within]
    print(f"{len(found)} councils; outside the published range: {', '.join(outside) or 'nothing'}")
    return 1 if outside else 0


def _compared(profile: Profile, options: argparse.Namespace) -> list[Comparison]:
    council = make_council(profile, profile.children, options.seed, 0)
    return compare(council, options.shared / "reference")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
