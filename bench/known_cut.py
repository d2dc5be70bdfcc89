"""Does the scenario hold what a known cut truly displaced? Synthetic councils, each with the cut that was planted in it.

Each council is written in the standard's own layout and goes through every stage. The council declares the study of its cut
(the day, the localities) and asks what it displaced. True is: the children referred by the cut alone, times what a referral
brings at the costs that were planted. The scenario's 90 per cent interval must hold that in 85 of 100 councils, and the
study must find the cut, or say that it could not have.

Results of each council are kept in a work folder, so that a run that was stopped is carried on with --resume. Without
--councils only a few are run: a hundred take an hour or two.

usage: python bench/known_cut.py [--councils 4] [--children 10000] [--seed 1] [--work FOLDER --resume]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
from linkage.quality import Limit
from linkage.quality import told as met
from truth import LIKE, workspace_of

from earlyhelp import costing, studying
from earlyhelp.pipeline import run
from earlyhelp.store.files import read_json, write_json
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.council import Council, make_council
from earlyhelp.synthetic.lives.money_record import CARE_COST, CASE_COST
from earlyhelp.synthetic.profiles import find_profile
from earlyhelp.synthetic.synthesise import write_standard
from earlyhelp.synthetic.timeline import BUDGET_CUT, LAST_DAY

MONTH = {"in_need": CASE_COST / 12, "care": CARE_COST / 12}
"""Pounds a month, as planted."""
HELD, WHEN = 0.85, "2026-11-22T00:00:00+00:00"
SCENARIO = '[scenario]\nkind = "cut"\nstudy = "budget-cut"\nannual_cost = 1\n'


def one(number: int, children: int, seed: int, folder: Path) -> dict[str, Any]:
    """One council: made, run and asked; a result that is there is read."""
    target = folder / f"cut-{number:03d}.json"
    if not target.exists():
        begun = time.perf_counter()
        own_seed = int(chance(seed, "known cut", number).integers(2**31))
        council = make_council(find_profile(LIKE[number % len(LIKE)]), children, own_seed, number)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            result = asked(council, Path(scratch))
        write_json(target, {**result, "seconds": time.perf_counter() - begun})
    return dict(read_json(target))


def asked(council: Council, scratch: Path) -> dict[str, Any]:
    """What the scenario tells of the council's cut, what the study says, and what is true."""
    cut = council.truth["cut"]
    cut = cut.filter(cut["cut"])
    workspace = workspace_of(scratch / "workspace", council.code, council.name)
    localities = ", ".join(f'"{each}"' for each in sorted(set(cut["locality"].to_pylist())))
    with (workspace.root / "council.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[studies.budget-cut]\nday = {BUDGET_CUT}\nlocalities = [{localities}]\nphase_in = 6\n")
    write_standard(council, workspace.inbox, "parquet")
    run(workspace, LAST_DAY, as_at=LAST_DAY)
    told = costing.scenario(workspace, SCENARIO, "cut.toml", WHEN).as_dict()
    study = studying.evaluate_study(workspace, "budget-cut", WHEN).as_dict()
    units = {row["outcome"]: row["units_an_event"] for row in told["prices"]}
    a_referral = sum(row["share"] * units[row["outcome"]] * MONTH[row["outcome"]] for row in told["follows"])
    referrals = pc.sum(cut["children"]).as_py()
    [council_purse] = [row for row in told["purses"] if row["purse"] == "council"]
    return {
        "true": referrals * a_referral,
        "true_referrals": referrals,
        "lower": council_purse["displaced_5"],
        "middle": council_purse["displaced_50"],
        "upper": council_purse["displaced_95"],
        "referrals": told["referrals"],
        "verdict": study["verdict"],
        "says": study["may_say"],
    }


def main(arguments: Sequence[str]) -> int:
    """Run the councils, tell each, and end with 1 where fewer than the limit are held."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--councils", type=int, default=4)
    options.add_argument("--children", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--work", type=Path, help="folder that keeps the result of each council")
    options.add_argument("--resume", action="store_true", help="keep what is in the work folder")
    given = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.work or Path(scratch)
        if given.work and folder.exists() and not given.resume:
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        results = []
        for number in range(given.councils):
            found = one(number, given.children, given.seed, folder)
            results.append(found)
            held = found["lower"] <= found["true"] <= found["upper"]
            print(
                f"council {number:3d}: true {found['true']:12,.0f}  told {found['middle']:12,.0f} "
                f"({found['lower']:12,.0f} to {found['upper']:12,.0f})  {'held' if held else 'MISSED'}  "
                f"{found['verdict']}, {found['seconds']:.0f} s",
                flush=True,
            )
    return 0 if met(limits(results)) else 1


def limits(results: Sequence[dict[str, Any]]) -> list[Limit]:
    """The share of councils whose true cost is held, and of those without a change shown that say how little would show."""
    held = sum(each["lower"] <= each["true"] <= each["upper"] for each in results) / len(results)
    silent = [each for each in results if each["verdict"] != "more"]
    honest = sum(any("would be noticed" in line for line in each["says"]) for each in silent)
    return [
        Limit(f"share of {len(results)} councils whose 90 per cent interval holds the truth", held, least=HELD),
        Limit("studies that find nothing and do not say what would have shown", len(silent) - honest, most=0),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
