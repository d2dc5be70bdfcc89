"""The certificate of a figure: what it counts, of which data, and whether it comes out the same when worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from earlyhelp import answering
from earlyhelp.measures import Measure
from earlyhelp.release import Status
from earlyhelp.reports.blocks import Bullets, Figure, Heading, Note, TableBlock, Text
from earlyhelp.reports.wording import IN_WORDS, in_words, written
from earlyhelp.web.access import Power
from earlyhelp.web.blocks import BigNumber, Folded, Link, Links, Numbers, Shown, Warned
from earlyhelp.web.on_pages import advice
from earlyhelp.web.own_figures import owned_by
from earlyhelp.web.pages import page
from earlyhelp.web.reading import prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.partners import MAY_READ, content, there_are
from earlyhelp.web.tables import column_words, table_of
from earlyhelp.web.workspace import workspace

_COUNTS = {"new": "came", "gone": "went", "altered": "changed", "late": "came late"}


@page("certificates/<str:certificate>/", rule=MAY_READ)
def certificate(request: HttpRequest, certificate: str) -> Screen:
    """What stands behind one figure, in words, and the same figure worked out again just now.

    A partner reads what its own page shows a certificate of, without what is said of the council's records. Raises Http404
    for any other.
    """
    reads_all = Power.READ in request.user.powers
    if not reads_all and certificate not in _on_own_pages(request):
        raise Http404
    told = prepared(request, ("certificate", certificate), lambda: answering.explain(workspace(), certificate))
    wanted = answering.measure_called(told["measure"], told["definition"])
    blocks: list[Shown] = [
        Numbers((BigNumber(_of_whom(told), _value(told, wanted), about=f"counts {told['counts']}"),)),
        _again(told, wanted),
        *(_since(told, wanted) if reads_all else []),
        Heading(1, "What it counts"),
        *_counts(told, wanted),
        Heading(1, "Of which data"),
        _made_of(told),
        *(_data(told) if reads_all else []),
        Heading(1, "How it was released"),
        Text(f"Under the policy {told['policy']}{_rounding(told)}."),
        Links(_links(told) if reads_all else (Link("Your figures", reverse("partners")), _glossary())),
    ]
    above = (Link("Measures", reverse("measures")), Link(told["name"], reverse("measure", args=[told["measure"]])))
    return Screen(
        f"Certificate of: {told['name']}",
        tuple(blocks),
        lead=f"Certificate {certificate}. It says what the figure rests on, so that nobody has to take it on trust.",
        way=above if reads_all else (Link("Partners", reverse("partners")),),
    )


def _on_own_pages(request: HttpRequest) -> set[str]:
    """The certificates that stand on the pages of the user's own organisation."""
    own = owned_by(request.user.organisation, there_are(request))
    blocks = [block for each in own for block in content(request, each).blocks]
    tables = [block.table if isinstance(block, Figure) else block for block in blocks]
    return {cell for each in tables if isinstance(each, TableBlock) for row in each.rows for cell in row}


def _of_whom(told: Mapping[str, Any]) -> str:
    """The period and the group that the figure is of."""
    groups = [f"{name.replace('_', ' ')}: {value or 'not recorded'}" for name, value in told["dims"].items()]
    return "; ".join([_period(told), *groups])


def _period(told: Mapping[str, Any]) -> str:
    first, last = _day(told["period_start"]), _day(told["period_end"])
    if first and last:
        return f"{first} to {last}"
    return f"to {last}" if last else "all days"


def _day(text: str | None) -> str:
    return in_words(date.fromisoformat(text)) if text else ""


def _value(told: Mapping[str, Any], wanted: Measure) -> str:
    """A figure in words, or in words why there is none."""
    if told["value"] is None:
        return IN_WORDS.get(Status(told["status"]), "no figure")
    return written(told["value"], wanted)


