"""The service blueprint: the steps a family takes and where they hurt, what is offered for whom, gaps, overlaps, costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from earlyhelp.measures import Grain, Question
from earlyhelp.release import ReleasedRow, Status
from earlyhelp.reports import flow
from earlyhelp.reports.answers.prepared import Part, Wanted
from earlyhelp.reports.blocks import Block, Bullets, Heading, Note, TableBlock, Text
from earlyhelp.reports.documents import blueprint_steps, pain_points, steps_beside
from earlyhelp.reports.documents.beside import told
from earlyhelp.reports.documents.blueprint_steps import cases
from earlyhelp.reports.documents.declared import Document, Material
from earlyhelp.reports.documents.inspection_pack import figure
from earlyhelp.reports.wording import IN_WORDS, listed, number

Row = Mapping[str, Any]
UNSAID = {"not_recorded": "not recorded", "unmapped": "not mapped"}
SHORT = {"family_help": "family help"}
SPLITS = (("level", "level"), ("age", "age_bands"), ("area", "areas"))
MOST_LISTED = 30


UNIT_COST = "J7"


def blocks(material: Material) -> list[Block]:
    """In short, the steps, what is offered by need and split, each service with its cost, gaps, overlaps."""
    if material.offer is None or not material.offer["services"]:
        return [Heading(1, "In short"), Text("No service is in the directory: what is offered cannot be told.", strong=True),
                *_hurts(material), *_steps(material), *_annex(material)]  # fmt: skip
    offer = material.offer
    return [
        Heading(1, "In short"),
        *_in_short(offer),
        *_hurts(material),
        *_steps(material),
        Heading(1, "What is offered for which need", new_page=True),
        _needs(offer),
        *(_by(offer, title, key) for title, key in SPLITS),
        Heading(1, "The services", new_page=True),
        _services(material, offer),
        Note("Pounds are those of the ledger in the last whole financial year, all of them and not what could be cashed. A cost "
             "a family tells nothing of what the service does."),
        Heading(1, "Gaps and overlaps", new_page=True),
        *_gaps(offer),
        *_overlaps(offer),
        *_unsaid(offer),
        *_annex(material),
    ]  # fmt: skip


def _in_short(offer: Row) -> Iterator[Block]:
    services, providers = offer["services"], {each["provider"] for each in offer["services"] if each["provider"]}
    by = f", by {_counted(len(providers), 'provider')}" if providers else "; who provides them is not recorded"
    run = "service runs" if len(services) == 1 else "services run"
    yield Text(f"{len(services)} {run}{by}.", strong=True)
    yield Text(_needs_in_short(offer))
    if sure := sum(each["sure"] for each in offer["overlaps"]):
        yield Text(
            f"{_counted(sure, 'time')} two services of different providers are for the same need, level, ages and area. That is "
            "no fault: it is where to ask who does what."
        )


def _hurts(material: Material) -> list[Block]:
    said = pain_points.in_short(material)
    return [Text(said)] if said else []


def _counted(number_of: int, what: str) -> str:
    """A number with its noun: "1 time", "6 times"."""
    return f"{number_of} {what}{'' if number_of == 1 else 's'}"


def _needs_in_short(offer: Row) -> str:
    """Which needs no service is recorded as being for; a service that does not say is not read as being for none."""
    unsaid = offer["not_recorded"]["need"]
    if unsaid == len(offer["services"]):
        return "For which needs they are is not recorded, so that gaps cannot be told."
    unserved = [_need(each) for each in offer["needs"] if each["need"] not in UNSAID and not each["services"]]
    if not unserved:
        return "Something is offered for every need of the ten headline outcomes, though not at every level, age and place."
    who = "1 service does" if unsaid == 1 else f"{unsaid} services do"
    but = f" {who} not say for which need." if unsaid else ""
    return f"No service is recorded as being for: {listed(unserved)}.{but}"


def _need(row: Row) -> str:
    return UNSAID.get(row["need"]) or f"{row['need']} {row['need_label']}"


def _steps(material: Material) -> list[Block]:
    """The steps, where they hurt, the requests of a year along them, and other councils beside."""
    return [
        *blueprint_steps.blocks(material),
        *pain_points.blocks(material),
        *_along_the_line(material),
        *steps_beside.blocks(material),
    ]


def _along_the_line(material: Material) -> list[Block]:
    """What became of the requests of one year as two charts."""
    line = pain_points.line_told(material)
    if line is None:
        return []
    return [
        Heading(1, "The requests of one year along the steps", new_page=True),
        Text("A request has come to a stage when that stage or a later one is recorded of it."),
        *flow.how_joined(line),
        flow.figure(line, flow.TO_HELP, "From request to acceptance"),
        flow.figure(line, flow.FROM_HELP, "From acceptance to a year after closing"),
    ]


def _needs(offer: Row) -> TableBlock:
    rows = tuple(
        (
            _need(each),
            number(each["services"]),
            number(each["providers"]),
            "not known" if each["per_10000"] is None else f"{each['per_10000']:,.1f}",
            _families(each),
        )
        for each in offer["needs"]
        if each["need"] not in UNSAID or each["services"]
    )
    columns = (
        "need",
        "services",
        "providers",
        "services for each 10,000 children",
        "families who recorded it in the year",
    )
    return TableBlock("Services by need, and families with that need on record", columns, rows, (1, 2, 3, 4))


def _families(need: Row) -> str:
    if need["families"] is not None:
        return number(need["families"])
    return IN_WORDS[Status.SUPPRESSED] if need["status"] == Status.SUPPRESSED else "not recorded"


def _by(offer: Row, title: str, key: str) -> TableBlock:
    """Services by need and one more thing; a service that stands in several columns counts in each."""
    services = [(each["needs"], [each[key]] if isinstance(each[key], str) else each[key]) for each in offer["services"]]
    known = offer["dimensions"][{"age_bands": "age_band", "areas": "area"}.get(key, key)]
    said = dict.fromkeys(value for _, values in services for value in values)
    values = [each for each in dict.fromkeys([*known, *said]) if each != "statutory" or each in said]
    rows = tuple(
        (
            _need(need),
            *(number(sum(need["need"] in needs and value in own for needs, own in services)) for value in values),
        )
        for need in offer["needs"]
        if need["need"] not in UNSAID or need["services"]
    )
    named = tuple(UNSAID.get(each, SHORT.get(each, each)) for each in values)
    return TableBlock(f"Services by need and {title}", ("need", *named), rows, tuple(range(1, len(named) + 1)))


def _services(material: Material, offer: Row) -> TableBlock:
    costs = _unit_costs(material)
    rows = tuple(
        (
            str(each["name"]),
            str(each["provider"] or "not recorded"),
            ", ".join(UNSAID.get(need, need) for need in each["needs"]),
            UNSAID.get(each["level"], SHORT.get(each["level"], each["level"])),
            _ages(each),
            _spent(material, each),
            costs.get(each["service_id"], "not told"),
        )
        for each in offer["services"]
    )
    columns = ("service", "provider", "needs", "level", "ages", "spent", "a family")
    return TableBlock("Each service, who runs it, whom it is for and what the ledger knows", columns, rows, (5, 6))


def _ages(service: Row) -> str:
    lowest, highest = service["minimum_age"], service["maximum_age"]
    if lowest is None and highest is None:
        return "not recorded"
    if highest is None:
        return f"{lowest:g} and over"
    return f"{lowest or 0:g} to {highest:g}"


def _spent(material: Material, service: Row) -> str:
    spent = material.spent.get(service["service_id"])
    if spent is None or spent.pounds is None:
        return "not in the ledger"
    return f"£{spent.pounds:,.0f} ({spent.financial_year})"


def _unit_costs(material: Material) -> dict[str, str]:
    """What a family costs by service, of the latest year with a figure; under the directory's id."""
    part = next((part for wanted, part in material.parts if wanted.measure == UNIT_COST and wanted.asked.by), None)
    if part is None:
        return {}
    own = {each: directory for directory, spent in material.spent.items() for each in spent.services}
    told_of = ((own.get(row.dims.get("service_id", "")), row) for row in figure(part))
    return {service: told(part, row) for service, row in told_of if service and row.status is not Status.NO_DATA}


