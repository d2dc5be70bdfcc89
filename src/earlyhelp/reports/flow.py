"""The line as a chart: a bar a stage, parted into those who went on, are still there, left, or of whom nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from earlyhelp.measures.pathway import STAGES, Kind
from earlyhelp.release.pathway import ReleasedLine, ReleasedStage
from earlyhelp.reports.blocks import Figure, Note, TableBlock
from earlyhelp.reports.charts import COLOURS, INK, LIGHT, Spec, layer, layered
from earlyhelp.reports.wording import in_words, number
from earlyhelp.standard import DAYS_TO_BEGIN

ROW = 62
"""Pixels from a stage to the next."""
FAINT = "#b1b4b6"
TOO_FEW = "too few to say"
WENT_ON, UNTOLD = "went on", "not told apart"
BY_PERSON = (
    "No early help episode names the requests of one system or more. They were joined by the person and the day: a request "
    "that was accepted, or whose decision cannot be read, to the first episode of the same person that began on its day or "
    f"in the {DAYS_TO_BEGIN} days after it, and each episode to one request. A request without such an episode stands at "
    "no early help recorded, though the family may have had help from another one."
)
FILLS = {
    WENT_ON: COLOURS[0],
    Kind.STILL.value: LIGHT,
    Kind.LEFT.value: COLOURS[1],
    Kind.AFTER.value: COLOURS[2],
    Kind.LATER.value: "#D3D3D3",
    Kind.MISSING.value: "#FFFFFF",
    UNTOLD: "#8A8A8A",
}
"""Each part of a bar, in the order in which it is drawn, with its colour. Each has an edge of ink and is named below."""


class Part(NamedTuple):
    """One part of a bar: what it is of, and how many."""

    name: str
    requests: float


def parts(stage: ReleasedStage, following: ReleasedStage | None) -> list[Part]:
    """The parts of a stage's bar, none of them 0. What is hidden of a stage whose whole is told is one part of its own."""
    told = {Kind(kind).value: count for kind, count in stage.by_kind.items()}
    told |= {WENT_ON: following.came} if following else {}
    found = [Part(name, count) for name in FILLS if (count := told.get(name))]
    left = (stage.came or 0) - sum(part.requests for part in found)
    return [*found, Part(UNTOLD, left)] if left > 0 and any(count is None for count in told.values()) else found


def figure(line: ReleasedLine, codes: Sequence[str], title: str) -> Figure:
    """The stages of those codes as a chart with its table; each bar from 0, all on one scale."""
    every = {stage.code: (stage, following) for stage, following in _with_next(line)}
    chosen = [every[code] for code in codes]
    words = f"{title}: requests of {period_of(line)}"
    alt = f"Bars of requests by stage of the line. {' '.join(_said(*each) for each in chosen)}"
    return Figure(words, chart(chosen), alt, table(line, codes, words))


def how_joined(line: ReleasedLine) -> list[Note]:
    """How requests that no record joins to early help were joined to it; nothing where the records join them all."""
    return [Note(BY_PERSON)] if line.joined_by_person else []


def _with_next(line: ReleasedLine) -> list[tuple[ReleasedStage, ReleasedStage | None]]:
    return list(zip(line.stages, [*line.stages[1:], None], strict=True))


def period_of(line: ReleasedLine) -> str:
    """The days of the line in words."""
    return f"{in_words(line.start)} to {in_words(line.end)}"


def _said(stage: ReleasedStage, following: ReleasedStage | None) -> str:
    parted = _parted(stage, following)
    return f"{stage.words}: {_whole(stage)}{f'; {parted}' if parted else ''}."


def _whole(stage: ReleasedStage) -> str:
    return TOO_FEW if stage.came is None else number(stage.came)


def _parted(stage: ReleasedStage, following: ReleasedStage | None) -> str:
    found = parts(stage, following) if stage.came is not None else []
    if following is None:
        found = [Part(place.words, place.requests) for place in stage.places if place.requests]
    return ", ".join(f"{number(part.requests)} {part.name}" for part in found)


