"""The service directory and the ledger: tables `service` and `spend`."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from earlyhelp.standard import service, spend
from earlyhelp.synthetic.lives.days import NEVER, YEAR, day_number
from earlyhelp.synthetic.lives.records import History
from earlyhelp.synthetic.lives.sheet import dates, standard_table
from earlyhelp.synthetic.lives.staff_record import team_names
from earlyhelp.synthetic.population import Ints
from earlyhelp.synthetic.services import SERVICES, SIZED_FOR
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY

POST_COST, CASE_COST, CARE_COST = 46_000.0, 4_200.0, 88_000.0
"""Pounds a year: a full-time early help worker, a child in need, a child looked after. Declared for the simulation."""


def services(history: History) -> pa.Table:
    """One row a service; costs and capacities by the children of the council."""
    scale = history.world.average_children / SIZED_FOR
    ends = np.array([NEVER if each.end is None else day_number(each.end) for each in SERVICES])
    texts = {
        name: pa.array([getattr(each, name) for each in SERVICES])
        for name in ("service_id", "name", "organisation", "service_type", "evidence_level")
    }
    return standard_table(
        service,
        **texts,
        commissioner=pa.array(["Children's services"] * len(SERVICES)),
        start_date=dates(np.array([day_number(each.start) for each in SERVICES])),
        end_date=dates(ends),
        annual_cost=pa.array([round(each.annual_cost * scale, -2) for each in SERVICES]),
        capacity=pa.array([max(1, round(each.capacity * scale)) for each in SERVICES]),
        open_referral_id=pa.array([f"or-{each.service_id.lower()}" for each in SERVICES]),
        minimum_age=pa.array([each.ages[0] for each in SERVICES], pa.float64()),
        maximum_age=pa.array([each.ages[1] for each in SERVICES], pa.float64()),
        area=pa.array(["Whole council"] * len(SERVICES)),
        need_codes=pa.array([";".join(each.needs) for each in SERVICES]),
        level=pa.array([each.level for each in SERVICES], pa.string()),
        status=pa.array(["active" if each.runs(LAST_DAY) else "inactive" for each in SERVICES]),
    )


def spending(history: History) -> pa.Table:
    """Planned and actual spending of every financial year: services, early help teams, safeguarding and care."""
    rows = [line for year in range(FIRST_DAY.year, LAST_DAY.year) for line in _lines(history, year)]
    draw = history.world.draw("records", "spend")
    actual = np.array([line["amount"] for line in rows], float) * draw.normal(1.0, 0.02, len(rows))
    planned = [line | {"kind": "planned"} for line in rows]
    spent = [
        line | {"kind": "actual", "amount": round(float(each), 2)} for line, each in zip(rows, actual, strict=True)
    ]
    every = planned + spent
    names = (
        "financial_year",
        "service_id",
        "team",
        "level",
        "budget_line",
        "line_code",
        "stage",
        "amount",
        "funding_source",
        "kind",
    )
    return standard_table(spend, **{name: pa.array([line.get(name) for line in every]) for name in names})


def _lines(history: History, year: int) -> list[dict[str, object]]:
    scale, label = history.world.average_children / SIZED_FOR, f"{year}-{(year + 1) % 100:02d}"
    first, last = day_number(date(year, 4, 1)), day_number(date(year + 1, 3, 31))
    early = {"financial_year": label, "stage": "early", "level": "targeted", "line_code": "family_support"}
    lines: list[dict[str, object]] = [
        early | {"service_id": each.service_id, "budget_line": each.name, "funding_source": "Supporting Families grant",
                 "amount": round(each.annual_cost * scale * _share(day_number(each.start), _end(each.end), first, last), 2)}
        for each in SERVICES
        if _share(day_number(each.start), _end(each.end), first, last) > 0
    ]  # fmt: skip
    lines += [
        early | {"team": team, "budget_line": team, "funding_source": "Council budget", "amount": round(float(cost), 2)}
        for team, cost in zip(team_names(history.world), _workers(history, first, last), strict=True)
    ]
    late = {"financial_year": label, "stage": "late", "level": "statutory", "funding_source": "Council budget"}
    rows = history.case_rows
    in_need = _years(rows["day"], rows["end"], first, last) * CASE_COST
    in_care = _years(rows["care"], rows["care_end"], first, last) * CARE_COST
    lines.append(late | {"budget_line": "Safeguarding", "line_code": "safeguarding", "amount": round(in_need, 2)})
    lines.append(
        late | {"budget_line": "Children looked after", "line_code": "looked_after", "amount": round(in_care, 2)}
    )
    return lines


def _end(end: date | None) -> int:
    return NEVER if end is None else day_number(end)


def _share(start: int, end: int, first: int, last: int) -> float:
    return max(0, min(end, last) - max(start, first) + 1) / (last - first + 1)


def _years(start: Ints, end: Ints, first: int, last: int) -> float:
    return float(np.maximum(0, np.minimum(end, last) - np.maximum(start, first) + 1).sum() / YEAR)


def _workers(history: History, first: int, last: int) -> np.ndarray:
    staff = history.staff
    years = np.maximum(0, np.minimum(staff.last, last) - np.maximum(staff.first, first) + 1) / YEAR * staff.fte
    localities = len(history.world.places.localities)
    return np.bincount(staff.locality[staff.post], years, localities) * POST_COST
