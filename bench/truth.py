"""Does the product find what is true? It runs over synthetic councils and its answers are held against their truth.

Each council is written in the standard's own layout, goes through every stage, and every measure is asked of it. For
each answer the page tells the bias against the true records, how often the 95 per cent interval holds the value that
councils drawn alike have in the long run, and how often two halves of a council, parted by lot, look different. A few
councils go through the messy extracts of their systems instead, which shows what the mess does to each answer.

Results of each council are kept in a work folder, so that a run that was stopped is carried on with --resume.

usage: python bench/truth.py [--councils 40] [--children 10000] [--seed 1] [--full 2] [--resume] [--workers 2]
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean, median
from textwrap import fill
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import earlyhelp
from earlyhelp.answering import measure
from earlyhelp.measures import CATALOGUE, Grain, Question, Statistic
from earlyhelp.pipeline import run
from earlyhelp.release import Status
from earlyhelp.store.files import read_json, write_json, write_text
from earlyhelp.store.workspace import Workspace, create_workspace
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.council import Council, make_council
from earlyhelp.synthetic.profiles import find_profile
from earlyhelp.synthetic.synthesise import Made, Plan, synthesise, write_standard
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY
from earlyhelp.synthetic.true_figures import TRUE, Figures, Place, TrueFigure, TrueRecords

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "generated" / "truth.md"
LIKE = ("Lambeth", "Leeds", "Sutton", "West Sussex")
"""The councils that are resembled in turn: few, so that many are drawn alike and their mean is near the long run."""
HALVES = ("half 1", "half 2")
TOO_FEW = 0.90
"""Intervals that hold the long run less often than this are said to be too narrow."""
YEARLY = Question(first=FIRST_DAY, last=LAST_DAY, grain=Grain.YEAR)


@dataclass(frozen=True)
class Told:
    """What the product tells: counts, value and interval; None where it tells none."""

    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None = None
    upper: float | None = None


ByPlace = dict[Place, Told]


@dataclass(frozen=True)
class Answer:
    """One answer that is put to the test.

    `figure`: what the product tells, by place, from a workspace that has been run. `truth`: the true figures, by place,
    from the true records. `halves`: what it tells of each half of the families, where it can be asked so.
    `counts`: what is counted (families, children, requests ...), `unit`: what values are in. A later answer is one more
    such object in `ANSWERS`.
    """

    name: str
    question: str
    counts: str
    unit: str
    figure: Callable[[Workspace], ByPlace]
    truth: Callable[[TrueRecords], Figures]
    halves: Callable[[Workspace], Mapping[str, ByPlace]] | None = None


def _of_measure(measure_id: str, definition: str) -> Answer:
    """The answer that a measure gives by year, under one of its definitions."""
    found = CATALOGUE[measure_id].defined_as(definition)
    unit = {Statistic.SHARE: "points", Statistic.MIX: "points", Statistic.MEDIAN: "days"}.get(
        found.statistic, found.unit
    )
    unit = "per 10,000" if found.statistic is Statistic.RATE else unit
    table = found.of.columns
    half = "team" if "team" in table else "organisation"
    asked = Question() if found.is_tally else YEARLY
    return Answer(
        name=measure_id if definition == "default" else f"{measure_id} {definition}",
        question=found.name if definition == "default" else f"{found.name} ({definition.replace('_', ' ')})",
        counts=found.unit,
        unit=unit,
        figure=partial(_asked, measure_id=measure_id, definition=definition, asked=asked),
        truth=TRUE[measure_id, definition],
        halves=None if found.is_tally else partial(_asked_of_halves, measure_id, definition, half),
    )


def _asked(workspace: Workspace, measure_id: str, definition: str, asked: Question) -> ByPlace:
    rows = measure(workspace, measure_id, asked, definition=definition).released.rows
    return {
        Place(row.period_start, tuple(sorted(row.dims.items()))): Told(
            row.numerator, row.denominator, row.value, row.lower, row.upper
        )
        for row in rows
        if row.status is Status.OK
    }


def _asked_of_halves(measure_id: str, definition: str, half: str, workspace: Workspace) -> dict[str, ByPlace]:
    asked = Question(by=(half,), first=YEARLY.first, last=YEARLY.last, grain=YEARLY.grain)
    found: dict[str, ByPlace] = {name: {} for name in HALVES}
    for place, told in _asked(workspace, measure_id, definition, asked).items():
        dims = dict(place.dims)
        found[dims.pop(half)][Place(place.year, tuple(sorted(dims.items())))] = told
    return found


ANSWERS: tuple[Answer, ...] = tuple(_of_measure(*key) for key in TRUE)
"""Every answer there is so far: each measure under each of its definitions."""


# One council ------------------------------------------------------------------------------------------------


def parted_by_lot(council: Council) -> dict[str, pa.Table]:
    """The records with the team (of assessments: the organisation) naming the half that the family was drawn into."""
    members = council.records["family_member"].filter(pc.field("role") == "child")
    families = pc.unique(members["family_key"])
    luck = chance(council.seed, "halves").integers(0, 2, len(families))
    half = dict(zip(families.to_pylist(), (HALVES[each] for each in luck), strict=True))
    pairs = list(zip(members["person_key"].to_pylist(), members["family_key"].to_pylist(), strict=True))
    of_child = {child: half[family] for child, family in reversed(pairs)}
    records = dict(council.records)
    for name, column in (
        ("contact", "team"), ("eh_episode", "team"), ("eh_assessment", "organisation"), ("social_care_event", "team"),
    ):  # fmt: skip
        table = records[name]
        by_family, key = "family_key" in table.column_names, half
        if not by_family:
            key = of_child
        keys = table["family_key" if by_family else "person_key"].to_pylist()
        drawn = pa.array([key[each] for each in keys], pa.string())
        records[name] = table.set_column(table.column_names.index(column), column, drawn)
    return records


def workspace_of(root: Path, code: str, name: str) -> Workspace:
    """A new workspace that hides nothing, for nobody in it is real."""
    workspace = create_workspace(root, code, name)
    settings = root / "council.toml"
    settings.write_text(settings.read_text("utf-8").replace('policy = "dfe"', 'policy = "none"'), "utf-8")
    return workspace


def answers_of(workspace: Workspace, records: TrueRecords, *, halves: bool) -> list[dict[str, Any]]:
    """One entry an answer and place: what the product tells, what is true, and the intervals of the halves."""
    rows = []
    for answer in ANSWERS:
        told, true = answer.figure(workspace), dict(answer.truth(records))
        parted = answer.halves(workspace) if halves and answer.halves else {}
        for place in sorted({*told, *true}, key=str):
            if answer.name == "K5" and place not in true and _is_unjudged(told[place], dict(place.dims)["rule"]):
                continue
            if _of_files(dict(place.dims)):
                continue
            rows.append(_row(answer.name, place, told.get(place), true.get(place), parted))
    return rows


def _is_unjudged(told: Told, rule: str) -> bool:
    """True for a rule on one row that nothing breaks, as is true, and for one on several rows without a plain twin."""
    return told.numerator == 0 or ":" not in rule


def _of_files(dims: Mapping[str, str]) -> bool:
    """True for fields and rows of the tables that tell of files and links: no records of a council's."""
    return dims.get("field", "").startswith(("feed.", "person_link.")) or dims.get("table_name") == "feed"


