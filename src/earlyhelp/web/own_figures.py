"""Whose page of figures is whose: a partner reads those of its own organisation, found by number or by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from earlyhelp.release.partners import ReleasedPartner


def id_of(each: ReleasedPartner) -> str:
    """What stands for a partner in addresses: a school's number, an organisation's name."""
    return each.code.replace("/", "~")


def owned_by(organisation: str, listed: Sequence[ReleasedPartner]) -> list[ReleasedPartner]:
    """The pages of one organisation: of a school by its number, or by its name where no other has it; else by any spelling."""
    own = organisation.strip().casefold()
    names = Counter(each.name.casefold() for each in listed if each.kind == "school")
    return [
        each
        for each in listed
        if own and (own == each.code.casefold() or (own == each.name.casefold() and names[own] < 2))
    ]