def _gaps(offer: Row) -> list[Block]:
    alone = [each for each in offer["gaps"] if " and " not in each["dimension"]]
    found: list[Block] = []
    if alone:
        rows = tuple((_kind(each), _missing(each), number(each["may_be_filled_by"])) for each in alone)
        columns = ("kind", "nothing for", "services that may fill it: their record does not say")
        found.append(TableBlock("Nothing at all", columns, rows, (2,)))
    if of_need := tuple(_of_need(offer["gaps"])):
        caption = "Needs with a service, but none at a level, an age or in an area"
        found.append(TableBlock(caption, ("need", "no service for"), of_need))
    unmet = [f"{_need(each)}: {_families(each)} families in the year" for each in offer["unmet"]]
    if unmet:
        found += [
            Text("Needs that families recorded, and for which nothing is offered:", strong=True),
            Bullets(tuple(unmet)),
        ]
    return found or [Text("There is no need, level, age or area without a service, as far as records say.")]


def _kind(gap: Row) -> str:
    return str(gap["dimension"]).replace("_", " ").replace("age band", "age")


def _missing(gap: Row) -> str:
    if gap["dimension"] == "need":
        return f"{gap['need']} {gap['need_label']}"
    value = str(gap[gap["dimension"]])
    return SHORT.get(value, value)


