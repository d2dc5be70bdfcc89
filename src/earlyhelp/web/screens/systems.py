"""The catalogue of systems: what is held where, what is missing, and which measures it would switch on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import desk
from earlyhelp.reports.blocks import Heading, Note, TableBlock, Text
from earlyhelp.reports.wording import in_words, why_shut
from earlyhelp.web.access import READERS
from earlyhelp.web.blocks import Link, LinkedTable, Shown
from earlyhelp.web.pages import page
from earlyhelp.web.reading import prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import workspace

MOST_NAMED = 6


@page("data/systems/", rule=READERS, kept=True)
def systems(request: HttpRequest) -> Screen:
    """What this council's systems hold, what none of them does, and which measures are off for want of it."""
    told = prepared(request, ("systems",), lambda: desk.systems(workspace()))
    held = [each for each in told["systems"] if each["held"]]
    absent = [each for each in told["systems"] if not each["held"]]
    return Screen(
        "Systems: what is held where",
        (*_held(held), *_off(told["measures"]), *_absent(absent)),
        lead=f"Records of {_counted(len(held))} are held; {len(absent)} more systems could be read.",
        way=(Link("Data desk", reverse("data")),),
    )


def _counted(held: int) -> str:
    return "1 system or list of your own" if held == 1 else f"{held} systems and lists of your own"


def _held(systems: Sequence[Mapping[str, Any]]) -> list[Shown]:
    heading = Heading(1, "Held")
    if not systems:
        return [heading, Text("No records of a system, or of a list of your own, are held yet.")]
    rows = [
        (
            each["title"],
            _day(each["latest_extract"]),
            ", ".join(table for table in each["tables"] if table != "feed"),
            f"{len(each['filled'])}{'' if each['own'] else f' of {_fillable(each)}'}",
            "not known: a layout of your own" if each["own"] else _some(each["could_fill"]),
        )
        for each in systems
    ]
    columns = ("system", "latest extract", "tables", "columns filled", "could fill too")
    return [heading, table_of("Systems whose records are held", columns, rows, (3,), nothing="nothing more")]


def _fillable(system: Mapping[str, Any]) -> int:
    """How many columns a system's extract can fill."""
    return len(system["filled"]) + len(system["could_fill"])


def _day(told: str | None) -> str:
    return in_words(date.fromisoformat(told)) if told else "not told"


def _some(names: Sequence[str]) -> str:
    told = ", ".join(names[:MOST_NAMED])
    return f"{told} and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else told


def _off(measures: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """The measures that are off, each with why and what would switch it on."""
    off = [each for each in measures if each["state"] != "on"]
    heading = Heading(1, "Measures that are off")
    if not off:
        return [heading, Text("Every measure can be shown.")]
    rows = tuple((each["name"], why_shut(each), _some(each["could_come_from"]) or "no system known") for each in off)
    table = TableBlock("What is missing, and what would bring it", ("measure", "why", "could come from"), rows)
    return [heading, LinkedTable(table, tuple(reverse("measure", args=[each["measure"]]) for each in off))]


def _absent(systems: Sequence[Mapping[str, Any]]) -> list[Shown]:
    if not systems:
        return []
    rows = [(each["title"], _some(each["could_fill"]), _some(each["switches_on"])) for each in systems]
    columns = ("system", "could fill", "measures it would switch on")
    return [
        Heading(1, "Could be read, never received"),
        table_of("Systems of which nothing was received", columns, rows, nothing="none"),
        Note("A file of another layout is read once its columns are matched, at the data desk."),
    ]