def _row(
    name: str, place: Place, told: Told | None, true: TrueFigure | None, parted: Mapping[str, ByPlace]
) -> dict[str, Any]:
    intervals = [parted[half].get(place) for half in HALVES] if parted else []
    known = [(each.lower, each.upper) for each in intervals if each and each.lower is not None]
    return {
        "answer": name,
        "year": place.year.year if place.year else None,
        "dims": dict(place.dims),
        "told": asdict(told) if told else None,
        "true": true._asdict() if true else None,
        "halves": known if len(known) == len(HALVES) else None,
    }


@dataclass(frozen=True)
class Job:
    """One council that is to be run: which, how large, and whether through the extracts of its systems."""

    number: int
    children: int
    seed: int
    full: bool

    @property
    def name(self) -> str:
        """The name of its result."""
        return f"{'full' if self.full else 'standard'}-{self.number:03d}.json"

    @property
    def like(self) -> str:
        """The council that it resembles."""
        return LIKE[self.number % len(LIKE)]


def do(job: Job, folder: Path) -> dict[str, Any]:
    """Make the council, run the product on it, compare, keep the result; a result that is there is read."""
    target = folder / job.name
    if target.exists():
        return dict(read_json(target))
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        result = _full(job, Path(scratch)) if job.full else _standard(job, Path(scratch))
    write_json(target, result)
    return result