def chart(stages: Sequence[tuple[ReleasedStage, ReleasedStage | None]]) -> Spec:
    """The bars, each with its name and how many came above it, its parts below it; dashed lines lead to who went on."""
    codes = [stage.code for stage, _ in stages]
    most = max((stage.came or 0 for stage, _ in stages), default=0)
    axis = {"labels": False, "ticks": False, "domain": False, "grid": False, "title": None}
    y = {"field": "stage", "type": "nominal", "sort": codes, "scale": {"domain": codes}, "title": None, "axis": axis}
    x = {
        "type": "quantitative",
        "title": "requests",
        "scale": {"domain": [0, most or 1]},
        "axis": {"tickCount": 5, "grid": False},
    }
    drawn = [row for each in stages for row in _bars(*each)]
    names = [name for name in FILLS if any(row["part"] == name for row in drawn)]
    key = {"title": None, "orient": "bottom", "columns": 2, "symbolType": "square", "symbolStrokeColor": INK}
    scale = {"domain": names, "range": [FILLS[name] for name in names]}
    colour = {"field": "part", "type": "nominal", "scale": scale, "legend": key}
    lines = [
        {"stage": stage.code, "next": following.code, "at": following.came}
        for stage, following in stages
        if following and following.code in codes and following.came and stage.came
    ]
    above = [{"stage": stage.code, "words": f"{stage.words}: {_whole(stage)}"} for stage, _ in stages]
    below = [{"stage": stage.code, "words": _parted(stage, following)} for stage, following in stages]
    return layered(
        [
            layer(lines, {"type": "rule", "strokeDash": [3, 3], "color": FAINT},
                  {"y": y, "y2": {"field": "next"}, "x": x | {"field": "at"}}),
            layer(drawn, {"type": "bar", "height": 14, "stroke": INK, "strokeWidth": 0.7},
                  {"y": y, "x": x | {"field": "start"}, "x2": {"field": "end"}, "color": colour,
                   "order": {"field": "start"}}),
            _words(above, y, -17, 13), _words(below, y, 17, 12),
        ],
        height=ROW * len(stages),
    )  # fmt: skip


def _bars(stage: ReleasedStage, following: ReleasedStage | None) -> list[dict[str, Any]]:
    """The parts one after the other from 0; none where the whole is hidden."""
    rows, start = [], 0.0
    for part in parts(stage, following) if stage.came is not None else []:
        rows.append({"stage": stage.code, "part": part.name, "start": start, "end": start + part.requests})
        start += part.requests
    return rows


def _words(rows: Sequence[dict[str, Any]], y: Spec, dy: int, size: int) -> Spec:
    mark = {"type": "text", "align": "left", "baseline": "middle", "dy": dy, "fontSize": size, "color": INK}
    return layer(rows, mark, {"y": y, "x": {"value": 0}, "text": {"field": "words"}})


def table(line: ReleasedLine, codes: Sequence[str], caption: str) -> TableBlock:
    """A row a stage: who came, of how many its record is missing, who is there still, who left, and who went on."""
    rows = tuple(_row(stage, following) for stage, following in _with_next(line) if stage.code in codes)
    columns = (
        "stage",
        "came",
        "without its record",
        "still here",
        "left",
        "what became of them not recorded",
        "went on",
    )
    return TableBlock(caption, columns, rows, tuple(range(1, len(columns))))


def _row(stage: ReleasedStage, following: ReleasedStage | None) -> tuple[str, ...]:
    still = next((stage.by_kind[kind] for kind in (Kind.STILL, Kind.LATER) if kind in stage.by_kind), 0.0)
    left = next((stage.by_kind[kind] for kind in (Kind.LEFT, Kind.AFTER) if kind in stage.by_kind), 0.0)
    return (
        stage.words,
        _whole(stage),
        _count(stage.unrecorded) if stage.step else "nothing to record",
        _count(still),
        _count(left),
        _count(stage.by_kind.get(Kind.MISSING, 0.0)),
        _count(following.came) if following else "the end",
    )


def _count(count: float | None) -> str:
    return TOO_FEW if count is None else number(count)


def where_they_stand(line: ReleasedLine, caption: str) -> TableBlock:
    """A row a place at which requests stand: the stage, what became of them, and how many; places with none left out."""
    rows = tuple(
        (place.words.capitalize(), stage.words, place.kind.value, _count(place.requests))
        for stage in line.stages
        for place in stage.places
        if place.requests != 0
    )
    return TableBlock(caption, ("what became of them", "after", "which is", "requests"), rows, (3,))


CODES = tuple(stage.code for stage in STAGES)
"""The stages in order."""
TO_HELP, FROM_HELP = CODES[:3], CODES[2:]
"""The line in two charts, as far fewer are helped than ask."""
