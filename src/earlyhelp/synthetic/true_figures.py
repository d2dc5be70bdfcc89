"""The true figures of a synthetic council: every measure worked out from its true records, slowly and in plain Python.

Nothing here is shared with what is tested: no query, no spell and no count of the product, only the words of its
catalogue. The figures are of the six reporting years, without splits but those that a measure is never without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.standard import NOT_RECORDED, TABLES
from earlyhelp.standard.calendar import is_working_day
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY

ONE_DAY = timedelta(days=1)
RC9_SINCE = date(2022, 4, 1)
KINDS = ("referral", "cin_episode", "cp_plan", "looked_after")
"""The four statutory services that are counted apart."""
YEARS = tuple((date(first, 4, 1), date(first + 1, 3, 31)) for first in range(FIRST_DAY.year, LAST_DAY.year))

Row = Mapping[str, Any]
Dims = tuple[tuple[str, str], ...]
"""Values of the splits that a measure is never without, as pairs of name and code."""


class Place(NamedTuple):
    """Where a figure stands: the first day of its year (None for a measure without periods), and its splits."""

    year: date | None
    dims: Dims = ()


class TrueFigure(NamedTuple):
    """What is counted, of how many where that is told, and the value that they make."""

    numerator: float
    denominator: float | None
    value: float


class Thing(NamedTuple):
    """Something that may be counted: who or what, the day that places it, whether in the numerator, how long it took."""

    unit: object
    day: date
    counted: bool = True
    dims: Dims = ()
    days: int = 0


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


def true_figures(records: TrueRecords) -> dict[tuple[str, str], dict[Place, TrueFigure]]:
    """Every figure of every measure under each of its definitions, by where it stands.

    A place of which nothing can be said is left out: a share of none, a cohort whose follow-up is not over, a median
    that is not reached yet.
    """
    return {key: dict(counted(records)) for key, counted in TRUE.items()}


# Spells -----------------------------------------------------------------------------------------------------


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


# What each measure counts -----------------------------------------------------------------------------------


def _requests(unit: str | None) -> Callable[[TrueRecords], Iterator[Thing]]:
    def requests(records: TrueRecords) -> Iterator[Thing]:
        for number, row in enumerate(records.rows("contact")):
            yield Thing(row[unit] if unit else number, row["contact_date"])

    return requests


def _decisions(records: TrueRecords) -> Iterator[Thing]:
    for number, row in enumerate(records.rows("contact")):
        if row["decision_code"] not in (None, "pending", NOT_RECORDED):
            yield Thing(number, row["contact_date"], dims=(("decision_code", row["decision_code"]),))


def _due(records: TrueRecords) -> Iterator[Thing]:
    for number, row in enumerate(records.rows("eh_assessment")):
        due = row["due_date"] or _working_day(row["start_date"], records.assessment_working_days)
        done = row["completion_date"]
        yield Thing(number, due, done is not None and row["start_date"] <= done <= due)


def _working_day(start: date, n: int) -> date:
    day = start
    while n:
        day += ONE_DAY
        n -= is_working_day(day)
    return day


def _open(unit: str) -> Callable[[TrueRecords], Iterator[Thing]]:
    """Those open at the end of each year, placed on its last day."""

    def opened(records: TrueRecords) -> Iterator[Thing]:
        for row in records.rows("eh_episode"):
            for _, last in YEARS:
                if row["start_date"] <= last and (row["end_date"] is None or row["end_date"] > last):
                    yield Thing(row[unit], last)

    return opened


def _flows(records: TrueRecords) -> Iterator[Thing]:
    for number, row in enumerate(records.rows("eh_episode")):
        yield Thing(number, row["start_date"], dims=(("flow", "started"),))
        if row["end_date"]:
            yield Thing(number, row["end_date"], dims=(("flow", "ended"),))


def _lengths(spells: Callable[[TrueRecords], Mapping[str, list[Spell]]]) -> Callable[[TrueRecords], Iterator[Thing]]:
    def lengths(records: TrueRecords) -> Iterator[Thing]:
        for each in spells(records).values():
            for number, spell in enumerate(each):
                over = spell.end is not None and spell.end <= LAST_DAY
                until = spell.end if over and spell.end else LAST_DAY
                yield Thing(number, spell.start, over, days=(until - spell.start).days)

    return lengths


def _assessments(records: TrueRecords) -> Iterator[Thing]:
    for number, row in enumerate(records.rows("eh_assessment")):
        yield Thing(number, row["start_date"], dims=(("org_type", row["org_type"]),))


def _step_ups(records: TrueRecords) -> Iterator[Thing]:
    for child, spells in records.help_of_child.items():
        for end in (spell.end for spell in spells if spell.end):
            for kind in KINDS:
                later = (start - end for start in records.starts.get(child, {}).get(kind, []))
                yield Thing(child, end, any(0 <= gap.days <= 365 for gap in later), (("type", kind),))


def _returns(records: TrueRecords) -> Iterator[Thing]:
    for family, spells in records.help_of_family.items():
        for end in (spell.end for spell in spells if spell.end):
            yield Thing(family, end, any(1 <= (again.start - end).days <= 365 for again in spells))


def _closed_cases(says: Callable[[Row, date], bool]) -> Callable[[TrueRecords], Iterator[Thing]]:
    def cases(records: TrueRecords) -> Iterator[Thing]:
        for number, row in enumerate(records.rows("social_care_event")):
            end = row["end_date"]
            if row["type"] != "cin_episode" or row["nfa"] or end is None or end < RC9_SINCE:
                continue
            helped = any(says(episode, end) for episode in records.episodes_of_child.get(row["person_key"], []))
            yield Thing(number, end, row["outcome_code"] == "RC9" or helped)

    return cases


def _steps_down(episode: Row, end: date) -> bool:
    return bool(episode["step_down"]) and abs((episode["start_date"] - end).days) <= 28


def _follows(episode: Row, end: date) -> bool:
    return 0 <= (episode["start_date"] - end).days <= 28


def _referrals(records: TrueRecords) -> Iterator[Thing]:
    for number, row in enumerate(records.rows("social_care_event")):
        if row["type"] == "referral" and row["start_date"] >= RC9_SINCE:
            yield Thing(number, row["start_date"], row["source_code"] == "5D")


def _help_before(records: TrueRecords) -> Iterator[Thing]:
    """Starts from a year after the first closing on: before it nobody can tell of help that had ended."""
    closed = [row["end_date"] for row in records.rows("eh_episode") if row["end_date"]]
    told_from = min(closed, default=date.max - timedelta(days=365)) + timedelta(days=365)
    for child, kinds in records.starts.items():
        helped = records.help_of_child.get(child, [])
        for kind in KINDS[1:]:
            for day in (each for each in kinds[kind] if each >= told_from):
                before = (spell for spell in helped if spell.start < day)
                counted = any(spell.end is None or (day - spell.end).days <= 365 for spell in before)
                yield Thing((child, kind, day), day, counted, (("type", kind),))


# From things to figures -------------------------------------------------------------------------------------

Figures = Iterator[tuple[Place, TrueFigure]]
Things = Callable[[TrueRecords], Iterator[Thing]]


def _by_year(things: Iterable[Thing]) -> dict[date, dict[Dims, list[Thing]]]:
    """Things by year and splits, in every combination that is met in any year."""
    found: dict[date, dict[Dims, list[Thing]]] = {first: defaultdict(list) for first, _ in YEARS}
    met: set[Dims] = set()
    for thing in things:
        if FIRST_DAY <= thing.day <= LAST_DAY:
            first = date(thing.day.year - (thing.day.month < 4), 4, 1)
            found[first][thing.dims].append(thing)
            met.add(thing.dims)
    return {first: {dims: here[dims] for dims in sorted(met)} for first, here in found.items()}


def _count(things: Things) -> Callable[[TrueRecords], Figures]:
    def figures(records: TrueRecords) -> Figures:
        for first, here in _by_year(things(records)).items():
            for dims, those in here.items():
                n = len({thing.unit for thing in those})
                yield Place(first, dims), TrueFigure(n, None, n)

    return figures


def _rate(things: Things) -> Callable[[TrueRecords], Figures]:
    def figures(records: TrueRecords) -> Figures:
        for place, figure in _count(things)(records):
            assert place.year is not None
            children = records.children[max(year for year in records.children if year <= place.year.year + 1)]
            yield place, TrueFigure(figure.numerator, children, figure.numerator / children * 10_000)

    return figures


def _share(things: Things, follow_up: int = 0) -> Callable[[TrueRecords], Figures]:
    """Each unit once a year; a year whose follow-up is not over is left out."""

    def figures(records: TrueRecords) -> Figures:
        for first, here in _by_year(things(records)).items():
            last = date(first.year + 1, 3, 31)
            for dims, those in here.items():
                everyone = {thing.unit for thing in those}
                if everyone and last + timedelta(days=follow_up) <= LAST_DAY:
                    some = len({thing.unit for thing in those if thing.counted})
                    yield Place(first, dims), TrueFigure(some, len(everyone), some / len(everyone))

    return figures


def _mix(things: Things) -> Callable[[TrueRecords], Figures]:
    def figures(records: TrueRecords) -> Figures:
        for first, here in _by_year(things(records)).items():
            total = sum(len(those) for those in here.values())
            for dims, those in here.items():
                if total:
                    yield Place(first, dims), TrueFigure(len(those), total, len(those) / total)

    return figures


def _balance(records: TrueRecords) -> Figures:
    for first, here in _by_year(_flows(records)).items():
        started, ended = (len(here.get((("flow", flow),), [])) for flow in ("started", "ended"))
        for flow, n in (("started", started), ("ended", ended), ("net", started - ended)):
            yield Place(first, (("flow", flow),)), TrueFigure(n, None, n)


def _median(things: Things) -> Callable[[TrueRecords], Figures]:
    def figures(records: TrueRecords) -> Figures:
        for first, here in _by_year(things(records)).items():
            those = [thing for each in here.values() for thing in each]
            middle = median_of(those)
            if middle is not None:
                yield Place(first), TrueFigure(sum(thing.counted for thing in those), len(those), middle)

    return figures


def median_of(things: list[Thing]) -> float | None:
    """Kaplan and Meier's median of the days, in exact fractions; None where more than half go on.

    Where the curve lies at exactly one half for some days, the middle of them.
    """
    left, lasting, half = len(things), Fraction(1), Fraction(1, 2)
    reached: int | None = None
    for day in sorted({thing.days for thing in things}):
        ending = sum(thing.counted for thing in things if thing.days == day)
        lasting *= Fraction(left - ending, left)
        left -= sum(thing.days == day for thing in things)
        if reached is None and lasting <= half:
            reached = day
        if lasting < half and reached is not None:
            return (reached + day) / 2
    return None if reached is None else (reached + max(thing.days for thing in things)) / 2


# Quality of the data ----------------------------------------------------------------------------------------


def _completeness(records: TrueRecords) -> Figures:
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


def _sequences(records: TrueRecords) -> Figures:
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


def _reconciled(records: TrueRecords) -> Figures:
    for name, table in records.known.items():
        dims = (("source_system", "standard"), ("table_name", name))
        yield Place(None, dims), TrueFigure(table.num_rows, table.num_rows, 0)


TRUE: Mapping[tuple[str, str], Callable[[TrueRecords], Figures]] = {
    ("A1", "default"): _count(_requests(None)),
    ("A1", "children"): _count(_requests("person_key")),
    ("A1", "families"): _count(_requests("family_key")),
    ("A1", "rate"): _rate(_requests(None)),
    ("A3", "default"): _mix(_decisions),
    ("B6", "default"): _share(_due),
    ("C1", "default"): _count(_open("family_key")),
    ("C1", "children"): _count(_open("person_key")),
    ("C1", "rate"): _rate(_open("person_key")),
    ("C2", "default"): _balance,
    ("C5", "default"): _median(_lengths(lambda records: records.help_of_family)),
    ("C5", "children"): _median(_lengths(lambda records: records.help_of_child)),
    ("D1", "default"): _mix(_assessments),
    ("G2", "default"): _share(_step_ups, follow_up=365),
    ("G3", "default"): _share(_returns, follow_up=365),
    ("G4", "default"): _share(_closed_cases(_steps_down)),
    ("G4", "early_help_followed"): _share(_closed_cases(_follows)),
    ("G4", "referrals_from_early_help"): _share(_referrals),
    ("G9", "default"): _share(_help_before),
    ("K1", "default"): _completeness,
    ("K5", "default"): _sequences,
    ("K7", "default"): _reconciled,
}
"""How the truth of every measure is had, by its id and definition."""
