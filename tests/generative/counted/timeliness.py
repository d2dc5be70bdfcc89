"""Timeliness: whether help comes when it is due."""

from __future__ import annotations

from collections.abc import Iterator

from generative.things import STANDARDS, Thing, due_day
from generative.worlds import World


def _assessments_due(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("eh_assessment")):
        due = row["due_date"] or due_day(row["start_date"], STANDARDS["assessment_working_days"])
        done = row["completion_date"]
        yield Thing(number, row, due, counted=done is not None and row["start_date"] <= done <= due)


COUNTED = {
    ("B6", "default"): _assessments_due,
}
GROUPS = {"assessments due": (["B6"], ("eh_assessment",))}
