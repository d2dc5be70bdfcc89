"""Money: lines of a council's ledger, and its section 251 budget and outturn.

No council publishes its ledger's export; the headings are usual ones. The section 251 statements have a line, gross
expenditure, income and net expenditure; their lines are read as those of the revenue outturn (RO3).
"""

from __future__ import annotations

import re

from earlyhelp.sources.layout import PROPOSED, Cell, Fill, Fixed, Heading, Part, Read, Source, Wording
from earlyhelp.standard import Column, spend
from earlyhelp.standard.codelists import levels, section251_ro3, spend_kinds, spend_stages

YEAR, SERVICE, TEAM, LEVEL, LINE = "Financial year", "Service ID", "Team", "Level of support", "Budget line"
PUBLISHED_LINE, STAGE, AMOUNT, FUNDING, KIND = (
    "Section 251 line",
    "Stage",
    "Amount",
    "Funding source",
    "Budget or actual",
)
BUDGET, ACTUAL = "Budget", "Actual"


def statement_line(text: str) -> str | None:
    """A line of a statement without its number and without "Total"."""
    return re.sub(r"(?i)^[\d.]*\s*(total\s+)?", "", text.strip()) or None


def _labels(codes: tuple[tuple[str, str], ...]) -> tuple[Wording, ...]:
    return (Wording(dict(codes)),)


_YEAR = Heading(YEAR, also=("Year", "Fin year", "FY", "Accounting year"))
_PLACE = (
    Heading(SERVICE, also=("Cost centre", "Cost centre code", "Service code", "Cost code")),
    Heading(TEAM, also=("Team name", "Cost centre name", "Cost centre description", "Service area")),
    Heading(LEVEL, also=("Level", "Tier"), wordings=_labels(tuple((v.code, v.label) for v in levels.values))),
    Heading(
        LINE,
        also=("Subjective", "Account description", "Account", "Description", "Ledger line", "Subjective description"),
    ),
    Heading(
        PUBLISHED_LINE,
        also=("S251 line", "RO3 line", "Section 251 category", "RO line"),
        wordings=_labels(tuple((v.code, v.label) for v in section251_ro3.values)),
    ),
    Heading(STAGE, also=("Early or late",), wordings=_labels(tuple((v.code, v.label) for v in spend_stages.values))),
)
_FUNDING = Heading(FUNDING, also=("Funding", "Grant", "Funded by", "Fund"))


def _spent(kind: Cell, amount: str, *, when: str = "") -> Fill:
    cells: dict[Column, Cell] = {
        spend.financial_year: YEAR,
        spend.service_id: SERVICE,
        spend.team: TEAM,
        spend.level: LEVEL,
        spend.budget_line: LINE,
        spend.line_code: PUBLISHED_LINE,
        spend.stage: STAGE,
        spend.amount: amount,
        spend.funding_source: FUNDING,
        spend.kind: kind,
    }
    return Fill(spend, cells, when=when)


_lines = Part(
    "ledger_lines",
    (
        _YEAR,
        *_PLACE,
        Heading(AMOUNT, also=("Amount (£)", "Value", "Net amount", "Total")),
        _FUNDING,
        Heading(
            KIND,
            also=("Kind", "Type", "Budget type", "Scenario", "Version"),
            wordings=_labels(tuple((v.code, v.label) for v in spend_kinds.values)),
        ),
    ),
    (_spent(KIND, AMOUNT),),
    needed=(YEAR, LINE, AMOUNT, KIND),
    name=".*ledgerlines?.*",
)

_beside = Part(
    "budget_and_actual",
    (
        _YEAR,
        *_PLACE,
        Heading(BUDGET, also=("Budget (£)", "Full year budget", "Revised budget", "Current budget", "Annual budget")),
        Heading(ACTUAL, also=("Actual (£)", "Actuals", "Outturn", "Spend to date", "Actual spend", "Year to date")),
        Heading("Variance", also=("Variance (£)",)),
        _FUNDING,
    ),
    (_spent(Fixed("actual"), ACTUAL), _spent(Fixed("planned"), BUDGET, when=BUDGET)),
    needed=(YEAR, LINE, ACTUAL, BUDGET),
    name=".*(budgetandactual|budgetmonitoring|budgetmonitor).*",
)

_S251_LINE = "Line"


def _statement(title: str, kind: str, name: str, net: Heading) -> Part:
    return Part(
        title,
        (
            _YEAR,
            Heading(
                _S251_LINE, also=("Section 251 line", "Line description", "Category", "Expenditure line", "S251 line")
            ),
            Heading("Gross expenditure", also=("Gross", "Gross cost", "Total expenditure")),
            Heading("Income", also=("Total income", "Other income")),
            net,
        ),
        (
            Fill(
                spend,
                {
                    spend.financial_year: YEAR,
                    spend.budget_line: _S251_LINE,
                    spend.line_code: Read(_S251_LINE, statement_line),
                    spend.amount: net.name,
                    spend.kind: Fixed(kind),
                },
            ),
        ),
        needed=(YEAR, _S251_LINE, net.name),
        name=name,
    )


ledger = Source(
    name="ledger",
    title="Ledger lines, and the section 251 budget and outturn",
    publisher="Councils' finance systems; section 251 by the Department for Education",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx", "xls"),
    parts=(
        _lines,
        _beside,
        _statement(
            "section_251_outturn",
            "actual",
            ".*(section251|s251).*outturn.*",
            Heading(
                "Net outturn", also=("Net current expenditure", "Net expenditure outturn", "Outturn net expenditure")
            ),
        ),
        _statement(
            "section_251_budget",
            "planned",
            ".*(section251|s251).*(budget|plan).*",
            Heading(
                "Net budget", also=("Planned net expenditure", "Net expenditure budget", "Budgeted net expenditure")
            ),
        ),
    ),
    note="Income is negative where the ledger writes it so. Section 251 lines count net expenditure.",
)
