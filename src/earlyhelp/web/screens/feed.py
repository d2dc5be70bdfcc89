"""One file that was received: the account of its rows, what was wrong, words without a code, and what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.reports.blocks import Bullets, Heading, Note, Text
from earlyhelp.web.access import Power, having
from earlyhelp.web.blocks import BigNumber, Folded, Link, Numbers, Shown
from earlyhelp.web.on_pages import advice
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.data import COUNTS, day_of, feeds, total
from earlyhelp.web.tables import table_of

MOST_WORDS = 100
GRAVITY = {"error": "the row is in quarantine", "warning": "the value is doubtful", "note": "rewritten, means the same"}


@page("data/received/<str:feed_id>/", rule=having(Power.EXACT), needs_snapshot=False, private=True)
def feed(request: HttpRequest, feed_id: str) -> Screen:
    """One file as it was read: rows read = accepted + in quarantine, and everything that was not as it should be."""
    told = next((each for each in feeds() if each["feed_id"] == feed_id), None)
    if told is None:
        raise Http404
    blocks: list[Shown] = [_account(told), *_tables(told), *_issues(told), *_unmapped(told), *_drift(told)]
    blocks += [*_mapped(told), *_columns(told), *_notes(told)]
    return Screen(
        told["path"],
        tuple(blocks),
        lead=f"Read as {told['source']}, drawn on {day_of(told['extract_date'])}, received on {day_of(told['received_on'])}.",
        way=(Link("Data desk", reverse("data")),),
    )


def _account(told: Mapping[str, Any]) -> Numbers:
    words = ("Rows read", "Accepted", "In quarantine")
    items = [BigNumber(each, f"{total(told, name):,}") for each, name in zip(words, COUNTS, strict=True)]
    return Numbers(tuple(items))


def _tables(told: Mapping[str, Any]) -> list[Shown]:
    rows = [(each["table"], *(f"{each[name]:,}" for name in COUNTS)) for each in told["tables"]]
    if not rows:
        return [Text("No list of the file was read.")]
    return [table_of("By table of the standard", ("table", "rows read", "accepted", "in quarantine"), rows, (1, 2, 3))]


def _issues(told: Mapping[str, Any]) -> list[Shown]:
    """What was wrong with rows and values, the gravest first, with what to do."""
    found = [(table["table"], each) for table in told["tables"] for each in table["issues"]]
    if not found:
        return [Heading(1, "What was wrong"), Text("Nothing was wrong with any row or value.")]
    order = list(GRAVITY)
    found.sort(key=lambda one: (order.index(one[1]["severity"]), -one[1]["count"]))
    rows = [
        (
            each["rule"].replace("_", " "),
            f"{each['column']}, in {table}".replace("_", " "),
            f"{each['count']:,}",
            GRAVITY[each["severity"]],
            advice(PROBLEMS[each["rule"]].fix) if each["rule"] in PROBLEMS else "",
        )
        for table, each in found
    ]
    columns = ("what", "where", "rows", "what became of it", "what to do")
    return [Heading(1, "What was wrong"), table_of("Groups of faults, with the rows of each", columns, rows, (2,))]


def _unmapped(told: Mapping[str, Any]) -> list[Shown]:
    found = told["unmapped_values"]
    if not found:
        return []
    rows = [(each["value"], f"{each['table']}.{each['column']}", f"{each['count']:,}") for each in found[:MOST_WORDS]]
    blocks: list[Shown] = [
        Heading(1, "Words without a code"),
        table_of("The most frequent first", ("word", "column", "rows"), rows, (2,)),
        Note("What may speak about a person is shown by its shape. Rows with such words are accepted as not mapped."),
    ]
    if len(found) > MOST_WORDS:
        blocks.append(Note(f"{len(found) - MOST_WORDS:,} rarer words are left out here."))
    return blocks


def _drift(told: Mapping[str, Any]) -> list[Shown]:
    if not told["drift"]:
        return []
    rows = [(each["part"], each["words"]) for each in told["drift"]]
    return [
        Heading(1, "What is different from the load before"),
        table_of("Columns, words and volumes that changed", ("list", "difference"), rows),
    ]


def _mapped(told: Mapping[str, Any]) -> list[Shown]:
    """Words that were given a code by likeness or by a saved map, for whoever wants to check."""
    if not told["mapped_values"]:
        return []
    rows = [
        (each["value"], f"{each['table']}.{each['column']}", each["code"], each["why"], f"{each['count']:,}")
        for each in told["mapped_values"][:MOST_WORDS]
    ]
    table = table_of("Words that were given a code", ("word", "column", "code", "why", "rows"), rows, (4,))
    return [Folded("Words that were given a code by likeness or by a map", (table,))]


def _columns(told: Mapping[str, Any]) -> list[Shown]:
    rows = [
        (each["list"], _listed(each["columns"]), _listed(each["columns_missing"]), _listed(each["columns_not_read"]))
        for each in told["parts"]
    ]
    if not rows:
        return []
    table = table_of("Columns of each list", ("list", "read", "missing", "not read"), rows)
    return [Folded("Which columns were read", (table,))]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


def _notes(told: Mapping[str, Any]) -> list[Shown]:
    notes = [*told["notes"], *(f"{each['part']}: left out, {each['why']}." for each in told["left_out"])]
    notes += [f"{each}: not in this file." for each in told["parts_missing"]]
    return [Heading(1, "To be noted"), Bullets(tuple(notes))] if notes else []
