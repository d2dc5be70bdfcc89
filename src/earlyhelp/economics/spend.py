"""What the council spends, early and late, and what a month of help, a good closure or a step-up avoided costs.

All of it rests on the standard's table `spend` (the ledger with its Section 251 / RO3 lines). What the ledger does not
hold is no data and never 0. The figures here are exact: `release` decides what may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from earlyhelp.errors import InputRefused
from earlyhelp.evaluate.methods.effect import Effect
from earlyhelp.evaluate.services import CostPerStepUp, cost_per_step_up
from earlyhelp.measures import CATALOGUE, Figure, Figures, Grain, Measure, Question, Standards, calculate
from earlyhelp.measures.engines import Engine

Kind = Literal["planned", "actual"]
Status = Literal["ok", "not_mature", "no_data"]
"""A figure; of days that are not over yet; nobody can tell. Never 0 for want of records."""
LEAST_MARKED = 0.5
"""The least share of the pounds of a year that is marked early, late or neither for an early share to be told."""
_NO_LEDGER = "The ledger holds no line"
_ALWAYS = (
    "Spending counts where its line is marked as early; a line that is not marked is left out.",
    "What partners spend of their own is not in the council's ledger.",
)
_ALL_FAMILIES = "All early spending is divided, also what went to families still open, or closed otherwise."


class YearOfSpend(NamedTuple):
    """Pounds of one financial year, planned or actual; None where there is no line, which is not 0.

    `unmarked`: on lines that nobody marked as early, late or neither. `lines`: by code of the published line
    (`section251_ro3`); "" for what counts towards none. `services`: by service, where the ledger names one.
    """

    financial_year: str
    kind: str
    early: float | None
    late: float | None
    other: float | None
    unmarked: float | None
    lines: Mapping[str, float]
    services: Mapping[str, float]

    @property
    def total(self) -> float:
        """All pounds of the year."""
        return sum(filter(None, (self.early, self.late, self.other, self.unmarked)))


@dataclass(frozen=True)
class MoneyFigure:
    """One figure of money for a financial year.

    `what`: in words, such as "pounds for each family-month of help". `value`: None unless `status` is ok; `why_not` then
    says why. `pounds` and `units`: what it was divided from, where they are known. `cautions`: sentences to be read with it.
    """

    what: str
    financial_year: str
    status: Status
    value: float | None = None
    pounds: float | None = None
    units: float | None = None
    why_not: str = ""
    cautions: tuple[str, ...] = ()


class PlannedAgainstActual(NamedTuple):
    """Pounds planned and spent in a year at one stage; None where the ledger holds no line of either."""

    financial_year: str
    stage: str
    planned: float | None
    actual: float | None

    @property
    def overspent(self) -> float | None:
        """Pounds spent above the plan, below 0 where less was spent; None where one of the two is not held."""
        return None if self.planned is None or self.actual is None else self.actual - self.planned


@dataclass(frozen=True)
class StepUpAvoided:
    """What each step-up avoided costs by a service, with the bounds that its effect leaves; or why nobody can say."""

    service_id: str
    financial_year: str
    status: Status
    cost: CostPerStepUp | None = None
    why_not: str = ""
    wording: str = ""


def ledger(con: Engine) -> tuple[YearOfSpend, ...]:
    """The ledger by financial year and kind, in their order; empty where there is none.

    Raises InputRefused, naming the records, where a line stands twice word for word and pound for pound.
    """
    _refuse_double_lines(con)
    sums = con.execute(
        "SELECT financial_year, kind, coalesce(stage, 'unmarked'), round(sum(amount), 2) FROM spend GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    stages: dict[tuple[str, str], dict[str, float]] = {}
    for year, kind, stage, pounds in sums:
        stages.setdefault((year, kind), {})[stage] = float(pounds)
    lines, services = _sums(con, "coalesce(line_code, '')"), _sums(con, "service_id", "WHERE service_id IS NOT NULL")
    return tuple(
        YearOfSpend(
            *key,
            early=found.get("early"),
            late=found.get("late"),
            other=found.get("other"),
            unmarked=found.get("unmarked"),
            lines=lines.get(key, {}),
            services=services.get(key, {}),
        )
        for key, found in stages.items()
    )


def _sums(con: Engine, by: str, where: str = "") -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    query = (
        f"SELECT financial_year, kind, {by} AS part, round(sum(amount), 2) FROM spend {where} GROUP BY ALL ORDER BY ALL"
    )
    for year, kind, part, pounds in con.execute(query).fetchall():
        found.setdefault((year, kind), {})[part] = float(pounds)
    return found


def _refuse_double_lines(con: Engine) -> None:
    """The same pounds may not count twice: a line that differs in nothing but its record is one line, loaded again."""
    twice = con.execute(
        """
        SELECT financial_year, budget_line, list(source_record_id ORDER BY source_record_id) FROM spend
        GROUP BY financial_year, budget_line, service_id, team, level, line_code, stage, amount, funding_source, kind
        HAVING count(*) > 1 ORDER BY ALL LIMIT 5
        """
    ).fetchall()
    if twice:
        told = "; ".join(f"{line} of {year} (records {', '.join(map(str, records))})" for year, line, records in twice)
        raise InputRefused(
            f"Lines of the ledger stand in it twice, and their pounds would count twice: {told}.",
            where="table spend",
            fix="Take the second out of the ledger's extract, or tell the two apart (team, funding source), and run again.",
        )


def early_share(year: YearOfSpend, as_at: date) -> MoneyFigure:
    """Pounds on lines marked early, of each 100 pounds of the year (measure J3); planned also for years to come.

    as_at: the day of the data; what was actually spent in a year that was not over by then is not mature.
    """
    what = f"{year.kind} pounds on early help, of each 100 spent on children's services"
    named = (what, year.financial_year)
    if year.kind == "actual" and not _is_over(year.financial_year, as_at):
        return _not_over(*named)
    if (why := _no_share(year)) or year.early is None:
        return MoneyFigure(*named, "no_data", why_not=why)
    cautions = (
        [] if year.late is not None else ["The ledger holds no late help, so the share is of what it holds alone."]
    )
    if year.unmarked:
        cautions.append(f"{year.unmarked:,.0f} pounds are on lines without a mark: they count as not early.")
    return MoneyFigure(*named, "ok", 100 * year.early / year.total, year.early, year.total, cautions=tuple(cautions))


def _no_share(year: YearOfSpend) -> str:
    if year.early is None:
        return f"{_NO_LEDGER} of {year.financial_year} that is marked as early; that is not 0."
    if year.total <= 0 or year.early < 0:
        return f"Income is more than spending in {year.financial_year}: there is no share to tell."
    if abs(year.unmarked or 0) > (1 - LEAST_MARKED) * year.total:
        return (
            f"More than half of the pounds of {year.financial_year} are on lines that nobody marked as early or late."
        )
    return ""


def planned_against_actual(years: Iterable[YearOfSpend]) -> tuple[PlannedAgainstActual, ...]:
    """Early and late spending of each year, planned beside actual, by year and then stage; only stages that have a line."""
    by = {(year.financial_year, year.kind): year for year in years}
    rows = [
        PlannedAgainstActual(
            financial_year,
            stage,
            *(getattr(by.get((financial_year, kind)), stage, None) for kind in ("planned", "actual")),
        )
        for financial_year in sorted({each for each, _ in by})
        for stage in ("early", "late")
    ]
    return tuple(row for row in rows if row.planned is not None or row.actual is not None)


def cost_per_family_month(con: Engine, standards: Standards) -> tuple[MoneyFigure, ...]:
    """Pounds actually spent on early help for each month that a family's help was open, by year (measure J1, family_month)."""
    told = _Told("pounds for each family-month of help", _ALWAYS)
    return _each_year(con, standards, CATALOGUE["J1"].defined_as("family_month"), told)


