"""The partner page: what one school or agency asked for and led, what became of it, and whether it heard back. Its own alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from earlyhelp.measures import Grain, Question
from earlyhelp.release import Status
from earlyhelp.release.partners import AboutPartner, ReleasedGroup, ReleasedTold
from earlyhelp.reports.answers.prepared import Wanted
from earlyhelp.reports.blocks import Block, Heading, Note, TableBlock, Text
from earlyhelp.reports.documents.beside import behind, beside, by_month, one
from earlyhelp.reports.documents.declared import Document, Material
from earlyhelp.reports.wording import IN_WORDS, in_words, listed, number

DAYS = 365
REQUESTS = ("A1", "A6", "A7", "A10")
"""What is told of requests: how many, decided when due, at the level asked for, and answered when due."""
LED = ("C1", "C2", "F1", "G1")
"""What is told of families whose help the partner leads."""
WHOSE = "yours"
NO_MONTHS = "By month nothing is shown: beside the pages of others it would tell of months with too few to say."
TOO_FEW = IN_WORDS[Status.SUPPRESSED]


def blocks(material: Material) -> list[Block]:
    """In short, the requests, what became of them, who leads, and families led, where there are any; then certificates."""
    if material.partner is None:
        return [Heading(1, "In short"), Text("No partner was named.", strong=True)]
    asks = any(each != "organisation" for each in material.partner.partner.splits)
    return [
        Heading(1, "In short"),
        *_in_short(material, material.partner, asks=asks),
        *(_requests(material, material.partner) if asks else []),
        *_families_led(material, material.partner),
        *_notes(material.partner),
        *_annex(material),
    ]


EVERYBODY = "everybody who asked"


def _in_short(material: Material, about: AboutPartner, *, asks: bool) -> Iterator[Block]:
    year, name = f"In the year to {in_words(material.as_at)}", about.partner.name
    if not asks:
        yield Text(
            f"{name} leads early help for families here. What it asked for is not recorded under its name.", strong=True
        )
        return
    own, whole = one(material.own, "A1"), one(material.parts, "A1")
    if not about.requests:
        when = in_words(material.as_at)
        said = f"How many requests {name} made in the year to {when} cannot be told: beside others' pages it would tell of few."
    elif own is None or own.status is Status.NO_DATA:
        said = f"{year} no request of {name} is recorded."
    elif own.status is Status.SUPPRESSED or own.value is None:
        said = f"{year} {name} made too few requests for support to say how many."
    elif whole is None or whole.value is None:
        said = f"{year} {name} made {number(own.value)} requests for support."
    else:
        said = f"{year} {name} made {number(own.value)} of the council's {number(whole.value)} requests for support."
    yield Text(said, strong=True)
    yield Text(f"{_told(about.told, name)} {_told(about.told_everybody, EVERYBODY)}")


def _told(told: ReleasedTold, whom: str) -> str:
    """How long until half of those who asked were told; or why that cannot be said."""
    if told.status is Status.NO_DATA:
        return f"When {whom} heard back is not recorded."
    if told.status is Status.SUPPRESSED:
        return f"How long it took until {whom} heard back cannot be said: too few requests, or too few told."
    if told.days is None:
        return f"Of less than half of its requests is it recorded that {whom} heard back."
    upper = "or more" if told.upper is None else f"to {told.upper:,.0f}"
    lower = told.days if told.lower is None else told.lower
    whose = "all requests" if whom == EVERYBODY else f"the requests of {whom}"
    return (
        f"On half of {whose}, whoever asked heard back within {told.days:,.0f} days "
        f"(95 per cent interval {lower:,.0f} {upper})."
    )


def _requests(material: Material, about: AboutPartner) -> list[Block]:
    caption = "Requests of the year, with 95 per cent intervals"
    table = beside(material.own, material.parts, [(each, "default") for each in REQUESTS], caption, WHOSE)
    return [
        Heading(1, "Your requests"),
        *([table] if table else []),
        *(by_month(material.own, "A1", about.partner.name) if about.months else [Text(NO_MONTHS)]),
        *_groups(about.decisions, "What became of the requests of the year", "decision"),
        *_groups(about.leads, "Those from which early help grew, by who leads it", "who leads"),
    ]


def _groups(groups: Sequence[ReleasedGroup], caption: str, what: str) -> list[Block]:
    """Own requests beside everybody's; those of which the partner has none are named in a row of their own."""
    told = [each for each in groups if each.own != 0]
    if not told:
        return [Text(f"{caption}: none is recorded.")]
    if all(each.own is None for each in told):
        return [Text(f"{caption}: too few to say.")]
    rows = [(each.label, _count(each.own), _count(each.everybody)) for each in told]
    return [TableBlock(caption, (what, WHOSE, "all the council"), tuple(rows), (1, 2))]


def _count(value: float | None) -> str:
    return TOO_FEW if value is None else number(value)


def _families_led(material: Material, about: AboutPartner) -> list[Block]:
    if "organisation" not in about.partner.splits:
        return []
    caption = "On the last day, and of the year"
    table = beside(material.own, material.parts, [(each, "default") for each in LED], caption, WHOSE)
    return [Heading(1, "Families whose help you lead"), *([table] if table else [])]


def _notes(about: AboutPartner) -> list[Block]:
    said = [
        "Your own figures beside those of all the council. A request about three children is three requests; the latest may "
        "not be decided, or answered, yet. Figures whose intervals overlap cannot be told apart."
    ]
    if about.partner.also_spelt:
        said.append(
            f"The records also spell the name {listed(about.partner.also_spelt)}: what stands there is not in it."
        )
    return [Note(" ".join(said))]


def _annex(material: Material) -> list[Block]:
    table = behind(material.own, material.parts, WHOSE)
    if table is None:
        return []
    return [Heading(1, "Annex: certificates", new_page=True), table, Note(
        "earlyhelp certificate DIR ID tells the rule, the days and the versions behind a figure."
    )]  # fmt: skip


DOCUMENT = Document(
    name="partner-page",
    title="Early help and {about}",
    for_whom="one school or agency, to send to it",
    holds="what one partner asked for and leads, what became of it, and whether it heard back, beside the council's whole",
    blocks=blocks,
    wanted=(
        *(Wanted(each, days=DAYS) for each in (*REQUESTS, *LED)),
        Wanted("A1", Question(grain=Grain.MONTH), days=DAYS),
    ),
    about="partner",
)
