"""Partnership: who does early help besides the council."""

from __future__ import annotations

from collections.abc import Iterator

from generative.things import Thing
from generative.worlds import World


def _assessments(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("eh_assessment")):
        yield Thing(number, row, row["start_date"])


COUNTED = {
    ("D1", "default"): _assessments,
}
GROUPS = {"assessments begun": (["D1"], ("eh_assessment",))}
