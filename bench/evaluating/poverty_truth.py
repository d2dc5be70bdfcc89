"""Does the poverty study find what is true? It is asked of invented councils and held against what happened in them.

Each council is written in the standard's own layout, run and asked. The true effect of a kind of shock on what is
recorded is had by drawing the council once more, with the same luck, in which that kind of shock raises no need: the
difference between the two, among the families struck and over the twelve months after. In these councils homelessness
and council tax arrears are told of families already in need, so that they should not be called steady and the other
kinds should. Invented shocks on days drawn by lot must show nothing.

usage: python bench/evaluating/poverty_truth.py [--councils 2] [--children 10000] [--seed 1] [--placebos 20]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from truth import LIKE, workspace_of

from earlyhelp.answering import opened
from earlyhelp.evaluate.poverty import MAIN, poverty
from earlyhelp.evaluate.poverty.families import Families, families, span
from earlyhelp.evaluate.poverty.follow_up import OUTCOMES, Events, outcomes
from earlyhelp.evaluate.poverty.shocks import QUIET, Shocks, shocks
from earlyhelp.evaluate.poverty.study import event_study
from earlyhelp.pipeline import run
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.council import Council, make_council
from earlyhelp.synthetic.hazards import SHOCKS, Shock
from earlyhelp.synthetic.lives import shocks as lives
from earlyhelp.synthetic.profiles import find_profile
from earlyhelp.synthetic.synthesise import write_standard
from earlyhelp.synthetic.timeline import LAST_DAY

KIND = {name: each.event_type for name, each in SHOCKS.items()}
"""The kind of event by which each true shock is known."""
NO_TRUE_EFFECT = ("absence",)
"""Events that no shock changes in the invented councils."""


class Held(NamedTuple):
    """One estimate beside the truth, in shares of families."""

    council: int
    shock: str
    outcome: str
    n: int
    estimate: float
    error: float
    true: float


def true_records(council: Council) -> dict[str, pa.Table]:
    """What is needed of a council's records, complete and without fault."""
    return {
        name: council.records[name] for name in ("contact", "eh_episode", "eh_need", "partner_event", "family_member")
    }


def flags(records: Mapping[str, pa.Table], of: Mapping[str, int], first: str, months: int) -> dict[str, np.ndarray]:
    """Whether each family (by key) has a recorded event of each kind in each month: (months, families)."""
    con = duckdb.connect()
    for name, table in records.items():
        columns = [each for each in table.column_names if each != "family_id"]
        con.register(f"raw_{name}", table.select(columns))
        family = "family_key AS family_id, *" if "family_key" in columns else "*"
        con.execute(f"CREATE VIEW {name} AS SELECT {family} FROM raw_{name}")
    found = {}
    for name in ("request", "accepted", "domestic_abuse", *(each for each in OUTCOMES if each.startswith("SF"))):
        rows = con.execute(
            f"SELECT DISTINCT family_id, date_diff('month', DATE '{first}', day) AS month FROM ({OUTCOMES[name].days}) "
            "WHERE month >= 0 AND family_id IS NOT NULL"
        ).fetchall()
        found[name] = np.zeros((months, len(of)), bool)
        for family_key, month in rows:
            if month < months and family_key in of:
                found[name][month, of[family_key]] = True
    con.close()
    return found


def without(name: str) -> dict[str, Shock]:
    """The shocks as declared, but for one, which raises no need."""
    changed = dict(SHOCKS)
    changed[name] = Shock(**{**vars(SHOCKS[name]), "ratios": {}})
    return changed


def drawn(like: str, children: int, seed: int, number: int, instead: Mapping[str, Shock] | None = None) -> Council:
    """A council, with the shocks as declared or with others in their place; all else is drawn with the same luck."""
    declared = lives.SHOCKS
    lives.SHOCKS = instead or declared
    try:
        return make_council(find_profile(like), children, seed, number)
    finally:
        lives.SHOCKS = declared


def within(flag: np.ndarray, struck: np.ndarray) -> float:
    """The share of shocks (month, family) with an event in the twelve months after."""
    month, family = np.nonzero(struck)
    return float(np.mean([flag[m + 1 : m + 13, f].any() for m, f in zip(month, family, strict=True)]))


