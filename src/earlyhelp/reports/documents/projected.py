"""A released scenario as blocks: what it would have to do, what it leaves for whom, by year, and what moves the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from earlyhelp.economics.unit_costs import AGENCIES
from earlyhelp.release.scenarios import ReleasedScenario
from earlyhelp.reports.blocks import Block, Bullets, Figure, Heading, TableBlock
from earlyhelp.reports.charts import Interval, interval_plot

DO_NOTHING = "Carry on as now"
PER_CENT = "5, 50 and 95 of 100 draws lie below the figures told."
Told = Sequence[tuple[str, ReleasedScenario]]
"""Choices in words, each with what it would bring."""


def break_even_table(steps: Sequence[Mapping[str, Any]]) -> TableBlock:
    """What would have to be avoided for a service to pay for itself: a row a step."""
    rows = tuple(
        (row["basis"], f"{row['needed']:,.1f}", _range(row, "avoided", "lower", "upper"), row["sentence"])
        for row in steps
    )
    columns = ("on what it rests", "needed a year", "avoided a year, with 90 per cent range", "in words")
    return TableBlock("What would have to be avoided for the service to pay for itself", columns, rows, (1, 2))


def _range(row: Mapping[str, Any], middle: str, lower: str, upper: str) -> str:
    if row[middle] is None:
        return "no claim"
    return f"{row[middle]:,.1f} ({row[lower]:,.1f} to {row[upper]:,.1f})"


def _purses(scenarios: Told) -> list[tuple[str, Mapping[str, Any]]]:
    return [(words, purse) for words, scenario in scenarios for purse in scenario.content["purses"]]


def choices_plot(scenarios: Told) -> Figure:
    """What each choice leaves for each purse, after what it displaces."""
    rows = [
        Interval(f"{words}: {purse['purse']}", purse["net_50"], purse["net_5"], purse["net_95"], str(purse["purse"]))
        for words, purse in _purses(scenarios)
    ]
    said = "; ".join(
        f"{each.label} {pounds(each.estimate)} ({pounds(each.lower)} to {pounds(each.upper)})" for each in rows
    )
    title = "Money left over after what is displaced on other services, against carrying on as now"
    spec = interval_plot(rows, "present pounds over the years looked at; left of the line it costs more than it frees")
    return Figure(title, spec, f"Interval plot of the choices by purse. {said}.", _table_of_choices(scenarios))


def _table_of_choices(scenarios: Told) -> TableBlock:
    rows = tuple(
        (
            f"{words}: {purse['purse']}",
            pounds(purse["out_of_the_budget"]),
            spread(purse, "displaced"),
            spread(purse, "net"),
            chance(purse["probability_that_it_saves"]),
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


def spread(row: Mapping[str, Any], name: str) -> str:
    """A sum with its range: the 50th of 100 draws, and the 5th to the 95th."""
    return f"{pounds(row[f'{name}_50'])} ({pounds(row[f'{name}_5'])} to {pounds(row[f'{name}_95'])})"


def pounds(amount: float | None) -> str:
    """A sum as it is read."""
    if amount is None:
        return "not told"
    return f"-£{-amount:,.0f}" if amount < 0 else f"£{amount:,.0f}"


def chance(share: float) -> str:
    """In 100 draws, never as certain."""
    if share >= 0.995:
        return "more than 99 in 100"
    return "less than 1 in 100" if share < 0.005 else f"{100 * share:.0f} in 100"


def tornado_table(scenario: ReleasedScenario) -> TableBlock:
    """How closely what is left over follows each thing that is not known."""
    rows = tuple(
        (row["input"], f"{row['council'] + 0.0:+.2f}", f"{row['public_purse'] + 0.0:+.2f}")
        for row in scenario.content["tornado"]
    )
    columns = ("what is not known", "council", "public purse")
    caption = "How closely the answer follows what is not known (rank correlation, -1 to 1)"
    return TableBlock(caption, columns, rows, (1, 2))


def tornado_plot(scenario: ReleasedScenario) -> Figure:
    """The same as a chart, for the council: a line from no correlation to each, the strongest first."""
    told = scenario.content["tornado"]
    rows = [Interval(row["input"], row["council"], min(row["council"], 0.0), max(row["council"], 0.0)) for row in told]
    strongest = rows[0]
    title = "What moves the answer for the council most"
    alt = (
        f"Chart of {len(rows)} things that are not known. What is left over follows {strongest.label} most closely: rank "
        f"correlation {strongest.estimate:+.2f}."
    )
    axis = "rank correlation with what is left over: right of the line, more of it leaves more"
    return Figure(title, interval_plot(rows, axis), alt, tornado_table(scenario))


def cross_checks(scenario: ReleasedScenario) -> list[Block]:
    """What studies of councils' spending would lead one to expect; nothing where none applies."""
    rows = scenario.content["cross_checks"]
    if not rows:
        return []
    return [Heading(2, "What studies of councils' spending would lead one to expect"),
            Bullets(tuple(row["sentence"] for row in rows))]  # fmt: skip


