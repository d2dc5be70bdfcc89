"""What a unit of each outcome costs here: the user's own figure, the council's list, its ledger, else the national default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from earlyhelp.economics.break_even import Avoidable
from earlyhelp.economics.parameters import DECLARED, ParameterSet
from earlyhelp.economics.service_facts import Price
from earlyhelp.economics.spend import YearOfSpend
from earlyhelp.economics.unit_costs import UnitCost, may_be_summed, uprated
from earlyhelp.evaluate.studies.outcomes import OUTCOMES
from earlyhelp.statistics.survival import kaplan_meier

DAYS_A_MONTH = 30.4375
FEWEST_EPISODES = 50
"""Episodes below which the council's own lengths and months say too little; national figures then stand in."""
MOST_MONTHS = 120


@dataclass(frozen=True)
class Priced:
    """One outcome that has a price. `code`: of the national unit cost, of which `per` units make one.

    `line`: published line of the ledger that pays for it, and `types`: statutory events whose months it is divided by;
    both empty where the council's ledger cannot tell. `usual_months`: it lasts where too few are on record.
    """

    outcome: str
    words: str
    unit: str
    code: str
    per: float = 1.0
    line: str = ""
    types: tuple[str, ...] = ()
    usual_months: int = 0


PRICED: tuple[Priced, ...] = (
    Priced(
        "in_need", "a child in need", "month", "child_in_need_spend_year", 12.0, "safeguarding", ("cin_episode",), 6
    ),
    Priced("care", "a child looked after", "month", "looked_after_year", 12.0, "looked_after", ("looked_after",), 12),
    Priced("abuse_again", "domestic abuse told to the police again", "incident", "domestic_violence_incident"),
)
"""Outcomes of studies that cost something. The months of a child in need hold the referral and assessments that began them."""
OUTCOMES_PRICED = tuple(each.outcome for each in PRICED)


_FOLLOWS = {"in_need": "('cin_episode', 'cp_plan', 'looked_after')", "care": "('looked_after')"}


def follows_a_referral(con: duckdb.DuckDBPyConnection, as_at: date) -> dict[str, tuple[int, int]]:
    """By outcome, of so many referrals of children a year old or more, how many had it within twelve months: (had it, all)."""
    found = {}
    for outcome, types in _FOLLOWS.items():
        row = con.execute(
            f"""
            SELECT count(*) FILTER (EXISTS (
                SELECT 1 FROM statutory_start AS next WHERE next.person_id = referral.person_id AND next.type IN {types}
                AND next.start_date BETWEEN referral.start_date AND referral.start_date + INTERVAL 365 DAY
            )), count(*) FROM statutory_start AS referral
            WHERE type = 'referral' AND start_date <= ? - INTERVAL 365 DAY
            """,
            [as_at],
        ).fetchone()
        if row and row[1]:
            found[outcome] = (int(row[0]), int(row[1]))
    return found


