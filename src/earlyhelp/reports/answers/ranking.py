"""Places, groups and agencies set beside the whole: which lie above or below it by more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from earlyhelp.measures import Measure
from earlyhelp.release import ReleasedRow, Status
from earlyhelp.reports.answers.prepared import Part, Reply
from earlyhelp.reports.wording import interval_of, not_recorded, value_of, written


def beside_the_whole(parts: Sequence[Part], split: str, plural: str, *, highest_first: bool = True) -> Reply:
    """The groups of one split in order of their figure, beside that of all together.

    `parts`: the answer by the split, then the answer without it. A group is said to lie above or below the whole only
    where its interval leaves out the whole's figure. Groups with too few to say are counted, never ranked.
    """
    by_group, whole = parts
    measure = by_group.released.measure
    total = next((row for row in whole.released.rows if row.value is not None), None)
    told = sorted(
        (row for row in by_group.released.rows if row.value is not None and row.dims[split] not in NOT_A_GROUP),
        key=lambda row: (row.value or 0, row.dims[split]),
        reverse=highest_first,
    )
    certificates = dict(zip(map(id, by_group.released.rows), by_group.certificates, strict=True))
    return Reply(
        answer=tuple(_sentences(measure, told, total, by_group, split, plural)),
        table=tuple(_row(measure, row, split, certificates[id(row)]) for row in told),
        caveats=measure.traps,
        certificates=tuple(certificates[id(row)] for row in told),
    )


NOT_A_GROUP = ("not_recorded", "unmapped")
"""Of whom nobody knows where they belong, nothing is said."""


def _sentences(
    measure: Measure, told: Sequence[ReleasedRow], total: ReleasedRow | None, by_group: Part, split: str, plural: str
) -> list[str]:
    if not told or total is None or total.value is None:
        return [nothing_to_tell(by_group)]
    first = told[0]
    said = [
        f"Of {len(told)} {plural} that can be told, {label(first, split)} comes first: "
        f"{value_of(first, measure)}{_interval(first, measure)}, against {value_of(total, measure)} in all."
    ]
    for side, words in ((1, "above"), (-1, "below")):
        apart = [label(row, split) for row in told if _side_of(row, total.value) == side]
        said.append(f"{_count(apart, plural)} {words} the whole by more than chance{_named(apart)}.")
    few = sum(1 for row in by_group.released.rows if row.status is Status.SUPPRESSED)
    if few:
        said.append(f"{few} of the {plural} {'has' if few == 1 else 'have'} too few to say anything.")
    return said


def _side_of(row: ReleasedRow, whole: float) -> int:
    if row.lower is None or row.upper is None:
        return 0
    return 1 if row.lower > whole else -1 if row.upper < whole else 0


def _count(apart: Sequence[str], plural: str) -> str:
    if not apart:
        return f"None of the {plural} lies"
    return f"{len(apart)} of the {plural} {'lies' if len(apart) == 1 else 'lie'}"


def _named(apart: Sequence[str]) -> str:
    shown = ", ".join(apart[:5])
    return f": {shown}{' and others' if len(apart) > 5 else ''}" if apart else ""


def _interval(row: ReleasedRow, measure: Measure) -> str:
    return f" ({interval_of(row, measure)})" if row.lower is not None else ""


def label(row: ReleasedRow, split: str) -> str:
    """The group of a row in words, or its code where it has no label."""
    return row.labels.get(f"{split}_label", row.dims[split])


def nothing_to_tell(part: Part) -> str:
    """Why there is no figure: columns that nothing fills, columns too empty, or too few."""
    released = part.released
    if released.missing:
        return f"There is no data. {not_recorded(released.missing)}"
    if released.closed:
        return f"It is not shown: {'; '.join(gate.words for gate in released.closed)}."
    if any(row.status is Status.SUPPRESSED for row in released.rows):
        return "There are too few to say anything."
    if any(row.status is Status.NOT_MATURE for row in released.rows):
        return "It is not mature yet: not enough time has passed to know."
    return "There is no data."


def _row(measure: Measure, row: ReleasedRow, split: str, certificate: str) -> Mapping[str, Any]:
    return {
        split: row.dims[split],
        f"{split}_label": label(row, split),
        "numerator": row.numerator,
        "denominator": row.denominator,
        "value": row.value,
        "lower": row.lower,
        "upper": row.upper,
        "in_words": written(row.value or 0, measure),
        "certificate": certificate,
    }