def cost_per_good_closure(con: Engine, standards: Standards) -> tuple[MoneyFigure, ...]:
    """Pounds actually spent on early help for each family that closed with its outcomes met, by year (measure J2)."""
    told = _Told("pounds for each family that closed with its outcomes met", (*_ALWAYS, _ALL_FAMILIES))
    return _each_year(con, standards, CATALOGUE["J2"], told)


class _Told(NamedTuple):
    """How a figure is told."""

    what: str
    cautions: tuple[str, ...]


def _each_year(con: Engine, standards: Standards, measure: Measure, told: _Told) -> tuple[MoneyFigure, ...]:
    april = replace(standards, year_starts=4)  # the ledger's years, whatever the council's reporting year
    figures = calculate(con, measure, april, Question(grain=Grain.YEAR))
    if why := _not_calculated(figures):
        return (MoneyFigure(told.what, "", "no_data", why_not=why),)
    return tuple(_of_figure(figure, told, measure.unit, standards.as_at) for figure in figures.figures)


def _not_calculated(figures: Figures) -> str:
    if figures.missing:
        return f"Nothing is recorded of {', '.join(figures.missing)}."
    if figures.closed:
        return " ".join(f"{gate.words}." for gate in figures.closed)
    return "" if figures.figures else f"{_NO_LEDGER}."


