"""What a pack holds, before somebody decides on it and after it has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse

from earlyhelp import sharing
from earlyhelp.compare import Pack, PackMeasure, PackRow
from earlyhelp.measures import CATALOGUE, Measure, splits_of
from earlyhelp.measures.splits import Split
from earlyhelp.release import Status
from earlyhelp.reports.wording import IN_WORDS, in_words, number, written
from earlyhelp.sharing import State
from earlyhelp.web.access import READERS, Power
from earlyhelp.web.actions import releases as actions
from earlyhelp.web.blocks import Empty, Link, Shown
from earlyhelp.web.pages import page
from earlyhelp.web.reading import prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.releases import NOT_YET, called, steps_of, way
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import workspace


@page("releases/<str:release_id>/figures/", rule=READERS)
def release_figures(request: HttpRequest, release_id: str) -> Screen:
    """What a pack holds, for whoever decides on it, and for every reader once it has left."""
    found = called(release_id)
    handles = bool(request.user.powers & {Power.PROPOSE, Power.APPROVE})
    if found.proposal.kind != actions.PACK or not (handles or found.state is State.RELEASED):
        raise Http404
    key = ("pack", found.id, found.state)
    pack = prepared(request, key, lambda: sharing.pack_of(workspace(), found.id))
    above = way(Link(f"Release {found.id}", reverse("release", args=[found.id])))
    if pack is None:
        words = "The figures have changed since this pack was proposed, so it can no longer be written."
        return Screen("The figures of this pack", (Empty(words, steps_of(request)),), way=above)
    blocks = (*(_of_measure(each) for each in pack.measures.values() if each.rows), *_named(pack))
    lead = f"{pack.rows} figures. Counts are rounded to {pack.policy.round_to}."
    mark = "" if found.state is State.RELEASED else NOT_YET
    return Screen("The figures of this pack", blocks, lead=lead, way=above, mark=mark)


def _of_measure(each: PackMeasure) -> Shown:
    """The figures of one measure as other councils see them."""
    wanted = CATALOGUE[each.measure].defined_as(each.definition)
    heads = ["period", "of", "counted", "of all", "figure"]
    rows = [_row(row, wanted) for row in each.rows]
    if all(not row[3] for row in rows):
        rows, heads = [(*row[:3], row[4]) for row in rows], [*heads[:3], heads[4]]
    definition = "" if each.definition == "default" else f" ({each.definition})"
    figures = tuple(range(2, len(heads)))
    return table_of(f"{each.measure} {wanted.name}{definition}", heads, rows, figures, nothing="not told")


def _named(pack: Pack) -> tuple[Shown, ...]:
    """The groups that the pack names without a count."""
    rows = [
        (f"{name} {CATALOGUE[name].name}", f"to {in_words(date.fromisoformat(told.end))}", _words(name, by, told.codes))
        for (name, by), told in (pack.groups or {}).items()
    ]
    heads = ("measure", "period", "named")
    return (table_of("Who acts and in which system, without a count", heads, rows),) if rows else ()


def _words(name: str, by: str, codes: Sequence[str]) -> str:
    return "; ".join(groups_of(CATALOGUE[name], {by: code}) for code in codes) or "none"


def _row(row: PackRow, wanted: Measure) -> tuple[str, ...]:
    return (
        f"to {in_words(date.fromisoformat(row.end))}" if row.end else "all days",
        groups_of(wanted, dict(row.dims)) or "all",
        "" if row.numerator is None else number(row.numerator),
        "" if row.denominator is None else number(row.denominator),
        IN_WORDS.get(Status(row.status), "not reached yet") if row.value is None else written(row.value, wanted),
    )


def groups_of(wanted: Measure, dims: Mapping[str, str]) -> str:
    """The group of a figure in words, where its codes have words; empty for the total."""
    found = splits_of(wanted)
    return ", ".join(_label(found[name], value) if name in found else value for name, value in dims.items())


def _label(split: Split, value: str) -> str:
    return value.replace("_", " ") if split.codes is None else split.codes.label(value) or value