def _standard(job: Job, scratch: Path) -> dict[str, Any]:
    begin = time.perf_counter()
    own_seed = int(chance(job.seed, "council", job.number).integers(2**31))
    drawn = make_council(find_profile(job.like), job.children, own_seed, job.number)
    council = Council(**{**vars(drawn), "records": parted_by_lot(drawn)})
    made = time.perf_counter()
    workspace = workspace_of(scratch / "workspace", council.code, council.name)
    write_standard(council, workspace.inbox, "parquet")
    run(workspace, LAST_DAY, as_at=LAST_DAY)
    ran = time.perf_counter()
    rows = answers_of(workspace, TrueRecords(council.records, council.code), halves=True)
    done = time.perf_counter()
    return {"like": job.like, "seconds": [made - begin, ran - made, done - ran], "faults": 0, "rows": rows}


def _full(job: Job, scratch: Path) -> dict[str, Any]:
    begin = time.perf_counter()
    own_seed = int(chance(job.seed, "full", job.number).integers(2**31))
    made, workspace, records = with_extracts(scratch, Plan(1, job.children, own_seed, (job.like,)))
    after = time.perf_counter()
    run(workspace, LAST_DAY, as_at=LAST_DAY)
    ran = time.perf_counter()
    rows = [row for row in answers_of(workspace, records, halves=False) if not row["answer"].startswith("K")]
    done = time.perf_counter()
    seconds = [after - begin, ran - after, done - ran]
    return {"like": job.like, "seconds": seconds, "faults": made.planted_faults, "rows": rows}


def with_extracts(scratch: Path, plan: Plan) -> tuple[Made, Workspace, TrueRecords]:
    """The council of a plan, a workspace with its extracts in the inbox, and its true records. Truth lies in scratch/made."""
    [made] = synthesise(scratch / "made", plan)
    workspace = workspace_of(scratch / "workspace", made.code, made.name)
    shutil.copytree(scratch / "made" / made.folder, workspace.inbox, dirs_exist_ok=True)
    held = sorted((scratch / "made" / "truth" / made.folder / "records").glob("*.parquet"))
    return made, workspace, TrueRecords({path.stem: pq.read_table(path) for path in held}, made.code)


FEW_CHILDREN = 1_500
"""Children of the one council whose every planted fault is followed."""


def faults_of(folder: Path, seed: int) -> dict[str, dict[str, int]]:
    """By kind, what becomes of every fault planted in a small council with every extract; a result that is there is read."""
    from planted_faults import by_kind, judge

    target = folder / "planted-faults.json"
    if not target.exists():
        own_seed = int(chance(seed, "faults").integers(2**31))
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            plan = Plan(1, FEW_CHILDREN, own_seed, LIKE[:1], systems="partners")
            made, workspace, _ = with_extracts(Path(scratch), plan)
            run(workspace, LAST_DAY, as_at=LAST_DAY)
            files = Path(scratch) / "made"
            judged = judge(files / made.folder, files / "truth" / made.folder, workspace)
        write_json(target, list(by_kind(judged).items()))
    return dict(read_json(target))


# All councils together --------------------------------------------------------------------------------------

Key = tuple[str, tuple[tuple[str, str], ...]]
"""An answer and its splits: one row of the page."""


def key_of(row: Mapping[str, Any]) -> Key:
    """The row of the page that a comparison belongs to: all fields of K1 and rules of K5 are one."""
    dims = {} if row["answer"].startswith("K") else row["dims"]
    return row["answer"], tuple(sorted(dims.items()))


