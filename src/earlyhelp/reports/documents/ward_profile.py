"""The ward profile, for members: need and reach in one ward beside the council, with no small count in it."""

from __future__ import annotations

from collections.abc import Iterator

from earlyhelp.measures import Grain, Question
from earlyhelp.measures.wards import Ward
from earlyhelp.release import Status
from earlyhelp.reports.answers.prepared import Wanted
from earlyhelp.reports.blocks import Block, Heading, Note, Text
from earlyhelp.reports.documents.beside import behind, beside, by_month, one
from earlyhelp.reports.documents.declared import Document, Material
from earlyhelp.reports.wording import in_words, number

DAYS = 365
NEED = (("A1", "default"), ("A1", "rate"), ("A9", "default"), ("G8", "default"))
REACH = (("C1", "default"), ("C1", "rate"), ("H5", "default"), ("B1", "default"), ("D3", "default"))
AFTER = (("C8", "default"), ("F1", "default"), ("G1", "default"))
WHOSE = "this ward"


def blocks(material: Material) -> list[Block]:
    """In short, need, reach, what becomes of families, how to read it; then certificates."""
    if material.ward is None:
        return [Heading(1, "In short"), Text("No ward was named.", strong=True)]
    return [
        Heading(1, "In short"),
        *_in_short(material, material.ward),
        *_section(material, "Need", "What is asked for, and what comes to statutory services", NEED),
        *by_month(material.own, "A1", material.ward.name),
        *_section(material, "Reach", "Whom early help reaches, and who waits", REACH),
        *_section(material, "What becomes of families", "Of episodes that closed in the year", AFTER),
        Note(
            "A ward is where the child lives now, as far as an address is known; rates are for each so many children there. "
            "More requests can mean more need, more trust, or a school that knows whom to ask: this page cannot tell which. "
            "Figures whose intervals overlap cannot be told apart. What is too few to say is hidden, and is not zero."
        ),
        *_annex(material),
    ]  # fmt: skip


def _in_short(material: Material, ward: Ward) -> Iterator[Block]:
    if ward.children is None:
        yield Text(f"How many children live in {ward.name} is not known here, so that there are no rates.", strong=True)
    else:
        yield Text(
            f"{number(round(ward.children))} children aged 0 to 17 live in {ward.name} ({ward.code}).", strong=True
        )
    for measure, words in (("A1", "requests for support"), ("C1", "children with early help open on the last day")):
        own, whole = one(material.own, measure, "rate"), one(material.parts, measure, "rate")
        if own is not None and own.value is not None and whole is not None and whole.value is not None:
            beside_all = f"{own.value:,.0f} {words} for each 10,000 children; all the council {whole.value:,.0f}"
            yield Text(f"To {in_words(material.as_at)}: {beside_all}.")
        elif own is not None and own.status is Status.SUPPRESSED:
            yield Text(f"Of {words} there are too few to say.")


def _section(material: Material, heading: str, caption: str, measures: tuple[tuple[str, str], ...]) -> list[Block]:
    table = beside(material.own, material.parts, measures, caption, WHOSE)
    return [Heading(1, heading), table] if table else []


def _annex(material: Material) -> list[Block]:
    table = behind(material.own, material.parts, WHOSE)
    return [Heading(1, "Annex: certificates", new_page=True), table] if table else []


DOCUMENT = Document(
    name="ward-profile",
    title="Ward profile: {about}",
    for_whom="the members of one ward",
    holds="need and reach in one ward beside the council, with no small counts",
    blocks=blocks,
    wanted=(
        *(Wanted(measure, definition=definition, days=DAYS) for measure, definition in (*NEED, *REACH, *AFTER)),
        Wanted("A1", Question(grain=Grain.MONTH), days=DAYS),
    ),
    about="ward",
)