def _of_figure(figure: Figure, told: _Told, unit: str, as_at: date) -> MoneyFigure:
    assert figure.period is not None
    first = figure.period.start.year
    year = f"{first}-{(first + 1) % 100:02d}"
    pounds, units = figure.numerator, figure.denominator
    if not _is_over(year, as_at):
        return _not_over(told.what, year)
    if why := _no_division(pounds, units, unit, year):
        return MoneyFigure(told.what, year, "no_data", None, pounds, units, why)
    assert pounds is not None
    assert units
    return MoneyFigure(told.what, year, "ok", pounds / units, pounds, units, cautions=told.cautions)


def _no_division(pounds: float | None, units: float | None, unit: str, year: str) -> str:
    if pounds is None:
        return f"{_NO_LEDGER} of early help in {year}; that is not 0."
    if pounds < 0:
        return f"Income is more than spending in {year}."
    return "" if units else f"There are no {unit} in {year} to divide by."


def cost_per_step_up_avoided(
    service_id: str,
    year: YearOfSpend | None,
    offered: float | None,
    saved: Effect | None,
    *,
    maryland: int,
    why_not: str = "",
) -> StepUpAvoided:
    """Pounds of the ledger for each step-up avoided by a service, where a study says that some were.

    year: the actual spending of a year that is over; None where there is no ledger. offered: families offered the service
    in it, as released; None where suppressed or not known. saved: the released effect on the share with a first
    step-up, negative for fewer; None where the study was refused, and `why_not` then says why. maryland: the grade of
    the study's design, 1 to 5, below 3 of which the wording stays with "associated with".
    """
    named = (service_id, year.financial_year if year else "")
    pounds = year.services.get(service_id) if year else None
    reason = _no_cost(pounds, offered, saved, why_not)
    if reason or pounds is None or offered is None or saved is None:
        return StepUpAvoided(*named, "no_data", why_not=reason)
    cost = cost_per_step_up(pounds, offered, saved)
    found = "is associated with" if maryland < 3 else "was followed by"
    wording = (
        f"Being offered it {found} fewer first step-ups than among like families; {cost.estimate:,.0f} pounds of spending "
        f"({cost.lower:,.0f} to {cost.upper:,.0f}) go with each one fewer."
    )
    return StepUpAvoided(*named, "ok", cost, wording=wording)


def _no_cost(pounds: float | None, offered: float | None, saved: Effect | None, why_not: str) -> str:
    if pounds is None or pounds <= 0:
        return "The ledger holds no spending under the service's own number."
    if not offered:
        return "It is not known how many families were offered the service in the year."
    if saved is None:
        return why_not or "No study says what the service does."
    if saved.upper >= 0:
        return "It is not shown that the service avoids a step-up, so none has a cost."
    return ""


def _is_over(financial_year: str, as_at: date) -> bool:
    return as_at >= date(int(financial_year[:4]) + 1, 3, 31)


def _not_over(what: str, financial_year: str) -> MoneyFigure:
    return MoneyFigure(
        what, financial_year, "not_mature", why_not=f"{financial_year} is not over: the ledger still grows."
    )