def _again(told: Mapping[str, Any], wanted: Measure) -> Shown:
    if told["same"]:
        return Text("Worked out again just now from the same records: it is the same.", strong=True)
    again = told["recomputed"]
    found = f"it comes to {_value(again, wanted)}" if again else "there is no such figure"
    return Warned(
        f"Worked out again just now from the same records, {found}. Either the software counts otherwise than version "
        f"{told['version']} did, or the council's own standards have changed."
    )


def _since(told: Mapping[str, Any], wanted: Measure) -> list[Shown]:
    """What newer records would make of it."""
    now = told.get("now")
    if not now:
        return [Text("The figures of today are of the same records.")]
    words = (
        "On the newest records the figure is the same." if not now["moved"] else "On the newest records it is another."
    )
    blocks: list[Shown] = [Text(words)]
    if now["moved"]:
        figure = now["figure"]
        rows = [(name.replace("_", " "), value) for name, value in figure.items() if not isinstance(value, dict | list)]
        blocks.append(table_of("The figure then and now", ("what", "value"), rows, nothing="none"))
    if now["records"]:
        names = list(now["records"][0])
        counted = [[_count(row[name]) for name in names] for row in now["records"]]
        heads = [_COUNTS.get(name, name.replace("_", " ")) for name in names]
        caption = "Records it rests on that came, went or changed since"
        blocks.append(Folded(caption, (table_of(caption, heads, counted, nothing="too few to say"),)))
    return blocks


def _count(value: object) -> object:
    return in_words(value) if isinstance(value, date) else value


def _counts(told: Mapping[str, Any], wanted: Measure) -> list[Shown]:
    words = [
        *([f"Of: {wanted.denominator}"] if wanted.denominator else []),
        f"Counted: {wanted.numerator}",
        f"Time: {told['time']}.",
        f"Definition: {'the usual one' if told['definition'] == 'default' else told['definition']}.",
    ]
    blocks: list[Shown] = [Bullets(tuple(words))]
    if told["traps"]:
        blocks.append(Folded("Known traps", (Bullets(tuple(advice(each) for each in told["traps"])),)))
    return [*blocks, Folded("The rule as the computer reads it", (Note(told["rule"]),))]


def _made_of(told: Mapping[str, Any]) -> Shown:
    rows = [
        ("Snapshot", told["snapshot"]),
        ("Records as at", _day(told["as_at"])),
        ("Software", f"Early Help Evidence {told['version']}, DuckDB {told['duckdb']}"),
        ("Meaning of family", told["settings"]["family_definition"]),
    ]
    return table_of("What the figure was made of", ("what", "which"), rows)


def _data(told: Mapping[str, Any]) -> list[Shown]:
    """How good the records are beneath it, and what the council had set."""
    blocks: list[Shown] = []
    if full := told["data"]["completeness"]:
        filled = [(column_words(name), f"{share * 100:.0f}%") for name, share in full.items()]
        blocks.append(table_of("How full the columns were that it rests on", ("column", "filled"), filled, (1,)))
    if links := told["data"]["links"]:
        grades = [
            (each["grade"], "too few to say" if each["records"] is None else f"{each['records']:,}") for each in links
        ]
        caption = "How sure it is that records joined as one person are"
        blocks.append(table_of(caption, ("how sure", "records"), grades, (1,)))
    own = [(name.replace("_", " "), value) for name, value in told["settings"]["standards"].items()]
    blocks.append(
        Folded("The council's own standards", (table_of("Standards then", ("standard", "value"), own, (1,)),))
    )
    return blocks


def _rounding(told: Mapping[str, Any]) -> str:
    return f", counts rounded to {told['round_to']}" if told["round_to"] else ""


def _links(told: Mapping[str, Any]) -> tuple[Link, ...]:
    asked = {"by": told["by"][0] if told["by"] else "", "period": told["grain"] or ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("measure", args=[told["measure"]])
    return (
        Link("The measure's page", f"{address}?{query}" if query else address, "with this figure among the others"),
        _glossary(),
    )


def _glossary() -> Link:
    return Link("Words explained", reverse("glossary"))
