"""The monthly pack: this month in three sentences, run charts of declared measures, and the waiting list."""

from __future__ import annotations

from earlyhelp.measures import Grain, Question
from earlyhelp.release.waiting import ReleasedWaiting
from earlyhelp.reports.answers.prepared import Reply, Wanted
from earlyhelp.reports.blocks import Block, Bullets, Heading, Note, TableBlock, Text
from earlyhelp.reports.documents.declared import Document, Material
from earlyhelp.reports.documents.measured import charted
from earlyhelp.reports.waiting import how_waits_end, longest, played_on
from earlyhelp.reports.wording import in_words

WATCHED = ("A1", "A4", "B1", "B2", "C1", "B9", "F1", "G1")
"""The measures whose run charts leaders see every month, in the order of the pathway."""


def blocks(material: Material) -> list[Block]:
    """Three sentences, the charts, the waiting list, and what stands behind each figure."""
    found: list[Block] = [Heading(1, "This month in three sentences")]
    if material.this_month is not None:
        found += [Text(each, strong=True) for each in material.this_month.answer]
        found += [Note(each) for each in material.this_month.caveats]
    found += [Heading(1, "Run charts")]
    found += [Note(
        "Each chart shows up to 36 months. Dashed lines: what usual variation would give. Diamonds: beyond what is usual. "
        "Grey crosses: months with no figure, which are not zero."
    )]  # fmt: skip
    for part in material.by(Grain.MONTH):
        found += charted(part, material.events)
    return [*found, *_waiting(material.waiting), *_every_measure(material.this_month)]


def _every_measure(reply: Reply | None) -> list[Block]:
    """The latest figure of every measure from which the sentences are chosen, with what stands behind it."""
    if reply is None or not reply.table:
        return []
    rows = tuple(
        (str(row["name"]), in_words(row["period_end"]) or "all days", str(row["in_words"]), str(row["certificate"]))
        for row in reply.table
    )
    columns = ("measure", "to", "figure", "certificate")
    caption = "The latest figure of every measure that the three sentences are chosen from"
    return [Heading(1, "Every measure watched", new_page=True), TableBlock(caption, columns, rows, (2,))]


def _waiting(listed: ReleasedWaiting | None) -> list[Block]:
    if listed is None:
        return []
    found: list[Block] = [Heading(1, "The waiting list", new_page=True)]
    if listed.waiting_now is not None:
        found.append(Text(f"{listed.waiting_now:,.0f} families wait for a worker.", strong=True))
    found.append(Bullets(listed.answer))
    if listed.endings:
        found.append(how_waits_end(listed.endings))
    found += list(longest(listed.groups))
    if listed.ahead:
        found.append(played_on(listed.ahead))
    return [*found, Heading(2, "What must be said beside it"), Bullets(listed.caveats)]


DOCUMENT = Document(
    name="monthly-pack",
    title="Early help: the month in figures",
    for_whom="the leadership team",
    holds="this month in three sentences, run charts, and the waiting list",
    blocks=blocks,
    wanted=tuple(Wanted(each, Question(grain=Grain.MONTH)) for each in WATCHED),
    of_this_month=True,
    of_the_list=True,
)
