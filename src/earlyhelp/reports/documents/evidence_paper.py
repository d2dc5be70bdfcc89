"""The evidence paper: which services help, in groups and never ranks, and a page a service with what may be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from earlyhelp.release.findings import ReleasedFinding
from earlyhelp.release.services import ReleasedServices
from earlyhelp.reports.answers.prepared import Setting
from earlyhelp.reports.answers.services import tell_services
from earlyhelp.reports.blocks import Block, Bullets, Figure, Heading, Note, TableBlock, Text
from earlyhelp.reports.charts import Interval, interval_plot
from earlyhelp.reports.documents.declared import Document, Material
from earlyhelp.reports.documents.studied import AXIS, DIFFERENCE, HIDDEN, study_blocks

NO_SERVICE = "There is nothing to compare: the data names no service that was offered."
NOT_TOLD = "Services of which no figure can be told"


def blocks(material: Material) -> list[Block]:
    """In short, side by side, what holds for all, then the services in the order of the groups."""
    services = material.services
    if services is None or not services.rows:
        return [Heading(1, "In short"), Text(NO_SERVICE, strong=True)]
    reply = tell_services((), Setting(material.as_at, services=services))
    common = _said_of_all([each for each in material.findings if each.gate["passed"]])
    return [
        Heading(1, "In short"),
        *(Text(each, strong=place == 0) for place, each in enumerate(reply.answer)),
        Heading(1, "The services side by side"),
        side_by_side(services),
        Note(services.note),
        Heading(1, "What holds for every service that could be compared"),
        Bullets((*(each for each in reply.caveats if each != services.note), *common)),
        *_pages(material, common),
    ]


def _said_of_all(findings: Sequence[ReleasedFinding]) -> tuple[str, ...]:
    """The sentences that may be said of every one of several studies, in order."""
    if len(findings) < 2:
        return ()
    first, *others = findings
    return tuple(each for each in first.may_say if all(each in other.may_say for other in others))


def side_by_side(services: ReleasedServices) -> Figure:
    """Every service with its difference, drawn towards the others; in groups, and within one by name."""
    rows = [_drawn(row) for row in services.rows]
    known = [each for each in rows if each.estimate is not None]
    table = TableBlock(
        "Every service: first step up within 12 months of the offer, against like families",
        ("service", "group", DIFFERENCE, "families offered it"),
        tuple(_row(row) for row in services.rows),
        (3,),
    )
    told = "; ".join(f"{each.label} {each.estimate:+.1f} ({each.lower:+.1f} to {each.upper:+.1f})" for each in known)
    alt = (
        f"Interval plot of {len(rows)} services, of which {len(known)} have a figure. In 100 families: {told}."
        if known
        else f"Interval plot of {len(rows)} services. None of them has a figure."
    )
    title = "Families with a first step up, against like families: groups by name, and no ranking"
    return Figure(title, interval_plot(rows, AXIS), alt, table)


def _drawn(row: Mapping[str, Any]) -> Interval:
    if row["estimate"] is None:
        return Interval(row["service"], None, None, None, str(row["group"]), f"no figure: {row['group']}")
    estimate, lower, upper = (100 * row[name] for name in ("estimate", "lower", "upper"))
    return Interval(row["service"], estimate, lower, upper, str(row["group"]))


def _row(row: Mapping[str, Any]) -> tuple[str, ...]:
    offered = HIDDEN if row["n_treated"] is None else f"{row['n_treated']:,.0f}"
    told = str(row["why"])
    if row["estimate"] is not None:
        told = f"{100 * row['estimate']:+.1f} ({100 * row['lower']:+.1f} to {100 * row['upper']:+.1f})"
    return row["service"], row["group"], told, offered


def _pages(material: Material, common: tuple[str, ...]) -> list[Block]:
    """A page a service in the order of the groups; those that cannot be compared at all share the last ones."""
    assert material.services is not None
    place = {f"service:{row['service_id']}": number for number, row in enumerate(material.services.rows)}
    ordered = sorted(material.findings, key=lambda each: place.get(each.study, len(place)))
    found: list[Block] = []
    for each in (one for one in ordered if one.gate["passed"]):
        found += [Heading(1, each.service, new_page=True), *study_blocks(each, 2, common)]
    shut = [one for one in ordered if not one.gate["passed"]]
    if shut:
        found.append(Heading(1, NOT_TOLD, new_page=True))
    for each in shut:
        found += [Heading(2, each.service), *study_blocks(each, 3)]
    return found


DOCUMENT = Document(
    name="evidence-paper",
    title="Which of our services help: the evidence",
    for_whom="the committee, and whoever commissions services",
    holds="services in groups, and a page for each with what may and may not be said",
    blocks=blocks,
    of_services=True,
)
