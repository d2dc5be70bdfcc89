"""Quality of the data: how late records are entered, and of how many children more is known than one system tells."""

from __future__ import annotations

from collections.abc import Iterator

from generative.things import Thing, first_row, help_of_children
from generative.worlds import World

DAYS = {"eh_episode": "start_date", "social_care_event": "start_date"}


def _entered(world: World) -> Iterator[Thing]:
    for table, day in DAYS.items():
        for number, row in enumerate(world.rows(table)):
            entered = row["recorded_date"]
            if entered is not None and entered <= world.as_at:
                delay = max((entered - row[day]).days, 0)
                yield Thing((table, number), {**row, "table_name": table}, row[day], counted=True, days=delay)


def _linked(world: World) -> Iterator[Thing]:
    """The made-up councils have no numbers, and know each person in one system."""
    for child, spell in help_of_children(world):
        in_care = any(row["person_id"] == child for row in world.rows("social_care_event"))
        for name in ("upn", "nhs_number", "social_care", "another_system"):
            counted = in_care and name == "social_care"
            yield Thing(child, first_row(spell), spell.start, counted=counted, dims={"linked_to": name})


COUNTED = {
    ("K2", "default"): _entered,
    ("K2", "ninety_percent"): _entered,
    ("K3", "default"): _linked,
}
GROUPS = {"quality of records": (["K2", "K3"], ("eh_episode", "social_care_event"))}
