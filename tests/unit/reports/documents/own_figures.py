"""Released figures of one partner or ward beside the council's, made up by hand, for the tests of documents."""

from __future__ import annotations

from datetime import date

from tests.unit.reports import released

from earlyhelp.measures import CATALOGUE, Grain, Question
from earlyhelp.release import Released, ReleasedRow, Status, policy
from earlyhelp.release.partners import AboutPartner, ReleasedGroup, ReleasedPartner, ReleasedTold
from earlyhelp.reports.answers.prepared import Part, Wanted
from earlyhelp.reports.blocks import Content, TableBlock
from earlyhelp.reports.documents import DOCUMENTS, content_of
from earlyhelp.reports.to_workbook import tables

FIRST = date(2025, 4, 1)
Asked = tuple[Wanted, Part]
HEARD = ReleasedTold(Status.OK, 30, 9, 7, None, reached=True)
ELM = ReleasedPartner("100001", "Elm School", "school", ("school_urn",))


def row(measure: str, value: float | None, status: Status = Status.OK, **dims: str) -> ReleasedRow:
    """A figure of the year; one without a value is hidden unless another status is given."""
    if value is None and status is Status.OK:
        status = Status.SUPPRESSED
    told = None if value is None else value
    bounds = (None, None) if told is None else (told * 0.9, told * 1.1)
    return ReleasedRow(measure, FIRST, released.AS_AT, dims, {}, told, None, told, *bounds, status)


def asked(measure: str, *values: float | None, definition: str = "default") -> Asked:
    """A measure asked of the whole year, with one figure or more."""
    rows = tuple(row(measure, each) for each in values)
    declared = CATALOGUE[measure].defined_as(definition)
    part = Part(Released(declared, policy("dfe"), rows), [f"C{measure}{place}" for place in range(len(rows))])
    return Wanted(measure, definition=definition, days=365), part


def by_month(measure: str, *values: float | None) -> Asked:
    """A measure asked month by month from April 2025 on."""
    wanted = Wanted(measure, Question(grain=Grain.MONTH), days=365)
    rows = tuple(
        ReleasedRow(measure, date(2025, 4 + place, 1), date(2025, 4 + place, 30), {}, {}, each, None, each, None, None,
                    Status.OK if each is not None else Status.SUPPRESSED)
        for place, each in enumerate(values)
    )  # fmt: skip
    return wanted, Part(Released(CATALOGUE[measure], policy("dfe"), rows), [f"M{place}" for place in range(len(rows))])


def about(
    partner: ReleasedPartner = ELM, told: ReleasedTold = HEARD, **groups: tuple[ReleasedGroup, ...]
) -> AboutPartner:
    """What is told of a partner beside its measures."""
    return AboutPartner(partner, told, HEARD, groups.get("decisions", ()), groups.get("leads", ()))


def written(name: str, **material: object) -> Content:
    """The document made of that material."""
    return content_of(DOCUMENTS[name], released.material(**material))


def table(content: Content, begins: str) -> TableBlock:
    """The table whose caption begins so."""
    return next(each for each in tables(content) if each.caption.startswith(begins))