def one_council(
    number: int, options: argparse.Namespace, folder: Path
) -> tuple[list[Held], dict[str, float], list[float]]:
    """Estimates beside the truth, what else was found, and the z scores of invented shocks."""
    like, seed = LIKE[number % len(LIKE)], int(chance(options.seed, "poverty", number).integers(2**31))
    council = drawn(like, options.children, seed, number)
    workspace = workspace_of(folder / f"council-{number}", council.code, council.name)
    write_standard(council, workspace.inbox, "parquet")
    run(workspace, LAST_DAY, as_at=LAST_DAY)
    begin = time.perf_counter()
    with opened(workspace) as reading:
        found = poverty(reading.con, LAST_DAY)
        seconds = time.perf_counter() - begin
        known = families(reading.con, span(reading.con, LAST_DAY))
        happened, struck = outcomes(reading.con, known), shocks(reading.con, known)
        keys = dict(
            reading.con.execute("SELECT family_key, any_value(family_id) FROM family_member GROUP BY ALL").fetchall()
        )
    place = {family: i for i, family in enumerate(known.ids)}
    of = {key: place[family] for key, family in keys.items() if family in place}
    first, months = str(known.span.first), known.span.months
    here = flags(true_records(council), of, first, months)
    held = []
    for name, kind in KIND.items():
        other = flags(true_records(drawn(like, options.children, seed, number, without(name))), of, first, months)
        followed = struck.struck[struck.names.index(kind)].copy()
        followed[:12] = followed[months - 12 :] = False
        for each in found.followed:
            if each.shock != kind or each.outcome not in (*here, *NO_TRUE_EFFECT):
                continue
            nothing = each.outcome in NO_TRUE_EFFECT
            true = 0.0 if nothing else within(here[each.outcome], followed) - within(other[each.outcome], followed)
            held.append(
                Held(number, name, each.outcome, each.shocks, each.change.estimate, each.change.standard_error, true)
            )
    about = {
        "seconds": seconds,
        "families": float(len(known)),
        **{f"steady:{kind}": float(kind in found.steady) for kind in struck.names},
    }
    return held, about, placebos(known, happened, struck, options.placebos, seed)


def placebos(known: Families, happened: Events, struck: Shocks, times: int, seed: int) -> list[float]:
    """The z scores of shocks invented by lot: as many as there are, of quiet families, in months drawn evenly."""
    found = []
    for number in range(times):
        luck = chance(seed, "placebo", number)
        many = int(struck.struck.sum() // len(struck.names))
        invented = np.zeros_like(struck.without)
        month = luck.integers(QUIET, known.span.months, many)
        for each in month:
            invented[each, luck.choice(np.flatnonzero(struck.without[each]))] = True
        quiet = struck.without & ~invented
        for each in event_study(known, happened, {"invented": invented}, quiet, MAIN):
            if each.is_enough:
                found.append(each.change.estimate / each.change.standard_error)
    return found


def page(held: Sequence[Held], about: Sequence[Mapping[str, float]], z: Sequence[float]) -> str:
    """What was found, in lines."""
    lines = ["kind of shock and event: mean estimate, mean truth, in 100 families; truths inside the 95% interval"]
    names = dict.fromkeys((each.shock, each.outcome) for each in held)
    for shock, outcome in names:
        mine = [each for each in held if (each.shock, each.outcome) == (shock, outcome)]
        error = np.sqrt(sum(each.error**2 for each in mine)) / len(mine)
        inside = sum(abs(each.estimate - each.true) <= 1.96 * each.error for each in mine)
        lines.append(
            f"  {shock:14} {outcome:16} {100 * np.mean([each.estimate for each in mine]):+6.2f} (error {100 * error:.2f}) "
            f"{100 * np.mean([each.true for each in mine]):+6.2f}  {inside}/{len(mine)}"
        )
    all_inside = [abs(each.estimate - each.true) <= 1.96 * each.error for each in held if each.error > 0]
    monte_carlo = np.sqrt(0.95 * 0.05 / max(len(all_inside), 1))
    lines.append(f"inside: {np.mean(all_inside):.1%} of {len(all_inside)} (Monte Carlo error {monte_carlo:.1%})")
    apart = np.array([(each.estimate - each.true) / each.error for each in held if each.error > 0])
    lines.append(f"estimate less truth, in errors: mean {apart.mean():+.2f}, spread {apart.std():.2f}")
    for name in about[0]:
        lines.append(f"{name}: {', '.join(f'{each[name]:.4g}' for each in about)}")
    if len(z):
        called = np.mean(np.abs(z) > 1.96)
        lines.append(
            f"invented shocks: {called:.1%} of {len(z)} called a change; mean z {np.mean(z):+.2f}, spread {np.std(z):.2f}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Run the councils one after another and print the page."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--councils", type=int, default=2)
    asked.add_argument("--first", type=int, default=0, help="number of the first council")
    asked.add_argument("--children", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--placebos", type=int, default=20)
    options = asked.parse_args(arguments)
    held: list[Held] = []
    about, z = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.first, options.first + options.councils):
            each, told, scores = one_council(number, options, Path(folder))
            held, z = held + each, z + scores
            about.append(told)
    print(page(held, about, z))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
