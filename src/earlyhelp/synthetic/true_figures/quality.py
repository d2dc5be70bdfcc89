"""How good the true records themselves are: what is filled, and what breaks the rules on several rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from earlyhelp.standard import NOT_RECORDED, TABLES
from earlyhelp.synthetic.timeline import LAST_DAY
from earlyhelp.synthetic.true_figures.places import Figures, Place, TrueFigure
from earlyhelp.synthetic.true_figures.records import TrueRecords


def completeness(records: TrueRecords) -> Figures:
    """How many records hold each column, as a system shows them on the last day."""
    for name, table in records.known.items():
        for column, declared in TABLES[name].columns.items():
            held = table[column].to_pylist() if column in table.column_names else []
            empty = (None, NOT_RECORDED, "unmapped") if declared.coded else (None,)
            full = sum(value not in empty for value in held)
            if table.num_rows:
                yield (
                    Place(None, (("field", f"{name}.{column}"),)),
                    TrueFigure(full, table.num_rows, full / table.num_rows),
                )


def sequences(records: TrueRecords) -> Figures:
    """Records that break the six rules on several rows. Of every other rule the true records break none."""
    for rule, (table, broken) in RULES.items():
        n, everyone = broken(records), len(records.rows(table))
        yield Place(None, (("rule", rule),)), TrueFigure(n, everyone, n / everyone)


def _overlapping(records: TrueRecords) -> int:
    """Episodes that start while an earlier one of the same child is open; a start on the closing day does not."""
    found = 0
    for rows in records.episodes_of_child.values():
        rows = sorted(rows, key=lambda row: row["start_date"])
        for place, row in enumerate(rows):
            found += any((other["end_date"] or date.max) > row["start_date"] for other in rows[:place])
    return found


def _ended_unborn(records: TrueRecords) -> int:
    born = {row["person_key"]: row["dob"] for row in records.rows("person")}
    return sum(
        bool(row["end_date"] and born[row["person_key"]] and row["end_date"] < born[row["person_key"]])
        for row in records.rows("eh_episode")
    )


def _long_open(records: TrueRecords) -> int:
    return sum(
        row["end_date"] is None and (LAST_DAY - row["start_date"]).days > 365 for row in records.rows("eh_episode")
    )


def _step_down_alone(records: TrueRecords) -> int:
    found = 0
    for row in records.rows("social_care_event"):
        end = row["end_date"]
        if row["outcome_code"] == "RC9" and end and (LAST_DAY - end).days >= 90:
            helped = records.episodes_of_child.get(row["person_key"], [])
            found += not any(
                (each["end_date"] or date.max) >= end and (each["start_date"] - end).days <= 90 for each in helped
            )
    return found


def _source_alone(records: TrueRecords) -> int:
    return sum(
        not any(
            each["start_date"] <= row["start_date"] for each in records.episodes_of_child.get(row["person_key"], [])
        )
        for row in records.rows("social_care_event")
        if row["type"] == "referral" and row["source_code"] == "5D"
    )


RULES: Mapping[str, tuple[str, Callable[[TrueRecords], int]]] = {
    "EH-201": ("eh_episode", _overlapping),
    "EH-202": ("person", lambda records: 0),
    "EH-203": ("eh_episode", _ended_unborn),
    "EH-204": ("eh_episode", _long_open),
    "EH-205": ("social_care_event", _step_down_alone),
    "EH-206": ("social_care_event", _source_alone),
}
"""Rules on several rows: the table that is judged, and how many of its true records break the rule."""


def reconciled(records: TrueRecords) -> Figures:
    """Every record of each table: none is lost."""
    for name, table in records.known.items():
        dims = (("source_system", "standard"), ("table_name", name))
        yield Place(None, dims), TrueFigure(table.num_rows, table.num_rows, 0)
