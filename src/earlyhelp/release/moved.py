"""Which published figures a later snapshot moves: each certified figure worked out again, through the same door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from earlyhelp.measures import Question
from earlyhelp.release.certify import question
from earlyhelp.release.publish import Released, ReleasedRow

Ask = Callable[[str, Question, str], tuple[Released, list[str]]]
"""Answers a question about a measure under a definition: the released rows, and a certificate for each."""


def moved_figures(certified: Sequence[tuple[str, Mapping[str, Any]]], ask: Ask) -> list[dict[str, Any]]:
    """The certified figures that are another now, each with old and new value, status and certificate.

    `certified`: certificates with what stands behind them; `ask` answers on the later snapshot. Both figures were
    released; set side by side they may still tell how many people came between, so the list is not for publication.
    """
    asked: dict[Any, tuple[Released, list[str]]] = {}
    moved = []
    for certificate, about in certified:
        row, new = _again(about, ask, asked)
        value, status = (row.value, str(row.status)) if row else (None, "no_data")
        if (about["value"], about["status"]) != (value, status):
            told = {name: about[name] for name in ("measure", "name", "definition", "period_start", "period_end")}
            told |= {"dims": about["dims"], "old_value": about["value"], "old_status": about["status"]}
            told |= {"new_value": value, "new_status": status, "certificate": certificate, "new_certificate": new}
            moved.append(told)
    order = ("measure", "definition", "period_start", "period_end", "dims", "certificate")
    return sorted(moved, key=lambda each: [str(each[name]) for name in order])


def _again(
    about: Mapping[str, Any], ask: Ask, asked: dict[Any, tuple[Released, list[str]]]
) -> tuple[ReleasedRow | None, str | None]:
    """The figure as it is now, with its new certificate; each question is asked once.

    Where the same question now has other periods, since more days are covered, the figure's own days are asked for.
    """
    first, last = (date.fromisoformat(about[name]) if about[name] else None for name in ("period_start", "period_end"))
    own = question(about)
    for wanted in (own, Question(own.by, first, last)):
        place = (about["measure"], about["definition"], wanted)
        if place not in asked:
            asked[place] = ask(about["measure"], wanted, about["definition"])
        released, certificates = asked[place]
        for row, certificate in zip(released.rows, certificates, strict=True):
            if (row.dims, row.period_start, row.period_end) == (about["dims"], first, last):
                return row, certificate
    return None, None
