"""The true records of a council, as rows and as spells of help and of statutory services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.standard import NOT_RECORDED
from earlyhelp.synthetic.timeline import LAST_DAY

KINDS = ("referral", "cin_episode", "cp_plan", "looked_after")
"""The four statutory services that are counted apart."""
Row = Mapping[str, Any]


class Spell(NamedTuple):
    """Days on end: the first and the last, None while it goes on, and the record that it began with."""

    start: date
    end: date | None
    first: Row


@dataclass(frozen=True)
class TrueRecords:
    """The true records of a council as lists of rows, and what else a figure rests on."""

    tables: Mapping[str, pa.Table]
    area_code: str
    assessment_working_days: int = 45

    @cached_property
    def known(self) -> Mapping[str, pa.Table]:
        """The tables as a system shows them on the last day: an identifier that is given later is not there yet."""
        given = (pc.field("valid_from") <= LAST_DAY) | pc.field("valid_from").is_null()
        later = {"person_identifier": self.tables["person_identifier"].filter(given)}
        return {name: later.get(name, table) for name, table in self.tables.items()}

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        return {}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, read once."""
        if table not in self._rows:
            self._rows[table] = self.tables[table].to_pylist()
        return self._rows[table]

    def by(self, table: str, column: str) -> Mapping[str, list[Row]]:
        """The rows of a table by the value of a column."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows(table):
            found[row[column]].append(row)
        return found

    @cached_property
    def episodes_of_child(self) -> Mapping[str, list[Row]]:
        """Early help episodes by child."""
        return self.by("eh_episode", "person_key")

    @cached_property
    def help_of_child(self) -> Mapping[str, list[Spell]]:
        """Early help by child, overlapping episodes as one."""
        return {child: merged(rows) for child, rows in self.episodes_of_child.items()}

    @cached_property
    def help_of_family(self) -> Mapping[str, list[Spell]]:
        """Early help by family, overlapping episodes of its children as one."""
        return {family: merged(rows) for family, rows in self.by("eh_episode", "family_key").items()}

    @cached_property
    def starts(self) -> Mapping[str, Mapping[str, list[date]]]:
        """Days on which each child came to each statutory service."""
        return {child: _starts(rows) for child, rows in self.by("social_care_event", "person_key").items()}

    @cached_property
    def children(self) -> Mapping[int, float]:
        """Children aged 0 to 17 of the whole council, by year."""
        return {
            row["year"]: row["count"]
            for row in self.rows("population")
            if row["area_code"] == self.area_code
            and row["age_band"] == "0-17"
            and row["sex"] == "all"
            and row["ethnicity"] in (None, NOT_RECORDED)
        }


def merged(rows: Iterable[Row]) -> list[Spell]:
    """Spells of rows that share a day with another; both ends count."""
    spells: list[Spell] = []
    for row in sorted(rows, key=lambda row: (row["start_date"], _name(row))):
        last = spells[-1] if spells else None
        if last is None or (last.end is not None and row["start_date"] > last.end):
            spells.append(Spell(row["start_date"], row["end_date"], row))
        elif last.end is not None:
            end = row["end_date"]
            spells[-1] = last._replace(end=None if end is None else max(end, last.end))
    return spells


def _name(row: Row) -> str:
    return str(row.get("episode_id") or row.get("event_id"))


def _starts(rows: list[Row]) -> dict[str, list[date]]:
    """A referral taken up counts once a day; the others by spells. A case found not to be in need is none."""
    found = {"referral": sorted({row["start_date"] for row in rows if row["type"] == "referral" and not row["nfa"]})}
    for kind in KINDS[1:]:
        spells = merged(row for row in rows if _service(row) == kind)
        found[kind] = [spell.start for spell in spells if spell.first["start_reason"] not in ("L", "P", "T", "B", "U")]
    return found


def _service(row: Row) -> str | None:
    if row["type"] == "cin_plan":
        return "cin_episode"
    if row["type"] == "cin_episode":
        return None if row["nfa"] or row["outcome_code"] in ("RC8", "RC9") else "cin_episode"
    if row["type"] == "looked_after":
        return None if row["legal_status"] in ("V3", "V4") else "looked_after"
    return "cp_plan" if row["type"] == "cp_plan" else None
