"""Where is domestic abuse worst: how often the truly worst wards are found, and whether probabilities mean what they say.

Synthetic councils in the standard's own layout, in which every incident is known, whether the police heard of it or not.
What is told is held against the true rate of incidents of six years, and against the rate that the police are expected to
hear of; of areas listed as hidden, the share that the police truly hear of. What is told of each council is kept in the
work folder, so that a run that was stopped is carried on.

usage: python bench/evaluating/places_truth.py [--councils 10] [--children 10000] [--seed 1] [--work build/places]
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.compute as pc

from earlyhelp.answering import opened
from earlyhelp.pipeline import run
from earlyhelp.store.files import read_json, write_json
from earlyhelp.store.workspace import Workspace, create_workspace
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.council import Council, make_council
from earlyhelp.synthetic.profiles import find_profile
from earlyhelp.synthetic.synthesise import write_standard
from earlyhelp.synthetic.timeline import LAST_DAY

ROOT = Path(__file__).resolve().parents[2]
LIKE = ("Lambeth", "Leeds", "Sutton", "West Sussex")
BANDS = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0001)
CODES = {"ward": "ward_code", "small_area": "lsoa"}
BASES = ("probability_among_worst", "probability_by_notifications")
TRUTHS = ("true_rate", "notified_rate")

Row = Mapping[str, Any]


class Judged(NamedTuple):
    """Probabilities of the areas of one council, and whether each is truly among the worst."""

    probability: np.ndarray
    worst: np.ndarray


def one(number: int, options: argparse.Namespace) -> Mapping[str, Any]:
    """What a council is told, beside its truth; a result that is there is read."""
    target = options.work / f"{options.children}-{options.seed}-{number:03d}.json"
    if not target.exists():
        with tempfile.TemporaryDirectory() as scratch:
            write_json(target, made(number, options, Path(scratch)))
    return dict(read_json(target))


def made(number: int, options: argparse.Namespace, folder: Path) -> Mapping[str, Any]:
    """A council made, run and asked: its rows with the truth of each, and the seconds that asking took."""
    own_seed = int(chance(options.seed, "places", number).integers(2**31))
    council = make_council(find_profile(LIKE[number % len(LIKE)]), options.children, own_seed, number)
    workspace = workspace_of(folder / "workspace", council)
    write_standard(council, workspace.inbox, "parquet")
    run(workspace, LAST_DAY, as_at=LAST_DAY)
    begin = time.perf_counter()
    with opened(workspace) as reading:
        told = reading.places()
    seconds = time.perf_counter() - begin
    truth = {level: true_rates(council, code) for level, code in CODES.items()}
    kept = ("level", "may_be_hidden", *BASES)
    rows = [
        {name: row[name] for name in kept} | truth[row["level"]][row[CODES[row["level"]]]]
        for row in told.rows
    ]  # fmt: skip
    return {"rows": rows, "seconds": seconds}


def workspace_of(root: Path, council: Council) -> Workspace:
    """A workspace that hides nothing, for nobody in it is real."""
    create_workspace(root, council.code, council.name)
    settings = root / "council.toml"
    settings.write_text(settings.read_text("utf-8").replace('policy = "dfe"', 'policy = "none"'), "utf-8")
    return Workspace(root)


def true_rates(council: Council, code: str) -> dict[str, dict[str, float]]:
    """By area: incidents and those expected to be heard of for each family's year, and the share heard over the council's."""
    table = council.truth["area_abuse"]
    table = table.append_column("expected", pc.multiply(table["incidents"], table["share_heard"]))
    sums = table.group_by(code).aggregate([("incidents", "sum"), ("expected", "sum"), ("family_years", "sum")])
    whole = pc.sum(table["expected"]).as_py() / pc.sum(table["incidents"]).as_py()
    return {
        row[code]: {
            "true_rate": row["incidents_sum"] / row["family_years_sum"],
            "notified_rate": row["expected_sum"] / row["family_years_sum"],
            "heard": row["expected_sum"] / max(row["incidents_sum"], 1) / whole,
        }
        for row in sums.to_pylist()
    }


def judge(rows: Sequence[Row], basis: str, truth: str) -> Judged:
    """The rows of one level of one council: three wards, or a tenth of the small areas, are truly the worst."""
    few = 3 if rows[0]["level"] == "ward" else math.ceil(len(rows) / 10)
    is_worst = np.zeros(len(rows))
    is_worst[np.argsort([-row[truth] for row in rows])[:few]] = 1
    return Judged(np.array([row[basis] for row in rows], dtype=float), is_worst)


def line(found: Sequence[Judged]) -> str:
    """How many of the worst are found, the Brier score beside that of knowing nothing, and each band beside the truth."""
    p, y = (np.concatenate([each[place] for each in found]) for place in (0, 1))
    top = [each.worst[np.argsort(-each.probability)[: int(each.worst.sum())]].mean() for each in found]
    error = np.std(top, ddof=1) / np.sqrt(len(top)) if len(top) > 1 else math.nan
    inside = [(p >= low) & (p < high) for low, high in pairwise(BANDS)]
    bands = [f"{p[each].mean():.2f} -> {y[each].mean():.2f} of {each.sum()}" for each in inside if each.any()]
    skill = f"Brier {np.mean((p - y) ** 2):.3f} (nothing known {y.mean() * (1 - y.mean()):.3f})"
    return f"found {np.mean(top):.0%} (Monte Carlo error {error:.0%}), {skill}; said -> true: {'; '.join(bands)}"


def lines(councils: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """All that is printed."""
    for level in CODES:
        by_council = [[row for row in each["rows"] if row["level"] == level] for each in councils]
        for basis in BASES:
            for truth in TRUTHS:
                yield f"{level}, {basis}, {truth}: {line([judge(rows, basis, truth) for rows in by_council])}"
        for words, wanted in (("listed as hidden", True), ("not listed", False)):
            every = [row["heard"] for rows in by_council for row in rows if bool(row["may_be_hidden"]) is wanted]
            shares = np.array(every or [math.nan])
            yield (
                f"{level}, {words}: {len(every)}; {(shares < 1).mean():.0%} of them truly heard of less than the council, "
                f"on average {shares.mean():.2f} times as much"
            )
    yield f"asked in {np.median([each['seconds'] for each in councils]):.2f} s (median of {len(councils)} councils)"


def main(arguments: Sequence[str]) -> int:
    """Print what is found over all councils."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--councils", type=int, default=10)
    asked.add_argument("--children", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--work", type=Path, default=ROOT / "build" / "places")
    options = asked.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    for text in lines([one(number, options) for number in range(options.councils)]):
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
