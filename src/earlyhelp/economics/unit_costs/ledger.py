"""A council's own unit costs, which always take the place of the national defaults.

They lie in the workspace as `economics/unit_costs.csv`, with the columns of the national table. A row with the code of a
national cost replaces it; a row with a new code is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from earlyhelp.economics.unit_costs.cost import UnitCost
from earlyhelp.economics.unit_costs.rows import Refused, Row, costs_of_rows, read_rows, refuse
from earlyhelp.economics.unit_costs.table import UNIT_COSTS, misplaced
from earlyhelp.store.files import typed_text

UNIT_COSTS_FILE = "economics/unit_costs.csv"
_REQUIRED = ("code", "value", "price_year")
_CARRIED = ("name", "unit", "agency", "kind", "horizon", "thing", "parent")
"""What a cost is: taken from the national row of the same code where the cell is empty. Amounts and sources never are."""


def costs_of_council(workspace: Path, national: Mapping[str, UnitCost] = UNIT_COSTS) -> Mapping[str, UnitCost]:
    """The national costs with the council's own in their place, by code; the national ones alone where it gives none.

    workspace: the council's folder. A row may leave empty what the national row of its code says of it (name, unit,
    agency, kind, horizon, thing, parent); `source` is "Council's ledger" unless it says otherwise. Own costs have the
    flag `local`.
    Raises InputRefused, naming rows and rules, and then uses nothing of the file.
    """
    path = workspace / UNIT_COSTS_FILE
    if not path.exists():
        return national
    given = read_rows(typed_text(path, "file", "CSV UTF-8", UNIT_COSTS_FILE), UNIT_COSTS_FILE, _REQUIRED)
    rows = [(number, _completed(row, national)) for number, row in given]
    own, refused = costs_of_rows(rows)
    refused += _other_units(rows, national)
    both = {**national, **own}
    refused += misplaced(both, {row["code"]: number for number, row in rows if row["code"] in own})
    refuse(sorted(refused, key=lambda each: each.row), UNIT_COSTS_FILE)
    return MappingProxyType(both)


def _completed(row: Mapping[str, str], national: Mapping[str, UnitCost]) -> dict[str, str]:
    like = national.get(row["code"])
    carried = {name: row.get(name) or (getattr(like, name) if like else "") for name in _CARRIED}
    carried["thing"] = carried["thing"] or row["code"]
    flags = ";".join(filter(None, ("local", row.get("flags", ""))))
    return {
        **row,
        **carried,
        "source": row.get("source") or "Council's ledger",
        "confidence": row.get("confidence") or "high",
        "flags": flags,
    }


def _other_units(rows: Sequence[Row], national: Mapping[str, UnitCost]) -> list[Refused]:
    """Rows that give a national code another unit: the number would mean another thing under the same name."""
    return [
        Refused(
            number, row["code"], f'unit: the national cost of this code is "{like.unit}"; give this one its own code.'
        )
        for number, row in rows
        if (like := national.get(row["code"])) and row["unit"] != like.unit
    ]