@dataclass(frozen=True)
class Found:
    """What is found about one answer.

    `figures`: how many were compared, `equal` of them equal to the truth. `bias`: mean of figure less truth, `relative`
    to the mean truth. `covered` of `intervals` hold the long-run value; `alarms` of `pairs` of halves do not overlap.
    """

    figures: int
    equal: int
    bias: float
    relative: float | None
    covered: int
    intervals: int
    alarms: int
    pairs: int


def summary(results: Sequence[Mapping[str, Any]]) -> dict[Key, Found]:
    """What is found about each answer, over all councils."""
    rows: dict[Key, list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for number, result in enumerate(results):
        for row in result["rows"]:
            rows[key_of(row)].append((number, row))
    return {key: _found(each, [result["like"] for result in results]) for key, each in rows.items()}


def _found(rows: Sequence[tuple[int, Mapping[str, Any]]], like: Sequence[str]) -> Found:
    both = [(row["told"]["value"], row["true"]["value"]) for _, row in rows if row["told"] and row["true"]]
    equal = sum(row["told"] is not None and row["true"] is not None and _same(row) for _, row in rows)
    bias = fmean(told - true for told, true in both) if both else 0.0
    size = fmean(abs(true) for _, true in both) if both else 0.0
    covered, intervals = _coverage(rows, like)
    halves = [row["halves"] for _, row in rows if row["halves"]]
    alarms = sum(_before(one, other) or _before(other, one) for one, other in halves)
    return Found(len(rows), equal, bias, bias / size if size else None, covered, intervals, alarms, len(halves))


def _before(one: Sequence[float | None], other: Sequence[float | None]) -> bool:
    """True when the one interval ends before the other begins; one without an upper bound never ends."""
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def _same(row: Mapping[str, Any]) -> bool:
    return all(row["told"][name] == row["true"][name] for name in ("numerator", "denominator", "value"))


def _coverage(rows: Sequence[tuple[int, Mapping[str, Any]]], like: Sequence[str]) -> tuple[int, int]:
    """How many intervals hold the long-run value, which is what the other councils drawn alike have in that year."""
    alike: dict[tuple[str, int], list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for number, row in rows:
        if row["true"] and row["year"] is not None:
            alike[like[number], row["year"]].append((number, row))
    covered = intervals = 0
    for group in alike.values():
        for number, row in group:
            told, others = row["told"], [other["true"] for place, other in group if place != number]
            if told and told["lower"] is not None and len(others) >= 4:
                intervals += 1
                upper = float("inf") if told["upper"] is None else told["upper"]
                covered += told["lower"] <= long_run(others) <= upper
    return covered, intervals


def long_run(figures: Sequence[Mapping[str, Any]]) -> float:
    """The value of several true figures together: of their sums where one is a share or a rate, else their mean.

    A median is the mean of the medians.
    """
    below = [each["denominator"] for each in figures]
    value, above = figures[0]["value"], [each["numerator"] for each in figures]
    if None in below or not sum(below):
        return fmean(each["value"] for each in figures)
    scale = value * below[0] / above[0] if above[0] else 1.0
    if not (abs(scale - 1) < 1e-9 or abs(scale - 10_000) < 1e-6):
        return fmean(each["value"] for each in figures)
    return sum(above) / sum(below) * scale


def at_best(councils: int) -> float:
    """Coverage of perfect intervals, where the long run is the mean of the other councils drawn alike and so not exact."""
    from scipy.special import ndtr

    others = max(councils // len(LIKE) - 1, 1)
    return float(2 * ndtr(1.959964 / np.sqrt(1 + 1 / others)) - 1)


# The page ---------------------------------------------------------------------------------------------------


def page(
    standard: Sequence[Mapping[str, Any]],
    full: Sequence[Mapping[str, Any]],
    options: argparse.Namespace,
    faults: Mapping[str, Mapping[str, int]] | None = None,
) -> str:
    """The whole page; `faults`: what became of every planted fault, by kind."""
    found = summary(standard)
    parts = [_top(standard, full, options), _what(standard), _table(found)]
    if full:
        parts += [_mess(full)]
    if faults:
        parts += [_fates(faults)]
    return "\n".join([*parts, _time(standard, full)])


def _top(standard: Sequence[Mapping[str, Any]], full: Sequence[Any], options: argparse.Namespace) -> str:
    command = (
        f"python bench/truth.py --councils {len(standard)} --children {options.children} --seed {options.seed} "
        f"--full {len(full)}"
    )
    versions = f"earlyhelp {earlyhelp.__version__}, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    through = f", {len(full)} through the messy extracts of their systems" if full else ""
    said = [
        f"Written by `{command}`, not by `make docs`, because it takes minutes. {versions}.",
        "No real records of early help can be shared. So the product is run on invented councils, drawn like "
        f"{', '.join(LIKE)} by their published rates, in which everything that happens is known. {len(standard)} councils of "
        f"{options.children:,} children went through every stage in the standard's own layout{through}. Six reporting years "
        "each, from April 2020 to March 2026. What the truth is, is worked out by a second, slow way in plain Python.",
    ]
    return "\n\n".join(["# Truth report", *(fill(each, 120, break_on_hyphens=False) for each in said), ""])


def _what(standard: Sequence[Mapping[str, Any]]) -> str:
    best = at_best(len(standard))
    return f"""## How to read it

- **Equal to the truth**: figures whose counts and value are exactly those that plain Python works out from the true
  records, without a query or a rule of the product. **Bias**: mean of figure less truth, in the unit and in per cent.
- **Interval holds the long run**: how often the 95 per cent interval of a council's year holds what the other councils
  drawn alike have in that year together. Since these are few, perfect intervals would hold it in {best:.1%} of cases.
  People are drawn anew with each council, so that this is the chance of another town as well as of another year.
- **False alarms**: families are parted by lot into two halves with no true difference. Counted is how often the two
  intervals do not overlap; with perfect intervals in 0.6 per cent of cases.
- A net has no interval.
"""


def _table(found: Mapping[Key, Found]) -> str:
    head = [
        "## Answers on complete records", "",
        "| answer | question | figures | equal to the truth | bias | bias, per cent | interval holds the long run "
        "| false alarms |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]  # fmt: skip
    lines = [_line(key, each) for key, each in found.items()]
    return "\n".join([*head, *lines, "", _shown(found), ""])


def _line(key: Key, each: Found) -> str:
    answer = _of(key[0])
    cells = [
        _named(key), answer.question, f"{each.figures:,}", _share(each.equal, each.figures), _amount(each.bias, answer.unit),
        "" if each.relative is None else f"{each.relative:+.2%}", _share(each.covered, each.intervals),
        _share(each.alarms, each.pairs),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _share(some: int, of: int) -> str:
    return f"{some / of:.1%} of {of:,}" if of else ""


def _amount(value: float, unit: str) -> str:
    return f"{100 * value:+.2f} points" if unit == "points" else f"{value:+.2f} {unit}"


def _shown(found: Mapping[Key, Found]) -> str:
    """What the table shows, in sentences that its own figures make."""
    unequal = [_named(key) for key, each in found.items() if each.equal < each.figures]
    said = [
        f"Figures that differ from the truth: {', '.join(unequal)}."
        if unequal
        else "Every figure equals the truth: on complete records the product adds no bias of its own."
    ]
    families = {key: each for key, each in found.items() if _of(key[0]).counts == "families"}
    others = {key: each for key, each in found.items() if key not in families}
    for words, group in (("that count families", families), ("that count anything else", others)):
        covered, intervals, alarms, pairs = (
            sum(getattr(each, name) for each in group.values()) for name in ("covered", "intervals", "alarms", "pairs")
        )
        if intervals:
            said.append(
                f"Of answers {words}, {_share(covered, intervals)} intervals hold the long run, and "
                f"{_share(alarms, pairs)} pairs of halves look different."
            )
    judged = {key: each.covered / each.intervals for key, each in found.items() if each.intervals}
    if judged and min(judged.values()) < TOO_FEW:
        worst = ", ".join(f"{_named(key)} ({judged[key]:.0%})" for key in sorted(judged, key=judged.__getitem__)[:5])
        said.append(
            "Where intervals hold the long run too seldom they are too narrow: they take each request, episode or child for "
            "a draw of its own, while brothers and sisters come, close and step up together, and one family asks several "
            f"times. Furthest off: {worst}."
        )
    return "\n\n".join(fill(each, 120, break_on_hyphens=False) for each in said)


def _named(key: Key) -> str:
    return " ".join((key[0].replace("_", " "), *(code for _, code in key[1])))


def _of(name: str) -> Answer:
    return next(answer for answer in ANSWERS if answer.name == name)


def _mess(full: Sequence[Mapping[str, Any]]) -> str:
    found = summary(full)
    lines = [
        f"| {_named(key)} | {each.figures} | "
        f"{_share(each.equal, each.figures)} | {'' if each.relative is None else f'{each.relative:+.1%}'} |"
        for key, each in found.items()
    ]
    faults = ", ".join(f"{result['faults']:,}" for result in full)
    return "\n".join(
        [
            "## Answers on messy extracts", "",
            f"The same answers, read from every system's own files with {faults} planted faults. What differs is what the "
            "mess does to a figure, before anybody has worked through the fix-lists.", "",
            "| answer | figures | equal to the truth | bias, per cent |", "|---|---:|---:|---:|", *lines, "",
        ]
    )  # fmt: skip


def _fates(faults: Mapping[str, Mapping[str, int]]) -> str:
    from planted_faults import lines

    about = f"One council of {FEW_CHILDREN:,} children, drawn like {LIKE[0]}, with the extracts of all its systems and partners."
    return "\n".join(lines(faults, about))


def _time(standard: Sequence[Mapping[str, Any]], full: Sequence[Mapping[str, Any]]) -> str:
    lines = ["## Time", "", "| layout | made | run | asked and compared |", "|---|---:|---:|---:|"]
    for name, results in (("standard", standard), ("extracts", full)):
        if results:
            seconds = [median(each["seconds"][place] for each in results) for place in range(3)]
            lines.append(f"| {name} | {' | '.join(f'{each:.1f} s' for each in seconds)} |")
    return "\n".join([*lines, "", "Median of the councils, several at a time on one machine.", ""])


def all_of(jobs: Iterable[Job], folder: Path, workers: int) -> list[dict[str, Any]]:
    """The results of all jobs, in their order, some at a time in processes of their own."""
    jobs = list(jobs)
    if workers == 1:
        return [do(job, folder) for job in jobs]
    results = []
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for number, result in enumerate(pool.map(partial(do, folder=folder), jobs), start=1):
            results.append(result)
            print(f"\r{number} of {len(jobs)} councils", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return results


def main(arguments: Sequence[str]) -> int:
    """Run what is not there yet, write the page; 1 where a figure on complete records is not the true one."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--councils", type=int, default=40, help="how many councils in the standard layout")
    asked.add_argument("--children", type=int, default=10_000, help="children in each")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--full", type=int, default=2, help="how many councils through their systems' extracts")
    asked.add_argument("--resume", action="store_true", help="carry on in the work folder of the same arguments")
    asked.add_argument("--workers", type=int, default=max(min(os.cpu_count() or 1, 8), 1), help="councils at a time")
    asked.add_argument("--work", type=Path, default=ROOT / "build" / "truth", help="where results are kept")
    asked.add_argument("--page", type=Path, default=PAGE, help="where the page is written")
    options = asked.parse_args(arguments)
    # Results of another version are never taken for this one's; after a change of the code, begin without --resume.
    folder = options.work / f"{options.children}-{options.seed}-{earlyhelp.__version__}"
    if not options.resume:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    plain = (Job(number, options.children, options.seed, False) for number in range(options.councils))
    messy = (Job(number, options.children, options.seed, True) for number in range(options.full))
    standard = all_of(plain, folder, options.workers)
    full = all_of(messy, folder, 1)
    faults = faults_of(folder, options.seed) if options.full else None
    options.page.parent.mkdir(parents=True, exist_ok=True)
    write_text(options.page, page(standard, full, options, faults))
    missed = [key for key, each in summary(standard).items() if each.equal < each.figures]
    print(f"{len(standard)} councils; figures that are not the true ones: {len(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
