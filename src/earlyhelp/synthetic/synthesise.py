"""Folders of synthetic councils: what the councils hold, apart from it the truth, and maps. One council after the other.

    <folder>/<council>/          the extracts, a folder a system (or the standard's files alone)
    <folder>/truth/<council>/    the truth: who is who, planted faults, true events, true effects
    <folder>/maps/<council>/     small areas and wards as GeoJSON, British National Grid

A council appears whole or not at all: its own folder comes last.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from earlyhelp.errors import InputRefused, UsageProblem
from earlyhelp.sources.writing import STANDARD_AS_PARQUET, WRITERS, Cells, Writer
from earlyhelp.store.files import read_json, whole_folder, write_json
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.council import Council, make_council
from earlyhelp.synthetic.coverage import Covered, coverage_records, covered_by
from earlyhelp.synthetic.extracts import Planted, write_extracts
from earlyhelp.synthetic.profiles import PROFILES, find_profile
from earlyhelp.synthetic.systems import COUNCILS
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY
from earlyhelp.synthetic.truth import write_truth

EXTRACTS, STANDARD = "extracts", "standard"
LAYOUTS = (EXTRACTS, STANDARD)
FORMATS = ("csv", "parquet")
FEWEST_CHILDREN, MOST_CHILDREN, MOST_COUNCILS = 200, 2_000_000, 900
_PLAN, _TRUTH, _MAPS, _WORK = "synthesis.json", "truth", "maps", ".work"


@dataclass(frozen=True)
class Plan:
    """What is to be made. The same plan makes the same files, to the byte.

    `children`: how many aged 0 to 17 live in each council. `like`: the councils to resemble, in turn; all of the
    discovery where none is named. `layout`: "extracts" in every system's own layout and mess, or the "standard" files
    without fault, as `format`. `mess`: 0 for none, 1 for the usual. `systems`: which systems the extracts are drawn from, a
    name of `systems.COUNCILS`.
    """

    councils: int = 1
    children: int = 20_000
    seed: int = 1
    like: tuple[str, ...] = ()
    layout: str = EXTRACTS
    format: str = "csv"
    mess: float = 1.0
    systems: str = "returns"

    def __post_init__(self) -> None:
        """Raises UsageProblem, naming the option, for what cannot be made."""
        _within("--councils", self.councils, 1, MOST_COUNCILS)
        _within("--children", self.children, FEWEST_CHILDREN, MOST_CHILDREN)
        _within("--seed", self.seed, 0, 2**63 - 1)
        _within("--mess", self.mess, 0, 10)
        _among("--layout", self.layout, LAYOUTS)
        _among("--format", self.format, FORMATS)
        _among("--systems", self.systems, tuple(COUNCILS))
        object.__setattr__(self, "like", tuple(find_profile(name).resembles for name in self.like))


@dataclass(frozen=True)
class Made:
    """One council that was made: its name, its invented code, whom it resembles, its folder and its rows."""

    name: str
    code: str
    resembles: str
    children: int
    seed: int
    folder: str
    rows: int
    planted_faults: int


def synthesise(
    folder: Path,
    plan: Plan,
    *,
    resume: bool = False,
    words: Path | None = None,
    progress: Callable[[str], None] = lambda step: None,
) -> list[Made]:
    """Make the councils of the plan in `folder`, one after the other, in the memory of one; returns what was made.

    With `resume`, a folder begun by the same plan is carried on, and councils that are there stay as they are. `words`:
    a table of local code words to draw from. Raises InputRefused for a folder that holds anything else.
    """
    _open(folder, plan, resume)
    made = []
    for number in range(plan.councils):
        target = folder / _slug(plan, number)
        progress(f"council {number + 1} of {plan.councils}: {target.name}")
        if not target.exists():
            _make(folder, plan, number, words, progress)
        made.append(Made(**read_json(folder / _TRUTH / target.name / "council.json")))
    shutil.rmtree(folder / _WORK, ignore_errors=True)
    return made


def _council(plan: Plan, number: int) -> Council:
    own_seed = int(chance(plan.seed, "council", number).integers(2**31))
    council = make_council(_profile(plan, number), plan.children, own_seed, number)
    times_before = number // len(_profiles(plan))
    return replace(council, name=f"{council.name} {times_before + 1}") if times_before else council


def _profiles(plan: Plan) -> Sequence[str]:
    return plan.like or tuple(each.resembles for each in PROFILES.values())


def _profile(plan: Plan, number: int) -> Any:
    names = _profiles(plan)
    return find_profile(names[number % len(names)])


def _slug(plan: Plan, number: int) -> str:
    name = _profile(plan, number).name.split(",")[0]
    return f"{number + 1:02d}-{re.sub('[^a-z]+', '-', name.casefold())}"


def _make(folder: Path, plan: Plan, number: int, words: Path | None, progress: Callable[[str], None]) -> None:
    """Truth and maps first, then the council itself: where its folder stands, the others do."""
    council, slug = _council(plan, number), _slug(plan, number)
    for side in (_TRUTH, _MAPS):
        shutil.rmtree(folder / side / slug, ignore_errors=True)
    with whole_folder(folder / slug, folder / _WORK / EXTRACTS) as extracts:
        planted = _write(council, extracts, plan, words, progress)
        with whole_folder(folder / _TRUTH / slug, folder / _WORK / _TRUTH) as truth:
            write_truth(council, planted, truth)
            write_json(truth / "council.json", asdict(_made(council, slug, planted)))
        with whole_folder(folder / _MAPS / slug, folder / _WORK / _MAPS) as maps:
            for name, shapes in council.boundaries.items():
                (maps / f"{name}.geojson").write_text(json.dumps(shapes), encoding="utf-8")


def _write(
    council: Council, folder: Path, plan: Plan, words: Path | None, progress: Callable[[str], None]
) -> Planted | None:
    if plan.layout == EXTRACTS:
        systems = COUNCILS[plan.systems]
        planted = write_extracts(council.records, folder, council.seed, plan.mess, words, progress, systems=systems)
        _write_coverage(folder, covered_by(folder, systems))
        return planted
    write_standard(council, folder, plan.format)
    return None


def write_standard(council: Council, folder: Path, kind: str) -> list[Path]:
    """The council's true records in the standard's own layout, as csv or parquet, and what they cover; returns the files."""
    writer = WRITERS["standard"] if kind == "csv" else STANDARD_AS_PARQUET
    cells = _standard_cells(writer, council.records)
    files = writer.write(cells, folder, LAST_DAY)
    said = [
        Covered(file, "standard", LAST_DAY, FIRST_DAY, LAST_DAY, table.num_rows)
        for file, table in zip(files, cells.values(), strict=True)
    ]
    return files + writer.write(_standard_cells(writer, {"feed": coverage_records(said)}), folder, LAST_DAY)


def _write_coverage(folder: Path, said: Sequence[Covered]) -> list[Path]:
    """The standard table `feed`, in a folder of its own: what the council says of the files beside it."""
    writer = WRITERS["standard"]
    return writer.write(_standard_cells(writer, {"feed": coverage_records(said)}), folder / "about", LAST_DAY)


def _standard_cells(writer: Writer, records: Mapping[str, pa.Table]) -> Cells:
    con = duckdb.connect(config={"threads": 2})
    try:
        for name, table in records.items():
            con.register(name, table)
        return writer.lay_out(con, LAST_DAY)
    finally:
        con.close()


def _made(council: Council, slug: str, planted: Planted | None) -> Made:
    return Made(
        name=council.name,
        code=council.code,
        resembles=council.profile.resembles,
        children=council.children,
        seed=council.seed,
        folder=slug,
        rows=sum(table.num_rows for table in council.records.values()),
        planted_faults=planted.faults.num_rows if planted else 0,
    )


def _open(folder: Path, plan: Plan, resume: bool) -> None:
    """Begin the folder, or find it begun by this very plan."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if not resume:
            raise InputRefused(
                "The folder exists and is not empty.",
                where=str(folder),
                fix="Name a new folder, or carry on what was begun there: --resume",
            )
        if not (folder / _PLAN).is_file() or read_json(folder / _PLAN) != _told(plan):
            raise InputRefused(
                "The folder was not begun with these arguments.", where=str(folder), fix="Name a new folder."
            )
        shutil.rmtree(folder / _WORK, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / _PLAN, _told(plan))


def _told(plan: Plan) -> dict[str, Any]:
    """The plan as it is kept beside what it made."""
    return {
        **asdict(plan),
        "like": list(plan.like),
        "note": "Invented councils: no person and no place in them is real.",
    }


def _within(option: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise UsageProblem(
            f"{value:,} is not possible.", where=option, fix=f"Give a number from {least:,} to {most:,}."
        )


def _among(option: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise UsageProblem(f"There is no {value!r}.", where=option, fix=f"Choose one of: {', '.join(known)}.")
