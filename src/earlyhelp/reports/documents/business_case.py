"""The business case of one service: five cases, break-even before any claim, choices with their ranges, the evidence behind it.

What only people can tell (what is asked for, how it would be bought and run) stands as a prompt for the author. What is
missing from the records is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from earlyhelp.measures import Grain, Question
from earlyhelp.release.scenarios import ReleasedScenario
from earlyhelp.reports.answers.prepared import Wanted
from earlyhelp.reports.blocks import Block, Bullets, Heading, Note, Text
from earlyhelp.reports.documents.declared import Choice, Document, Material
from earlyhelp.reports.documents.measured import certificates, charted, over_years
from earlyhelp.reports.documents.projected import (
    PER_CENT,
    break_even_table,
    by_agency_and_year,
    choices_plot,
    cross_checks,
    prices_table,
    tornado_table,
)
from earlyhelp.reports.documents.studied import study_blocks

YEARLY = ("A1", "C1", "B2", "F1", "G1", "G3")
TREND = ("A1", "C1")
TO_WRITE = "For the author: "


def blocks(material: Material) -> list[Block]:
    """The five cases in order, then the annex with evidence, prices, parameters and seed."""
    return [
        *_in_short(material),
        *_strategic(material),
        *_economic(material),
        Heading(1, "Commercial case"),
        Text(f"{TO_WRITE}who provides it, under which contract until when, and what could be bought instead."),
        *_financial(material),
        *_management(),
        *_annex(material),
    ]


def told(choices: Iterable[Choice]) -> list[tuple[str, ReleasedScenario]]:
    """The choices that could be worked out."""
    return [(each.words, each.scenario) for each in choices if each.scenario is not None]


def _in_short(material: Material) -> list[Block]:
    found: list[Block] = [Heading(1, "In short"), Text(f"{TO_WRITE}what is asked for, of whom, by when.")]
    scenarios = told(material.choices)
    first = (
        [row["sentence"] for row in scenarios[0][1].content["break_even"] if row["avoided"] is None]
        if scenarios
        else []
    )
    if first:
        found += [Text("What it would have to do to pay for itself, before any claim that it does:", strong=True)]
        found += [Bullets(tuple(first))]
    for finding in material.findings:
        found += [Text(f"What the records show of it: {finding.may_say[0]}", strong=True)]
    return found


def _strategic(material: Material) -> list[Block]:
    found: list[Block] = [Heading(1, "Strategic case: need and trend")]
    yearly = material.by(Grain.YEAR)
    if yearly:
        found += [over_years(yearly, "Need, waiting and what becomes of families, by year, with 95 per cent intervals")]
        found += [Note("A year that is not over is shown as far as it has gone. The certificates are in the annex.")]
    for part in material.by(Grain.MONTH):
        found += charted(part, material.events)
    return [*found, Text(f"{TO_WRITE}which plans of the council and its partners this serves.")]


def _economic(material: Material) -> list[Block]:
    found: list[Block] = [Heading(1, "Economic case")]
    scenarios = told(material.choices)
    if not scenarios:
        return [*found, *_missing(material.choices)]
    first = scenarios[0][1]
    return [
        *found,
        Heading(2, "Break-even first: no causal claim"),
        break_even_table(first.content["break_even"]),
        Heading(2, "The choices side by side"),
        choices_plot(scenarios),
        Note(f"Fiscal only. Economic and social worth are not priced here, and never added to it. {PER_CENT}"),
        *_said(scenarios),
        Heading(2, "What moves the answer most"),
        tornado_table(first),
        *cross_checks(first),
        *_missing(material.choices),
    ]


def _missing(choices: Sequence[Choice]) -> list[Block]:
    """What could not be worked out and why."""
    shut = [each for each in choices if each.scenario is None]
    if not choices:
        return [Text("What it would bring cannot be told: nothing was asked of the economics.")]
    return [Text(f"{each.words}: it cannot be told what that would bring. {each.why}") for each in shut]


def _said(scenarios: Sequence[tuple[str, ReleasedScenario]]) -> list[Block]:
    """What may be said of each choice, then once what holds for all of them."""
    every = [(*each.sentences, *each.flags) for _, each in scenarios]
    common = [each for each in every[0] if len(every) > 1 and all(each in other for other in every[1:])]
    found: list[Block] = []
    for (words, _), said in zip(scenarios, every, strict=True):
        own = tuple(each for each in said if each not in common)
        found += [Heading(3, words), Bullets(own)] if own else []
    return [*found, Heading(3, "Of every choice"), Bullets(tuple(common))] if common else found


def _financial(material: Material) -> list[Block]:
    found: list[Block] = [Heading(1, "Financial case: by agency and year")]
    found += [by_agency_and_year(*each) for each in told(material.choices)]
    if not told(material.choices):
        found += [Text("By agency and year nothing can be told: see the economic case.")]
    return [
        *found,
        Note("Average costs hold staff and buildings that stay: they are not cashable. Agencies are told apart."),
    ]


def _management() -> list[Block]:
    return [
        Heading(1, "Management case"),
        Text(f"{TO_WRITE}who leads it, by when, and what could go wrong."),
        Text("How it will be known: the measures of the strategic case, asked again each quarter by their certificates, and "
             "the study of the annex, done again under the same plan."),
    ]  # fmt: skip


def _annex(material: Material) -> list[Block]:
    found: list[Block] = [Heading(1, "Annex: the evidence", new_page=True)]
    for finding in material.findings:
        found += study_blocks(finding, 2)
    if yearly := material.by(Grain.YEAR):
        found += [Heading(2, "Certificates"), certificates(yearly, "What stands behind each figure by year")]
    scenarios = told(material.choices)
    if scenarios:
        found += [Heading(2, "Prices"), prices_table(scenarios[0][1])]
    for words, scenario in scenarios:
        about = scenario.content
        found += [Note(
            f"{words}: parameter set {about['parameters']}, seed {about['seed']}, {about['draws']:,} draws, prices of "
            f"{about['scenario']['price_year']}, snapshot {material.snapshot}."
        )]  # fmt: skip
    return found


DOCUMENT = Document(
    name="business-case",
    title="Business case: {about}",
    for_whom="finance, members and the Treasury",
    holds="five cases for one service, break-even first, choices with their ranges, the evidence behind it",
    blocks=blocks,
    wanted=(
        *(Wanted(each, Question(grain=Grain.YEAR)) for each in YEARLY),
        *(Wanted(each, Question(grain=Grain.MONTH)) for each in TREND),
    ),
    about="service",
)
