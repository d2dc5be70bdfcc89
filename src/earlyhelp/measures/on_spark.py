"""Measures counted on Apache Spark, for regions and the nation: the rows are read there, exact figures alone come back.

Spark reads the snapshot's tables where they lie, in a process of its own (`spark_process`). What it is asked and what it finds
passes through a folder of its owner's alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from earlyhelp.link.thresholds import BOUNDS, FOLLOWING, UNDER_BOUNDS
from earlyhelp.measures.calculate import chosen_splits
from earlyhelp.measures.catalogue import CATALOGUE
from earlyhelp.measures.figures import ClosedGate, Estimate, Figure, Figures, KindNotHeld, Question, Standards
from earlyhelp.measures.measure import Measure
from earlyhelp.measures.periods import Grain, Period
from earlyhelp.store.files import read_json
from earlyhelp.store.snapshots import ANALYSIS
from earlyhelp.store.spark import Spark, require_spark, run_on_spark, working_folder

FOUND = "found.json"
"""What Spark's process leaves in the folder."""


@dataclass(frozen=True)
class Counted:
    """The exact figures of one question, as `calculate` gives them, counted on Spark.

    `under`: the same figures with the people of each of `thresholds.BOUNDS`, for a measure that follows people and is asked
    without a split; else nothing. `seconds`: what counting all of it took, Spark's start not included.
    """

    figures: Figures
    under: Sequence[Figures]
    seconds: float


def count_on_spark(
    snapshot: Path, spark: Spark, standards: Standards, wanted: Sequence[tuple[Measure, Question]]
) -> list[Counted]:
    """What was counted for each measure and question, in their order; the measures are of `CATALOGUE`.

    `snapshot`: the folder of a snapshot; on several machines, one that all of them reach. Spark is started once for all.
    Raises UsageProblem for a question that a measure cannot be asked, and for a folder whose path Spark would read otherwise,
    InputRefused where Spark is not installed, all before it is started; EarlyHelpError where it ended before it was done.
    """
    for measure, question in wanted:
        chosen_splits(measure, question)
    require_spark(spark)
    asked = {
        "analysis": str(snapshot.absolute() / ANALYSIS),
        "standards": standards_as_json(standards),
        "wanted": [{**asked_as_json(*each), "bounds": _bounds_wanted(snapshot / ANALYSIS, *each)} for each in wanted],
    }
    with working_folder(spark) as folder:
        run_on_spark("earlyhelp.measures.spark_process", folder, spark, asked, before="it had counted")
        found = read_json(folder / FOUND)
    return [_counted(measure, each) for (measure, _), each in zip(wanted, found, strict=True)]


def _bounds_wanted(analysis: Path, measure: Measure, asked: Question) -> list[str]:
    """The bounds of linkage under which the figures are told too: all, or none where the snapshot does not hold them."""
    are_held = all((analysis / f"{name}.parquet").is_file() for name in UNDER_BOUNDS)
    return list(BOUNDS) if are_held and measure.id in FOLLOWING and not asked.by else []


def _counted(measure: Measure, found: Mapping[str, Any]) -> Counted:
    figures, *under = (_figures(measure, each) for each in found["figures"])
    return Counted(figures, under, found["seconds"])


def standards_as_json(standards: Standards) -> dict[str, Any]:
    """Standards as JSON holds them."""
    return {
        "as_at": standards.as_at.isoformat(),
        "local": dict(standards.local),
        "year_starts": standards.year_starts,
        "area_code": standards.area_code,
    }


def standards_of(told: Mapping[str, Any]) -> Standards:
    """The standards that `standards_as_json` told of."""
    return Standards(**{**told, "as_at": date.fromisoformat(told["as_at"])})


def asked_as_json(measure: Measure, asked: Question) -> dict[str, Any]:
    """A measure and a question as JSON holds them."""
    days = {"first": asked.first and asked.first.isoformat(), "last": asked.last and asked.last.isoformat()}
    grain = str(asked.grain) if asked.grain else None
    return {"measure": measure.id, "definition": measure.definition, "by": list(asked.by), "grain": grain, **days}


def asked_of(told: Mapping[str, Any]) -> tuple[Measure, Question]:
    """The measure and the question that `asked_as_json` told of."""
    first, last = (date.fromisoformat(told[end]) if told[end] else None for end in ("first", "last"))
    grain = Grain(told["grain"]) if told["grain"] else None
    return CATALOGUE[told["measure"]].defined_as(told["definition"]), Question(tuple(told["by"]), first, last, grain)


def figures_as_json(figures: Figures) -> dict[str, Any]:
    """Exact figures as JSON holds them; splits in pairs, as their order counts."""
    return {
        "by": list(figures.by),
        "figures": [_figure_as_json(each) for each in figures.figures],
        "missing": list(figures.missing),
        "closed": [list(gate) for gate in figures.closed],
        "not_held": [list(kind) for kind in figures.not_held],
    }


def _figure_as_json(figure: Figure) -> list[Any]:
    days = [day.isoformat() for day in figure.period] if figure.period else None
    return [days, list(figure.dims.items()), *figure[2:]]


def _figures(measure: Measure, told: Mapping[str, Any]) -> Figures:
    """The figures that `figures_as_json` told of."""
    closed = tuple(ClosedGate(*gate) for gate in told["closed"])
    figures, not_held = (
        [_figure(*each) for each in told["figures"]],
        tuple(KindNotHeld(*kind) for kind in told["not_held"]),
    )
    return Figures(measure, tuple(told["by"]), figures, tuple(told["missing"]), closed, not_held)


def _figure(
    days: list[str] | None,
    dims: list[tuple[str, str]],
    numerator: float | None,
    denominator: float | None,
    mature: bool,
    estimate: list[float | None] | None,
    net_of: tuple[float, float] | None,
    against: tuple[float, float] | None,
    met: bool,
) -> Figure:
    return Figure(
        Period(*(date.fromisoformat(day) for day in days)) if days else None,
        dict(dims),
        numerator,
        denominator,
        mature,
        Estimate(*estimate) if estimate else None,
        (net_of[0], net_of[1]) if net_of else None,
        (against[0], against[1]) if against else None,
        met,
    )
