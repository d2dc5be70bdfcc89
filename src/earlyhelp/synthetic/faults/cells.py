"""Damage to ids and texts, most of it by spreadsheets."""

from __future__ import annotations

import re

from earlyhelp.standard import CodeType, Date, Key, Text
from earlyhelp.synthetic.faults.declared import CellFault, Struck
from earlyhelp.synthetic.faults.where import Place, in_sheets

_LONG_NUMBER = re.compile(r"[1-9]\d{11,}")


def _is_key(place: Place) -> bool:
    return place.kind is Key and in_sheets(place)


def _is_number_like(place: Place) -> bool:
    return place.kind in (Key, Text) and in_sheets(place)


def _is_text(place: Place) -> bool:
    return place.kind is Text and not place.withholds and in_sheets(place)


def _can_fail(place: Place) -> bool:
    return in_sheets(place) and (place.kind in (Key, Text, Date) or isinstance(place.kind, CodeType))


def _without_zeros(struck: Struck) -> str | None:
    return struck.text.lstrip("0") or None if struck.text.isdigit() and struck.text.startswith("0") else None


def _scientific(struck: Struck) -> str | None:
    return f"{int(struck.text):.5E}" if _LONG_NUMBER.fullmatch(struck.text) else None


def _other_case(struck: Struck) -> str | None:
    return struck.one_of((struck.text.upper(), struck.text.lower()))


FAULTS = (
    CellFault(
        "id missing", "The id without which the row cannot be placed is missing.",
        0.0004, applies=lambda place: _is_key(place) and place.withholds, break_=lambda struck: "", quarantines=True,
    ),
    CellFault(
        "#N/A", "A look-up in a spreadsheet failed and left its mark.",
        0.0003, applies=_can_fail, break_=lambda struck: "#N/A", kept=False, quarantines=True,
    ),
    CellFault(
        "leading zeros lost", "A spreadsheet took the id for a number.",
        0.003, applies=_is_number_like, break_=_without_zeros, kept=False,
    ),
    CellFault(
        "number in scientific notation", "A spreadsheet shows a long number as 1.00012E+11.",
        0.01, applies=_is_number_like, break_=_scientific, kept=False,
    ),
    CellFault(
        "spaces about an id", "Spaces stand before or after the id.",
        0.003, applies=_is_key, break_=lambda struck: struck.one_of((f" {struck.text}", f"{struck.text} ")), kept=False,
    ),
    CellFault(
        "text in one case", "The text was typed in capitals or without any.",
        0.01, applies=_is_text, break_=_other_case,
    ),
)  # fmt: skip