def _of_need(gaps: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """One row a need: everything that it has no service for."""
    of_need: dict[str, list[str]] = {}
    for gap in gaps:
        if " and " in gap["dimension"]:
            value = str(gap[gap["dimension"].removeprefix("need and ")])
            of_need.setdefault(f"{gap['need']} {gap['need_label']}", []).append(SHORT.get(value, value))
    yield from ((need, listed(values)) for need, values in of_need.items())


def _overlaps(offer: Row) -> list[Block]:
    rows = tuple(
        (
            listed(each["services"]),
            listed([str(name or "not recorded") for name in each["providers"]]),
            ", ".join(each["needs"]),
            f"{each['ages'] or 'not recorded'}; {SHORT.get(each['level'] or '', each['level'] or 'not recorded')}",
            "yes" if each["sure"] else "perhaps: a record does not say",
        )
        for each in offer["overlaps"][:MOST_LISTED]
    )
    if not rows:
        return [Text("No two providers offer the same to the same children, as far as records say.")]
    columns = ("services", "providers", "needs in common", "ages and level", "sure")
    more = len(offer["overlaps"]) - len(rows)
    rest = [Note(f"{more} more are told by earlyhelp offer.")] if more > 0 else []
    return [TableBlock("Different providers, the same need, level, ages and area", columns, rows), *rest]


def _unsaid(offer: Row) -> list[Block]:
    said = [f"{count} by {name.replace('_', ' ')}" for name, count in offer["not_recorded"].items() if count]
    found = [f"Services whose record does not say: {', '.join(said) or 'none'}."]
    if offer["not_running"]:
        found.append(f"Left out, for they run no more, not yet or not now: {offer['not_running']}.")
    return [Note(" ".join(found))]


def _annex(material: Material) -> list[Block]:
    """The certificate of each figure of a measure."""
    rows = [
        (
            f"{part.released.measure.name} ({row.measure})",
            ", ".join(row.labels.get(f"{name}_label", code) for name, code in row.dims.items()) or "all",
            _cases_told(part, row) if wanted.asked.by and wanted.measure != UNIT_COST else told(part, row),
            certificate,
        )
        for wanted, part in material.parts
        for row, certificate in zip(part.released.rows, part.certificates, strict=True)
        if row in figure(part) and (not wanted.asked.by or row.status is Status.OK)
    ]
    if not rows:
        return []
    columns = ("measure", "of which", "figure", "certificate")
    caption = "What stands behind each figure of a measure"
    return [Heading(1, "Annex: certificates", new_page=True), TableBlock(caption, columns, tuple(rows), (2,))]


def _cases_told(part: Part, row: ReleasedRow) -> str:
    """How many cases of a group there are, on which its share rests."""
    return number(cases(part, row))


DOCUMENT = Document(
    name="service-blueprint",
    title="Service blueprint: early help",
    for_whom="the Head of Early Help, and whoever commissions services",
    holds="each step from request to twelve months after closure with who acts, in which system, volumes, waits and pain points, "
    "other councils beside it; services by need, level, age and area, gaps, overlaps, costs",
    blocks=blocks,
    wanted=(
        *blueprint_steps.wanted(),
        Wanted(UNIT_COST, Question(by=("service_id",), grain=Grain.YEAR)),
    ),
    of_the_offer=True,
    of_the_line=True,
    of_others=True,
)