def not_recorded(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The priced outcomes of which the snapshot holds no event at all: nothing of them is known, which is not none."""
    return frozenset(outcome for outcome in OUTCOMES_PRICED if con.execute(OUTCOMES[outcome].held).fetchone() is None)


def price_year(as_at: date) -> str:
    """The last financial year that was over by a day, as 2025-26."""
    first = as_at.year - 1 if (as_at.month, as_at.day) >= (3, 31) else as_at.year - 2
    return f"{first}-{(first + 1) % 100:02d}"


def prices(
    con: duckdb.DuckDBPyConnection,
    ledger: Sequence[YearOfSpend],
    costs: Mapping[str, UnitCost],
    as_at: date,
    own: Mapping[str, float],
    parameters: ParameterSet = DECLARED,
) -> list[Price]:
    """A price for every outcome of `PRICED`, in pounds of the last whole financial year.

    costs: the national unit costs with the council's own in their place. own: pounds a unit by outcome that the user set,
    which stand before all else; then the council's list, then its ledger by the months on record, then the nation.
    Raises UsageProblem where two of the costs count the same pounds twice.
    """
    may_be_summed([each.code for each in PRICED], costs)
    year = price_year(as_at)
    spent = next((each for each in ledger if (each.financial_year, each.kind) == (year, "actual")), None)
    return [_price(con, each, spent, costs, as_at, own.get(each.outcome), parameters) for each in PRICED]


def episodes(costs: Mapping[str, UnitCost], as_at: date) -> list[Avoidable]:
    """Child in need and protection plan by the episode of six months, for break-even alone: their pounds are in a month's too."""
    year = price_year(as_at)
    named = {
        "child_in_need_six_months": "a child in need for six months (processes alone)",
        "child_protection_plan_six_months": "a protection plan for six months (case management alone)",
    }
    return [Avoidable(code, words, "episode", uprated(costs[code], year).value, 1.0) for code, words in named.items()]


def _price(
    con: duckdb.DuckDBPyConnection,
    each: Priced,
    spent: YearOfSpend | None,
    costs: Mapping[str, UnitCost],
    as_at: date,
    own: float | None,
    parameters: ParameterSet,
) -> Price:
    national, year = costs[each.code], price_year(as_at)
    there = uprated(national, year)
    by_agency = {name: pounds * there.ratio / each.per for name, pounds in national.borne_by().items()}
    warnings, source = there.warnings, f"{national.source}, at {year} prices"
    local = own is not None or "local" in national.flags
    pounds = own if local else _of_ledger(con, each, spent, year)
    if pounds is not None:
        by_agency = _scaled(by_agency, pounds)
        warnings, local = (), True
        source = "the scenario's own figure" if own is not None else "ledger, divided by the months on record"
    variation = parameters["cost_variation" if local else "national_cost_variation"]
    open_share, usual = _still_open(con, each, as_at)
    if usual:
        warnings = (
            *warnings,
            f"Too few are on record to say how long it lasts: {each.usual_months} months are assumed.",
        )
    return Price(
        each.outcome, each.words, each.unit, by_agency, variation, source, year, "average", open_share, warnings
    )


def _scaled(by_agency: Mapping[str, float], pounds: float) -> dict[str, float]:
    """The same shares of another sum."""
    total = sum(by_agency.values())
    return {agency: pounds * part / total for agency, part in by_agency.items()}


def _of_ledger(con: duckdb.DuckDBPyConnection, each: Priced, spent: YearOfSpend | None, year: str) -> float | None:
    """Pounds a month: what the ledger's line spent in the year over the months on record; None where one is missing."""
    pounds = spent.lines.get(each.line) if spent and each.line else None
    if not pounds or pounds <= 0:
        return None
    first = date(int(year[:4]), 4, 1)
    row = con.execute(
        """
        SELECT count(*), sum(date_diff('day', greatest(start_date, ?), least(coalesce(end_date, ?), ?)) + 1)
        FROM social_care_event WHERE list_contains(?, type) AND start_date < ? AND coalesce(end_date, ?) >= ?
        """,
        [first, last := date(first.year + 1, 3, 31), last, list(each.types), last, last, first],
    ).fetchone()
    count, days = row if row else (0, 0)
    return pounds / (days / DAYS_A_MONTH) if count >= FEWEST_EPISODES and days else None


def _still_open(con: duckdb.DuckDBPyConnection, each: Priced, as_at: date) -> tuple[tuple[float, ...], bool]:
    """The share still open in each month after the start, to a thousandth; true: the usual length, for want of records."""
    if not each.types:
        return (), False
    rows = con.execute(
        """
        SELECT date_diff('day', start_date, least(coalesce(end_date, ?), ?)) AS days, end_date IS NOT NULL AND end_date <= ?
        FROM social_care_event WHERE list_contains(?, type) AND start_date <= ? AND coalesce(end_date, start_date) >= start_date
        """,
        [as_at, as_at, as_at, list(each.types), as_at],
    ).fetchall()
    if len(rows) < FEWEST_EPISODES:
        return (1.0,) * each.usual_months, True
    days, ended = (np.array(column) for column in zip(*rows, strict=True))
    curve = kaplan_meier(days, ended)
    months = np.arange(min(MOST_MONTHS, int(curve.last_day / DAYS_A_MONTH) + 1))
    place = np.searchsorted(curve.times, (months + 0.5) * DAYS_A_MONTH, side="right")
    share = np.concatenate([[1.0], curve.survival])[place]
    return tuple(float(one) for one in np.round(share, 3)), False
