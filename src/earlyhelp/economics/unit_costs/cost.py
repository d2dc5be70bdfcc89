"""A unit cost, the codes it is told in, and the rules that every unit cost keeps, whoever gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from earlyhelp.economics.unit_costs.deflators import DEFLATORS
from earlyhelp.standard.types import CodeList, CodeValue

_OURS = "Early Help unit costs, version 1"

AGENCIES = CodeList(
    "agencies",
    "Who bears the cost",
    (
        CodeValue("council_social_care", "Council: children's social care"),
        CodeValue("council_education", "Council: education"),
        CodeValue("council_housing", "Council: housing and homelessness"),
        CodeValue("council_other", "Council: other services"),
        CodeValue("schools", "Schools and the Department for Education"),
        CodeValue("nhs", "National Health Service"),
        CodeValue("police", "Police"),
        CodeValue("justice", "Courts, legal aid, prisons, probation and youth justice"),
        CodeValue("police_and_justice", "Police and criminal justice, not told apart"),
        CodeValue("dwp", "Department for Work and Pensions"),
        CodeValue("hmrc", "HM Revenue and Customs"),
        CodeValue("several", "Several agencies, not told apart"),
        CodeValue("individuals", "The person or the family"),
        CodeValue("society", "Society as a whole"),
    ),
    source="HM Treasury, Supporting public service transformation: cost benefit analysis guidance for local partnerships",
)
COUNCIL = frozenset(code for code in AGENCIES.codes if code.startswith("council_"))
"""The agencies that are the council: only their share can be a saving of the council."""
PUBLIC_PURSE = frozenset(AGENCIES.codes) - {"individuals", "society"}

KINDS = CodeList(
    "cost_kinds",
    "Fiscal, economic or social: three sums that are never one",
    (
        CodeValue("fiscal", "Fiscal: paid by a public body"),
        CodeValue("economic", "Economic: earnings and output of people and firms"),
        CodeValue("social", "Social: harm to wellbeing, health and safety, valued in pounds"),
    ),
    source="HM Treasury, cost benefit analysis guidance for local partnerships (2014)",
)
HORIZONS = CodeList(
    "cost_horizons",
    "What the cost runs over",
    tuple(
        CodeValue(code, label)
        for code, label in (
            ("event", "One event, process or case"),
            ("hour", "An hour"),
            ("day", "A day"),
            ("week", "A week"),
            ("month", "A month"),
            ("six_months", "Six months"),
            ("year", "A year"),
            ("several_years", "Several years"),
            ("lifetime", "A lifetime"),
        )
    ),
    source=_OURS,
)
CONFIDENCE = CodeList(
    "cost_confidence",
    "How far the figure can be trusted, from the least",
    tuple(
        CodeValue(code, label)
        for code, label in (
            ("very_low", "Very low"),
            ("low", "Low"),
            ("low_to_medium", "Low to medium"),
            ("medium", "Medium"),
            ("medium_to_high", "Medium to high"),
            ("high", "High"),
        )
    ),
    source=_OURS,
)
FLAGS = CodeList(
    "cost_flags",
    "What a reader must know of a figure",
    (
        CodeValue("placeholder", "Its source or price year is not known: it holds a place and enters no sum."),
        CodeValue("input_cost", "It is what help costs, not what help may avoid."),
        CodeValue("placement", "It is the price of a placement, and those prices rise faster than prices in general."),
        CodeValue("superseded", "A newer figure of all or part of it has been published."),
        CodeValue("year_assumed", "The source does not say of which year its prices are; the year is assumed."),
        CodeValue("association", "It sets groups side by side that differ in more than this: no avoided cost."),
        CodeValue("contested", "The figure or its method has been disputed in print."),
        CodeValue("derived", "It was worked out from published totals, not published itself."),
        CodeValue("gross_of_income", "Income that pays for part of it is not taken off."),
        CodeValue("legacy_benefit", "It is of a benefit that Universal Credit has replaced."),
        CodeValue("mixed_kinds", "It mixes fiscal and social cost: no part of it is a saving of a public body."),
        CodeValue("imported", "It was read from a workbook; how it overlaps with other costs is not known."),
        CodeValue("local", "It is the council's own and stands in the place of a national figure."),
    ),
    source=_OURS,
)
_CODE = re.compile(r"[a-z0-9][a-z0-9_.&-]*", re.IGNORECASE)
_ROUNDING = 1.0
"""Pounds by which published shares may miss the value that they are shares of."""


@dataclass(frozen=True)
class UnitCost:
    """What one of something costs, in pounds at the prices of a financial year.

    `unit`: what one is, in words ("per child per year"). `value`: pounds as published. `price_year`: as 2025-26; empty
    only for a placeholder. `agency`: who bears it, a code of `AGENCIES`; `shares`: pounds by agency where the source
    tells them apart. `kind`: fiscal, economic or social. `horizon`: what it runs over, a code of `HORIZONS`.
    `thing`: what it is the cost of; two costs of one thing are two answers to one question. `parent`: the code of the
    cost that already holds this one.
    `average`, `marginal`, `cashable`: pounds for one more or one fewer of it, in three senses that are not each other:
    all spending divided by all units; what one unit more adds; what somebody can really stop paying. None: not known.
    `low`, `high`: the source's range. `bearer`: who bears it in the source's words. `source`, `url`, `retrieved` (the
    month it was entered), `licence`: where it comes from. `confidence`: a code of `CONFIDENCE`. `flags`: codes of
    `FLAGS`, in order.
    """

    code: str
    name: str
    unit: str
    value: float
    price_year: str
    agency: str
    kind: str
    horizon: str
    thing: str
    source: str
    confidence: str
    parent: str = ""
    average: float | None = None
    marginal: float | None = None
    cashable: float | None = None
    low: float | None = None
    high: float | None = None
    shares: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    bearer: str = ""
    url: str = ""
    retrieved: str = ""
    licence: str = ""
    flags: tuple[str, ...] = ()

    def borne_by(self) -> dict[str, float]:
        """The value in pounds by agency; all of it with `agency` where the source does not tell shares."""
        return dict(self.shares) or {self.agency: self.value}

    def borne_by_council(self) -> float:
        """Pounds of the value that fall on the council. What falls on several agencies not told apart is not in it."""
        return sum(pounds for agency, pounds in self.borne_by().items() if agency in COUNCIL)

    def cautions(self) -> tuple[str, ...]:
        """What a reader must know, a sentence for each flag."""
        return tuple(FLAGS.label(flag) for flag in self.flags)


def faults_of(cost: UnitCost) -> Iterator[str]:
    """Every rule that a unit cost breaks, as a sentence that names the column. Nothing for a sound one."""
    yield from _faults_of_codes(cost)
    yield from _faults_of_words(cost)
    yield from _faults_of_price_year(cost)
    yield from _faults_of_amounts(cost)
    yield from _faults_of_shares(cost)


def _faults_of_codes(cost: UnitCost) -> Iterator[str]:
    for column, code, known in (
        ("agency", cost.agency, AGENCIES),
        ("kind", cost.kind, KINDS),
        ("horizon", cost.horizon, HORIZONS),
        ("confidence", cost.confidence, CONFIDENCE),
        *(("flags", flag, FLAGS) for flag in cost.flags),
        *(("shares", agency, AGENCIES) for agency in cost.shares),
    ):
        if code not in known.codes:
            yield f'{column}: "{code}" is not known; it is one of {", ".join(known.codes)}.'


def _faults_of_words(cost: UnitCost) -> Iterator[str]:
    if not _CODE.fullmatch(cost.code):
        yield f'code: "{cost.code}" is none; use letters, digits and underscores.'
    for column in ("name", "unit", "thing", "source"):
        if not getattr(cost, column):
            yield f"{column}: it is empty, and no unit cost stands without it."


def _faults_of_price_year(cost: UnitCost) -> Iterator[str]:
    if not cost.price_year and "placeholder" not in cost.flags:
        yield "price_year: it is empty; a cost without one can only be a placeholder, flagged so, that enters no sum."
    if cost.price_year and cost.price_year not in DEFLATORS.index:
        yield (
            f'price_year: "{cost.price_year}" is not known; write a financial year from {min(DEFLATORS.index)} to '
            f"{max(DEFLATORS.index)}, as 2025-26."
        )


def _faults_of_amounts(cost: UnitCost) -> Iterator[str]:
    for column in ("value", "average", "marginal", "cashable", "low", "high"):
        amount = getattr(cost, column)
        if amount is not None and not 0 <= amount < float("inf"):
            yield f"{column}: {amount:g} is no cost; a cost is not below 0."
    if (cost.low is not None and cost.low > cost.value) or (cost.high is not None and cost.high < cost.value):
        yield "low, high: the value does not lie between them."
    known = [each for each in (cost.average, cost.marginal) if each is not None]
    if cost.cashable is not None and known and cost.cashable > max(known):
        yield "cashable: it is more than the unit costs; nobody can stop paying more than is paid."


def _faults_of_shares(cost: UnitCost) -> Iterator[str]:
    if cost.shares and abs(sum(cost.shares.values()) - cost.value) > _ROUNDING:
        yield f"shares: they come to {sum(cost.shares.values()):,.2f} pounds, and the value is {cost.value:,.2f}."
