"""The business case of one service: five cases, break-even before any claim, choices with their ranges, the evidence behind it.

What only people can tell (what is asked for, how it would be bought and run) stands as a prompt for the author. What is
missing from the records is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from earlyhelp.economics.unit_costs import AGENCIES
from earlyhelp.measures import Grain, Question
from earlyhelp.release.scenarios import ReleasedScenario
from earlyhelp.reports.answers.prepared import Wanted
from earlyhelp.reports.blocks import Block, Bullets, Figure, Heading, Note, TableBlock, Text
from earlyhelp.reports.charts import Interval, interval_plot
from earlyhelp.reports.documents.declared import Choice, Document, Material
from earlyhelp.reports.documents.measured import certificates, charted, over_years
from earlyhelp.reports.documents.studied import study_blocks

YEARLY = ("A1", "C1", "B2", "F1", "G1", "G3")
TREND = ("A1", "C1")
DO_NOTHING = "Carry on as now"
TO_WRITE = "For the author: "
_PER_CENT = "5, 50 and 95 of 100 draws lie below the figures told."


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
        _break_even(first),
        Heading(2, "The choices side by side"),
        _choices(scenarios),
        Note(f"Fiscal only. Economic and social worth are not priced here, and never added to it. {_PER_CENT}"),
        *_said(scenarios),
        Heading(2, "What moves the answer most"),
        _tornado(first),
        *_checks(first),
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


def _break_even(scenario: ReleasedScenario) -> TableBlock:
    rows = tuple(
        (row["basis"], f"{row['needed']:,.1f}", _range(row, "avoided", "lower", "upper"), row["sentence"])
        for row in scenario.content["break_even"]
    )
    columns = ("on what it rests", "needed a year", "avoided a year, with 90 per cent range", "in words")
    return TableBlock("What would have to be avoided for the service to pay for itself", columns, rows, (1, 2))


def _range(row: Mapping[str, Any], middle: str, lower: str, upper: str) -> str:
    if row[middle] is None:
        return "no claim"
    return f"{row[middle]:,.1f} ({row[lower]:,.1f} to {row[upper]:,.1f})"


def _purses(scenarios: Sequence[tuple[str, ReleasedScenario]]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(words, purse) for words, scenario in scenarios for purse in scenario.content["purses"]]


def _choices(scenarios: Sequence[tuple[str, ReleasedScenario]]) -> Figure:
    """What each choice leaves for each purse, after what it displaces."""
    rows = [
        Interval(f"{words}: {purse['purse']}", purse["net_50"], purse["net_5"], purse["net_95"], str(purse["purse"]))
        for words, purse in _purses(scenarios)
    ]
    said = "; ".join(
        f"{each.label} {_pounds(each.estimate)} ({_pounds(each.lower)} to {_pounds(each.upper)})" for each in rows
    )
    title = "Money left over after what is displaced on other services, against carrying on as now"
    spec = interval_plot(rows, "present pounds over the years looked at; left of the line it costs more than it frees")
    return Figure(title, spec, f"Interval plot of the choices by purse. {said}.", _table_of_choices(scenarios))


def _table_of_choices(scenarios: Sequence[tuple[str, ReleasedScenario]]) -> TableBlock:
    rows = tuple(
        (
            f"{words}: {purse['purse']}",
            _pounds(purse["out_of_the_budget"]),
            _spread(purse, "displaced"),
            _spread(purse, "net"),
            _chance(purse["probability_that_it_saves"]),
            "none" if purse["break_even_risk_ratio"] is None else f"{purse['break_even_risk_ratio']:.2f}",
        )
        for words, purse in _purses(scenarios)
    )
    columns = (
        "choice and purse", "out of the budget", "displaced, 90 per cent range", "left over, 90 per cent range",
        "chance that money is left over", "break-even risk ratio",
    )  # fmt: skip
    base = (f"{DO_NOTHING}", "£0", "£0", "£0", "what the others are set against", "none")
    return TableBlock("The choices, fiscal, in present pounds", columns, (base, *rows), (1, 2, 3))


def _spread(row: Mapping[str, Any], name: str) -> str:
    return f"{_pounds(row[f'{name}_50'])} ({_pounds(row[f'{name}_5'])} to {_pounds(row[f'{name}_95'])})"


def _pounds(amount: float | None) -> str:
    if amount is None:
        return "not told"
    return f"-£{-amount:,.0f}" if amount < 0 else f"£{amount:,.0f}"


def _chance(share: float) -> str:
    """In 100 draws, never as certain."""
    if share >= 0.995:
        return "more than 99 in 100"
    return "less than 1 in 100" if share < 0.005 else f"{100 * share:.0f} in 100"


def _tornado(scenario: ReleasedScenario) -> TableBlock:
    rows = tuple(
        (row["input"], f"{row['council'] + 0.0:+.2f}", f"{row['public_purse'] + 0.0:+.2f}")
        for row in scenario.content["tornado"]
    )
    columns = ("what is not known", "council", "public purse")
    caption = "How closely the answer follows what is not known (rank correlation, -1 to 1)"
    return TableBlock(caption, columns, rows, (1, 2))


def _checks(scenario: ReleasedScenario) -> list[Block]:
    rows = scenario.content["cross_checks"]
    if not rows:
        return []
    return [Heading(2, "What studies of councils' spending would lead one to expect"),
            Bullets(tuple(row["sentence"] for row in rows))]  # fmt: skip


def _financial(material: Material) -> list[Block]:
    found: list[Block] = [Heading(1, "Financial case: by agency and year")]
    for words, scenario in told(material.choices):
        rows = tuple(
            (
                row["agency_words"],
                row["year"],
                _pounds(row["out_of_the_budget"]),
                _spread(row, "displaced"),
            )
            for row in scenario.content["by_agency_and_year"]
            if any(row[name] for name in ("out_of_the_budget", "displaced_5", "displaced_95"))
        )
        columns = ("agency", "year", "out of its budget", "displaced on it, 90 per cent range")
        found.append(TableBlock(f"{words}: by agency and year, fiscal, not discounted", columns, rows, (2, 3)))
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
        found += [Heading(2, "Prices"), _prices(scenarios[0][1])]
    for words, scenario in scenarios:
        about = scenario.content
        found += [Note(
            f"{words}: parameter set {about['parameters']}, seed {about['seed']}, {about['draws']:,} draws, prices of "
            f"{about['scenario']['price_year']}, snapshot {material.snapshot}."
        )]  # fmt: skip
    return found


def _prices(scenario: ReleasedScenario) -> TableBlock:
    rows = tuple(
        (
            f"{price['words']}, per {price['unit']}",
            AGENCIES.label(agency),
            _pounds(pounds),
            "not known" if price["cashable"] is None else _pounds(price["cashable"]),
            f"{price['basis']}; {price['source']}",
        )
        for price in scenario.content["prices"]
        for agency, pounds in price["by_agency"].items()
    )
    columns = ("of what", "who pays", "pounds a unit", "cashable", "basis and source")
    return TableBlock(f"Prices, {scenario.content['scenario']['price_year']}", columns, rows, (2,))


DOCUMENT = Document(
    name="business-case",
    title="Business case: {service}",
    for_whom="finance, members and the Treasury",
    holds="five cases for one service, break-even first, choices with their ranges, the evidence behind it",
    blocks=blocks,
    wanted=(
        *(Wanted(each, Question(grain=Grain.YEAR)) for each in YEARLY),
        *(Wanted(each, Question(grain=Grain.MONTH)) for each in TREND),
    ),
    of_one_service=True,
)