def by_agency_and_year(words: str, scenario: ReleasedScenario) -> TableBlock:
    """What each agency's budget loses and what is displaced on it, in each year, not discounted; rows of nothing left out."""
    rows = tuple(
        (row["agency_words"], row["year"], pounds(row["out_of_the_budget"]), spread(row, "displaced"))
        for row in scenario.content["by_agency_and_year"]
        if any(row[name] for name in ("out_of_the_budget", "displaced_5", "displaced_95"))
    )
    columns = ("agency", "year", "out of its budget", "displaced on it, 90 per cent range")
    nothing = ("every agency", "every year", pounds(0.0), pounds(0.0))
    return TableBlock(f"{words}: by agency and year, fiscal, not discounted", columns, rows or (nothing,), (2, 3))


def prices_table(scenario: ReleasedScenario) -> TableBlock:
    """What a unit of each outcome is taken to cost, by who pays, with its source."""
    rows = tuple(
        (
            f"{price['words']}, per {price['unit']}",
            AGENCIES.label(agency),
            pounds(paid),
            "not known" if price["cashable"] is None else pounds(price["cashable"]),
            f"{price['basis']}; {price['source']}",
        )
        for price in scenario.content["prices"]
        for agency, paid in price["by_agency"].items()
    )
    columns = ("of what", "who pays", "pounds a unit", "cashable", "basis and source")
    return TableBlock(f"Prices, {scenario.content['scenario']['price_year']}", columns, rows, (2,))


MAY_NOT_SAY = (
    "That the service causes, prevents or saves anything: what is known of it is an association, and part of it from elsewhere.",
    "That what is displaced could be saved in money: unit costs are averages, and staff and buildings stay.",
    "That a change which leaves money over is right: what it means for the lives of children is not priced here.",
    "That it will be so in one year: the ranges are of what is not known, and other things change too.",
    "Anything about a single family or person.",
)
"""What may not be said of any scenario."""


def services_table(scenario: ReleasedScenario) -> TableBlock:
    """What each service is taken to cost and whom to reach, with where that comes from."""
    rows = tuple(
        (
            row["name"],
            pounds(row["annual_cost"]),
            row["cost_source"],
            f"{row['families_a_year']:,.0f}",
            f"{row['families_without_it']:+,.1f}",
        )
        for row in scenario.content["services"]
    )
    columns = ("service", "cost in a year", "from", "families in a year", "families a year who would be without it")
    return TableBlock("The services", columns, rows, (1, 3, 4))


def effects_table(scenario: ReleasedScenario) -> TableBlock:
    """The risk ratio that is used for each outcome, with its range, and what it rests on."""
    names = {row["service"]: row["name"] for row in scenario.content["services"]}
    words = {row["outcome"]: row["words"] for row in scenario.content["prices"]}
    rows = tuple(
        (
            f"{names[row['service']]}: {words[row['outcome']]}",
            *(_ratio(row[each]) for each in ("local", "used")),
            row["basis"],
        )
        for row in scenario.content["effects"]
    )
    columns = ("service and outcome", "found here (90 per cent range)", "used (90 per cent range)", "on what it rests")
    return TableBlock("Risk ratios: families with the service against like families", columns, rows, (1, 2))


def _ratio(found: Mapping[str, float] | None) -> str:
    if found is None:
        return "not known here"
    return f"{found['risk_ratio']:.2f} ({found['lower']:.2f} to {found['upper']:.2f})"


def drawn_by(scenario: ReleasedScenario) -> str:
    """With which numbers it can be drawn again."""
    about = scenario.content
    return (
        f"Parameter set {about['parameters']}, seed {about['seed']}, {about['draws']:,} draws, prices of "
        f"{about['scenario']['price_year']}. The same choices give the same figures. {PER_CENT}"
    )
